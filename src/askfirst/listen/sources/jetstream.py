"""Bluesky's public posts by Jetstream: a WebSocket of JSON messages that goes on from a cursor.

Address: a Jetstream server, such as wss://jetstream2.us-east.bsky.network. What authors delete, and accounts that end, come
on the same stream, so that nothing deleted stays here. Both forms of messages are read: the first one, whose cursor is a time in
microseconds, and the later one in envelopes, whose cursor is a sequence number. Method: the Jetstream README.
"""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from askfirst.listen.sources import sockets
from askfirst.listen.sources.rows import Fetched
from askfirst.listen.sources.sockets import Heard

COLLECTION = "app.bsky.feed.post"
# Cursors from here on are times in microseconds; smaller ones are sequence numbers.
TIMES = 10**15
# After a break the stream is asked for a little more than was missed; what comes twice is known by its id.
OVERLAP_US = 5_000_000
# A stream that goes on later than this after its cursor has lost what lay between.
GAP_US = 600 * 1_000_000
ENDED = {"deleted", "takendown", "suspended", "deactivated"}


def stream(address: str, cursor: dict[str, Any], is_wanted: Callable[[], bool], _token: str = "") -> Iterator[Fetched]:
    """What comes, in batches of at most a second, until `is_wanted` says no.

    Raises:
        SourceError: the server cannot be reached, hangs up, or says something strange.
    """
    asked = {"wantedCollections": COLLECTION}
    before = newest = int(cursor.get("time_us", 0))
    if newest:
        asked["cursor"] = str(max(0, newest - OVERLAP_US if newest >= TIMES else newest))
    parts = urlsplit(address)
    where = f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/') or '/subscribe'}?{urlencode(asked)}"
    for batch in sockets.follow(where, read, is_wanted):
        gap = None
        if before and batch.first:
            if before >= TIMES and batch.first - before > GAP_US:
                gap = (_iso(before), _iso(batch.first))
            before = 0
        newest = max(newest, batch.mark)
        yield Fetched(list(batch.rows.values()), {"time_us": newest}, list(batch.gone), gap)


def read(message: str | bytes) -> Heard:
    """What one message says; one that is malformed, or of no interest, says nothing."""
    try:
        said = json.loads(message)
        if isinstance(said, dict) and isinstance(said.get("payload"), dict):
            said = _opened(said["payload"])
        author, mark = str(said["did"]), int(said["time_us"])
        if said["kind"] == "account":
            account = said["account"]
            is_gone = not account.get("active", True) and account.get("status") in ENDED
            return Heard(gone=f"{author}/" if is_gone else "", mark=mark)
        commit = said["commit"] if said["kind"] == "commit" else {}
        if commit.get("collection") != COLLECTION:
            return Heard(mark=mark)
        key = f"{author}/{commit['rkey']}"
        if commit["operation"] == "delete":
            return Heard(gone=key, mark=mark)
        posted_at = said.get("time") or datetime.fromtimestamp(mark / 1e6, UTC).isoformat()
        return Heard(_row(key, author, str(commit["rkey"]), commit["record"], posted_at), mark=mark)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, OSError):
        return Heard()


def _opened(payload: dict[str, Any]) -> dict[str, Any]:
    """A message of the later form as one of the first: its kind stands behind # in its type, its parts beside it."""
    kind = str(payload.get("$type", "")).rpartition("#")[2]
    return {
        "did": payload.get("did", ""), "time_us": payload["seq"], "time": payload.get("time"), "kind": kind, "commit": payload,
        "account": payload.get("account") or payload,
    }  # fmt: skip


def _row(key: str, author: str, rkey: str, record: dict[str, Any], posted_at: str) -> dict[str, Any] | None:
    if not isinstance(record.get("text"), str) or not record["text"].strip():
        return None
    features = [one for facet in record.get("facets") or [] for one in facet.get("features") or []]
    links = [str(one["uri"]) for one in features if one.get("uri")]
    embed = record.get("embed") or {}
    external = embed.get("external") or {}
    if external.get("uri"):
        links.append(str(external["uri"]))
    kind = str(embed.get("$type", ""))
    return {
        "id": key, "text": record["text"], "author": author, "url": f"https://bsky.app/profile/{author}/post/{rkey}",
        "lang": str((record.get("langs") or [""])[0])[:2], "links": links, "source": "bluesky", "is_reply": bool(record.get("reply")),
        "is_quote": ".record" in kind, "has_media": ".images" in kind or ".video" in kind or bool(embed.get("media")), "posted_at": posted_at,
    }  # fmt: skip


def _iso(microseconds: int) -> str:
    return datetime.fromtimestamp(microseconds / 1e6, UTC).isoformat()

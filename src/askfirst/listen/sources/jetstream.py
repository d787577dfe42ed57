"""Bluesky's public posts by Jetstream: a WebSocket of JSON messages that goes on from a cursor.

Address: a Jetstream server, such as wss://jetstream2.us-east.bsky.network. What authors delete, and accounts that end, come
on the same stream, so that nothing deleted stays here. Method: the Jetstream README, messages of kinds commit and account.
"""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from askfirst.base import fetch
from askfirst.listen.sources.rows import Fetched, SourceError

COLLECTION = "app.bsky.feed.post"
# After a break the stream is asked for a little more than was missed; what comes twice is known by its id.
OVERLAP_US = 5_000_000
MOST_MESSAGE = 256 * 1024
BATCH, SECONDS = 500, 1.0
ENDED = {"deleted", "takendown", "suspended", "deactivated"}


def stream(address: str, cursor: dict[str, Any], is_wanted: Callable[[], bool]) -> Iterator[Fetched]:
    """What comes, in batches of at most a second, until `is_wanted` says no.

    Raises:
        SourceError: the server cannot be reached, hangs up, or says something strange.
    """
    asked = {"wantedCollections": COLLECTION}
    newest = int(cursor.get("time_us", 0))
    if newest:
        asked["cursor"] = str(max(0, newest - OVERLAP_US))
    parts = urlsplit(address)
    where = f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/') or '/subscribe'}?{urlencode(asked)}"
    try:
        sock = fetch.open_socket(address, allow_private=settings.OPTIONS.listen_private)
        with connect(where, sock=sock, max_size=MOST_MESSAGE, open_timeout=10, close_timeout=2) as socket:
            while is_wanted():
                batch, newest = _batch(socket, newest)
                yield Fetched(batch.rows, {"time_us": newest}, batch.gone)
    except fetch.CannotFetch as error:
        raise SourceError(str(error)) from error
    except (OSError, WebSocketException) as error:
        raise SourceError(f"The stream broke off ({type(error).__name__}).") from error


def _batch(socket: Any, newest: int) -> tuple[Fetched, int]:
    rows: dict[str, dict[str, Any]] = {}
    gone: dict[str, None] = {}
    end = datetime.now(UTC).timestamp() + SECONDS
    count = 0
    while count < BATCH and (left := end - datetime.now(UTC).timestamp()) > 0:
        try:
            message = socket.recv(timeout=left)
        except TimeoutError:
            break
        except WebSocketException:
            # What came before it broke off is kept; the next read says so again.
            if not count:
                raise
            break
        count += 1
        row, dead, at = read(message)
        newest = max(newest, at)
        if dead:
            gone[dead] = None
            for known in [own for own in rows if own == dead or (dead.endswith("/") and own.startswith(dead))]:
                del rows[known]
        if row:
            gone.pop(row["id"], None)
            rows[row["id"]] = row
    return Fetched(list(rows.values()), {}, list(gone)), newest


def read(message: str | bytes) -> tuple[dict[str, Any] | None, str, int]:
    """(post, what is gone, time in µs) of one message; what is malformed, or of no interest, gives (None, "", 0).

    What is gone is a post's id, or an author's with a slash behind it: everything of theirs.
    """
    try:
        said = json.loads(message)
        author, at = str(said["did"]), int(said["time_us"])
        if said["kind"] == "account":
            account = said["account"]
            is_gone = not account.get("active", True) and account.get("status") in ENDED
            return None, f"{author}/" if is_gone else "", at
        commit = said["commit"] if said["kind"] == "commit" else {}
        if commit.get("collection") != COLLECTION:
            return None, "", at
        key = f"{author}/{commit['rkey']}"
        if commit["operation"] == "delete":
            return None, key, at
        return _row(key, author, str(commit["rkey"]), commit["record"], at), "", at
    except (ValueError, KeyError, TypeError, AttributeError):
        return None, "", 0


def _row(key: str, author: str, rkey: str, record: dict[str, Any], at: int) -> dict[str, Any] | None:
    if not isinstance(record.get("text"), str) or not record["text"].strip():
        return None
    features = [one for facet in record.get("facets") or [] for one in facet.get("features") or []]
    links = [str(one["uri"]) for one in features if one.get("uri")]
    external = (record.get("embed") or {}).get("external") or {}
    if external.get("uri"):
        links.append(str(external["uri"]))
    return {
        "id": key, "text": record["text"], "author": author, "url": f"https://bsky.app/profile/{author}/post/{rkey}",
        "lang": str((record.get("langs") or [""])[0])[:2], "links": links, "source": "bluesky",
        "posted_at": datetime.fromtimestamp(at / 1e6, UTC).isoformat(),
    }  # fmt: skip

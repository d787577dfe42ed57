"""Public posts of one Mastodon server, all of them or those with a tag: asked for every few minutes, or as they come.

Addresses: https://server/tags/tag, https://server/public, https://server/public/local. Methods: the timelines and the streaming API (v1);
most servers want an access token for streaming. Posts whose authors ask not to be indexed are left out.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from django.utils.translation import gettext as _

from askfirst.listen.sources import sockets
from askfirst.listen.sources.feed import plain
from askfirst.listen.sources.rows import Fetched, SourceError, get, is_gone, row_of
from askfirst.listen.sources.sockets import Heard

PAGES, A_PAGE = 5, 40


def fetch(address: str, cursor: dict[str, Any]) -> Fetched:
    """New posts since the newest one known, oldest first."""
    return _since(address, str(cursor.get("newest", "")), "")


def stream(address: str, cursor: dict[str, Any], is_wanted: Callable[[], bool], token: str = "") -> Iterator[Fetched]:
    """Posts as they come, what their authors change and delete, until `is_wanted` says no; first what was missed since the cursor.

    Raises:
        SourceError: the server cannot be reached, hangs up, or wants a token.
    """
    newest = str(cursor.get("newest", ""))
    where, headers = _streaming(address, token), _bearer(token)
    missed = False
    for batch in sockets.follow(where, read, is_wanted, headers=headers):
        if not missed:
            # Asked for when the stream is open already, so that nothing falls between the two; what comes twice is known by its id.
            before = _since(address, newest, token)
            newest, missed = _later(newest, str(before.cursor["newest"])), True
            yield before
        newest = _later(newest, *batch.rows)
        yield Fetched(list(batch.rows.values()), {"newest": newest}, list(batch.gone))


def read(message: str | bytes) -> Heard:
    """What one message of the stream says; one that is malformed, or of no interest, says nothing."""
    try:
        said = json.loads(message)
        payload = said["payload"]
        if said["event"] == "delete":
            return Heard(gone=str(payload))
        if said["event"] not in {"update", "status.update"}:
            return Heard()
        post = json.loads(payload) if isinstance(payload, str) else payload
        row = _row(post)
        # One that was made private, or is not to be indexed any more, is gone for us.
        return Heard(row) if row else Heard(gone=str(post["id"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return Heard()


def gone(address: str, posts: list[tuple[str, str]]) -> list[str]:
    """Ids of posts that the server has no more."""
    base = f"{_server(address)}/api/v1/statuses/"
    return [key for key, _page in posts if is_gone(base + quote(key.rpartition("/")[2]))]


def _since(address: str, newest: str, token: str) -> Fetched:
    base = _timeline(address)
    rows: list[dict[str, Any]] = []
    gap = None
    for page_number in range(PAGES if newest else 1):
        page = _page_of(base + (f"&min_id={newest}" if newest else ""), token)
        if not page:
            break
        rows += [row for post in sorted(page, key=_order) if (row := row_of(_row, post))]
        was_asked, newest = newest, str(max(page, key=_order)["id"])
        if not was_asked:
            break
        if page_number == PAGES - 1 and len(page) >= A_PAGE:
            newest, gap = _skipped(base, newest, token, rows)
    return Fetched(rows, {"newest": newest}, [], gap)


def _skipped(base: str, newest: str, token: str, rows: list[dict[str, Any]]) -> tuple[str, tuple[str, str] | None]:
    """When more was missed than is asked for at a time: go on with the latest page, and say what lies between."""
    page = sorted(_page_of(base, token), key=_order)
    later = [post for post in page if _order(post) > _order({"id": newest})]
    if not later:
        return newest, None
    last = rows[-1]["posted_at"] if rows else ""
    rows += [row for post in later if (row := row_of(_row, post))]
    gap = (str(last), str(later[0].get("created_at") or "")) if len(later) == len(page) else None
    return str(later[-1]["id"]), gap


def _timeline(address: str) -> str:
    kind, tag = _parts(address)
    if kind == "tag":
        return f"{_server(address)}/api/v1/timelines/tag/{quote(tag)}?limit={A_PAGE}"
    return f"{_server(address)}/api/v1/timelines/public?limit={A_PAGE}{'&local=true' if kind == 'local' else ''}"


def _streaming(address: str, token: str) -> str:
    """Where the server streams, by its own description; beside its pages when it does not say."""
    kind, tag = _parts(address)
    asked = {
        "tag": {"stream": "hashtag", "tag": tag},
        "local": {"stream": "public:local"},
        "all": {"stream": "public"},
    }[kind]
    base = ""
    try:
        said = json.loads(get(f"{_server(address)}/api/v2/instance", headers=_bearer(token)).body)
        base = str(said["configuration"]["urls"]["streaming"]).rstrip("/")
    except (SourceError, ValueError, KeyError, TypeError):
        pass
    if not base.startswith(("wss://", "ws://")):
        base = _server(address).replace("http", "ws", 1)
    return f"{base}/api/v1/streaming?{urlencode(asked)}"


def _parts(address: str) -> tuple[str, str]:
    """("tag", its name), ("all", "") or ("local", "")."""
    parts = urlsplit(address)
    path = parts.path.strip("/").split("/")
    if parts.scheme in {"http", "https"} and parts.hostname:
        if path == ["public"]:
            return "all", ""
        if path == ["public", "local"]:
            return "local", ""
        if path[-1] and path[-1] != "#":
            return "tag", path[-1].lstrip("#")
    raise SourceError(
        _("The address looks like https://server/tags/tag, https://server/public or https://server/public/local.")
    )


def _server(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}


def _page_of(address: str, token: str) -> list[dict[str, Any]]:
    try:
        page = json.loads(get(address, headers=_bearer(token)).body)
    except ValueError as error:
        raise SourceError(_("The server's answer is no JSON.")) from error
    if not isinstance(page, list) or not all(isinstance(post, dict) and "id" in post for post in page):
        raise SourceError(_("The server's answer is no list of posts."))
    return page


def _order(post: dict[str, Any]) -> tuple[int, str]:
    return len(str(post["id"])), str(post["id"])


def _later(*ids: str) -> str:
    return max(ids, key=lambda own: (len(own), own))


def _row(post: dict[str, Any]) -> dict[str, Any] | None:
    account = post.get("account") or {}
    if account.get("noindex") or account.get("indexable") is False or post.get("visibility", "public") != "public":
        return None
    return {
        "id": str(post["id"]), "text": plain(post.get("content") or ""), "title": plain(post.get("spoiler_text") or ""),
        "url": post.get("url") or "", "author": account.get("acct") or "", "lang": (post.get("language") or "")[:2],
        "followers": account.get("followers_count") or 0, "posted_at": post.get("created_at") or "", "source": "mastodon",
        "is_reply": bool(post.get("in_reply_to_id")), "is_repost": bool(post.get("reblog")), "has_media": bool(post.get("media_attachments")),
    }  # fmt: skip

"""Public posts with a tag from one Mastodon server, oldest first, by its timeline address (API v1)."""

import json
from typing import Any
from urllib.parse import quote, urlsplit

from askfirst.listen.sources.feed import plain
from askfirst.listen.sources.rows import Fetched, SourceError, get, is_gone

PAGES = 5


def fetch(address: str, cursor: dict[str, Any]) -> Fetched:
    """New posts since the newest one known; posts whose authors ask not to be indexed are left out."""
    parts = urlsplit(address)
    tag = parts.path.rstrip("/").rpartition("/")[2].lstrip("#")
    if not parts.hostname or not tag:
        raise SourceError("The address looks like https://server/tags/tag.")
    base = f"{parts.scheme}://{parts.netloc}/api/v1/timelines/tag/{quote(tag)}?limit=40"
    newest = str(cursor.get("newest", ""))
    rows: list[dict[str, Any]] = []
    for _page in range(PAGES if newest else 1):
        page = _page_of(base + (f"&min_id={newest}" if newest else ""))
        if not page:
            break
        rows += [row for post in sorted(page, key=_order) if (row := _row(post))]
        newest = str(max(page, key=_order)["id"])
        if not cursor.get("newest"):
            break
    return Fetched(rows, {"newest": newest})


def gone(address: str, posts: list[tuple[str, str]]) -> list[str]:
    """Ids of posts that the server has no more."""
    parts = urlsplit(address)
    base = f"{parts.scheme}://{parts.netloc}/api/v1/statuses/"
    return [key for key, _page in posts if is_gone(base + quote(key.rpartition("/")[2]))]


def _page_of(address: str) -> list[dict[str, Any]]:
    try:
        page = json.loads(get(address).body)
    except ValueError as error:
        raise SourceError("The server's answer is no JSON.") from error
    if not isinstance(page, list) or not all(isinstance(post, dict) and "id" in post for post in page):
        raise SourceError("The server's answer is no list of posts.")
    return page


def _order(post: dict[str, Any]) -> tuple[int, str]:
    return len(str(post["id"])), str(post["id"])


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

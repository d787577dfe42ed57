"""RSS and Atom feeds (package feedparser), with conditional requests; Reddit's and alert services' feeds are feeds too."""

import html
import re
from datetime import UTC, datetime
from typing import Any

import feedparser
from django.utils.translation import gettext as _

from askfirst.listen.sources.rows import Fetched, SourceError, get, is_gone, row_of

REMEMBERED = 500


def fetch(address: str, cursor: dict[str, Any]) -> Fetched:
    """New items of a feed since the last time."""
    headers = {}
    if cursor.get("etag"):
        headers["If-None-Match"] = cursor["etag"]
    if cursor.get("modified"):
        headers["If-Modified-Since"] = cursor["modified"]
    got = get(address, headers=headers)
    if got.status == 304:
        return Fetched([], cursor)
    parsed = feedparser.parse(got.body)
    if not parsed.entries and (parsed.bozo or not parsed.get("version")):
        raise SourceError(_("This is no RSS or Atom feed."))
    known = list(cursor.get("known", []))
    made = (row_of(_row, entry) for entry in parsed.entries)
    rows = [row for row in made if row and row["id"] not in known]
    fresh = {
        "etag": got.headers.get("etag", ""),
        "modified": got.headers.get("last-modified", ""),
        "known": [*known, *(row["id"] for row in rows)][-REMEMBERED:],
    }
    return Fetched(rows, fresh)


def _row(entry: Any) -> dict[str, Any]:
    parts = entry.get("content") or []
    body = parts[0].get("value", "") if parts else entry.get("summary", "")
    when = entry.get("published_parsed") or entry.get("updated_parsed")
    title = plain(entry.get("title", ""))
    return {
        "id": entry.get("id") or entry.get("link") or title,
        "title": title,
        "text": plain(body) or title,
        "url": entry.get("link", ""),
        "author": entry.get("author", ""),
        "lang": (entry.get("language") or "")[:2],
        "posted_at": _moment(when) if when else "",
        "source": "feed",
    }


def _moment(when: Any) -> str:
    """A feed's time in ISO 8601; nothing where it is none, such as a year 0."""
    try:
        return datetime(*when[:6], tzinfo=UTC).isoformat()
    except ValueError:
        return ""


def gone(_address: str, posts: list[tuple[str, str]]) -> list[str]:
    """Ids of posts whose own page says that it is not there any more."""
    return [key for key, page in posts if page and is_gone(page)]


def plain(markup: str) -> str:
    """Text of a piece of HTML."""
    text = re.sub(r"<(?:br|/p|/div|/li)[^>]*>", "\n", markup)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())

"""Stories and comments of Hacker News that hold some words, by its public search (newest first)."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.utils.translation import gettext as _

from askfirst.listen.sources.feed import plain
from askfirst.listen.sources.rows import Fetched, SourceError, get, is_gone

SEARCH = "https://hn.algolia.com/api/v1/search_by_date"


def fetch(address: str, cursor: dict[str, Any]) -> Fetched:
    """What was written since the last time. `address`: words to look for, or a search address and words behind it."""
    base, words = (address.split(" ", 1) + [""])[:2] if urlsplit(address).scheme else (SEARCH, address)
    since = int(cursor.get("since", 0))
    query = {"query": words, "hitsPerPage": 100, "numericFilters": f"created_at_i>{since}"}
    try:
        hits = json.loads(get(f"{base}?{urlencode(query)}").body)["hits"]
        rows = [_row(hit) for hit in sorted(hits, key=lambda hit: hit["created_at_i"])]
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(_("The search's answer is not as expected.")) from error
    return Fetched(rows, {"since": max([since, *(hit["created_at_i"] for hit in hits)])})


def gone(address: str, posts: list[tuple[str, str]]) -> list[str]:
    """Ids of items that the search's own store has no more."""
    base = address.split(" ", 1)[0] if urlsplit(address).scheme else SEARCH
    items = base.rsplit("/", 1)[0] + "/items/"
    return [key for key, _page in posts if is_gone(items + key)]


def _row(hit: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": str(hit["objectID"]), "title": plain(hit.get("title") or ""), "author": hit.get("author") or "",
        "text": plain(hit.get("comment_text") or hit.get("story_text") or hit.get("title") or ""),
        "url": f"https://news.ycombinator.com/item?id={hit['objectID']}", "links": [hit["url"]] if hit.get("url") else [],
        "posted_at": datetime.fromtimestamp(hit["created_at_i"], UTC).isoformat(), "lang": "en", "source": "hackernews",
    }  # fmt: skip

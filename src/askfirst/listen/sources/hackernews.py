"""Stories and comments of Hacker News that hold some words, by its public search (newest first)."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.utils.translation import gettext as _

from askfirst.listen.sources.feed import plain
from askfirst.listen.sources.rows import Fetched, SourceError, get, is_gone, row_of

# Its search gives a thousand at the most.
PAGES, A_PAGE = 10, 100
# Seconds by which the search may be late with an item; what comes twice is known by its id.
OVERLAP = 120
SEARCH = "https://hn.algolia.com/api/v1/search_by_date"


def fetch(address: str, cursor: dict[str, Any]) -> Fetched:
    """What was written since the last time. `address`: words to look for, or a search address and words behind it."""
    base, words = (address.split(" ", 1) + [""])[:2] if urlsplit(address).scheme else (SEARCH, address)
    since = int(cursor.get("since", 0))
    query = {"query": words, "hitsPerPage": A_PAGE, "numericFilters": f"created_at_i>{max(0, since - OVERLAP)}"}
    hits: list[dict[str, Any]] = []
    try:
        # The newest come first; what was missed lies on the pages behind.
        for number in range(PAGES if since else 1):
            page = json.loads(get(f"{base}?{urlencode(query | {'page': number})}").body)
            hits += page["hits"]
            if number + 1 >= page.get("nbPages", 1):
                break
        number_of_hits = len(hits)
        # What makes no row does not move the cursor either.
        made = [(hit, row) for hit in hits if (row := row_of(_row, hit))]
        made.sort(key=lambda pair: pair[0]["created_at_i"])
        hits, rows = [hit for hit, _own in made], [row for _hit, row in made]
        is_cut = since and page.get("nbHits", 0) > number_of_hits
        gap = (_iso(since), _iso(hits[0]["created_at_i"])) if hits and is_cut else None
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(_("The search's answer is not as expected.")) from error
    return Fetched(rows, {"since": max([since, *(hit["created_at_i"] for hit in hits)])}, gap=gap)


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
        "posted_at": _iso(hit["created_at_i"]), "lang": "en", "source": "hackernews",
    }  # fmt: skip


def _iso(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()

"""Where posts come from: one small file a kind, one line here. Each turns what it fetches into rows and a cursor."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from askfirst.listen.sources import feed, hackernews, mastodon
from askfirst.listen.sources.rows import Fetched

__all__ = ["BY_ID", "KINDS", "Fetched", "Kind"]


@dataclass(frozen=True)
class Kind:
    """A kind of source.

    Attributes:
        fetch: from (address, cursor) to what came; None for kinds that are sent to us.
        minutes: how long to wait between two fetches; `terms`: where the network's own terms stand.
    """

    id: str
    name: str
    hint: str
    fetch: Callable[[str, dict[str, Any]], Fetched] | None = None
    minutes: int = 5
    terms: str = field(default="")


def _(text: str) -> str:
    """Marks words for people; the doors translate them."""
    return text


KINDS = (
    Kind("feed", _("Feed (RSS, Atom, alerts, Reddit)"), _("The feed's address"), feed.fetch, minutes=10),
    Kind(
        "mastodon",
        _("Mastodon tag"),
        _("https://server/tags/tag"),
        mastodon.fetch,
        minutes=2,
        terms="https://joinmastodon.org/covenant",
    ),
    Kind(
        "hackernews",
        _("Hacker News"),
        _("Words to look for"),
        hackernews.fetch,
        minutes=10,
        terms="https://news.ycombinator.com/newsguidelines.html",
    ),
    Kind("webhook", _("Signed webhook in"), _("Nothing to fill in; the address and secret are shown")),
    Kind("file", _("File"), _("JSON lines or CSV, by hand")),
)
BY_ID = {kind.id: kind for kind in KINDS}

"""Where posts come from: one small file a kind, one line here. Each turns what it fetches into rows and a cursor."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from askfirst.engines.marking import _
from askfirst.listen.sources import feed, hackernews, imap, jetstream, mastodon
from askfirst.listen.sources.rows import Fetched

__all__ = ["BY_ID", "KINDS", "Fetched", "Kind"]


@dataclass(frozen=True)
class Kind:
    """A kind of source.

    Attributes:
        fetch: from (address, cursor) to what came, and the password behind them where `needs_password`; None for kinds
            that are sent to us.
        stream: from (address, cursor, is_wanted, password) to batch after batch, for kinds that stay connected.
        gone: from (address, ids with their web addresses) to the ids that are deleted there.
        minutes: how long to wait between two fetches; `terms`: where the network's own terms stand.
    """

    id: str
    name: str
    hint: str
    fetch: Callable[..., Fetched] | None = None
    stream: Callable[[str, dict[str, Any], Callable[[], bool], str], Iterator[Fetched]] | None = None
    gone: Callable[[str, list[tuple[str, str]]], list[str]] | None = None
    needs_password: bool = False
    minutes: int = 5
    terms: str = field(default="")


KINDS = (
    Kind(
        "feed", _("Feed (RSS, Atom, alerts, Reddit)"), _("The feed's address"), feed.fetch, gone=feed.gone, minutes=10
    ),
    Kind(
        "mastodon",
        _("Mastodon tag or public posts"),
        _("https://server/tags/tag or https://server/public"),
        mastodon.fetch,
        gone=mastodon.gone,
        minutes=2,
        terms="https://joinmastodon.org/covenant",
    ),
    Kind(
        "mastodon_stream",
        _("Mastodon, as it comes"),
        _("The same addresses; most servers want an access token, as the password"),
        stream=mastodon.stream,
        gone=mastodon.gone,
        minutes=1,
        terms="https://joinmastodon.org/covenant",
    ),
    Kind(
        "hackernews",
        _("Hacker News"),
        _("Words to look for"),
        hackernews.fetch,
        gone=hackernews.gone,
        minutes=10,
        terms="https://news.ycombinator.com/newsguidelines.html",
    ),
    Kind(
        "bluesky",
        _("Bluesky (Jetstream)"),
        _("wss://jetstream2.us-east.bsky.network"),
        stream=jetstream.stream,
        terms="https://bsky.social/about/support/tos",
    ),
    Kind("mail", _("Mailbox (IMAP)"), _("imaps://user@host/INBOX"), imap.read, minutes=5, needs_password=True),
    Kind("webhook", _("Signed webhook in"), _("Nothing to fill in; the address and secret are shown")),
    Kind("file", _("File"), _("JSON lines or CSV, by hand")),
)
BY_ID = {kind.id: kind for kind in KINDS}

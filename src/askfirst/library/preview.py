"""Title and description of a page, read from its head."""

from dataclasses import dataclass
from html.parser import HTMLParser

from django.utils.translation import gettext as _

from askfirst.base import fetch
from askfirst.library.errors import LibraryError


@dataclass(frozen=True)
class LookedUp:
    """What a page says about itself."""

    address: str
    title: str
    description: str
    author: str


def look_up(address: str, *, allow_private: bool = False) -> LookedUp:
    """Fetch a page's head.

    Raises:
        LibraryError: it cannot be fetched, or is no page.
    """
    try:
        found = fetch.fetch(address, allow_private=allow_private)
    except fetch.CannotFetch as error:
        raise LibraryError(str(error)) from error
    if found.status != 200 or found.media_type not in {"text/html", "application/xhtml+xml"}:
        raise LibraryError(_("The address answers with %(status)d and is no page.") % {"status": found.status})
    head = _Head()
    head.feed(found.body.decode("utf-8", "replace"))
    meta = head.meta
    return LookedUp(
        found.address,
        (meta.get("og:title") or " ".join(head.title.split()))[:200],
        (meta.get("og:description") or meta.get("description", ""))[:300],
        meta.get("author", "")[:200],
    )


class _Head(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.title = ""
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self._in_title = tag == "title" and not self.title
        if tag == "meta":
            name = (said.get("property") or said.get("name", "")).lower()
            self.meta.setdefault(name, " ".join(said.get("content", "").split()))

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data

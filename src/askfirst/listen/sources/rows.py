"""What every source makes: rows, ids that are gone, and where to go on."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from askfirst.base import fetch

logger = logging.getLogger(__name__)


class SourceError(Exception):
    """A fetch that failed; the message is shown beside the source. `wait` in seconds, if the source said how long."""

    def __init__(self, message: str, wait: int = 0) -> None:
        super().__init__(message)
        self.wait = wait


@dataclass(frozen=True)
class Fetched:
    """Rows as engines.boolquery reads them, with id, url, author, posted_at (ISO 8601).

    Attributes:
        gone: ids that are deleted there.
        gap: from when to when (ISO 8601) nothing could be heard, if the source could not go on where it ended.
    """

    rows: list[dict[str, Any]]
    cursor: dict[str, Any]
    gone: list[str] = field(default_factory=list)
    gap: tuple[str, str] | None = None


def row_of(make: Callable[[Any], dict[str, Any] | None], item: Any) -> dict[str, Any] | None:
    """The row that `make` gives; None for an item that is not as its network describes them, so that it keeps no other away."""
    try:
        return make(item)
    except (AttributeError, KeyError, OSError, OverflowError, TypeError, ValueError):
        logger.warning("An item is left out: it is not as its network describes them.")
        return None


def get(address: str, *, headers: dict[str, str] | None = None) -> fetch.Fetched:
    """GET for a source, with the guards of base.fetch.

    Raises:
        SourceError: no answer, or one that says no.
    """
    try:
        got = fetch.fetch(address, most=4 * 1024 * 1024, allow_private=settings.OPTIONS.listen_private, headers=headers)
    except fetch.CannotFetch as error:
        raise SourceError(str(error)) from error
    if got.status == 429 or got.status >= 500:
        raise _not_now(got)
    if got.status >= 400:
        raise SourceError(_("The source answered %d. Is the address right?") % got.status)
    return got


def is_gone(address: str) -> bool:
    """Whether a post's page answers that it is not there any more; any other trouble leaves the post as it is.

    Raises:
        SourceError: the server asks to be left alone.
    """
    try:
        got = fetch.fetch(address, most=1024, allow_private=settings.OPTIONS.listen_private)
    except fetch.CannotFetch:
        return False
    if got.status == 429:
        raise _not_now(got)
    return got.status in {404, 410}


def _not_now(got: fetch.Fetched) -> SourceError:
    """The source is busy, and may have said for how long."""
    wait = got.headers.get("retry-after", "")
    return SourceError(_("The source answered %d.") % got.status, int(wait) if wait.isdigit() else 0)

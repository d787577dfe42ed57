"""Mentions as CSV and XLSX, for those who work them; what is deleted here is in no file made later."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from askfirst.listen.models import Mention


def rows(mentions: Iterable[Mention]) -> Iterator[list[Any]]:
    """A head, then a row a mention."""
    yield [
        _("Posted"), _("Source"), _("Author"), _("Title"), _("Text"), _("Address"), _("Language"), _("Kind"), _("Mood"), _("Priority"),
        _("Queries"), _("State"), _("Tags"), _("What came of it"), _("Answered"),
    ]  # fmt: skip
    for own in mentions:
        yield [
            _moment(own.posted_at), own.source.name, own.author, own.title, own.text, own.address, own.language, own.get_kind_display(), own.mood,
            own.priority, ", ".join(query.name for query in own.queries.all()), own.get_state_display(), own.tags, own.outcome,
            _moment(own.answered_at),
        ]  # fmt: skip


def _moment(value: Any) -> str:
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value else ""

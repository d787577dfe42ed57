"""Named writes of the coach: the glossary. A check of a draft writes nothing at all."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from askfirst.base import log, sealing
from askfirst.coach.errors import CoachError
from askfirst.coach.models import GLOSSARY, Entry, Kind
from askfirst.engines.draftcheck import terms


def add_entries(rows: Iterable[tuple[str, date | None]], *, kind: str, by: Any, speaker: str = "") -> int:
    """Put terms, clients or topics on the list; what is there already is not doubled. Returns how many were new."""
    with transaction.atomic():
        known = {sealing.unseal(entry.sealed, GLOSSARY).casefold() for entry in Entry.objects.filter(kind=kind)}
        fresh = []
        for text, until in rows:
            plain = " ".join(text.split())[:200]
            if plain and plain.casefold() not in known:
                known.add(plain.casefold())
                fresh.append(
                    Entry(kind=kind, sealed=sealing.seal(plain, GLOSSARY), until=until, speaker=speaker, added_by=by)
                )
        Entry.objects.bulk_create(fresh, batch_size=500)
        # The log says that something was added, never what.
        log.record("coach.entries_added", actor=by, number=len(fresh), kind=kind)
    return len(fresh)


def add_lines(text: str, *, kind: str, by: Any, speaker: str = "") -> int:
    """Entries as people type them, one a line, a date behind a comma where there is an embargo.

    Raises:
        CoachError: a date cannot be read.
    """
    try:
        found = terms.read(text.splitlines())
    except ValueError as error:
        raise CoachError(str(error)) from error
    if not found:
        raise CoachError(_("Write at least one line."))
    return add_entries(((own.text, own.until) for own in found), kind=kind, by=by, speaker=speaker)


def remove_entry(entry: Entry, *, by: Any) -> None:
    with transaction.atomic():
        log.record("coach.entry_removed", actor=by, subject=str(entry.pk), kind=entry.kind)
        entry.delete()


def load_sample(by: Any) -> None:
    """A glossary for the sample organisation."""
    if not Entry.objects.exists():
        add_entries(
            [("Blue Heron", None), ("Ridge 3", date(2027, 5, 14)), ("Project Lantern", None)], kind=Kind.TERM, by=by
        )
        add_entries([("Norvik Alpine Club", None), ("Brightwater Stores", None)], kind=Kind.CLIENT, by=by)
        add_entries([("Ridge 2", None), ("Fell Runner", None), ("Moorland Parka", None)], kind=Kind.BRAND, by=by)
        add_entries(
            [("Harbour Street store", None), ("closing a store", None)],
            kind=Kind.TOPIC,
            by=by,
            speaker=_("the press office"),
        )

"""Named writes of the coach: the glossary. A check of a draft writes nothing at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from askfirst.base import log, sealing
from askfirst.coach.errors import CoachError
from askfirst.coach.models import GLOSSARY, Entry, Kind
from askfirst.engines.draftcheck import terms


@dataclass(frozen=True)
class Added:
    """How many entries are new, and how many that were there got another day or speaker."""

    new: int
    changed: int


def add_entries(rows: Iterable[tuple[str, date | None]], *, kind: str, by: Any, speaker: str = "") -> Added:
    """Put terms, clients or topics on the list; what is there already is not doubled, but takes the day and the speaker given."""
    with transaction.atomic():
        entries = Entry.objects.filter(kind=kind)
        known = {sealing.unseal(entry.sealed, GLOSSARY).casefold(): entry for entry in entries}
        fresh, changed = [], 0
        for text, until in rows:
            plain = " ".join(text.split())
            there = known.get(plain.casefold())
            if there is None:
                entry = Entry(
                    kind=kind, sealed=sealing.seal(plain, GLOSSARY), until=until, speaker=speaker, added_by=by
                )
                known[plain.casefold()] = entry
                fresh.append(entry)
            elif (there.until, there.speaker) != (until, speaker):
                there.until, there.speaker = until, speaker
                if there.pk:
                    there.added_at = timezone.now()
                    there.save(update_fields=["until", "speaker", "added_at"])
                    changed += 1
        Entry.objects.bulk_create(fresh, batch_size=500)
        # The log says that something was added, never what.
        log.record("coach.entries_added", actor=by, number=len(fresh), kind=kind)
    return Added(len(fresh), changed)


def add_lines(text: str, *, kind: str, by: Any, speaker: str = "") -> Added:
    """Entries as people type them, one a line, a date behind a comma where there is an embargo.

    Raises:
        CoachError: a date cannot be read, or a line is too long.
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

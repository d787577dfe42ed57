"""Named writes that reach over several parts."""

import json
import logging
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from askfirst.base import log
from askfirst.jam import actions as jam
from askfirst.learn import actions as learn
from askfirst.library import media
from askfirst.library import queries as library_queries
from askfirst.people import actions as people
from askfirst.people import queries as people_queries
from askfirst.people import records
from askfirst.people.errors import PeopleError
from askfirst.people.models import Person
from askfirst.plan.models import Entry, Version
from askfirst.policy import actions as policy
from askfirst.share import actions as share
from askfirst.share import queries as share_queries

logger = logging.getLogger(__name__)

ERASED_AT_ONCE = 200


def erase(person: Person, *, by: Person | None = None) -> None:
    """Take a person out of every part; what they contributed stays, without a name. `by` is the administrator who does it for them.

    Raises:
        PeopleError: they are the last administrator.
    """
    with transaction.atomic():
        jam.erase_author(person)
        share.erase_person(person)
        learn.erase_person(person)
        policy.erase_person(person)
        people.erase_person(person, by=by)


def tidy_media() -> int:
    """Delete pictures, videos and sounds that no material and no story needs any more. Returns how many."""
    share.tidy()
    return media.drop_unused(library_queries.files() | share_queries.files())


def erase_leavers() -> int:
    """Erase who left as long ago as the option says, some at a time. Returns how many."""
    days, erased = settings.OPTIONS.leavers_days, 0
    records.note_leavers()
    for person in people_queries.due_to_be_erased(days)[:ERASED_AT_ONCE] if days else ():
        try:
            erase(person)
            erased += 1
        except PeopleError as error:
            logger.warning("Person %s has left and cannot be erased: %s", person.pk, error)
    return erased


TEMPLATES = Path(__file__).parent


def load_template(*, by: Person, language: str = "") -> int:
    """Put a plan to start from into an empty one, in a language that we have it in, else in English. Returns the number of lines."""
    own = TEMPLATES / f"template.{language}.json"
    rows = json.loads((own if own.exists() else TEMPLATES / "template.json").read_text(encoding="utf-8"))
    with transaction.atomic():
        _pressed_once(by)
        if Entry.objects.exists():
            return 0
        Entry.objects.bulk_create(Entry(position=at, **row) for at, row in enumerate(rows))
        log.record("plan.template_loaded", actor=by, number=len(rows))
    return len(rows)


def keep_entry(entry: Entry | None = None, /, *, by: Person, **fields: Any) -> Entry:
    """Write a line of the plan, or change one."""
    with transaction.atomic():
        entry = entry or Entry(position=Entry.objects.count())
        for name, value in fields.items():
            setattr(entry, name, value)
        entry.save()
        log.record("plan.entry_kept", actor=by, subject=str(entry.pk))
    return entry


def remove_entry(entry: Entry, *, by: Person) -> None:
    with transaction.atomic():
        log.record("plan.entry_removed", actor=by, subject=str(entry.pk))
        entry.delete()


def keep_version(*, by: Person, note: str = "") -> Version:
    """Keep the plan as it stands, for ever."""
    names = ("kind", "title", "text", "measure", "target", "address", "recovery")
    with transaction.atomic():
        _pressed_once(by)
        rows = [
            {
                **{name: getattr(own, name) for name in names},
                "owner": str(own.owner or ""),
                "review_on": own.review_on and own.review_on.isoformat(),
            }
            for own in Entry.objects.select_related("owner")
        ]
        last = Version.objects.order_by("-number").values_list("number", flat=True).first() or 0
        version = Version.objects.create(number=last + 1, note=note.strip()[:200], entries=rows, kept_by=by)
        log.record("plan.version_kept", actor=by, subject=str(version.number))
    return version


def _pressed_once(person: Person) -> None:
    """Let a second press of somebody wait until the first is through."""
    Person.objects.select_for_update().get(pk=person.pk)

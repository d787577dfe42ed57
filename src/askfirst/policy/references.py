"""Named writes over the reference shelf: policies of others, kept to be read and compared with."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from askfirst.base import log
from askfirst.people.models import Person
from askfirst.policy import files
from askfirst.policy.models import Reference

SHELF = Path(__file__).with_name("shelf")


def keep_reference(reference: Reference | None = None, /, *, by: Any, **fields: Any) -> Reference:
    """Put somebody else's policy on the shelf, or change what is known about it.

    Raises:
        PolicyError: the licence does not allow to keep the text.
    """
    reference = reference or Reference()
    for name, value in fields.items():
        setattr(reference, name, value)
    with transaction.atomic():
        reference.save()
        log.record("policy.reference_kept", actor=by, subject=str(reference.pk), licence=reference.licence)
    return reference


def drop_reference(reference: Reference, *, by: Person) -> None:
    with transaction.atomic():
        log.record("policy.reference_dropped", actor=by, subject=str(reference.pk))
        reference.delete()


def load_shelf() -> int:
    """Put the references that come with Askfirst on an empty shelf. Returns how many."""
    if Reference.objects.exists():
        return 0
    rows = json.loads((SHELF / "shelf.json").read_text(encoding="utf-8"))
    for row in rows:
        name = row.pop("file", "")
        text = files.read(name, (SHELF / name).read_bytes()) if name else ""
        Reference.objects.create(text=text, **row)
    return len(rows)

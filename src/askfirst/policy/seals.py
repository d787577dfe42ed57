"""The chain of acknowledgements: each record's seal covers its own facts and the seal before it."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime

from askfirst.policy.models import Acknowledgement

FIRST = "0" * 64


def seal_of(record: Acknowledgement) -> str:
    """SHA-256 over the record's facts and the seal of the record before, as JSON with sorted keys."""
    facts = {
        "person": record.person_number,
        "version": record.version_id,
        "digest": record.digest,
        "language": record.language,
        "at": moment(record.at),
        "right": record.right,
        "questions": record.questions,
        "disputed": record.is_disputed,
        "before": record.seal_before,
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def moment(at: datetime) -> str:
    """A time as it is sealed: UTC, whole seconds."""
    return at.astimezone(UTC).replace(microsecond=0).isoformat()


def breaks(records: Iterable[Acknowledgement]) -> list[str]:
    """What is wrong with a chain, in words: records changed, removed or inserted behind the program's back."""
    found = []
    before = FIRST
    for record in records:
        if record.seal_before != before:
            found.append(f"Before record {record.pk} at least one record is missing, or this one was inserted.")
        if record.seal != seal_of(record):
            found.append(f"Record {record.pk} was changed after it was made.")
        before = record.seal
    return found

"""Named writes over the library."""

from typing import Any

from django.db import transaction

from askfirst.base import log
from askfirst.library import queries
from askfirst.library.models import Answer


def keep_answer(answer: Answer | None = None, /, *, actor: Any, **fields: Any) -> Answer:
    """Add a FAQ answer, or change one, and index it in the same transaction."""
    with transaction.atomic():
        answer = answer or Answer(written_by=actor)
        for name, value in fields.items():
            setattr(answer, name, value)
        answer.save()
        queries.search_module().put(answer)  # type: ignore[attr-defined]
        log.record("library.answer_kept", actor=actor, subject=str(answer.pk))
    return answer


def drop_answer(answer: Answer, *, actor: Any) -> None:
    """Take an answer out of the library and its index."""
    with transaction.atomic():
        queries.search_module().remove(answer.pk)  # type: ignore[attr-defined]
        log.record("library.answer_dropped", actor=actor, subject=str(answer.pk))
        answer.delete()


def rebuild_index() -> int:
    """Index every answer anew; for after a restore. Returns how many."""
    with transaction.atomic():
        count = 0
        for answer in Answer.objects.iterator():
            queries.search_module().put(answer)  # type: ignore[attr-defined]
            count += 1
    return count

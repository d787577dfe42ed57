"""Record who did what. Only people acting in a role are recorded, never a participant."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from askfirst.base import outbox
from askfirst.base.models import LogEntry


def record(verb: str, *, actor: Any, subject: str = "", **detail: object) -> LogEntry:
    """Append one entry inside the caller's transaction.

    Args:
        verb: part and what happened, in the past tense: `jam.closed`.
        actor: the person who did it, or None for the system.
        subject: what it was done to, such as a jam's code.
        detail: JSON values; no text written by participants.
    """
    outbox.announce(verb, subject=subject, **detail)
    return LogEntry.objects.create(
        verb=verb,
        actor_id=actor.pk if actor else None,
        actor_name=str(actor) if actor else "",
        subject=subject,
        detail=detail,
    )


def tidy() -> int:
    """Forget entries that are older than ASKFIRST_LOG_DAYS; the only way in which an entry goes."""
    days = settings.OPTIONS.log_days
    if not days:
        return 0
    return LogEntry.objects.filter(at__lt=timezone.now() - timedelta(days=days)).delete()[0]

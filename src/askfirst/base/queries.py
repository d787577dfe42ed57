"""Named reads over the shared tables."""

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Max, Q, QuerySet

from askfirst.base.models import Delivery, LogEntry, Organisation, Webhook

ORGANISATION = "organisation"


def organisation() -> Organisation:
    """The organisation, at most 5 seconds old; a default one before `askfirst init`."""
    found = cache.get(ORGANISATION)
    if found is None:
        found = Organisation.objects.first() or Organisation()
        cache.set(ORGANISATION, found, 5)
    return found


def sender() -> str:
    """Whose mail it is, for its last line."""
    return f"{organisation().name} · {settings.SITE_URL}"


def pending_migrations() -> int:
    """How many migrations the database lacks."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def log_entries(words: str = "", before: int | None = None) -> QuerySet[LogEntry]:
    """The log, newest first: entries whose person, act or subject holds every word, older than the entry `before`."""
    found = LogEntry.objects.all() if before is None else LogEntry.objects.filter(pk__lt=before)
    for word in words.split():
        found = found.filter(Q(actor_name__icontains=word) | Q(verb__icontains=word) | Q(subject__icontains=word))
    return found


def webhooks() -> list[Webhook]:
    """Every system that is told of events, with how many deliveries wait and when the last arrived."""
    waiting = Count("deliveries", filter=Q(deliveries__due_at__isnull=False))
    return list(Webhook.objects.annotate(waiting=waiting, last=Max("deliveries__arrived_at")))


def deliveries(hook: Webhook, limit: int = 100) -> list[Delivery]:
    """The newest deliveries to a system."""
    return list(hook.deliveries.all()[:limit])


def hooks_that_hear(event: str) -> list[Webhook]:
    """Systems that are told of an event now."""
    return [hook for hook in Webhook.objects.filter(is_on=True) if event in hook.events]


def logged_of(actor_id: int) -> list[dict[str, str]]:
    """What the log holds of somebody's own acts, for the export that they may ask for."""
    rows = LogEntry.objects.filter(actor_id=actor_id).values_list("at", "verb", "subject")
    return [{"at": at.isoformat(), "verb": verb, "subject": subject} for at, verb, subject in rows]

"""Bursts: each query's counts, five minutes at a time, held against what this hour of the day lets expect.

Counted are all posts, and beside them those that are a risk or a complaint: a crisis is seen there before the whole swells.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from askfirst.base import log
from askfirst.engines import burst
from askfirst.listen import queries
from askfirst.listen.heard import step_of
from askfirst.listen.models import Alert, Query

STEP = timedelta(minutes=burst.STEP_MINUTES)
# After a long pause the missing steps are zeros, at most so many of them.
LONGEST = timedelta(days=2)


def count_steps(now: datetime | None = None) -> list[Alert]:
    """Give each query's counts up to now to its memory. Returns the bursts that began. Each step is counted by one process."""
    end = step_of(now or timezone.now())
    begun = []
    for query in Query.objects.filter(is_on=True):
        begun += _count_query(query, end)
    return begun


def _count_query(query: Query, end: datetime) -> list[Alert]:
    first = query.steps.order_by("at").values_list("at", flat=True).first()
    at = query.counted_to or first
    if at is None or at >= end:
        return []
    at = max(at, end - LONGEST)
    with transaction.atomic():
        if not Query.objects.filter(pk=query.pk, counted_to=query.counted_to).update(counted_to=end):
            return []
        rows = {
            when: counts
            for when, *counts in query.steps.filter(at__gte=at, at__lt=end).values_list("at", "number", "risks")
        }
        (memory, begun), (risk_memory, risks_begun) = (
            _run(
                query,
                burst.Burst.from_values(kept),
                {when: own[of_risks] for when, own in rows.items()},
                at,
                end,
                of_risks=of_risks,
            )
            for of_risks, kept in ((False, query.memory), (True, query.risk_memory))
        )
        Query.objects.filter(pk=query.pk).update(memory=memory.to_values(), risk_memory=risk_memory.to_values())
    return begun + risks_begun


def _run(
    query: Query, memory: burst.Burst, counts: Mapping[datetime, int], at: datetime, end: datetime, *, of_risks: bool
) -> tuple[burst.Burst, list[Alert]]:
    begun = []
    while at < end:
        reading = memory.add(counts.get(at, 0), timezone.localtime(at).hour)
        if reading.has_begun:
            begun += _begin(query, at, reading, of_risks=of_risks)
        at += STEP
    if not memory.is_on:
        query.alerts.filter(ended_at=None, of_risks=of_risks).update(ended_at=end)
    return memory, begun


def _begin(query: Query, at: datetime, reading: burst.Reading, *, of_risks: bool) -> list[Alert]:
    """A new alert; none for the risks while the whole is in a burst already."""
    if of_risks and query.alerts.filter(ended_at=None, of_risks=False).exists():
        return []
    since = at - queries.BEFORE
    alert = Alert.objects.create(
        query=query,
        began_at=at,
        seen=reading.seen,
        expected=reading.expected,
        of_risks=of_risks,
        terms=queries.terms_of(query, since),
    )
    sample = query.mentions.filter(posted_at__gte=since, copy_of=None)
    alert.sample.set((sample.filter(is_risk=True) if of_risks else sample)[:5])
    log.record("listen.burst_begun", actor=None, subject=query.name, seen=reading.seen, of_risks=of_risks)
    return [alert]

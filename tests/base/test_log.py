"""The log of who did what: forgotten when its time is over, and not before."""

from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from askfirst.base import log, tasks
from askfirst.base.models import LogEntry


def aged(days: int) -> LogEntry:
    entry = log.record("jam.closed", actor=None, subject=f"{days} days ago")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE base_logentry SET at = %s WHERE id = %s", [timezone.now() - timedelta(days), entry.pk])
    return entry


def test_entries_are_forgotten_after_their_time_and_not_before(db):
    aged(1096)
    aged(1094)

    assert log.tidy() == 1
    assert [entry.subject for entry in LogEntry.objects.all()] == ["1094 days ago"]


def test_log_is_kept_for_ever_when_told_so(db, monkeypatch):
    monkeypatch.setattr(settings, "OPTIONS", replace(settings.OPTIONS, log_days=0))
    aged(9000)

    assert log.tidy() == 0


def test_results_of_tasks_are_tidied(db):
    tasks.tidy()

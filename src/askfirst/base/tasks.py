"""Background work: django-tasks with its database backend, run by `askfirst work` or inside `askfirst serve`."""

import logging
import secrets
import threading
import time
import uuid
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Protocol

from django.core.management import call_command
from django.db import DatabaseError, close_old_connections, connection
from django.db.models import Q
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult, get_date_max

from askfirst.base.models import Turn

logger = logging.getLogger(__name__)


HOUR, MINUTE = 3600, 60
SECONDS_AWAY, SECONDS_SEEN = 5, 20
# A task whose process was not seen for so long is run again, but a task that ends every process is not.
UNSEEN, MOST_TRIES = timedelta(minutes=5), 3
RUNNING_HERE: set[uuid.UUID] = set()
Jobs = Iterable[Callable[[], object]]


class Connected(Protocol):
    """Something that stays connected while the process runs."""

    def start(self) -> None: ...

    def stop(self) -> None: ...


def work_until_stopped(hourly: Jobs, minutely: Iterable[Jobs], connected: Connected) -> None:
    """Run tasks, what the clock does, and what stays connected, until this process is told to end (SIGTERM, SIGINT)."""
    clocks, worker = Clocks(hourly, minutely), Worker("work")
    clocks.start()
    connected.start()
    worker.configure_signals()
    try:
        worker.run()
    finally:
        clocks.stop()
        connected.stop()


class Worker(db_worker.Worker):
    """Runs tasks one after another; goes on when the database was away, and shows that the task in hand is being run.

    A running task's `run_after`, which nobody else needs then, says when its process was last seen; see `run_again`.
    """

    def __init__(self, name: str) -> None:
        super().__init__(
            queue_names=["default"], interval=1, batch=False, backend_name="default", startup_delay=True, max_tasks=None,
            worker_id=f"{name}-{secrets.token_hex(8)}", excluded_queue_names=[],
        )  # fmt: skip

    def run(self) -> None:
        while self.running:
            try:
                super().run()
            except Exception:
                logger.exception("Tasks cannot be run; tried again in %s s.", SECONDS_AWAY)
                connection.close()
                time.sleep(SECONDS_AWAY)

    def run_task(self, db_task_result: DBTaskResult) -> None:
        if len(db_task_result.worker_ids) > MOST_TRIES:
            db_task_result.set_failed(RuntimeError("Each process that ran it ended before it was done."))
            return
        ended = threading.Event()
        seen = threading.Thread(target=_be_seen, args=(db_task_result.pk, ended), name="seen", daemon=True)
        RUNNING_HERE.add(db_task_result.pk)
        seen.start()
        try:
            super().run_task(db_task_result)
        finally:
            ended.set()
            seen.join()
            RUNNING_HERE.discard(db_task_result.pk)


def _be_seen(task: uuid.UUID, ended: threading.Event) -> None:
    while True:
        try:
            DBTaskResult.objects.running().filter(pk=task).update(run_after=timezone.now())
        except DatabaseError:
            logger.info("The database has no time to hear that a task is being run.")
        finally:
            connection.close()
        if ended.wait(SECONDS_SEEN):
            return


def run_again(now: datetime | None = None) -> int:
    """Queue tasks anew whose process was not seen for a while; all of ours may be run twice. Returns how many."""
    moment = now or timezone.now()
    lost = Q(run_after__lt=moment - UNSEEN) | Q(run_after=get_date_max())
    rows = (
        DBTaskResult.objects.running().filter(lost, started_at__lt=moment - UNSEEN).exclude(pk__in=list(RUNNING_HERE))
    )
    return rows.update(status=TaskResultStatus.READY, run_after=moment)


def tidy() -> None:
    """Forget what became of tasks two weeks ago."""
    call_command("prune_db_task_results", min_age_days=14, verbosity=0)


def takes_turn(job: Callable[[], object], seconds: int) -> bool:
    """Whether this process does a job of the clock now: of several, one in each period, so that nobody gets a mail twice."""
    name, now = f"{job.__module__}.{job.__qualname__}"[:120], timezone.now()
    Turn.objects.get_or_create(name=name, defaults={"next_at": now})
    # A little less than the period, since clocks do not tick together.
    mine = Turn.objects.filter(name=name, next_at__lte=now).update(next_at=now + timedelta(seconds=seconds * 0.9))
    return bool(mine)


class Clocks:
    """What is done once an hour or a minute, such as sending the reminders of the day or fetching feeds.

    Args:
        minutely: rows of jobs; those of one row after each other, each row in a thread of its own.
    """

    def __init__(self, hourly: Jobs, minutely: Iterable[Jobs]) -> None:
        self._stopped = threading.Event()
        rows = [("hourly", HOUR, hourly), *((f"minutely-{at}", MINUTE, jobs) for at, jobs in enumerate(minutely))]
        self._threads = [
            threading.Thread(target=self._run_every, args=(seconds, tuple(jobs)), name=name, daemon=True)
            for name, seconds, jobs in rows
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stopped.set()

    def _run_every(self, seconds: int, jobs: tuple[Callable[[], object], ...]) -> None:
        while jobs and not self._stopped.wait(seconds):
            for job in jobs:
                try:
                    if takes_turn(job, seconds):
                        job()
                except Exception:
                    logger.exception("A job of the clock failed; it is tried again at its next turn.")
                finally:
                    close_old_connections()


class EmbeddedWorker:
    """Runs all of that in threads of the serving process, so that one process is enough."""

    def __init__(self, hourly: Jobs, minutely: Iterable[Jobs], connected: Connected) -> None:
        self._clocks = Clocks(hourly, minutely)
        self._connected = connected
        self._worker = Worker("embedded")
        self._thread = threading.Thread(target=self._worker.run, name="tasks", daemon=True)

    def start(self) -> None:
        self._thread.start()
        self._clocks.start()
        self._connected.start()

    def stop(self) -> None:
        """Let the task in hand finish, for at most ten seconds; an unfinished one is run again, see `run_again`."""
        self._worker.running = False
        self._clocks.stop()
        self._connected.stop()
        self._thread.join(timeout=10)

"""Background work: django-tasks with its database backend, run by `askfirst work` or inside `askfirst serve`."""

import logging
import secrets
import threading
from collections.abc import Callable, Iterable
from typing import Protocol

from django.core.management import call_command
from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

logger = logging.getLogger(__name__)


HOUR, MINUTE = 3600, 60
Jobs = Iterable[Callable[[], object]]


class Connected(Protocol):
    """Something that stays connected while the process runs."""

    def start(self) -> None: ...

    def stop(self) -> None: ...


def work_until_stopped(hourly: Jobs, minutely: Jobs, connected: Connected) -> None:
    """Run tasks, what the clock does, and what stays connected, until this process is told to end (SIGTERM, SIGINT)."""
    clocks = Clocks(hourly, minutely)
    clocks.start()
    connected.start()
    call_command("db_worker", reload=False, verbosity=0)
    clocks.stop()
    connected.stop()


def tidy() -> None:
    """Forget what became of tasks two weeks ago."""
    call_command("prune_db_task_results", min_age_days=14, verbosity=0)


class Clocks:
    """What is done once an hour or a minute, such as sending the reminders of the day or fetching feeds."""

    def __init__(self, hourly: Jobs, minutely: Jobs) -> None:
        self._stopped = threading.Event()
        self._threads = [
            threading.Thread(target=self._run_every, args=(seconds, tuple(jobs)), name=name, daemon=True)
            for name, seconds, jobs in (("hourly", HOUR, hourly), ("minutely", MINUTE, minutely))
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
                    job()
                except Exception:
                    logger.exception("A job of the clock failed; it is tried again at its next turn.")
                finally:
                    close_old_connections()


class EmbeddedWorker:
    """Runs all of that in threads of the serving process, so that one process is enough."""

    def __init__(self, hourly: Jobs, minutely: Jobs, connected: Connected) -> None:
        self._clocks = Clocks(hourly, minutely)
        self._connected = connected
        self._worker = Worker(
            queue_names=["default"],
            interval=1,
            batch=False,
            backend_name="default",
            startup_delay=True,
            max_tasks=None,
            worker_id=f"embedded-{secrets.token_hex(8)}",
            excluded_queue_names=[],
        )
        self._thread = threading.Thread(target=self._worker.run, name="tasks", daemon=True)

    def start(self) -> None:
        self._thread.start()
        self._clocks.start()
        self._connected.start()

    def stop(self) -> None:
        """Let the task in hand finish, for at most ten seconds; an unfinished one is kept and run again."""
        self._worker.running = False
        self._clocks.stop()
        self._connected.stop()
        self._thread.join(timeout=10)

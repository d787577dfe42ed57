"""Background work: django-tasks with its database backend, run by `askfirst work` or inside `askfirst serve`."""

import logging
import secrets
import threading

from django.core.management import call_command
from django_tasks_db.management.commands.db_worker import Worker

logger = logging.getLogger(__name__)


def work_until_stopped() -> None:
    """Run tasks in this process until it is told to end (SIGTERM, SIGINT)."""
    call_command("db_worker", reload=False, verbosity=0)


class EmbeddedWorker:
    """Runs tasks in a thread of the serving process, so that one process is enough."""

    def __init__(self) -> None:
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

    def stop(self) -> None:
        """Let the task in hand finish, for at most ten seconds; an unfinished one is kept and run again."""
        self._worker.running = False
        self._thread.join(timeout=10)

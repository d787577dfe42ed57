"""Background tasks: what a killed process had in hand is done by the next one, and a database that was away ends no worker."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from askfirst.base import mailing, outbox, tasks
from askfirst.base.models import Turn
from tests.conftest import Site

PEOPLE = 60_000
IMPORT = (
    "from askfirst.people import tasks; from askfirst.people.models import Person;"
    "tasks.import_roster.enqueue({path!r}, Person.objects.get().pk, is_full=False, leavers_up_to=10)"
)
LONG_AGO = "2020-01-01 00:00:00"


def state(data: Path) -> tuple[str, int]:
    """(what became of the newest task, how many people there are)."""
    with closing(sqlite3.connect(data / "askfirst.sqlite3", timeout=60)) as own:
        [task] = own.execute("SELECT status FROM django_tasks_database_dbtaskresult").fetchone()
        return task, own.execute("SELECT count(*) FROM people_person").fetchone()[0]


def wait_for(data: Path, status: str) -> None:
    for _ in range(600):
        if state(data)[0] == status:
            return
        time.sleep(0.1)
    raise AssertionError(state(data))


def test_task_of_a_killed_process_is_done_by_the_next_one(empty_site, tmp_path):
    data = Path(empty_site.environ["ASKFIRST_DATA"])
    roster = tmp_path / "roster.csv"
    roster.write_text("e-mail,name\n" + "".join(f"p{at}@example.org,P {at}\n" for at in range(PEOPLE)))
    empty_site.run("manage", "shell", "-c", IMPORT.format(path=str(roster)))
    empty_site.start()
    wait_for(data, "RUNNING")
    empty_site.kill()
    assert state(data) == ("RUNNING", 1)

    empty_site.run("manage", "shell", "-c", "from askfirst.base import tasks; assert tasks.run_again() == 0")
    with closing(sqlite3.connect(data / "askfirst.sqlite3")) as own, own:
        own.execute("UPDATE django_tasks_database_dbtaskresult SET started_at = ?, run_after = ?", (LONG_AGO, LONG_AGO))
    empty_site.run("manage", "shell", "-c", "from askfirst.base import tasks; assert tasks.run_again() == 1")
    empty_site.start()

    wait_for(data, "SUCCESSFUL")
    assert state(data) == ("SUCCESSFUL", PEOPLE + 1)
    assert not roster.exists()


def test_process_that_only_works_does_what_waits_and_ends_when_it_is_told(empty_site):
    data = Path(empty_site.environ["ASKFIRST_DATA"])
    empty_site.run("manage", "shell", "-c", "from askfirst.base import outbox; outbox.send.enqueue()")
    process = subprocess.Popen(
        [sys.executable, "-m", "askfirst", "work"], env=empty_site.environ, stderr=subprocess.PIPE
    )

    wait_for(data, "SUCCESSFUL")
    process.send_signal(signal.SIGTERM)

    assert process.wait(timeout=20) == 0
    assert b"Traceback" not in process.stderr.read()


def running(db) -> DBTaskResult:
    outbox.send.enqueue()
    task = DBTaskResult.objects.get()
    task.claim("gone")
    return task


def test_task_that_is_being_run_or_was_begun_lately_is_left_alone(db):
    task = running(db)
    assert tasks.run_again() == 0
    later = timezone.now() + timedelta(minutes=6)

    tasks.RUNNING_HERE.add(task.pk)
    assert tasks.run_again(later) == 0
    tasks.RUNNING_HERE.discard(task.pk)
    # Somewhere else it was seen a minute ago.
    DBTaskResult.objects.update(run_after=later - timedelta(minutes=1))
    assert tasks.run_again(later) == 0

    assert tasks.run_again(later + timedelta(minutes=6)) == 1
    assert list(DBTaskResult.objects.ready()) == []
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY


def test_task_that_ends_every_process_is_given_up(db):
    task = running(db)
    for _ in range(tasks.MOST_TRIES):
        task.claim("gone too")

    tasks.Worker("test").run_task(task)

    task.refresh_from_db()
    assert task.status == TaskResultStatus.FAILED
    assert "Each process that ran it ended" in task.traceback


@pytest.mark.skipif(not os.environ.get("TEST_DATABASE_URL"), reason="needs connections that a server can end")
def test_worker_goes_on_after_the_database_was_away(tmp_path):
    psycopg = pytest.importorskip("psycopg")
    server = os.environ["TEST_DATABASE_URL"]
    name = f"askfirst_away_{os.getpid()}"
    with closing(psycopg.connect(server, autocommit=True)) as own:
        own.execute(f"CREATE DATABASE {name}")
        site = Site(tmp_path / "data", database_url=server.rpartition("/")[0] + f"/{name}")
        try:
            site.init()
            site.start()
            own.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
            own.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
            time.sleep(4)
            own.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
            site.run("manage", "shell", "-c", "from askfirst.base import outbox; outbox.send.enqueue()")
            with closing(psycopg.connect(site.environ["ASKFIRST_DATABASE_URL"], autocommit=True)) as there:
                for _ in range(150):
                    found = there.execute("SELECT status FROM django_tasks_database_dbtaskresult").fetchone()
                    if found == ("SUCCESSFUL",):
                        break
                    time.sleep(0.2)
            assert found == ("SUCCESSFUL",)
        finally:
            site.stop()
            own.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_of_several_processes_one_does_a_job_of_the_clock_in_each_period(transactional_db):
    def process(_number):
        try:
            return tasks.takes_turn(outbox.tidy, 3600)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as processes:
        assert sum(processes.map(process, range(8))) == 1
    assert not tasks.takes_turn(outbox.tidy, 3600)
    assert tasks.takes_turn(mailing.tidy, 3600)
    Turn.objects.update(next_at=timezone.now() - timedelta(seconds=1))
    assert tasks.takes_turn(outbox.tidy, 3600)


def test_what_waits_for_slow_servers_holds_up_nothing_else(monkeypatch):
    monkeypatch.setattr(tasks, "MINUTE", 0.01)
    monkeypatch.setattr(tasks, "takes_turn", lambda _job, _seconds: True)
    begun, done, go_on = threading.Event(), threading.Event(), threading.Event()

    def slow():
        begun.set()
        go_on.wait(10)

    clocks = tasks.Clocks((), ((slow,), (done.set,)))
    clocks.start()
    assert begun.wait(5)
    done.clear()
    assert done.wait(5)
    go_on.set()
    clocks.stop()

"""Publishing to very many: the page answers, a kill in the middle loses nothing, and nobody is asked twice."""

import os
import signal
import sqlite3
import subprocess
import sys
import time

from askfirst.policy import actions
from askfirst.policy.models import Asked
from tests import makers

PEOPLE = 100_000
PUBLISH = """
import sys
from askfirst.setting_up import setup
setup()
from askfirst.people.models import Person
from askfirst.policy import actions
ada = Person.objects.get()
people = (Person(email=f"p{n}@example.org", name=f"Person {n}", password="!") for n in range(int(sys.argv[1])))
Person.objects.bulk_create(people, batch_size=5000)
made = actions.create_policy(by=ada, title="Ours", countries=["eu"], draft="## One\\n\\nText.", summary="Short.")
for number in range(3):
    options = [{"text": "A", "is_right": True}, {"text": "B", "is_right": False}]
    actions.keep_question(made, by=ada, text=f"Question {number}?", options=options)
actions.ASKED_IN_ONE_GO = 500
print("publishing", flush=True)
actions.publish(made, by=ada)
"""
GO_ON = """
from askfirst.setting_up import setup
setup()
from askfirst import clock
print(clock.MINUTELY[0][0]())
"""


def test_publication_that_was_killed_is_finished_by_the_clock_and_asks_nobody_twice(empty_site):
    database = sqlite3.connect(f"{empty_site.environ['ASKFIRST_DATA']}/askfirst.sqlite3")
    asked = "SELECT count(*), count(DISTINCT person_id) FROM policy_asked"
    process = subprocess.Popen(
        [sys.executable, "-c", PUBLISH, str(PEOPLE)], env=empty_site.environ, stdout=subprocess.PIPE
    )
    assert process.stdout.readline() == b"publishing\n"
    while database.execute(asked).fetchone()[0] < 5000 and process.poll() is None:
        time.sleep(0.005)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    before = database.execute(asked).fetchone()[0]

    went_on = subprocess.run([sys.executable, "-c", GO_ON], env=empty_site.environ, stdout=subprocess.PIPE, check=True)

    assert 5000 <= before < PEOPLE
    assert int(went_on.stdout) == PEOPLE + 1 - before
    assert database.execute(asked).fetchone() == (PEOPLE + 1, PEOPLE + 1)
    assert database.execute("SELECT count(*) FROM policy_version WHERE asked_at IS NULL").fetchone() == (0,)


def test_very_many_are_asked_by_the_clock(db, ada, monkeypatch):
    monkeypatch.setattr(actions, "ASKED_AT_ONCE", 3)
    for name in ("eli", "amba", "mo"):
        makers.make_person(name)
    version = actions.publish(makers.make_policy(ada), by=ada)
    assert not Asked.objects.exists()

    assert actions.finish_asking() == 4
    assert actions.finish_asking() == 0
    version.refresh_from_db()
    assert version.asked_at is not None

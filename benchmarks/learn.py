"""Learning with many people: `python -m benchmarks.learn`. The editors' page with 1,000 and with 100,000 people, and one night's refreshers."""

import argparse
import os
import resource
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.phones import write

RESULTS = Path(__file__).parent / "results"
LESSONS = 14


def fill(people: int) -> None:
    """People who have each done half of the course, with three questions due, and who want mails."""
    from django.utils import timezone

    from askfirst.learn.models import Done, Item, Lesson, Recall, Wish
    from askfirst.people.models import Person

    lessons, now = list(Lesson.objects.all()), timezone.now()
    items = list(Item.objects.all())
    first = Person.objects.count()
    for start in range(first, people, 5000):
        made = Person.objects.bulk_create(
            Person(email=f"p{number}@x.example", name=f"P {number}", password="!")
            for number in range(start, min(start + 5000, people))
        )
        Done.objects.bulk_create(
            Done(person=person, lesson=lesson, version=1, right=1, questions=2)
            for person in made
            for lesson in lessons[: LESSONS // 2]
        )
        Recall.objects.bulk_create(
            Recall(
                person=person,
                item=items[at],
                card={},
                due_at=now - timedelta(days=at),
                answered_at=now - timedelta(days=30),
            )
            for person in made
            for at in range(3)
        )
        Wish.objects.bulk_create(Wish(person=person) for person in made)


def page(editor: Any) -> dict[str, float]:
    """Median time and number of queries of the page with everybody's progress, and the time when it counts anew."""
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.force_login(editor, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get("/learn/desk/")
    cache.clear()
    begun = time.perf_counter()
    client.get("/learn/desk/")
    first = time.perf_counter() - begun
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/learn/desk/").status_code == 200
        times.append(time.perf_counter() - begun)
    return {"ms": round(sorted(times)[2] * 1000, 1), "queries": len(asked), "counting anew ms": round(first * 1000)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"ASKFIRST_DATA": folder, "ASKFIRST_SECRET_KEY": "benchmark", "ASKFIRST_URL": "http://testserver"}
        from askfirst.setting_up import setup

        setup()
        from django.conf import settings
        from django.core.management import call_command
        from django.utils import timezone

        settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
        call_command("migrate", verbosity=0)
        from askfirst.learn import actions, mails
        from askfirst.people import actions as people

        actions.load_starter()
        editor = people.add_person(email="edith@x.example", name="Edith", is_editor=True)
        rows = {}
        for number in (1000, args.people):
            fill(number)
            rows[f"{number} people"] = page(editor)
        few, many = rows.values()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        begun = time.perf_counter()
        morning = timezone.localtime().replace(year=2027, month=3, day=2, hour=10)
        mailed = mails.send_due(morning)
        spent = time.perf_counter() - begun
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        report = {
            "progress page": rows, "ratio": round(many["ms"] / few["ms"], 2),
            "refreshers planned and mailed": mailed, "in s": round(spent, 1), "MB more": round(grown),
        }  # fmt: skip
        for name, value in report.items():
            print(f"{name:32} {value}")
        write(RESULTS / "learn.json", [report])


if __name__ == "__main__":
    main()

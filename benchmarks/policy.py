"""Publishing to many: `python -m benchmarks.policy [--people N]`: seconds until everybody is asked, and acknowledging meanwhile."""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.phones import quantile, write

RESULTS = Path(__file__).parent / "results"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ASKFIRST_DATA"] = folder
        subprocess.run(
            [sys.executable, "-m", "askfirst", "init", "--email", "ada@example.org", "--name", "Ada"],
            check=True,
            capture_output=True,
        )
        from askfirst.setting_up import setup

        setup()
        from django.db import connection

        from askfirst.people.models import Person
        from askfirst.policy import actions
        from askfirst.policy.models import Asked

        ada = Person.objects.get()
        people = (Person(email=f"p{n}@example.org", name=f"Person {n}", password="!") for n in range(args.people))
        Person.objects.bulk_create(people, batch_size=2000)
        options = [{"text": "A", "is_right": True}, {"text": "B", "is_right": False}]
        policies = []
        for title in ("First", "Second"):
            policy = actions.create_policy(
                by=ada, title=title, countries=["eu"], draft="## One\n\nText.\n", summary="Short."
            )
            for number in range(3):
                actions.keep_question(policy, by=ada, text=f"Question {number}?", options=options)
            policies.append(policy)
        first = actions.publish(policies[0], by=ada)
        answers = {question.pk: 0 for question in policies[0].questions.all()}
        times: list[float] = []
        stop = threading.Event()

        def acknowledge() -> None:
            for person in Person.objects.exclude(pk=ada.pk)[:2000].iterator():
                if stop.is_set():
                    break
                begun = time.perf_counter()
                actions.acknowledge(first, person=person, language="en", answers=answers)
                times.append((time.perf_counter() - begun) * 1000)
                time.sleep(0.01)
            connection.close()

        worker = threading.Thread(target=acknowledge)
        worker.start()
        time.sleep(1)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        begun = time.perf_counter()
        second = actions.publish(policies[1], by=ada)
        took = time.perf_counter() - begun
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        time.sleep(2)
        stop.set()
        worker.join()
        row = {
            "people": args.people,
            "asked": Asked.objects.filter(version=second).count(),
            "s until all are asked": round(took, 2),
            "MB more": round(grown, 1),
            "acknowledging p50 ms": round(quantile(times, 0.5), 1),
            "p95 ms": round(quantile(times, 0.95), 1),
            "longest ms": round(max(times)),
        }
    print("  ".join(f"{name} {value}" for name, value in row.items()))
    write(RESULTS / "policy.json", [row])


if __name__ == "__main__":
    main()

"""A backup of a large site while votes go on, and its restore: `python -m benchmarks.backup [--database URL]`.

Loopback only; ends by itself. SQLite in a scratch directory, or a scratch database at the server that --database names.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import phones
from benchmarks.live import RESULTS, WARM_SECONDS, Askfirst, show
from benchmarks.roster import drop, fill, scratch

VECTOR = 1792


def fill_questions(code: str, number: int) -> None:
    """Questions with vectors of the size that grouping keeps, in groups of five."""
    from django.utils import timezone

    from askfirst.jam.models import Contribution, Group, Jam

    jam = Jam.objects.get(code=code)
    first = jam.contributions.count()
    for start in range(first, number, 5000):
        groups = Group.objects.bulk_create([Group(jam=jam) for _ in range(1000)])
        Contribution.objects.bulk_create(
            [
                Contribution(
                    jam=jam, number=start + at + 1, text=f"May I post about {start + at} and what if somebody answers?", language="en",
                    asked_on_hour=timezone.now(), group=groups[at // 5], vector=os.urandom(VECTOR), engine="benchmark", arrival=start + at,
                )
                for at in range(5000)
            ]
        )  # fmt: skip


def command(*arguments: str, **environ: str) -> float:
    """Run one askfirst command; returns seconds."""
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "askfirst", *arguments], check=True, stdout=subprocess.DEVNULL, env=os.environ | environ
    )
    return time.perf_counter() - begun


def counted(folder: Path, database: str) -> dict[str, int]:
    """Rows of what was restored, by a process of its own."""
    code = (
        "from askfirst.people.models import Person; from askfirst.jam.models import Contribution, Vote;"
        "print('|', Person.objects.count(), Contribution.objects.count(), Vote.objects.count())"
    )
    environ = os.environ | {"ASKFIRST_DATA": str(folder)} | ({"ASKFIRST_DATABASE_URL": database} if database else {})
    done = subprocess.run(
        [sys.executable, "-m", "askfirst", "manage", "shell", "-c", code],
        check=True,
        capture_output=True,
        text=True,
        env=environ,
    )
    people, questions, votes = map(int, done.stdout.rpartition("|")[2].split())
    return {"people": people, "questions": questions, "votes": votes}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--questions", type=int, default=100_000)
    parser.add_argument("--votes", type=int, default=100, help="a second")
    parser.add_argument("--database", default="")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        if args.database:
            os.environ["ASKFIRST_DATABASE_URL"] = scratch(args.database)
        try:
            row = measure(Path(name), args)
        finally:
            if args.database:
                drop(args.database)
                drop(args.database, "askfirst_again")
    phones.write(RESULTS / "backup.json", [show("PostgreSQL" if args.database else "SQLite", row)])


def measure(folder: Path, args: Any) -> dict[str, Any]:
    ours = Askfirst(folder)
    from askfirst.people.models import Person

    fill(args.people, Person.objects.get())
    fill_questions(ours.code, args.questions)
    served = ours.serve(0)
    try:
        time.sleep(WARM_SECONDS)
        before = ours.counted()
        # Enough votes for two minutes; those that are left when the backup is done are waited for.
        voter, answer = phones.start(phones.vote, served.port, ours.votes(args.votes * 120), args.votes)
        time.sleep(2)
        took = command("backup", str(folder / "site.tar"))
        heard: phones.Voted = answer.get(timeout=180)
        voter.join(10)
    finally:
        served.stop()
    verified = command("restore", "--verify", str(folder / "site.tar"))
    again = {"ASKFIRST_DATA": str(folder / "again")}
    database = ""
    if args.database:
        again["ASKFIRST_DATABASE_URL"] = database = scratch(args.database, "askfirst_again")
    restored = command("restore", str(folder / "site.tar"), **again)
    return {
        "backup s": round(took, 1), "MB": round((folder / "site.tar").stat().st_size / 1e6), "verify s": round(verified, 1),
        "restore s": round(restored, 1), **counted(folder / "again", database), "votes before": before, "votes meanwhile": heard.acknowledged,
        "failed": heard.failed, "ack p99 ms": round(phones.quantile(heard.latencies_ms, 0.99)), "of all": ours.counted(),
    }  # fmt: skip


if __name__ == "__main__":
    main()

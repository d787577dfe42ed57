"""A large roster: `python -m benchmarks.roster [--people N] [--database postgres://…]`: pages, SCIM and publishing beside 1,000 people.

A database named askfirst_roster is made at the server that `--database` names, and dropped at the end; without it, SQLite.
"""

import argparse
import json
import os
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from benchmarks.phones import write

RESULTS = Path(__file__).parent / "results"
TEAM = 200
SCIM = "application/scim+json"
NAME = "askfirst_roster"


def scratch(url: str, name: str = NAME) -> str:
    """The address of a new database at the server of `url`."""
    import psycopg

    drop(url, name)
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def drop(url: str, name: str = NAME) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")  # type: ignore[call-overload]


def fill(people: int, manager: Any) -> None:
    """People with names like names, in teams of 200, one in two below one manager's own 200."""
    from django.db import connection

    from askfirst.people.models import Person, Team

    first = Person.objects.count()
    firsts = ["Ana", "Ben", "Chi", "Dov", "Eva", "Fay", "Gus", "Hua", "Ida", "Jon", "Kim", "Lea", "Max", "Noa", "Oto"]
    lasts = [
        "Adler",
        "Brook",
        "Chen",
        "Dietz",
        "Engel",
        "Fuchs",
        "Garza",
        "Hauser",
        "Ito",
        "Jensen",
        "Kowalski",
        "Lang",
    ]
    for start in range(first, people, 10_000):
        numbers = range(start, min(start + 10_000, people))
        wanted = sorted({number // TEAM for number in numbers})
        Team.objects.bulk_create([Team(name=f"Team {number}") for number in wanted], ignore_conflicts=True)
        teams = dict(Team.objects.filter(name__in=[f"Team {number}" for number in wanted]).values_list("name", "pk"))
        Person.objects.bulk_create(
            Person(
                email=f"person{number}@halden.example", password="!", is_on_roster=True,
                name=f"{firsts[number % 15]} {lasts[number % 12]} {number}", employee_id=f"E{number}",
                team_id=teams[f"Team {number // TEAM}"], manager=manager if number < TEAM else None,
            )
            for number in numbers
        )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def median(act: Callable[[], object], times: int = 5) -> float:
    """Milliseconds."""
    act()
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        took.append((time.perf_counter() - begun) * 1000)
    return round(sorted(took)[times // 2], 1)


def pages(admin: Any, manager: Any, number: int, token: str, *, is_cold: bool = False) -> dict[str, float]:
    from django.core.cache import cache
    from django.test import Client

    def signed_in(person: Any) -> Client:
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    lead, boss = signed_in(admin), signed_in(manager)

    # Counts of many are kept for a minute; the first visitor of a minute waits for them.
    def get(client: Client, path: str, **headers: str) -> Callable[[], object]:
        def act() -> None:
            if is_cold:
                cache.clear()
            answer = client.get(path, headers=headers)
            assert answer.status_code == 200, (path, answer.status_code, answer.content[:500])

        return act

    directory = {"Authorization": f"Bearer {token}"}
    last = number // 50 - 1
    asked = {
        "roster": get(lead, "/people/"),
        "roster, last page": get(lead, f"/people/?page={last}"),
        "search by name": get(lead, f"/people/?q=kowalski+{number - 100}"),
        "search, nobody": get(lead, "/people/?q=zzyzx"),
        "log": get(lead, "/people/log"),
        "today": get(boss, "/today"),
        "team": get(boss, "/team"),
        "numbers": get(lead, "/plan/numbers"),
        "evidence of a policy": get(lead, "/policy/desk/1/evidence"),
        "progress of courses": get(lead, "/learn/desk/"),
        "desk": get(lead, "/desk"),
        "SCIM page of 100": get(lead, "/scim/v2/Users?startIndex=1&count=100", **directory),
        "SCIM by user name": get(
            lead, f'/scim/v2/Users?filter=userName+eq+"person{number - 3}@halden.example"', **directory
        ),
    }
    return {name: median(act) for name, act in asked.items()}


def scim_rate(token: str, number: int = 400) -> dict[str, float]:
    """Users created and patched a second, by one client after the other."""
    from django.test import Client

    client, headers = Client(), {"Authorization": f"Bearer {token}"}
    begun = time.perf_counter()
    ids = []
    for at in range(number):
        user = {
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": f"new{at}-{begun}@halden.example",
            "name": {"formatted": f"New {at}"}, "emails": [{"value": f"new{at}-{begun}@halden.example", "primary": True}], "active": True,
        }  # fmt: skip
        answer = client.post("/scim/v2/Users", json.dumps(user), content_type=SCIM, headers=headers)
        assert answer.status_code == 201, answer.content
        ids.append(answer.json()["id"])
    created = number / (time.perf_counter() - begun)
    begun = time.perf_counter()
    for pk in ids:
        patch = {
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
            "Operations": [{"op": "replace", "path": "active", "value": False}],
        }
        answer = client.patch(f"/scim/v2/Users/{pk}", json.dumps(patch), content_type=SCIM, headers=headers)
        assert answer.status_code in (200, 204), answer.content
    return {
        "SCIM created a second": round(created),
        "SCIM patched a second": round(number / (time.perf_counter() - begun)),
    }


def publish(admin: Any) -> dict[str, float]:
    from askfirst.policy import actions
    from askfirst.policy.models import Asked

    policy = actions.create_policy(
        by=admin, title="Second", countries=["eu"], draft="## One\n\nText.\n", summary="Short."
    )
    for number in range(3):
        options = [{"text": "A", "is_right": True}, {"text": "B", "is_right": False}]
        actions.keep_question(policy, by=admin, text=f"Question {number}?", options=options)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.perf_counter()
    version = actions.publish(policy, by=admin)
    answered = time.perf_counter() - begun
    actions.finish_asking()
    took = time.perf_counter() - begun
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return {
        "people asked": Asked.objects.filter(version=version).count(),
        "s until the page answers": round(answered, 1),
        "s until all are asked": round(took, 1),
        "MB more": round(grown, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument(
        "--database", default="", help="a PostgreSQL server, such as postgres://postgres@127.0.0.1/postgres"
    )
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"ASKFIRST_DATA": folder, "ASKFIRST_SECRET_KEY": "benchmark", "ASKFIRST_URL": "http://testserver"}
        if args.database:
            os.environ["ASKFIRST_DATABASE_URL"] = scratch(args.database)
        try:
            measure(args.people)
        finally:
            if args.database:
                drop(args.database)


def measure(people: int) -> None:
    from askfirst.setting_up import setup

    setup()
    from datetime import timedelta

    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    from askfirst.learn import actions as learn
    from askfirst.people import actions, tokens
    from askfirst.policy import actions as policy

    learn.load_starter()
    admin = actions.add_person(email="ada@halden.example", name="Ada", is_admin=True, is_editor=True)
    manager = actions.add_person(email="mo@halden.example", name="Mo")
    day = timezone.localdate() + timedelta(days=30)
    key = tokens.make_token(by=admin, name="directory", scopes=["scim"], expires_on=day)
    rows = {}
    fill(1000, manager)
    first = policy.create_policy(by=admin, title="First", countries=["eu"], draft="## One\n\nText.\n", summary="Short.")
    options = [{"text": "A", "is_right": True}, {"text": "B", "is_right": False}]
    for number in range(3):
        policy.keep_question(first, by=admin, text=f"Question {number}?", options=options)
    policy.publish(first, by=admin)
    rows[1000] = pages(admin, manager, 1000, key)
    begun = time.perf_counter()
    fill(people, manager)
    print(f"{people} people on {connection.vendor}, filled in {time.perf_counter() - begun:.0f} s")
    more = publish(admin)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    rows[people] = pages(admin, manager, people, key)
    cold = pages(admin, manager, people, key, is_cold=True)
    print(f"{'page':24} {'1,000':>9} {people:>9,} ms   ratio   first in a minute")
    for name, few in rows[1000].items():
        many = rows[people][name]
        print(f"{name:24} {few:9} {many:9}   {many / few:6.2f}   {cold[name]:9}")
    more |= scim_rate(key)
    for name, value in more.items():
        print(f"{name:24} {value}")
    write(
        RESULTS / "roster.json",
        [{"people": people, "database": connection.vendor, "pages": rows, "cold": cold, **more}],
    )
    connection.close()


if __name__ == "__main__":
    main()

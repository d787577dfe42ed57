"""Makes what tests need with plain functions."""

import re
from collections.abc import Collection
from typing import Any

from django.db import connection

from askfirst.jam import actions, seat, voting
from askfirst.jam.models import Contribution, Group, Jam
from askfirst.people.models import Person
from askfirst.policy import actions as policies
from askfirst.policy.models import Policy


def make_person(first: str, **fields: Any) -> Person:
    return Person.objects.create_user(f"{first}@example.org", "a-long-password-1", name=first.capitalize(), **fields)


def make_jam(by: Person | None = None, **fields: Any) -> Jam:
    return actions.create_jam(by=by, **{"title": "Ask us anything", **fields})


def make_seat(jam: Jam) -> seat.Seat:
    found = seat.read(jam.code, seat.issue(jam.code))
    assert found
    return found


def make_question(jam: Jam, text: str = "May I post a picture of my desk?", **fields: Any) -> Contribution:
    return actions.post_contribution(jam, text=text, **fields)


def group_of(contribution: Contribution) -> Group:
    contribution.refresh_from_db()
    assert contribution.group
    return contribution.group


def vote(jam: Jam, group: int, voter: seat.Seat | str, *, is_up: bool = True) -> Any:
    name = voter if isinstance(voter, str) else voter.voter
    return voting.cast_votes([voting.Ballot(jam.pk, group, name, is_up)])[0]


def make_policy(by: Person, title: str = "Ours", draft: str = "## One\n\nText.\n") -> Policy:
    """A policy that is ready to be published."""
    made = policies.create_policy(by=by, title=title, countries=["eu"], draft=draft, summary="Short.")
    options = [{"text": "A", "is_right": True}, {"text": "B", "is_right": False}]
    for number in range(3):
        policies.keep_question(made, by=by, text=f"Question {number}?", options=options)
    return made


def everything_in_the_database(*, but: Collection[str] = ()) -> str:
    """Every row of every table, except for some tables; for tests of absence."""
    with connection.cursor() as cursor:
        rows = []
        for table in sorted({*connection.introspection.table_names(cursor)} - {*but}):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += [f"{table}: {row}" for row in cursor.fetchall()]
    return "\n".join(rows)


def as_read(browser: Any, policy: int, language: str = "") -> dict[str, str]:
    """What the page where one acknowledges sends back, with the first option of each question chosen."""
    page = browser.get(f"/policy/{policy}/know", {"language": language} if language else {}).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(language|seen)" value="([^"]*)"', page))
    return hidden | dict.fromkeys(re.findall(r'name="(q\d+)"', page), "0")

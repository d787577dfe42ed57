"""Makes what tests need with plain functions."""

from typing import Any

from askfirst.jam import actions, seat
from askfirst.jam.models import Contribution, Group, Jam
from askfirst.people.models import Person


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
    return actions.cast_votes([actions.Ballot(jam.pk, group, name, is_up)])[0]

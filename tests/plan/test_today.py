"""Today: what waits for a person, and nothing else."""

from datetime import date, timedelta

from django.utils import timezone

from askfirst.jam import facilitation
from askfirst.people.models import Team
from askfirst.plan import queries
from tests import makers


def waiting(person, kind):
    return [thing for own, thing in queries.today(person).things if own == kind]


def test_open_jams_are_shown_to_those_who_may_join(fay, eli):
    team = Team.objects.create(name="Shops")
    for_all = makers.make_jam(fay, title="For all")
    makers.make_jam(fay, title="Not yet", opens_at=timezone.now() + timedelta(hours=1))
    for_team = makers.make_jam(fay, title="Shops only", entry="teams", teams=[team])
    assert waiting(eli, "jam") == [for_all]

    eli.team = team

    assert set(waiting(eli, "jam")) == {for_all, for_team}


def test_promise_made_in_my_name_waits_for_me(fay, eli):
    jam = makers.make_jam(fay)
    group = makers.group_of(makers.make_question(jam, "Who answers at the weekend?"))

    facilitation.park(jam, group.pk, by=fay, reason="Eli knows.", owner=eli, due_on=date(2027, 1, 5))

    assert waiting(eli, "handed") == [group]
    assert waiting(fay, "handed") == []


def test_answer_to_my_named_question_waits_for_me(fay, eli):
    jam = makers.make_jam(fay, naming="choice", entry="signed_in")
    mine = makers.make_question(jam, "Who pays?", author=eli, author_name="Eli", is_anonymous=False)
    facilitation.answer(jam, makers.group_of(mine).pk, by=fay, text="We do.")

    assert waiting(eli, "answered") == [mine]


def test_page_is_one_thumb_long_when_nothing_waits(eli, browser_of):
    assert "Nothing waits for you" in browser_of(eli).get("/today").content.decode()


def test_five_things_at_most_promises_before_offers(fay, eli, browser_of):
    jams = [makers.make_jam(fay, title=f"Jam {number}") for number in range(5)]
    group = makers.group_of(makers.make_question(jams[0], "Who answers at the weekend?"))
    facilitation.park(jams[0], group.pk, by=fay, reason="Eli knows.", owner=eli, due_on=date(2027, 1, 5))

    today = queries.today(eli)

    assert [kind for kind, _thing in today.things] == ["handed", "jam", "jam", "jam", "jam"]
    assert today.more == 1
    assert "1 more thing comes after these." in browser_of(eli).get("/today").content.decode()

"""A manager's team: numbers of five or more, from the roster's own column, and never what people chose."""

import pytest

from askfirst.learn import actions as learn
from askfirst.people import actions, queries
from askfirst.people.models import Person
from askfirst.plan import queries as plan
from askfirst.policy import actions as policy
from askfirst.policy.models import Version
from tests import makers

LESSON = "# Ask\n\nAsk.\n\n? Where?\n+ Here | Yes.\n- There | No.\n"


@pytest.fixture
def boss(db, tmp_path):
    """Somebody to whom two report, and to one of these four more; by a roster in any order."""
    roster = tmp_path / "roster.csv"
    rows = ["e-mail,name,employee id,manager", "boss@x.example,Boss,1,", "lead@x.example,Lead,2,BOSS@x.example"]
    rows += [f"p{number}@x.example,P{number},1{number},2" for number in range(4)] + ["solo@x.example,Solo,30,1"]
    roster.write_text("\n".join([rows[0], *reversed(rows[1:])]))
    change = actions.import_roster(roster)
    assert (change.managers, change.unknown_managers) == (6, [])
    return Person.objects.get(email="boss@x.example")


def test_roster_says_who_reports_to_whom_and_names_whom_it_does_not_know(boss, tmp_path):
    lead = Person.objects.get(email="lead@x.example")
    assert {person.name for person in queries.below(boss)} == {"Lead", "Solo", "P0", "P1", "P2", "P3"}
    assert {person.name for person in queries.below(lead)} == {"P0", "P1", "P2", "P3"}

    again = tmp_path / "again.csv"
    again.write_text(
        "e-mail;name;Vorgesetzter\nsolo@x.example;Solo;Somebody Else\nboss@x.example;Boss;lead@x.example\n"
    )
    change = actions.import_roster(again)

    assert change.unknown_managers == ["Somebody Else"]
    assert Person.objects.get(email="solo@x.example").manager == boss
    # A loop ends, and nobody reports to themselves.
    assert boss not in queries.below(boss)
    assert queries.below(lead).filter(name="Solo").exists()


def test_page_shows_shares_of_five_or_more_and_nobody_by_name(boss, browser_of):
    edith = makers.make_person("edith", is_editor=True)
    made = makers.make_policy(edith)
    version: Version = policy.publish(made, by=edith)
    lesson = learn.keep_lesson(by=edith, source=LESSON)
    learn.keep_course(by=edith, lessons=[lesson], title="For all", note="", days=30)
    learn.keep_course(by=edith, lessons=[lesson], title="For ambassadors", note="", days=30, stances=["ambassador"])
    for name in ("p0", "p1", "p2"):
        person = Person.objects.get(email=f"{name}@x.example")
        learn.finish_lesson(lesson, person=person, chosen={0: [0]})
        answers = {question.pk: 0 for question in made.questions.all()}
        policy.acknowledge(version, person=person, language="en", answers=answers)

    numbers = plan.team_numbers(boss)

    assert numbers.people == 6
    assert [share for _policy, share in numbers.policies] == [50]
    assert [(course.title, share) for course, share in numbers.courses] == [("For all", 50)]
    page = browser_of(boss).get("/team").content.decode()
    assert "50%" in page
    assert ">P0<" not in page
    assert "p0@x.example" not in page
    assert "/team" in browser_of(boss).get("/today").content.decode()


def test_small_team_shows_no_number_and_others_have_no_page(boss, browser_of, eli):
    lead = Person.objects.get(email="lead@x.example")

    page = browser_of(lead).get("/team")

    assert "Fewer than five people report to you" in page.content.decode()
    assert plan.team_numbers(lead) is None
    assert browser_of(eli).get("/team").status_code == 403

"""The plan and its numbers: goals fill themselves, small groups are hidden, versions stay, suggestions have reasons."""

import json
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from askfirst.jam import facilitation
from askfirst.learn import practice
from askfirst.people.models import Person
from askfirst.plan import actions, measures, queries
from askfirst.plan.models import Entry, Kind, Version
from askfirst.policy import files
from tests import makers
from tests.engines.test_drills import GOOD


def test_template_fills_an_empty_plan_once(edith):
    number = actions.load_template(by=edith)

    assert number == Entry.objects.count() >= 15
    assert {entry.kind for entry in Entry.objects.all()} == set(Kind.values)
    assert actions.load_template(by=edith) == 0
    assert [own.measure for own in Entry.objects.exclude(measure="") if own.measure not in measures.BY_ID] == []


def test_goal_says_what_its_measure_says(edith, browser_of):
    jam = makers.make_jam()
    makers.make_question(jam)
    entry = actions.keep_entry(by=edith, kind=Kind.GOAL, title="Ask", measure="asked", target=1)

    goal = queries.plan()[0][2][0]

    assert (goal.value.number, goal.is_reached) == (1, True)
    page = browser_of(edith).get(reverse("plan:plan")).content.decode()
    assert "Questions, ideas and stories in all jams" in page
    actions.remove_entry(entry, by=edith)
    assert queries.plan()[0][2] == []


def test_template_comes_in_the_language_of_who_begins_with_it(edith, browser_of):
    rows = [
        json.loads((actions.TEMPLATES / name).read_text(encoding="utf-8"))
        for name in ("template.json", "template.de.json")
    ]
    assert [[(own["kind"], own.get("measure"), own.get("target")) for own in one] for one in rows][0] == [
        (own["kind"], own.get("measure"), own.get("target")) for own in rows[1]
    ]

    browser_of(edith).post(reverse("plan:plan"), {"template": "1"}, headers={"accept-language": "de"})

    assert Entry.objects.first().title == "Alle kennen die Regeln"
    assert actions.load_template(by=edith, language="fr") == 0


def test_of_gaps_risks_and_hours_fewer_are_better(edith, browser_of):
    actions.keep_entry(by=edith, kind=Kind.GOAL, title="No gaps", measure="gaps", target=0)
    actions.keep_entry(by=edith, kind=Kind.GOAL, title="Soon", measure="hours", target=24)

    no_gaps, soon = queries.plan()[0][2]

    assert (no_gaps.value.number, no_gaps.is_reached, soon.value.number, soon.is_reached) == (0, True, None, False)
    assert measures.BY_ID["hours"].reaches(20, 24)
    assert not measures.BY_ID["hours"].reaches(30, 24)
    assert "≤ 0" in browser_of(edith).get(reverse("plan:plan")).content.decode()
    assert b"No gaps,,,0,0.0," in browser_of(edith).get(reverse("plan:export")).content


def test_line_whose_owner_left_or_that_is_due_with_nobody_is_a_suggestion(edith, fay, browser_of):
    makers.make_jam(by=fay)
    today = timezone.localdate()
    entry = actions.keep_entry(by=edith, kind=Kind.CHANNEL, title="Our main account", owner=fay)
    actions.keep_entry(by=edith, kind=Kind.RISK, title="Later", review_on=today + timedelta(days=1))
    assert list(queries.entries_nobody_looks_at()) == []
    due = actions.keep_entry(by=edith, kind=Kind.RISK, title="Impostor", review_on=today)
    fay.is_active = fay.is_facilitator = False
    fay.save()

    assert set(queries.entries_nobody_looks_at()) == {entry, due}
    assert "plan:plan" in [own.url for own in queries.suggestions()]
    browser = browser_of(edith)
    assert "(has left)" in browser.get(reverse("plan:plan")).content.decode()
    page = browser.get(reverse("plan:edit_entry", args=[entry.pk]))
    page = browser.post(
        page.request["PATH_INFO"],
        {"kind": "channel", "title": "Our main account", "owner": fay.pk, "seen": page.context["form"].held},
    )
    assert page.status_code == 302
    entry.refresh_from_db()
    assert entry.owner == fay


def test_shares_of_small_groups_are_hidden(edith, eli):
    assert measures.BY_ID["reach"].value().is_hidden
    for number in range(4):
        makers.make_person(f"p{number}")
    assert measures.BY_ID["reach"].value() == measures.Value(0, "%")


def test_skill_of_all_needs_five_people(edith):
    drill = practice.keep_drill(by=None, source=GOOD)
    for number in range(5):
        assert measures.BY_ID["skill"].value().number is None
        practice.choose(practice.begin_play(drill, person=makers.make_person(f"p{number}")), scene="start", number=0)

    assert measures.BY_ID["skill"].value().number is not None


def test_version_keeps_the_plan_as_it_was(edith, browser_of):
    entry = actions.keep_entry(by=edith, kind=Kind.RISK, title="Impostor", owner=edith)
    browser = browser_of(edith)
    browser.post(reverse("plan:plan"), {"note": "first"})
    actions.keep_entry(entry, by=edith, title="Twin")

    version = Version.objects.get()
    assert (version.number, version.note, version.entries[0]["title"], version.entries[0]["owner"]) == (
        1,
        "first",
        "Impostor",
        "Edith",
    )
    assert browser.get(reverse("plan:export")).content.decode("utf-8-sig").splitlines()[1].startswith("Risks,Twin")


def test_everybody_reads_the_plan_and_only_editors_write_it(edith, eli, lio_or_fay, browser_of):
    assert browser_of(eli).get(reverse("plan:plan")).status_code == 200
    assert browser_of(eli).get(reverse("plan:new_entry")).status_code == 403
    assert browser_of(eli).get(reverse("plan:dashboard")).status_code == 403
    assert browser_of(eli).get(reverse("plan:desk")).status_code == 403
    assert browser_of(lio_or_fay).get(reverse("plan:dashboard")).status_code == 200


@pytest.fixture
def lio_or_fay(db):
    return makers.make_person("lio", is_listener=True)


def test_promise_overdue_or_with_a_leaver_is_said_on_the_desk_and_in_the_list(fay, eli, amba, browser_of):
    jam = makers.make_jam(fay)
    groups = [
        makers.group_of(makers.make_question(jam, text))
        for text in ("May I post my lunch?", "Who owns the account?", "Is pay secret?")
    ]
    today = timezone.localdate()
    for group, owner, due in (
        (groups[0], eli, None),
        (groups[1], amba, today - timedelta(days=1)),
        (groups[2], amba, today),
    ):
        facilitation.park(jam, group.pk, by=fay, reason="Later.", owner=owner, due_on=due)
    assert [own.why for own in queries.suggestions() if own.url == "jam:jams"] == [
        "1 promise of a jam is overdue, or with somebody who has left."
    ]

    Person.objects.filter(pk=eli.pk).update(is_active=False)

    assert [own.why for own in queries.suggestions() if own.url == "jam:jams"] == [
        "2 promises of jams are overdue, or with people who have left."
    ]
    assert "2 promises are overdue" in browser_of(fay).get("/lead/").content.decode()


def test_suggestions_begin_with_a_jam_and_are_three_at_most(edith):
    assert queries.suggestions()[0].url == "jam:new"
    assert len(queries.suggestions()) <= 3
    makers.make_jam()
    assert [own.url for own in queries.suggestions() if own.url == "jam:new"] == []


def test_today_begins_with_a_first_jam_for_those_who_can_hold_one(ada, eli, browser_of):
    assert [kind for kind, _thing in queries.today(ada).things][:1] == ["begin"]
    assert "begin" not in [kind for kind, _thing in queries.today(eli).things]
    assert "All first steps" in browser_of(ada).get(reverse("plan:today")).content.decode()
    makers.make_jam()
    assert "begin" not in [kind for kind, _thing in queries.today(ada).things]


def test_new_administrator_sees_what_is_left_until_all_is_done(ada, eli, browser_of):
    makers.make_jam()
    steps = {step.url: step.is_done for step in queries.first_steps()}

    assert (steps["jam:new"], steps["people:import"], steps["plan:plan"]) == (True, True, False)
    assert "From empty to a first jam" in browser_of(ada).get(reverse("plan:desk")).content.decode()
    assert (
        "From empty to a first jam"
        not in browser_of(makers.make_person("fay2", is_facilitator=True)).get(reverse("plan:desk")).content.decode()
    )


def test_plan_on_paper_says_what_whose_and_where_we_are(ada, browser_of):
    goal = {
        "kind": "goal",
        "title": "Everybody knows the policy",
        "text": "By summer.",
        "measure": "known",
        "target": 90,
    }
    actions.keep_entry(None, by=ada, **goal, owner=ada, review_on=date(2027, 3, 1))

    paper = browser_of(ada).get("/plan/plan.csv?form=pdf")

    words = " ".join(files.read("plan.pdf", paper.content).split())
    assert paper["Content-Type"] == "application/pdf"
    for said in ("Everybody knows the policy", "By summer.", "Ada", "target: 90", "now: –"):
        assert said in words


def test_version_can_be_read_as_it_was_and_exports_hold_who_recovers_a_channel(edith, eli, browser_of):
    fields = {"kind": "channel", "title": "Our page", "address": "https://x.example/halden", "recovery": "Priya"}
    entry = actions.keep_entry(by=edith, **fields)
    actions.keep_version(by=edith, note="As agreed")
    actions.keep_entry(entry, by=edith, title="Another page")

    page = browser_of(eli).get("/plan/versions/1").content.decode()

    for words in ("Our page", "https://x.example/halden", "Getting it back: Priya", "As agreed"):
        assert words in page
    assert "Another page" not in page
    assert 'href="/plan/versions/1"' in browser_of(eli).get("/plan/").content.decode()
    table = browser_of(eli).get("/plan/plan.csv").content.decode()
    assert "https://x.example/halden,Priya" in table
    assert browser_of(eli).get("/plan/versions/2").status_code == 404


def test_line_of_the_plan_goes_after_one_more_question(edith, browser_of):
    entry = actions.keep_entry(by=edith, kind="goal", title="Reach all")
    browser, at = browser_of(edith), f"/plan/{entry.pk}"

    assert "Take “Reach all” out of the plan?" in browser.post(at, {"remove": "1"}).content.decode()
    assert Entry.objects.exists()
    browser.post(at, {"remove": "1", "sure": "1"})
    assert not Entry.objects.exists()

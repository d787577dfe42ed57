"""Studies: drawn at random, asked at the right time, told to everybody, and reported in groups with what cannot be said."""

from datetime import timedelta

import pytest
from django.utils import timezone

from askfirst.learn import actions, measuring, own_data, queries, studies
from askfirst.learn.errors import LearnError
from askfirst.learn.models import Check, Done, Study
from askfirst.people.models import Team
from tests import makers

LESSON = "# Ask\n\nAsk.\n\n? Where?\n+ Here | Yes.\n- There | No.\n"


@pytest.fixture
def course(edith):
    lesson = actions.keep_lesson(by=edith, source=LESSON)
    return actions.keep_course(by=edith, lessons=[lesson], title="First steps", note="", days=30)


@pytest.fixture
def teams(db):
    """Six teams of five."""
    made = [Team.objects.create(name=f"Team {number}") for number in range(6)]
    return {team: [makers.make_person(f"{team.pk}-{at}", team=team) for at in range(5)] for team in made}


def decide(person, right=8):
    """Do the check that waits, `right` posts rightly."""
    asked = studies.check_for(person)
    posts = studies.posts(asked.form, "en")
    decided = {at: post.is_fine if at < right else not post.is_fine for at, post in enumerate(posts)}
    return measuring.record_check(asked, person=person, decided=decided, language="en")


def learn(person, course):
    actions.finish_lesson(course.lessons.get(), person=person, chosen={0: [0]})


def test_forms_are_parallel_in_both_languages():
    for language in ("en", "de"):
        for form in studies.FORMS:
            posts = studies.posts(form, language)
            assert [post.is_fine for post in posts] == [True] * 4 + [False] * 4
    texts = [post.text for form in studies.FORMS for post in studies.posts(form, "en")]
    assert len(set(texts)) == 24
    assert studies.posts("A", "fr") == studies.posts("A", "en")


def test_everybody_is_asked_before_after_and_thirty_days_later_with_other_posts_each_time(course, ada, eli):
    study = measuring.begin_study(course, by=ada, starts_on=timezone.localdate(), steps=1, step_days=28)

    first = decide(eli, right=4)
    assert studies.check_for(eli) is None
    learn(eli, course)
    second = decide(eli, right=6)
    assert studies.check_for(eli) is None
    Check.objects.filter(pk=second.pk).update(at=timezone.now() - timedelta(days=31))
    third = decide(eli, right=7)

    assert [own.occasion for own in (first, second, third)] == ["before", "after", "later"]
    assert {own.form for own in (first, second, third)} == {"A", "B", "C"}
    assert [own.right for own in (first, second, third)] == [4, 6, 7]
    assert studies.check_for(eli) is None
    with pytest.raises(LearnError, match="done this already"):
        measuring.record_check(
            studies.Asked(study, "later", "A"), person=eli, decided=dict.fromkeys(range(8), True), language="en"
        )


def test_who_has_begun_already_is_no_before(course, ada, eli):
    learn(eli, course)
    measuring.begin_study(course, by=ada, starts_on=timezone.localdate(), steps=1, step_days=28)

    assert studies.check_for(eli) is None


def test_teams_wait_for_their_step_and_all_begin_when_it_ends(course, ada, teams, browser_of):
    study = measuring.begin_study(course, by=ada, starts_on=timezone.localdate(), steps=2, step_days=28)
    late = study.waves.filter(step=1).values_list("team", flat=True)
    assert len(late) == 3
    waiting = teams[Team.objects.get(pk=late[0])][0]
    begun = teams[Team.objects.get(pk=study.waves.filter(step=0).first().team_id)][0]

    assert [way.course for way in queries.ways(begun)] == [course]
    assert queries.ways(waiting) == []
    # Nor by its address.
    lesson = course.lessons.get()
    page = browser_of(waiting).post(f"/learn/{lesson.pk}/", {"q0": "0"}).content.decode()
    assert "Your team begins this course on" in page
    assert Done.objects.count() == 0
    assert "Your team begins" not in browser_of(begun).get(f"/learn/{lesson.pk}/").content.decode()
    Study.objects.update(starts_on=timezone.localdate() - timedelta(days=28))
    assert [way.course for way in queries.ways(waiting)] == [course]

    Study.objects.update(starts_on=timezone.localdate())
    measuring.end_study(study, by=ada)
    assert [way.course for way in queries.ways(waiting)] == [course]
    assert studies.check_for(waiting) is None


def test_steps_need_teams(course, ada):
    with pytest.raises(LearnError, match="two teams at least"):
        measuring.begin_study(course, by=ada, starts_on=timezone.localdate(), steps=2, step_days=28)


def test_report_finds_the_effect_that_was_put_in(course, ada, teams):
    study = measuring.begin_study(course, by=ada, starts_on=timezone.localdate(), steps=2, step_days=28)
    steps = dict(study.waves.values_list("team", "step"))
    for number, (team, people) in enumerate(teams.items()):
        for at, person in enumerate(people):
            decide(person, right=4 + (number + at) % 2)
            if steps[team.pk] == 0:
                learn(person, course)
                decide(person, right=7 + (number + at) % 2)

    found = studies.report(study)

    assert [(number, mean is None) for _name, number, mean in found.means] == [(30, False), (15, False), (0, True)]
    assert found.before_after.difference == pytest.approx(37.5)
    assert found.before_after.is_detectable
    assert found.begun_waiting.difference == pytest.approx(37.5, abs=5)
    assert found.begun_waiting.is_detectable
    assert found.before_later is None


def test_page_says_plainly_when_there_is_no_effect_and_shows_no_single_person(course, ada, teams, browser_of):
    study = measuring.begin_study(course, by=ada, starts_on=timezone.localdate(), steps=1, step_days=28)
    everybody = [person for people in teams.values() for person in people]
    for at, person in enumerate(everybody[:8]):
        decide(person, right=4 + at % 2)
        learn(person, course)
        if at < 6:
            decide(person, right=4 + (at + 1) % 2)
    Check.objects.filter(occasion="after", person=everybody[0]).update(right=6)

    page = browser_of(ada).get(f"/learn/desk/studies/{study.pk}/").content.decode()

    assert "No detectable effect." in page
    assert all(person.name not in page for person in everybody)
    Check.objects.filter(person__in=everybody[:4]).delete()
    page = browser_of(ada).get(f"/learn/desk/studies/{study.pk}/").content.decode()
    assert "Too few people or teams" in page
    assert "too few to show" in page


def test_person_is_told_decides_on_a_page_and_finds_it_in_their_data(course, ada, eli, browser_of):
    browser = browser_of(eli)
    assert browser_of(eli).get("/learn/desk/studies/").status_code == 403
    data = {"course": course.pk, "starts_on": timezone.localdate().isoformat(), "steps": 1, "step_days": 28}
    assert browser_of(ada).post("/learn/desk/studies/", data).status_code == 302
    assert "measures whether its training helps" in browser.get("/today").content.decode()

    incomplete = browser.post("/learn/check", {"p0": "yes"})
    assert incomplete.status_code == 422
    assert "Decide about every post first" in incomplete.content.decode()
    assert Check.objects.count() == 0
    answer = browser.post("/learn/check", {f"p{number}": "yes" for number in range(8)})

    assert "Thank you" in answer.content.decode()
    assert Check.objects.get().right == 4
    assert own_data.my_data(eli)["checks"][0]["right"] == 4
    assert Done.objects.count() == 0

"""Those who write lessons see how far people have come, look before they keep, and find the answers of a jam."""

import re

import pytest

from askfirst.jam import facilitation
from askfirst.learn import actions, finished
from askfirst.learn.models import Done, Lesson
from askfirst.people.models import Team
from tests import makers
from tests.learn.test_learning import KINDS, SOURCE


def paper_in(page):
    return re.search(r'name="paper" value="([^"]+)"', page.content.decode())[1]


def test_answers_to_other_questions_are_not_counted_and_the_new_ones_are_shown(edith, eli, browser_of):
    # Of so many, two draws are not the same.
    bank = "".join(f"\n? Number {number}?\n+ a | b\n- c | d\n" for number in range(40))
    made = actions.keep_lesson(by=edith, source=f"# T\ndraw: 9\nattempts: 2\n\nText\n{bank}")
    browser = browser_of(eli)
    first_tab = paper_in(browser.get(f"/learn/{made.pk}/"))
    actions.finish_lesson(made, person=eli, chosen={number: ["0"] for number in range(40)})

    late = browser.post(f"/learn/{made.pk}/", {"paper": first_tab} | {f"q{number}": "0" for number in range(40)})

    assert late.status_code == 409
    assert "Nothing was counted" in late.content.decode()
    assert " checked" not in late.content.decode()
    assert Done.objects.get().attempts == 1
    actions.keep_lesson(made, by=edith, source=made.source.replace("draw: 9\n", ""))
    assert browser.post(f"/learn/{made.pk}/", {"paper": paper_in(late)}).status_code == 409


def test_one_more_try_is_offered_as_long_as_one_counts(edith, eli, browser_of):
    made = actions.keep_lesson(by=edith, source=KINDS.replace("draw: 3\n", ""))
    browser = browser_of(eli)
    given = {"q0_0": "1", "q0_1": "2", "q0_2": "3", "q1": "x", "q2_0": "0", "q2_1": "1", "q3": "0"}

    assert made.parsed.attempts == 2
    pages = [browser.post(f"/learn/{made.pk}/", given).content.decode() for _ in range(3)]

    assert ["Try once more" in page for page in pages] == [True, False, False]
    assert ["The best try counts" in page for page in pages] == [False, True, False]
    assert ["this was practice" in page for page in pages] == [False, False, True]


def test_editor_looks_before_keeping(edith, browser_of):
    browser = browser_of(edith)

    page = browser.post("/learn/desk/lesson", {"source": SOURCE, "look": "1"}).content.decode()

    assert "How it will look" in page
    assert "More than one is right." in page
    assert not Lesson.objects.exists()


def test_every_mistake_is_said_at_once_and_hints_beside_them(edith, browser_of):
    source = "# T\n\nText\n\n@material 99\n\n? Q?\n- A\n- C | d\n"

    page = browser_of(edith).post("/learn/desk/lesson", {"source": source}).content.decode()

    assert page.count("The library has no material 99.") == 1
    assert page.count("No option is right") == 1
    assert "has no feedback" in page


def test_progress_counts_whom_the_course_is_for(edith, eli, amba):
    lessons = [actions.keep_lesson(by=edith, source=SOURCE.replace("# ", f"# {number} ")) for number in (1, 2)]
    team = Team.objects.create(name="Shops")
    for person in (eli, amba):
        person.team = team
        person.save()
    course = actions.keep_course(by=edith, lessons=lessons, title="Two", note="", days=30, teams=[team])
    for person, number in ((eli, 2), (amba, 1), (edith, 2)):
        for lesson in lessons[:number]:
            actions.finish_lesson(lesson, person=person, chosen={0: [0], 1: [0, 1]})

    assert finished.progress(course) == finished.Progress([(lessons[0], 2), (lessons[1], 1)], whole=1, meant=2)
    eli.is_active = False
    eli.save()
    assert finished.progress(course) == finished.Progress([(lessons[0], 1), (lessons[1], 0)], whole=0, meant=1)


def test_progress_does_not_show_what_people_chose(edith, eli):
    lesson = actions.keep_lesson(by=edith, source=SOURCE)
    course = actions.keep_course(by=edith, lessons=[lesson], title="One", note="", days=30, stances=["ambassador"])

    assert finished.progress(course) == finished.Progress([(lesson, 0)], whole=None, meant=None)


def test_lessons_of_a_course_are_not_listed_twice(edith, browser_of):
    held, free = (actions.keep_lesson(by=edith, source=SOURCE.replace("# ", f"# {name} ")) for name in ("held", "free"))
    actions.keep_course(by=edith, lessons=[held], title="One", note="", days=30)

    page = browser_of(edith).get("/learn/desk/").content.decode()

    assert [page.count(f'/learn/desk/lesson/{own.pk}"') for own in (held, free)] == [1, 1]


@pytest.mark.parametrize(
    ("field", "value"), [("days", "0"), ("days", "99999"), ("again_months", "40000"), ("starts_on", "9999-12-31")]
)
def test_course_that_no_calendar_holds_is_refused(edith, browser_of, field, value):
    lesson = actions.keep_lesson(by=edith, source=SOURCE)
    given = {
        "title": "T",
        "note": "",
        "days": "30",
        "starts_on": "2026-11-27",
        "again_months": "0",
        f"lessons-{lesson.pk}": "1",
    }

    assert browser_of(edith).post("/learn/desk/course", given | {field: value}).status_code == 422


def test_editor_makes_a_lesson_of_a_jams_answer_and_everybody_finds_it_there(edith, eli, fay, browser_of):
    jam = makers.make_jam(fay)
    group = makers.group_of(makers.make_question(jam))
    facilitation.answer(jam, group.pk, by=fay, text="Yes. Ask first.")
    group.refresh_from_db()
    answer = group.faq
    ledger = f"/j/{jam.code}/ledger"

    link = f"/learn/desk/lesson?answer={answer.pk}"
    assert link in browser_of(edith).get(ledger).content.decode()
    assert link not in browser_of(eli).get(ledger).content.decode()
    made = actions.keep_lesson(by=edith, source=SOURCE, answer=answer)

    assert link not in browser_of(edith).get(ledger).content.decode()
    assert f"/learn/{made.pk}/" in browser_of(eli).get(ledger).content.decode()

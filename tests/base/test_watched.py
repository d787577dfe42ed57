"""Two who change the same at a time: the second is told what the first has kept, and decides."""

import re

import pytest

from askfirst.learn import actions
from askfirst.learn.models import Lesson
from askfirst.library import actions as library
from askfirst.library.models import Answer
from askfirst.policy import actions as policy
from askfirst.policy import languages
from tests import makers
from tests.learn.test_learning import SOURCE

pytestmark = pytest.mark.django_db


def seen_in(page):
    return re.search(r'name="seen" value="([^"]+)"', page.content.decode())[1]


@pytest.fixture
def answer(edith):
    return library.keep_answer(actor=edith, question="May I?", answer="Yes.")


def test_change_by_somebody_else_is_shown_before_it_is_written_over(answer, edith, ada, browser_of):
    address = f"/library/answers/{answer.pk}/edit/"
    first, second = browser_of(edith), browser_of(ada)
    opened, opened_too = seen_in(first.get(address)), seen_in(second.get(address))

    kept = first.post(address, {"question": "May I?", "answer": "Ask first.", "seen": opened})
    told = second.post(address, {"question": "May I?", "answer": "No.", "seen": opened_too})

    assert (kept.status_code, told.status_code) == (302, 422)
    assert "Ask first." in told.content.decode()
    assert ">\nNo.</textarea>" in told.content.decode()
    assert Answer.objects.get().answer == "Ask first."
    again = second.post(address, {"question": "May I?", "answer": "No.", "seen": seen_in(told)})
    assert (again.status_code, Answer.objects.get().answer) == (302, "No.")


def test_form_that_nobody_overtook_goes_through_and_one_without_the_mark_too(answer, edith, browser_of):
    address, browser = f"/library/answers/{answer.pk}/edit/", browser_of(edith)

    assert (
        browser.post(address, {"question": "A?", "answer": "B", "seen": seen_in(browser.get(address))}).status_code
        == 302
    )
    assert browser.post(address, {"question": "C?", "answer": "D"}).status_code == 302
    assert Answer.objects.get().question == "C?"


def test_lesson_that_has_another_version_meanwhile_waits(edith, browser_of):
    lesson = actions.keep_lesson(by=edith, source=SOURCE)
    browser, address = browser_of(edith), f"/learn/desk/lesson/{lesson.pk}"
    opened = seen_in(browser.get(address))
    actions.keep_lesson(lesson, by=edith, source=SOURCE.replace("# ", "# Other "))

    told = browser.post(address, {"source": SOURCE, "seen": opened})

    assert told.status_code == 422
    assert "Somebody changed this while you wrote." in told.content.decode()
    assert browser.post(address, {"source": SOURCE, "seen": seen_in(told)}).status_code == 302
    assert Lesson.objects.get().version == 3


def test_translation_that_somebody_kept_meanwhile_is_shown_before_it_is_written_over(edith, browser_of):
    lesson = actions.keep_lesson(by=edith, source=SOURCE)
    browser, address = browser_of(edith), f"/learn/desk/lesson/{lesson.pk}/de"
    opened = seen_in(browser.get(address))
    actions.say_lesson_in(lesson, "de", by=edith, source=SOURCE.replace("# ", "# Anders "))

    told = browser.post(address, {"source": SOURCE.replace("# ", "# Meins "), "seen": opened})

    assert told.status_code == 422
    assert "Somebody changed this while you wrote" in told.content.decode()
    assert "# Meins " in told.content.decode()


def test_question_and_translation_of_a_policy_are_watched(edith, browser_of):
    made = makers.make_policy(edith)
    version = policy.publish(made, by=edith)
    question, browser = made.questions.first(), browser_of(edith)
    at = {"q": f"/policy/desk/{made.pk}/questions/{question.pk}", "t": f"/policy/desk/{made.pk}/languages/de"}
    opened = {name: seen_in(browser.get(address)) for name, address in at.items()}
    said = {"title": "Unseres", "summary": "Kurz.", "text": "## Eins\n\nText.\n", "questions": ""}
    said["questions"] = "\n".join(f"? Frage {n}?\n+ A\n- B\n" for n in range(3))
    languages.say_in(version, "de", by=edith, **said)
    policy.keep_question(made, by=edith, question=question, text="Theirs?")

    sent = {"text": "Mine?", "option_0": "A", "option_1": "B", "right": "1", "seen": opened["q"]}
    answers = [browser.post(at["q"], sent), browser.post(at["t"], {**said, "title": "Meins", "seen": opened["t"]})]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert all("Somebody changed this while you wrote" in answer.content.decode() for answer in answers)
    question.refresh_from_db()
    assert question.text == "Theirs?"

"""Search over answers: the same ranking on both databases."""

import pytest

from askfirst.library import actions, queries
from askfirst.library.models import Answer

ANSWERS = {
    "May I post pictures of my workplace?": "Yes, if no screen and no badge can be read in them.",
    "Who answers customers at the weekend?": "Priya and Lio take turns; they see every comment.",
    "What counts as confidential?": "Prices before launch, customers' names, and whatever is marked so.",
    "Can I talk about my pay?": "Yes. Pay, hours and conditions may be discussed, online too.",
    "How do I report a fake account?": "Screenshot, then the marketing mailbox. Do not write to it.",
}


@pytest.fixture
def library(fay):
    return {
        question: actions.keep_answer(actor=fay, question=question, answer=text) for question, text in ANSWERS.items()
    }


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("pictures workplace", "May I post pictures of my workplace?"),
        ("posting a picture", "May I post pictures of my workplace?"),
        ("weekend", "Who answers customers at the weekend?"),
        ("confid", "What counts as confidential?"),
        ("talk about pay", "Can I talk about my pay?"),
        ("report account that is fake", "How do I report a fake account?"),
        ("badge", "May I post pictures of my workplace?"),
    ],
)
def test_best_answer_comes_first(library, words, first):
    assert queries.find_answers(words)[0].question == first


@pytest.mark.parametrize("words", ["", "the of and", '"; DROP TABLE', "a AND OR NOT (", "😀", "x" * 5000, "'", "&|!:*"])
def test_odd_words_find_nothing_and_break_nothing(library, words):
    assert isinstance(queries.find_answers(words), list)


def test_changed_answer_is_found_by_its_new_words_only(library, fay):
    answer = library["Can I talk about my pay?"]

    actions.keep_answer(answer, actor=fay, question="May I discuss wages?", answer="Yes.")

    assert queries.find_answers("wages")[0] == answer
    assert answer not in queries.find_answers("conditions")


def test_index_can_be_built_anew(library):
    assert actions.rebuild_index() == len(ANSWERS)
    assert len(queries.find_answers("fake account")) >= 1


def test_answers_beside_a_question_share_its_words(library):
    assert [a.question for a in queries.answers_beside("Can I post a picture of my workplace on Instagram?")] == [
        "May I post pictures of my workplace?"
    ]
    assert queries.answers_beside("Where is the canteen today?") == []


def test_library_pages(library, eli, browser_of, nobody):
    browser = browser_of(eli)

    assert "weekend" in browser.get("/library/", {"q": "weekend"}).content.decode()
    assert browser.get(f"/library/answers/{next(iter(library.values())).pk}/").status_code == 200
    assert browser.get(f"/library/answers/{next(iter(library.values())).pk}/edit/").status_code == 403
    assert nobody.get("/library/").status_code == 302


def test_answer_is_written_by_hand_found_and_taken_out(fay, eli, browser_of):
    browser = browser_of(fay)
    fields = {
        "question": "Who owns the company account?",
        "answer": "Priya, and Lio stands in.",
        "wordings": "",
        "review_on": "",
    }

    browser.post("/library/answers/new", fields)

    kept = Answer.objects.get()
    assert (kept.answer, kept.written_by) == ("Priya, and Lio stands in.", fay)
    found = f'href="/library/answers/{kept.pk}/"'
    assert found in browser_of(eli).get("/library/?q=company+account").content.decode()
    assert browser_of(eli).post("/library/answers/new", fields).status_code == 403

    browser.post(f"/library/answers/{kept.pk}/edit/", {"drop": "1", "sure": "1"})

    assert not Answer.objects.exists()
    assert found not in browser_of(eli).get("/library/?q=company+account").content.decode()

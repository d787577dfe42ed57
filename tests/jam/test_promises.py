"""What was put into somebody's hands: they are told, answer it themselves, and those who asked read it."""

import pytest
from django.core.management import call_command

from askfirst.jam import acts, facilitation, promises, queries
from askfirst.jam.errors import JamError, NotInYourHands
from askfirst.jam.models import Decision, Kind, Outcome
from askfirst.library.models import Answer
from tests import makers


@pytest.fixture
def jam(fay):
    return makers.make_jam(fay, asks_ideas=True)


@pytest.fixture
def parked(jam, fay, eli):
    group = makers.group_of(makers.make_question(jam, text="Which phone should I buy?"))
    return facilitation.park(jam, group.pk, by=fay, reason="Eli knows.", owner=eli)


def told(mailoutbox) -> list[str]:
    """Let the worker do what waits; the mails that went out."""
    call_command("db_worker", batch=True, reload=False, verbosity=0)
    return [mail.body for mail in mailoutbox]


def test_question_is_answered_by_the_one_who_has_it(jam, parked, eli, browser_of):
    browser, address = browser_of(eli), f"/handed/{parked.pk}"
    assert f'href="{address}"' in browser.get("/today").content.decode()
    assert "Eli knows." in browser.get(address).content.decode()

    assert browser.post(address, {"text": " "}).status_code == 422
    browser.post(address, {"text": "Any of the last three years.", "to_library": "on"})

    parked.refresh_from_db()
    assert (parked.outcome, parked.answer, parked.owner) == (Outcome.ANSWERED, "Any of the last three years.", None)
    assert Answer.objects.get().question == "Which phone should I buy?"
    assert queries.handed_to(eli) == []
    assert "Any of the last three years." in browser.get(f"/j/{jam.code}/ledger").content.decode()
    assert browser.get(address).status_code == 404


def test_nobody_else_answers_it(parked, amba, ada, browser_of):
    assert browser_of(amba).get(f"/handed/{parked.pk}").status_code == 404
    late = browser_of(ada).post(
        f"/handed/{parked.pk}", {"text": "I know it."}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert late.status_code == 422
    assert "in somebody else&#x27;s hands by now" in late.content.decode()
    assert "I know it." in late.content.decode()
    with pytest.raises(NotInYourHands):
        promises.answer_handed(parked, by=amba, text="x")


def test_two_at_once_do_not_answer_twice(jam, parked, fay, eli):
    facilitation.answer(jam, parked.pk, by=fay, text="Any.")

    with pytest.raises(NotInYourHands):
        promises.answer_handed(parked, by=eli, text="Another.")
    parked.refresh_from_db()
    assert parked.answer == "Any."


def test_adopted_idea_says_what_came_of_it(jam, fay, eli, browser_of):
    idea = makers.group_of(makers.make_question(jam, text="Let us show how tents are sewn", kind=Kind.IDEA))
    facilitation.decide_idea(jam, idea.pk, by=fay, decision=Decision.WILL, because="People like it.", owner=eli)
    with pytest.raises(JamError, match="what came of it"):
        promises.carry_out(idea, by=eli, text="")

    browser_of(eli).post(f"/handed/{idea.pk}", {"text": "Three films are out."})

    idea.refresh_from_db()
    assert (idea.decision, idea.answer, idea.owner) == (Decision.WILL, "People like it.\n\nThree films are out.", None)
    acts.undo(jam, jam.acts.first().pk, by=fay)
    idea.refresh_from_db()
    assert (idea.answer, idea.owner) == ("People like it.", eli)


@pytest.mark.django_db(transaction=True)
def test_owner_is_told_once_and_nobody_of_what_they_took_themselves(jam, fay, eli, mailoutbox):
    questions = [
        makers.make_question(jam, text=text)
        for text in ("May I post my lunch?", "Who owns the account?", "Is pay secret?")
    ]
    facilitation.park(jam, makers.group_of(questions[0]).pk, by=fay, reason="I look.", owner=fay)
    assert told(mailoutbox) == []

    facilitation.close(jam, by=fay, reason="No time.", owner=eli, due_on=None)

    [body] = told(mailoutbox)
    assert "No time." in body
    assert "With it 1 more of this jam." in body
    assert "/handed/" in body
    assert mailoutbox[0].to == [eli.email]

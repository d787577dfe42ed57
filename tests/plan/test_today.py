"""Today: what waits for a person, and nothing else."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from askfirst.jam import facilitation
from askfirst.listen import actions as listen
from askfirst.listen.models import Mention, Source
from askfirst.people.models import Team
from askfirst.plan import queries
from askfirst.plan.models import Entry
from askfirst.policy import actions as policy
from askfirst.policy.models import Dispute
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


@pytest.fixture
def written(edith):
    """A policy that is ready to be published."""
    return makers.make_policy(edith, title="Rules", draft="## A\n\nAsk first.\n")


def test_draft_waits_for_the_one_who_must_approve_it_once_it_is_ready(written, edith, ada, browser_of):
    written.approvers.set([ada])
    assert waiting(ada, "approval") == [written]
    assert f"/policy/desk/{written.pk}/review" in browser_of(ada).get("/today").content.decode()

    policy.approve(written, by=ada)
    assert waiting(ada, "approval") == []
    policy.publish(written, by=edith)
    assert waiting(ada, "approval") == []

    policy.keep_draft(written, text="## A\n\nAsk first, always.\n", made_from=written.revision, by=edith)
    assert waiting(ada, "approval") == [written]
    written.summary = ""
    written.save()
    assert waiting(ada, "approval") == []


def test_answer_to_what_one_disputed_is_told_and_kept(written, edith, eli, browser_of):
    version = policy.publish(written, by=edith)
    answers = {question.pk: 0 for question in written.questions.all()}
    policy.acknowledge(version, person=eli, language="en", answers=answers, dispute="That is too much.")
    browser = browser_of(eli)
    assert waiting(eli, "dispute") == []
    assert "A human will answer you here" in browser.get(f"/policy/{written.pk}/certificate").content.decode()

    policy.answer_dispute(Dispute.objects.get(), text="You are right; we change it.", by=edith)

    assert "You are right; we change it." in browser.get("/today").content.decode()
    assert "You are right; we change it." in browser.get(f"/policy/{written.pk}/certificate").content.decode()
    assert waiting(edith, "dispute") == []
    Dispute.objects.update(answered_at=timezone.now() - timedelta(days=31))
    assert waiting(eli, "dispute") == []


def test_mention_that_one_has_taken_waits_until_it_is_done(eli):
    lio = makers.make_person("lio", is_listener=True)
    source = Source.objects.create(kind="feed", name="S", address="https://x.example")
    mention = Mention.objects.create(
        source=source,
        foreign_id="1",
        text="Where is my tent?",
        posted_at=timezone.now(),
        kind="question",
        mood="none",
        priority=1,
    )
    assert waiting(lio, "mention") == []

    listen.assign(mention, to=lio, by=lio)
    assert waiting(lio, "mention") == [mention]
    assert waiting(eli, "mention") == []

    listen.finish(mention, by=lio, outcome="Told.", is_answered=True)
    assert waiting(lio, "mention") == []


def test_line_of_the_plan_is_looked_at_again_by_its_owner(eli, fay):
    today = timezone.localdate()
    due = Entry.objects.create(kind="channel", title="Our main account", owner=fay, review_on=today)
    Entry.objects.create(kind="channel", title="Another", owner=fay, review_on=today + timedelta(days=1))

    assert waiting(fay, "entry") == [due]
    assert waiting(eli, "entry") == []

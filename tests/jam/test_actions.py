"""What participants can do in a jam, and what the jam refuses."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from askfirst.base.models import LogEntry, Topic
from askfirst.jam import actions, queries, voting
from askfirst.jam.errors import JamClosed, JamError, JamNotOpen, NotAsked, NotYours, SeatTaken
from askfirst.jam.models import Contribution, Group, State, Vote
from tests import makers


def test_question_gets_a_number_a_group_and_raises_the_revision(fay):
    jam = makers.make_jam(fay)

    first = makers.make_question(jam)
    second = makers.make_question(jam, "What is for lunch in the canteen tomorrow?")

    assert (first.number, second.number) == (1, 2)
    assert makers.group_of(first) != makers.group_of(second)
    assert Topic.objects.get(pk=jam.topic_id).revision == 2


def test_alike_questions_share_a_group(fay):
    jam = makers.make_jam(fay)
    first = makers.make_question(jam, "Can I post a photo of my workplace?")
    makers.make_question(jam, "How do I report a fake account?")

    other = makers.make_question(jam, "Am I allowed to share a picture of my workplace?")

    assert makers.group_of(other) == makers.group_of(first)
    assert makers.group_of(first).size == 2


def test_closed_jam_refuses_questions_and_votes(fay):
    jam = makers.make_jam(fay, closes_at=timezone.now() + timedelta(hours=1))
    group = makers.group_of(makers.make_question(jam))
    jam.closes_at = timezone.now() - timedelta(seconds=1)
    jam.save()

    with pytest.raises(JamClosed):
        makers.make_question(jam)

    assert isinstance(makers.vote(jam, group.pk, "a"), JamClosed)


def test_jam_that_has_not_begun_refuses_questions(fay):
    with pytest.raises(JamNotOpen):
        makers.make_question(makers.make_jam(fay, opens_at=timezone.now() + timedelta(hours=1)))


def test_jam_takes_only_what_it_asks_for(fay):
    with pytest.raises(NotAsked):
        makers.make_question(makers.make_jam(fay), kind="idea")


@pytest.mark.parametrize("text", ["", "  ", "x", "y" * 401, "what the fuck", "sh1t happens"])
def test_unfit_texts_are_refused_in_words(fay, text):
    jam = makers.make_jam(fay)

    with pytest.raises(JamError) as refused:
        makers.make_question(jam, text)

    assert str(refused.value.message)
    assert not Contribution.objects.exists()


def test_profanity_is_named_but_place_names_pass(fay):
    jam = makers.make_jam(fay)
    with pytest.raises(JamError, match="fuck"):
        makers.make_question(jam, "Why the fuck not?")

    assert makers.make_question(jam, "Do we show the Scunthorpe shop?").number == 1


@pytest.mark.parametrize("text", ["Darf ich 😀 posten?", "هل يمكنني نشر صورة؟", "e\u0301" * 50])
def test_any_script_is_kept_as_written(fay, text):
    assert makers.make_question(makers.make_jam(fay), text).text == text


def test_one_voice_counts_once_however_often_it_is_sent(fay):
    jam = makers.make_jam(fay)
    group = makers.group_of(makers.make_question(jam))
    seat = makers.make_seat(jam)

    for _ in range(3):
        makers.vote(jam, group.pk, seat)

    group.refresh_from_db()
    assert group.votes == Vote.objects.count() == 1


def test_vote_can_be_taken_back(fay):
    jam = makers.make_jam(fay)
    group = makers.group_of(makers.make_question(jam))
    makers.vote(jam, group.pk, "a")
    makers.vote(jam, group.pk, "b")

    makers.vote(jam, group.pk, "a", is_up=False)
    makers.vote(jam, group.pk, "a", is_up=False)

    group.refresh_from_db()
    assert group.votes == 1


def test_batch_with_a_bad_ballot_keeps_the_good_ones(fay):
    jam = makers.make_jam(fay)
    group = makers.group_of(makers.make_question(jam))
    ballot = voting.Ballot

    results = voting.cast_votes(
        [ballot(jam.pk, group.pk, "a"), ballot(jam.pk, 999_999, "a"), ballot(jam.pk, group.pk, "b")]
    )

    assert isinstance(results[1], JamError)
    assert Group.objects.get(pk=group.pk).votes == 2


@pytest.mark.django_db(transaction=True)
def test_same_vote_from_many_threads_at_once_counts_once():
    jam = makers.make_jam()
    group = makers.group_of(makers.make_question(jam))
    problems = []

    def vote(voter: str) -> None:
        try:
            makers.vote(jam, group.pk, voter)
        except Exception as error:  # noqa: BLE001 - shown by the assertion
            problems.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=vote, args=(f"voter {number % 3}",)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []
    assert Group.objects.get(pk=group.pk).votes == Vote.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_questions_asked_at_once_get_numbers_without_gaps():
    jam = makers.make_jam()
    makers.make_question(jam, "The first one, so that the models are loaded?")

    def ask(number: int) -> None:
        makers.make_question(jam, f"Question number {number} about something?")
        connection.close()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    rows = Contribution.objects.order_by("number").values_list("number", "arrival")
    assert [number for number, _ in rows] == list(range(1, 10))
    assert sorted(arrival for _, arrival in rows) == list(range(1, 10))


def test_only_the_browser_that_asked_can_withdraw(fay):
    jam = makers.make_jam(fay)
    seat = makers.make_seat(jam)
    asked = makers.make_question(jam, seat=seat)

    with pytest.raises(NotYours):
        actions.withdraw(asked, seat=makers.make_seat(jam))
    actions.withdraw(asked, seat=seat)

    asked.refresh_from_db()
    assert (asked.state, asked.text, bytes(asked.vector)) == (State.WITHDRAWN, "", b"")


def test_voices_stay_with_the_group_when_its_first_question_is_withdrawn(fay):
    jam = makers.make_jam(fay)
    seat = makers.make_seat(jam)
    first = makers.make_question(jam, "Can I post a photo of my workplace?", seat=seat)
    second = makers.make_question(jam, "Can I post a picture of my workplace?")
    group = makers.group_of(first)
    makers.vote(jam, group.pk, "a")

    actions.withdraw(first, seat=seat)

    group.refresh_from_db()
    assert (group.lead_id, group.votes, group.size) == (second.pk, 1, 1)


def test_person_takes_one_seat(fay, eli):
    jam = makers.make_jam(fay, entry="signed_in")
    actions.take_seat(jam, eli)

    with pytest.raises(SeatTaken):
        actions.take_seat(jam, eli)


def test_approve_first_jam_shows_nothing_before(fay):
    jam = makers.make_jam(fay, is_moderated=True)

    asked = makers.make_question(jam)

    assert asked.state == State.PENDING
    assert queries.board(jam).groups == []


def test_next_jam_begins_with_what_stayed_open(fay):
    old = makers.make_jam(fay)
    makers.make_question(old, "Who answers at the weekend?")
    makers.make_question(old, "Is there a list of hashtags?")
    new = makers.make_jam(fay)

    number = actions.seed_jam(new, source=old, by=fay)

    assert number == 2
    assert {row.text for row in Contribution.objects.filter(jam=new)} == {
        "Who answers at the weekend?",
        "Is there a list of hashtags?",
    }


def test_participants_are_never_in_the_log(fay, eli):
    jam = makers.make_jam(fay, naming="choice")
    makers.make_question(jam, "A question that must not be in the log?", seat=makers.make_seat(jam), author=eli)

    assert [entry.verb for entry in LogEntry.objects.order_by("id")] == ["jam.created"]

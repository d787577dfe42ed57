"""What facilitators do, how it shows, and that it can be undone."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from askfirst.jam import actions, acts, facilitation, ledgers, queries
from askfirst.jam.errors import ChangedSince, Gone, JamError
from askfirst.jam.models import Act, Contribution, Group, Jam, State
from askfirst.library import queries as library
from tests import makers


@pytest.fixture
def jam(fay):
    return makers.make_jam(fay, asks_ideas=True)


@pytest.fixture
def two(jam):
    """Two groups that are not alike."""
    return makers.group_of(makers.make_question(jam, "Who answers at the weekend?")), makers.group_of(
        makers.make_question(jam, "May I bring my dog to the office?")
    )


def state_of(jam):
    """Everything that people see of a jam, for comparing before and after."""
    groups = Group.objects.filter(jam=jam, merged_into=None, lead__isnull=False).order_by("pk")
    fields = (
        "pk",
        "title",
        "votes",
        "size",
        "lead_id",
        "outcome",
        "answer",
        "reason",
        "owner_id",
        "due_on",
        "is_pinned",
        "decision",
        "faq_id",
    )
    where = Contribution.objects.filter(jam=jam).order_by("pk").values_list("pk", "group_id", "state", "reason")
    return (
        list(groups.values(*fields)),
        list(where),
        Jam.objects.filter(pk=jam.pk).values("on_stage", "closed_at", "is_door_locked").get(),
    )


def undo_last(jam, fay):
    return acts.undo(jam, Act.objects.filter(jam=jam, undone_at=None).latest("pk").pk, by=fay)


def test_merge_counts_a_person_in_both_groups_once(jam, two, fay):
    for voter, group in (("a", two[0]), ("b", two[0]), ("b", two[1]), ("c", two[1])):
        makers.vote(jam, group.pk, voter)

    kept = facilitation.merge(jam, two[0].pk, two[1].pk, by=fay)

    kept.refresh_from_db()
    assert (kept.votes, kept.size) == (3, 2)


def test_vote_for_a_merged_group_counts_for_the_one_it_went_into(jam, two, fay):
    facilitation.merge(jam, two[0].pk, two[1].pk, by=fay)

    cast = makers.vote(jam, two[1].pk, "late phone")

    assert cast.group == two[0].pk
    assert Group.objects.get(pk=two[0].pk).votes == 1


ACTS = {
    "merge": lambda jam, one, other, fay: facilitation.merge(jam, one, other, by=fay),
    "answer": lambda jam, one, other, fay: facilitation.answer(jam, one, by=fay, text="Yes."),
    "aloud": lambda jam, one, other, fay: facilitation.answer(jam, one, by=fay, is_aloud=True),
    "park": lambda jam, one, other, fay: facilitation.park(
        jam, one, by=fay, reason="Later.", owner=fay, due_on=date(2027, 1, 5)
    ),
    "pin": lambda jam, one, other, fay: facilitation.pin(jam, one, by=fay, is_pinned=True),
    "rename": lambda jam, one, other, fay: facilitation.rename(jam, one, by=fay, title="Weekends"),
    "stage": lambda jam, one, other, fay: facilitation.put_on_stage(jam, one, by=fay),
    "lock": lambda jam, one, other, fay: facilitation.lock_door(jam, by=fay, is_locked=True),
    "close": lambda jam, one, other, fay: facilitation.close(jam, by=fay, reason="No time.", owner=fay, due_on=None),
    "reject": lambda jam, one, other, fay: facilitation.reject(
        jam, Group.objects.get(pk=one).lead_id, by=fay, reason="Rule 1"
    ),
}


@pytest.mark.parametrize("verb", ACTS)
def test_every_act_can_be_undone(jam, two, fay, verb):
    makers.vote(jam, two[0].pk, "a")
    makers.vote(jam, two[1].pk, "a")
    before = state_of(jam)
    ACTS[verb](jam, two[0].pk, two[1].pk, fay)
    assert state_of(jam) != before

    undo_last(jam, fay)

    assert state_of(jam) == before


def test_split_can_be_undone(jam, fay):
    first = makers.make_question(jam, "Can I post a photo of my workplace?")
    second = makers.make_question(jam, "Can I post a picture of my workplace?")
    before = state_of(jam)
    new = facilitation.split(jam, [second.pk], by=fay)
    assert makers.group_of(second).pk == new.pk != makers.group_of(first).pk

    undo_last(jam, fay)

    assert state_of(jam) == before


def test_split_questions_are_not_put_back_by_the_machine(jam, fay):
    first = makers.make_question(jam, "Can I post a photo of my workplace?")
    second = makers.make_question(jam, "Can I post a picture of my workplace?")
    facilitation.split(jam, [second.pk], by=fay)

    for number in range(21):
        makers.make_question(jam, f"Can I post photo {number} of my workplace?")

    assert makers.group_of(first) != makers.group_of(second)


def test_acts_on_a_group_that_was_merged_meanwhile_reach_the_whole(jam, two, fay):
    facilitation.merge(jam, two[0].pk, two[1].pk, by=fay)

    facilitation.answer(jam, two[1].pk, by=fay, text="Yes.")

    assert Group.objects.get(pk=two[0].pk).answer == "Yes."


def test_rejecting_what_another_is_answering_says_so(jam, two, fay):
    facilitation.reject(jam, two[0].lead_id, by=fay, reason="Attacks a person")

    with pytest.raises(Gone):
        facilitation.answer(jam, two[0].pk, by=fay, text="Yes.")


def test_undo_refuses_when_something_was_changed_since(jam, two, fay):
    facilitation.rename(jam, two[0].pk, by=fay, title="One")
    first = Act.objects.latest("pk")
    facilitation.rename(jam, two[0].pk, by=fay, title="Two")

    with pytest.raises(ChangedSince):
        acts.undo(jam, first.pk, by=fay)


def test_written_answer_is_found_in_the_library_and_gone_when_undone(jam, two, fay):
    facilitation.answer(jam, two[0].pk, by=fay, text="Priya does, until ten.")
    assert [found.question for found in library.find_answers("weekend")] == ["Who answers at the weekend?"]

    undo_last(jam, fay)

    assert library.find_answers("weekend") == []


def test_idea_is_decided_with_a_reason_and_an_owner(jam, fay, eli):
    idea = makers.group_of(makers.make_question(jam, "Could we film the workshop?", kind="idea"))

    facilitation.decide_idea(jam, idea.pk, by=fay, decision="will", because="people ask for it", owner=eli)

    assert [group.owner for group in queries.adopted_ideas(jam)] == [eli]


def test_questions_are_not_decided_like_ideas(jam, two, fay):
    with pytest.raises(JamError):
        facilitation.decide_idea(jam, two[0].pk, by=fay, decision="will", because="why not")


def test_approved_contribution_is_placed(fay):
    jam = makers.make_jam(fay, is_moderated=True)
    asked = makers.make_question(jam)

    facilitation.approve(jam, asked.pk, by=fay)

    asked.refresh_from_db()
    assert (asked.state, asked.arrival) == (State.SHOWN, 1)


def test_jam_with_waiting_contributions_does_not_close(fay):
    jam = makers.make_jam(fay, is_moderated=True)
    makers.make_question(jam)

    with pytest.raises(JamError, match="approval"):
        facilitation.close(jam, by=fay, reason="Time is up.", owner=None, due_on=None)


def test_sum_of_outcomes_is_the_number_asked(jam, fay):
    seat = makers.make_seat(jam)
    asked = [makers.make_question(jam, text, seat=seat) for text in (
        "Can I post a photo of my workplace?", "Can I post a picture of my workplace?", "Who answers at the weekend?",
        "May I bring my dog?", "Is the moon made of cheese?", "How do I report a fake account?",
    )]  # fmt: skip
    facilitation.answer(jam, makers.group_of(asked[0]).pk, by=fay, text="Yes.")
    facilitation.park(jam, makers.group_of(asked[2]).pk, by=fay, reason="Ask Ruth.")
    facilitation.reject(jam, asked[4].pk, by=fay, reason="Off topic")
    actions.withdraw(asked[3], seat=seat)
    before_closing = ledgers.entries(jam)
    facilitation.close(jam, by=fay, reason="No time.", owner=fay, due_on=date(2027, 1, 5))

    entries = ledgers.entries(jam)

    assert [entry.outcome for entry in entries] == ["answered", "merged", "parked", "withdrawn", "rejected", "parked"]
    assert entries[1].into == 1
    for ledger in (before_closing, entries):
        assert sum(number for _outcome, _label, number in ledgers.sums(ledger)) == len(asked)


def test_published_ledger_hides_what_was_withdrawn_or_rejected(jam, fay):
    asked = makers.make_question(jam, "Something about a person")
    facilitation.reject(jam, asked.pk, by=fay, reason="Attacks a person")

    assert ledgers.entries(jam)[0].text == ""
    assert ledgers.entries(jam, with_hidden=True)[0].text == "Something about a person"


def test_board_costs_no_more_queries_with_more_questions(jam, django_assert_num_queries, django_assert_max_num_queries):
    makers.make_question(jam, "Who answers at the weekend?")
    with django_assert_max_num_queries(8):
        queries.board(jam)
    for text in (
        "May I bring my dog?",
        "How do I report a fake account?",
        "Is there a list of hashtags?",
        "Who owns my photos?",
    ):
        makers.make_question(jam, text)

    with django_assert_max_num_queries(8):
        queries.board(jam)


def test_time_to_an_answer_counts_from_the_hour_asked_and_goes_with_the_answer(fay):
    jam = makers.make_jam()
    asked = makers.make_question(jam, text="May I post photos of my desk?")
    Contribution.objects.filter(pk=asked.pk).update(asked_on_hour=timezone.now() - timedelta(hours=6))
    assert queries.hours_to_answer() is None

    facilitation.answer(jam, asked.group_id, by=fay, text="Yes.")
    assert queries.hours_to_answer() == 6.0
    acts.undo(jam, Act.objects.latest("pk").pk, by=fay)

    assert queries.hours_to_answer() is None
    assert [(bar.label, bar.value) for bar in ledgers.chart_of_all().bars] == [("open", 1)]

"""Whatever happens in whatever order: people's decisions stand, nothing is lost, and a restart changes nothing."""

import contextlib
import random

import pytest

from askfirst.jam import acts, facilitation, grouping, ledgers
from askfirst.jam.errors import JamError
from askfirst.jam.models import Act, Contribution, Group, State
from tests import makers

TEXTS = [
    "May I post a photo of my desk?", "Can I share a picture of where I work?", "Is a photo of the office all right?",
    "Who answers when a customer complains on a Sunday?", "What do I do when somebody complains at the weekend?",
    "Do I have to be an ambassador?", "Must I share what the company posts?", "Is sharing company posts voluntary?",
    "May I say what I earn?", "Can I talk about my pay online?", "What happens if I make a mistake?",
    "How do I know that a picture is made by AI?", "May I use AI to write a post?", "Which name do I use on my own page?",
]  # fmt: skip


def groups_of(jam):
    """Group number of every contribution that is shown."""
    return dict(Contribution.objects.filter(jam=jam, state=State.SHOWN).values_list("pk", "group_id"))


def act(jam, fay, chance):
    """One act of a person at random; returns pairs that it put together and pairs that it took apart."""
    live = list(Group.objects.filter(jam=jam, merged_into=None, lead__isnull=False).order_by("pk"))
    verb = chance.choice(["merge", "split", "pin", "answer", "undo"])
    before = groups_of(jam)
    if verb == "merge" and len(live) > 1:
        one, other = chance.sample(live, 2)
        facilitation.merge(jam, one.pk, other.pk, by=fay)
    elif verb == "split":
        big = [group for group in live if group.size > 1]
        if big:
            members = [pk for pk, group in before.items() if group == chance.choice(big).pk]
            if len(members) > 1:
                facilitation.split(jam, members[:1], by=fay)
    elif verb == "pin" and live:
        facilitation.pin(jam, chance.choice(live).pk, by=fay, is_pinned=True)
    elif verb == "answer" and live:
        facilitation.answer(jam, chance.choice(live).pk, by=fay, text="Yes.")
    elif verb == "undo":
        last = Act.objects.filter(jam=jam, undone_at=None).order_by("-pk").first()
        if last:
            acts.undo(jam, last.pk, by=fay)


@pytest.mark.parametrize("seed", range(10))
def test_machine_never_undoes_what_people_see_or_decided(fay, seed):
    chance = random.Random(seed)
    jam = makers.make_jam(fay)
    for _step in range(30):
        before = groups_of(jam)
        by_hand = set(Group.objects.filter(jam=jam, is_by_hand=True, merged_into=None).values_list("pk", flat=True))
        if chance.random() < 0.7:
            makers.make_question(jam, f"{chance.choice(TEXTS)} {chance.choice(['', 'Please.', 'Thanks!'])}")
            after = groups_of(jam)
            for group in set(before.values()):
                members = [pk for pk, own in before.items() if own == group]
                assert len({after[pk] for pk in members}) == 1, "a question left its group"
            apart = {frozenset((after[one], after[other])) for one in before for other in before if before[one] != before[other]
                     and {before[one], before[other]} & by_hand}  # fmt: skip
            assert all(len(pair) == 2 for pair in apart), "the machine merged what a person had decided"
        else:
            with contextlib.suppress(JamError):  # refused, such as an undo of something that has changed since
                act(jam, fay, chance)
            jam.refresh_from_db()

    entries = ledgers.entries(jam)
    assert len(entries) == sum(number for _outcome, _label, number in ledgers.counts(jam))
    assert ledgers.sums(entries) == ledgers.counts(jam)
    known = [grouping.nearest(jam, text, "question") for text in TEXTS]
    grouping.forget(jam.pk)
    assert [grouping.nearest(jam, text, "question")[0] for text in TEXTS] == [group for group, _score in known]

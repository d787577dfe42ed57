"""Named writes of those who lead a jam. Each is one act that shows in everybody's list and can be undone."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from askfirst.base import log
from askfirst.engines import clauses
from askfirst.jam import actions, acts, grouping, ledgers, queries, tasks
from askfirst.jam.errors import Gone, JamError, SettledMeanwhile
from askfirst.jam.models import Contribution, Decision, Group, Jam, Kind, Outcome, State, Vote
from askfirst.library import actions as library
from askfirst.library.models import Answer, Material
from askfirst.people.models import Person
from askfirst.policy import actions as policy


def _group(jam: Jam, pk: int, seen: str = "") -> Group:
    """The group as it is now, following signposts: somebody may have merged it a second ago.

    Raises:
        SettledMeanwhile: it is not settled as whoever acts has `seen` it.
    """
    group = Group.objects.select_related("lead").filter(jam=jam, pk=pk).first()
    while group is not None and group.merged_into_id:
        group = Group.objects.select_related("lead").filter(pk=group.merged_into_id).first()
    if group is None or group.lead is None:
        raise Gone
    if seen and seen != group.settled:
        raise SettledMeanwhile(group.answer or group.reason)
    return group


def _change(jam: Jam, pk: int, *, verb: str, by: Person, seen: str = "", **fields: Any) -> Group:
    with acts.act(jam, verb, by) as recording:
        group = _group(jam, pk, seen)
        recording.watch(group)
        recording.subject = group.name
        Group.objects.filter(pk=group.pk).update(revision=recording.revision, **fields)
    return group


def put_on_stage(jam: Jam, group: int | None, *, by: Person) -> None:
    """Show one group large on every screen, or none."""
    with acts.act(jam, "staged" if group else "unstaged", by) as recording:
        jam = Jam.objects.get(pk=jam.pk)
        recording.watch(jam)
        staged = _group(jam, group) if group else None
        recording.subject = staged.name if staged else ""
        touched = {staged.pk if staged else None, jam.on_stage_id} - {None}
        Jam.objects.filter(pk=jam.pk).update(on_stage=staged)
        Group.objects.filter(pk__in=touched).update(revision=recording.revision)


def show_material(jam: Jam, material: Material | None, *, by: Person) -> None:
    """Show a material of the library on every screen, or none."""
    with acts.act(jam, "showed" if material else "unstaged", by) as recording:
        fresh = Jam.objects.get(pk=jam.pk)
        recording.watch(fresh)
        recording.subject = str(material or fresh.shown_material or "")
        Jam.objects.filter(pk=jam.pk).update(shown_material=material)


def answer(
    jam: Jam, group: int, *, by: Person, text: str = "", is_aloud: bool = False, to_library: bool = True, seen: str = ""
) -> Group:
    """Answer a group, in writing or aloud with a note; a written answer becomes a FAQ entry of the library.

    Args:
        seen: `settled` of the group as it was when the answer was begun; empty takes it as it is.

    Raises:
        JamError: neither a text nor "aloud". SettledMeanwhile: somebody else was first.
    """
    text = text.strip()
    if not text and not is_aloud:
        raise JamError(_("Write the answer, or tick that it was answered aloud."))
    with acts.act(jam, "answered", by) as recording:
        found = _group(jam, group, seen)
        jam = Jam.objects.get(pk=jam.pk)
        recording.watch(found, jam)
        recording.subject = found.name
        faq = _keep_faq(jam, found, text, by) if text and to_library else found.faq
        Group.objects.filter(pk=found.pk).update(
            outcome=Outcome.ANSWERED, answer=text, is_aloud=is_aloud, answered_at=timezone.now(), faq=faq, reason="",
            owner=None, due_on=None, revision=recording.revision,
        )  # fmt: skip
        if jam.on_stage_id == found.pk:
            Jam.objects.filter(pk=jam.pk).update(on_stage=None)
    return found


def _keep_faq(jam: Jam, group: Group, text: str, by: Person) -> Answer:
    number = group.lead.number if group.lead else 1
    return library.keep_answer(
        group.faq,
        actor=by,
        question=group.name,
        answer=text,
        wordings="\n".join(queries.wordings(group)),
        language=group.lead.language if group.lead else "en",
        origin=jam.title,
        origin_path=f"{ledgers.address(jam)}{number}#n{number}",
    )


def decide_idea(
    jam: Jam, group: int, *, by: Person, decision: str, because: str, owner: Person | None = None, seen: str = ""
) -> Group:
    """Say of an idea "we will" or "we will not", because …; an adopted idea has an owner.

    Raises:
        JamError: it is no idea, or the reason is missing.
    """
    if decision not in (Decision.WILL, Decision.WILL_NOT) or not because.strip():
        raise JamError(_("Say “we will” or “we will not”, and because of what."))
    if _group(jam, group).kind != Kind.IDEA:
        raise JamError(_("Only ideas are decided like this; answer a question instead."))
    owner = owner if decision == Decision.WILL else None
    found = _change(
        jam, group, verb="decided", by=by, outcome=Outcome.ANSWERED, decision=decision, answer=because.strip(),
        answered_at=timezone.now(), owner=owner, seen=seen,
    )  # fmt: skip
    _tell(owner, found.pk, by=by)
    return found


def note_done(jam: Jam, group: int, *, by: Person, answer: str) -> Group:
    """An adopted idea is carried out; `answer` says what came of it."""
    return _change(jam, group, verb="carried_out", by=by, answer=answer, owner=None, due_on=None)


def _tell(owner: Person | None, group: int, *, by: Person, number: int = 1) -> None:
    """Mail the person in whose hands something is now, unless they put it there themselves."""
    if owner and owner != by:
        tasks.mail_handed.enqueue(group, number)


def park(
    jam: Jam,
    group: int,
    *,
    by: Person,
    reason: str,
    owner: Person | None = None,
    due_on: date | None = None,
    seen: str = "",
) -> Group:
    """Put a group aside with a reason, and hand it to a person with a date."""
    if not reason.strip():
        raise JamError(_("Say why it is parked; the people who asked will read it."))
    found = _change(
        jam, group, verb="parked", by=by, outcome=Outcome.PARKED, reason=reason.strip(), owner=owner, due_on=due_on,
        answered_at=None, seen=seen,
    )  # fmt: skip
    _tell(owner, found.pk, by=by)
    return found


def reopen(jam: Jam, group: int, *, by: Person) -> Group:
    """Take an outcome back and put the group among the open ones."""
    return _change(jam, group, verb="reopened", by=by, outcome=Outcome.OPEN, decision=Decision.NONE, answered_at=None)


def rename(jam: Jam, group: int, *, by: Person, title: str) -> Group:
    """Give a group words of its own; an empty title goes back to its first question."""
    return _change(jam, group, verb="renamed", by=by, title=" ".join(title.split())[:400], is_by_hand=True)


def pin(jam: Jam, group: int, *, by: Person, is_pinned: bool) -> Group:
    """Keep a group at the top, or let it go."""
    return _change(jam, group, verb="pinned" if is_pinned else "unpinned", by=by, is_pinned=is_pinned, is_by_hand=True)


def merge(jam: Jam, kept: int, gone: int, *, by: Person) -> Group:
    """Put two groups together; voices of people who were in both count once.

    Raises:
        JamError: they are one group already, or of different kinds.
    """
    with acts.act(jam, "merged", by) as recording:
        one, other = _group(jam, kept), _group(jam, gone)
        if one.pk == other.pk:
            raise JamError(_("These are one group already."))
        if one.kind != other.kind:
            raise JamError(_("A question, an idea and a story cannot be one."))
        moved = list(Contribution.objects.filter(group=other))
        recording.watch(one, other, *moved)
        recording.watch(Jam.objects.get(pk=jam.pk))
        recording.subject = one.name
        Group.objects.filter(pk=one.pk).update(is_by_hand=True)
        actions.join_groups(kept=one.pk, gone=other.pk, revision=recording.revision)
        acts.note_regrouped(jam)
    return one


def split(jam: Jam, contributions: Iterable[int], *, by: Person) -> Group:
    """Take contributions out of their group into one of their own. The machine will not put them back.

    Raises:
        JamError: they are not in one group, or are all of it.
    """
    with acts.act(jam, "split", by) as recording:
        chosen = list(Contribution.objects.filter(jam=jam, pk__in=list(contributions), state=State.SHOWN))
        groups = {item.group_id for item in chosen}
        if len(groups) != 1:
            raise JamError(_("Choose questions of one group."))
        old = _group(jam, groups.pop() or 0)
        if len(chosen) >= old.size:
            raise JamError(_("Leave at least one question in the group."))
        recording.watch(old, *chosen)
        new = Group.objects.create(jam=jam, kind=old.kind, is_by_hand=True, outcome=old.outcome, answer=old.answer,
                                   reason=old.reason, owner=old.owner, due_on=old.due_on)  # fmt: skip
        # Undone, the new group is a signpost to the old one.
        recording.watch(new, merged_into_id=old.pk)
        recording.subject = chosen[0].text
        Group.objects.filter(pk=old.pk).update(is_by_hand=True)
        _move(chosen, new.pk)
        for pk in (old.pk, new.pk):
            actions.refresh_group(pk, recording.revision)
        acts.note_regrouped(jam)
    return new


def reject(jam: Jam, contribution: int, *, by: Person, reason: str) -> None:
    """Turn one contribution down under the jam's published rule; its author reads the reason.

    Raises:
        JamError: no reason.
    """
    if not reason.strip():
        raise JamError(_("Say which part of the rule applies; the person who asked will read it."))
    with acts.act(jam, "rejected", by) as recording:
        row = _contribution(jam, contribution)
        recording.watch(row)
        recording.subject = f"#{row.number}"
        row.state, row.reason = State.REJECTED, reason.strip()[:300]
        row.save(update_fields=["state", "reason"])
        actions.leave_group(row, recording.revision)


def approve(jam: Jam, contribution: int, *, by: Person) -> None:
    """Show a contribution that waited, and put it with those it is like."""
    with acts.act(jam, "approved", by) as recording:
        row = _contribution(jam, contribution)
        if row.state != State.PENDING:
            raise Gone
        recording.watch(row)
        recording.subject = f"#{row.number}"
        row.state = State.SHOWN
        row.save(update_fields=["state"])
        actions.place(Jam.objects.get(pk=jam.pk), row, grouping.unpack(row.vector, row.language), recording.revision)


def lock_door(jam: Jam, *, by: Person, is_locked: bool) -> None:
    """Let nobody new in, or everybody again; those inside stay."""
    with acts.act(jam, "locked" if is_locked else "unlocked", by) as recording:
        fresh = Jam.objects.get(pk=jam.pk)
        recording.watch(fresh)
        Jam.objects.filter(pk=jam.pk).update(is_door_locked=is_locked)


def close(jam: Jam, *, by: Person, reason: str, owner: Person | None, due_on: date | None) -> None:
    """Close the jam and its ledger, as actions.close_jam does; can be undone."""
    with acts.act(jam, "closed", by) as recording:
        recording.watch(Jam.objects.get(pk=jam.pk))
        left = list(Group.objects.filter(jam=jam, merged_into=None, outcome=Outcome.OPEN, lead__isnull=False))
        recording.watch(*left)
        actions.close_jam(jam, by=by, reason=reason, owner=owner, due_on=due_on)
    if left:
        _tell(owner, left[0].pk, by=by, number=len(left))


def _contribution(jam: Jam, pk: int) -> Contribution:
    row = Contribution.objects.filter(jam=jam, pk=pk).exclude(state=State.WITHDRAWN).first()
    if row is None:
        raise Gone
    return row


def _move(rows: list[Contribution], group: int) -> None:
    keys = [row.pk for row in rows]
    Contribution.objects.filter(pk__in=keys).update(group_id=group, likeness=None)
    Vote.objects.filter(contribution__in=keys).update(group_id=group)


def mark_gap(jam: Jam, pk: int, *, by: Person) -> None:
    """Tell those who write policies that none answers this question; its weight is its voices."""
    group = _group(jam, pk)
    number = group.lead.number if group.lead else 0
    topics = clauses.covered(group.name)
    with transaction.atomic():
        policy.note_gap(
            question=group.name, topic=next((own.id for own in clauses.TOPICS if own.id in topics), ""), weight=max(1, group.votes),
            origin=jam.title, origin_path=f"{ledgers.address(jam)}{number}",
        )  # fmt: skip
        log.record("jam.gap_marked", actor=by, subject=jam.code, number=number)

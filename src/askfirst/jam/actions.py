"""Named writes of participants, and of a jam's life: create, ask, withdraw, close, seed; votes are in voting.py."""

import secrets
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from askfirst.base import live, log
from askfirst.base.models import Topic
from askfirst.engines import alike
from askfirst.jam import grouping, profanity, queries
from askfirst.jam.errors import JamClosed, JamError, JamNotOpen, NotAsked, NotYours, SeatTaken
from askfirst.jam.models import (
    LIMITS,
    Contribution,
    Group,
    Jam,
    Kind,
    Naming,
    Outcome,
    SeatBlock,
    State,
    Vote,
)
from askfirst.jam.seat import Seat
from askfirst.people.models import Person

SEAT_BLOCKS = 64
IMPORT_BATCH = 64


def create_jam(*, by: Any, teams: Any = (), **fields: Any) -> Jam:
    """Open the doors of a new jam. Fields are those of models.Jam."""
    with transaction.atomic():
        jam = Jam(topic=Topic.objects.create(), created_by=by, **fields)
        jam.has_opened = jam.opens_at <= timezone.now()
        jam.save()
        jam.teams.set(teams)
        SeatBlock.objects.bulk_create(SeatBlock(jam=jam, block=block) for block in range(SEAT_BLOCKS))
        log.record("jam.created", actor=by, subject=jam.code)
    return jam


def change_jam(jam: Jam, *, by: Any, teams: Any = (), **fields: Any) -> Jam:
    """Change what was set when the jam was created."""
    with transaction.atomic():
        live.touch(jam.topic_id)
        for name, value in fields.items():
            setattr(jam, name, value)
        if "opens_at" in fields:
            jam.has_opened = jam.opens_at <= timezone.now()
        jam.save(update_fields=[*fields, "has_opened"])
        jam.teams.set(teams)
        log.record("jam.changed", actor=by, subject=jam.code)
    return jam


def take_seat(jam: Jam, person: Person) -> None:
    """Note that this person has a seat, and nothing about which.

    Raises:
        SeatTaken: the person has one already, in another browser.
    """
    with transaction.atomic():
        live.touch(jam.topic_id)
        block = SeatBlock.objects.get(jam=jam, block=person.pk % SEAT_BLOCKS)
        if person.pk in block.people:
            raise SeatTaken
        block.people = sorted([*block.people, person.pk])
        block.save(update_fields=["people"])


def post_contribution(
    jam: Jam,
    *,
    text: str,
    kind: str = Kind.QUESTION,
    seat: Seat | None = None,
    author: Person | None = None,
    author_name: str = "",
    is_anonymous: bool = True,
    is_pre_approved: bool = False,
) -> Contribution:
    """Ask a question, or add an idea or a story, and put it with those that are like it.

    Args:
        seat: the browser that asks; None for an import. Only a digest for this one contribution is kept.
        author, author_name: who asks, for named contributions only.
        is_pre_approved: skip the approval that an approve-first jam asks for (a facilitator's own import).

    Raises:
        JamClosed, JamNotOpen, NotAsked: the jam does not take it. JamError: the text cannot be used.
    """
    text = _checked(text, kind)
    if jam.naming == Naming.NAMED and not (author_name or author):
        raise JamError(_("In this jam everyone gives a name."))
    vector = grouping.encoder().encode([text], jam.languages)[0]
    is_anonymous = jam.naming == Naming.ANONYMOUS or (is_anonymous and jam.naming == Naming.CHOICE)
    contribution = _drafted(jam, text, kind, vector, is_moderated=jam.is_moderated and not is_pre_approved)
    contribution.is_anonymous = is_anonymous
    if not is_anonymous:
        contribution.author, contribution.author_name = author, author_name[:80]
    if seat:
        contribution.salt = secrets.token_hex(8)
        contribution.proof = seat.proof(contribution.salt)
    _add(jam, [(contribution, vector)])
    return contribution


def _drafted(jam: Jam, text: str, kind: str, vector: alike.Vector, *, is_moderated: bool) -> Contribution:
    """A contribution that is not kept yet, anonymous and without a proof."""
    return Contribution(
        jam=jam,
        kind=kind,
        text=text,
        language=vector.language,
        # The hour only: an exact moment beside a question could be laid beside other records of who was there when.
        asked_on_hour=timezone.now().replace(minute=0, second=0, microsecond=0),
        state=State.PENDING if is_moderated else State.SHOWN,
        vector=grouping.pack(vector),
        engine=grouping.engine(),
    )


def _add(jam: Jam, drafted: list[tuple[Contribution, alike.Vector]]) -> None:
    """Number contributions and put them with those that are like them, all in one transaction."""
    try:
        with transaction.atomic():
            revision = live.touch(jam.topic_id)
            jam = Jam.objects.get(pk=jam.pk)
            if jam.is_open and not jam.has_opened:
                Jam.objects.filter(pk=jam.pk).update(has_opened=True)
            last = Contribution.objects.filter(jam=jam).aggregate(last=Max("number"))["last"] or 0
            for number, (contribution, vector) in enumerate(drafted, start=last + 1):
                _check_open(jam, contribution.kind)
                contribution.number = number
                contribution.save()
                if contribution.state == State.SHOWN:
                    place(jam, contribution, vector, revision)
    except Exception:
        # The index may hold what the database does not.
        grouping.forget(jam.pk)
        raise


def place(jam: Jam, contribution: Contribution, vector: alike.Vector, revision: int) -> None:
    """Put a contribution into the group it is like, or into a new one; inside the caller's transaction."""
    index = grouping.index_of(jam, contribution.kind)
    found = index.find(vector)
    last = Contribution.objects.filter(jam=jam).aggregate(last=Max("arrival"))["last"] or 0
    if found.group is None:
        group = Group.objects.create(jam=jam, kind=contribution.kind, lead=contribution, revision=revision)
        group_pk = group.pk
    else:
        group_pk = found.group
        Group.objects.filter(pk=group_pk).update(size=F("size") + 1, revision=revision)
    contribution.group_id = group_pk
    contribution.arrival = last + 1
    contribution.likeness = round(found.score, 3) if found.group is not None else None
    contribution.save(update_fields=["group", "arrival", "likeness", "state"])
    index.add(contribution.pk, group_pk, vector)
    grouping.note(jam, contribution)
    for merge in index.merges():
        join_groups(kept=merge.kept, gone=merge.gone, revision=revision)


def join_groups(*, kept: int, gone: int, revision: int) -> None:
    """Move everything of group `gone` into `kept` and leave a signpost; inside the caller's transaction."""
    Contribution.objects.filter(group_id=gone).update(group_id=kept)
    Vote.objects.filter(group_id=gone).update(group_id=kept)
    Group.objects.filter(pk=gone).update(merged_into_id=kept, revision=revision)
    Jam.objects.filter(on_stage_id=gone).update(on_stage_id=kept)
    refresh_group(kept, revision)


def refresh_group(pk: int, revision: int) -> None:
    """Count a group's people and contributions anew and find its lead; inside the caller's transaction."""
    shown = Contribution.objects.filter(group_id=pk, state=State.SHOWN)
    votes = Vote.objects.filter(group_id=pk, contribution__state=State.SHOWN)
    Group.objects.filter(pk=pk).update(
        size=shown.count(),
        lead=shown.order_by("number").first(),
        votes=votes.aggregate(voices=Count("voter", distinct=True))["voices"],
        revision=revision,
    )


def _checked(text: str, kind: str) -> str:
    """The text as it is kept, with single spaces."""
    text = " ".join(text.split())
    limit = LIMITS[kind]
    if len(text) < 2:
        raise JamError(_("Write a few words first."))
    if len(text) > limit:
        raise JamError(
            _("That is %(length)d characters; at most %(limit)d fit.") % {"length": len(text), "limit": limit}
        )
    found = profanity.find(text)
    if found:
        raise JamError(_("Please say it without “%s”; everyone will read it.") % found)
    return text


def _check_open(jam: Jam, kind: str) -> None:
    if jam.is_closed:
        raise JamClosed
    if not jam.is_open:
        raise JamNotOpen
    if kind not in jam.kinds:
        raise NotAsked


def withdraw(contribution: Contribution, *, seat: Seat) -> None:
    """Take one's own contribution back; its text is gone, its number stays in the ledger.

    Raises:
        NotYours: another browser asked it. JamClosed: the ledger stands.
    """
    if not contribution.proof or contribution.proof != seat.proof(contribution.salt):
        raise NotYours
    with transaction.atomic():
        revision = live.touch(contribution.jam.topic_id)
        if not Jam.objects.get(pk=contribution.jam_id).is_open:
            raise JamClosed
        contribution.state = State.WITHDRAWN
        contribution.text = ""
        contribution.vector = b""
        contribution.author = None
        contribution.author_name = ""
        contribution.save(update_fields=["state", "text", "vector", "author", "author_name"])
        leave_group(contribution, revision)
        Vote.objects.filter(contribution=contribution).delete()


def leave_group(contribution: Contribution, revision: int) -> None:
    """A contribution is no longer shown: its voices go to the group's next lead; inside the caller's transaction.

    Without a next lead they stay where they are, uncounted, in case the act is undone.
    """
    group = contribution.group_id
    if group is None:
        return
    refresh_group(group, revision)
    votes = Vote.objects.filter(contribution=contribution)
    lead = Group.objects.values_list("lead_id", flat=True).get(pk=group)
    if lead is not None:
        elsewhere = Vote.objects.filter(group_id=group).exclude(contribution=contribution).values("voter")
        votes.exclude(voter__in=elsewhere).update(contribution_id=lead)
    refresh_group(group, revision)
    Jam.objects.filter(pk=contribution.jam_id).update(regrouped=F("regrouped") + 1)


def import_texts(
    jam: Jam, texts: Iterable[str], *, by: Person | None, progress: Callable[[int], object] = lambda done: None
) -> tuple[int, list[str]]:
    """Bring questions from elsewhere into the jam, in their order, without names.

    Returns how many came in, and for each that did not, its number and why. `progress` is told how many more are in.
    """
    kind = jam.kinds[0]
    fine, problems = [], []
    for number, text in enumerate(texts, start=1):
        try:
            fine.append(_checked(text, kind))
        except JamError as error:
            problems.append(f"{number}: {error.message}")
    for start in range(0, len(fine), IMPORT_BATCH):
        batch = fine[start : start + IMPORT_BATCH]
        vectors = grouping.encoder().encode(batch, jam.languages)
        drafted = [
            (_drafted(jam, text, kind, vector, is_moderated=False), vector)
            for text, vector in zip(batch, vectors, strict=True)
        ]
        _add(jam, drafted)
        progress(len(batch))
    log.record("jam.questions_imported", actor=by, subject=jam.code, number=len(fine))
    return len(fine), problems


def seed_jam(jam: Jam, *, source: Jam, by: Person) -> int:
    """Begin `jam` with what stayed open in `source`: parked and unanswered groups, one contribution each.

    Returns how many. They are anonymous whatever they were before: nobody asked them here.
    """
    texts = [(group.kind, group.name) for group in queries.unfinished_groups(source)]
    for kind, text in texts:
        if kind in jam.kinds:
            post_contribution(jam, text=text, kind=kind, is_pre_approved=True, author_name=str(by))
    with transaction.atomic():
        Jam.objects.filter(pk=jam.pk).update(seeded_from=source)
        log.record("jam.seeded", actor=by, subject=jam.code, source=source.code, number=len(texts))
    return len(texts)


def close_jam(jam: Jam, *, by: Person | None, reason: str, owner: Person | None, due_on: date | None) -> None:
    """Close the jam and its ledger: what nobody came to is parked with a reason, a person and a date.

    Raises:
        JamError: contributions still wait for approval. JamClosed: it is closed already.
    """
    with transaction.atomic():
        revision = live.touch(jam.topic_id)
        jam.refresh_from_db()
        if jam.closed_at:
            raise JamClosed
        waiting = Contribution.objects.filter(jam=jam, state=State.PENDING).count()
        if waiting:
            raise JamError(_("%d contributions wait for approval. Show or reject each, then close.") % waiting)
        still_open = Group.objects.filter(jam=jam, merged_into=None, outcome=Outcome.OPEN, lead__isnull=False)
        still_open.update(outcome=Outcome.PARKED, reason=reason, owner=owner, due_on=due_on, revision=revision)
        jam.closed_at = timezone.now()
        jam.on_stage = None
        jam.save(update_fields=["closed_at", "on_stage"])
        log.record("jam.closed", actor=by, subject=jam.code)


def remove_jam(jam: Jam, *, by: Person) -> int:
    """Delete a closed jam, such as a rehearsal, with its questions, votes and ledger. Answers of the library stay. Returns how many were asked.

    Raises:
        JamError: it is not closed yet.
    """
    if not jam.is_closed:
        raise JamError(_("Close the jam first."))
    with transaction.atomic():
        live.touch(jam.topic_id)
        number = jam.contributions.count()
        log.record("jam.removed", actor=by, subject=jam.code, contributions=number)
        pk, topic = jam.pk, jam.topic
        jam.delete()
        topic.delete()
    grouping.forget(pk)
    return number


def erase_author(person: Person) -> int:
    """Take a person's name off what they contributed under it. Returns how many."""
    mine = Contribution.objects.filter(author=person)
    return mine.update(author=None, author_name="", is_anonymous=True)

"""Named reads over jams: boards and streams; ledgers are in ledgers.py."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation

from askfirst.engines import words
from askfirst.jam import grouping, ledgers
from askfirst.jam.models import (
    Act,
    Contribution,
    Decision,
    Entry,
    Group,
    Jam,
    Kind,
    Outcome,
    State,
    Vote,
)
from askfirst.jam.seat import Seat
from askfirst.people.models import Person

BOARD_LIMIT = 150
BOARD_ORDER = ("-is_pinned", "-votes", "lead__number")
ACTS_SHOWN = 30


@dataclass(frozen=True)
class Board:
    """What everybody in the room sees."""

    jam: Jam
    since: str
    groups: list[Group]
    page: Page[Group]
    stage: Group | None
    asked: int


def jam_by_code(code: str) -> Jam | None:
    return (
        Jam.objects.select_related("topic", "on_stage__lead", "shown_material")
        .filter(code=code.strip().upper())
        .first()
    )


def board(jam: Jam, limit: int = BOARD_LIMIT, page: str | int = 1) -> Board:
    """Pinned groups first, then by voices; groups with nothing left to show are not there.

    A page that does not exist gives the nearest one that does.
    """
    topic = jam.topic
    topic.refresh_from_db()
    visible = shown_groups(jam)
    shown = Paginator(visible.order_by(*BOARD_ORDER), limit).get_page(page)
    groups = list(shown.object_list)
    add_items(groups)
    stage = next((group for group in groups if group.pk == jam.on_stage_id), None)
    if stage is None and jam.on_stage_id:
        stage = visible.filter(pk=jam.on_stage_id).first()
    return Board(jam, str(topic), groups, shown, stage, Contribution.objects.filter(jam=jam).count())


def shown_groups(jam: Jam) -> QuerySet[Group]:
    """Groups with something left to show, in no order."""
    return Group.objects.filter(jam=jam, merged_into=None, lead__isnull=False).select_related(
        "lead", "owner", "lead__author"
    )


def add_items(groups: Iterable[Group]) -> None:
    """Give each group `items`: its shown contributions in order, in one query."""
    by_pk: dict[int, list[Contribution]] = {group.pk: [] for group in groups}
    for item in (
        Contribution.objects.filter(group__in=by_pk, state=State.SHOWN).defer("vector").select_related("author")
    ):
        by_pk[item.group_id or 0].append(item)
    for group in groups:
        group.items = by_pk[group.pk]  # type: ignore[attr-defined]


def changes(jam_pk: int, language: str, since: int) -> str:
    """One line of JSON for the stream: everything on the board that changed after revision `since` (-1: all of it).

    More than a page of changed groups (an import, a long absence) becomes the whole first page of the board.

    cards: HTML by group · votes: voices by group, where only they changed · gone: groups to take off, with the group
    they went into · stage: HTML · state: open, closed or early.
    """
    jam = Jam.objects.select_related("on_stage__lead", "shown_material").get(pk=jam_pk)
    groups = list(shown_groups(jam).filter(revision__gt=since).order_by(*BOARD_ORDER)[: BOARD_LIMIT + 1])
    if len(groups) > BOARD_LIMIT:
        since, groups = -1, list(shown_groups(jam).order_by(*BOARD_ORDER)[:BOARD_LIMIT])
    add_items(groups)
    gone = Group.objects.filter(jam=jam, revision__gt=since).filter(Q(merged_into__isnull=False) | Q(lead=None))
    voted = shown_groups(jam).filter(voted_revision__gt=since, revision__lte=since)
    with translation.override(language):
        frame = {
            "cards": {group.pk: _card(jam, group) for group in groups},
            "votes": dict(voted.values_list("pk", "votes")),
            "gone": dict(gone.values_list("pk", "merged_into")) if since >= 0 else {},
            "stage": render_to_string("jam/_stage.html", {"jam": jam, "stage": jam.on_stage}),
            "state": jam.state,
            "locked": jam.is_door_locked,
            "asked": Contribution.objects.filter(jam=jam).count(),
            "whole": since < 0,
        }
    return json.dumps(frame, ensure_ascii=False)


def _card(jam: Jam, group: Group) -> str:
    return render_to_string("jam/_card.html", {"jam": jam, "group": group})


def groups_by_pk(keys: Iterable[int]) -> list[Group]:
    """Groups with what they hold, for showing them one by one."""
    groups = list(Group.objects.filter(pk__in=list(keys)).select_related("lead", "lead__author", "owner"))
    add_items(groups)
    return groups


def group_with_number(jam: Jam, number: int) -> int | None:
    """Primary key of the group that this contribution is in."""
    shown = Contribution.objects.filter(jam=jam, number=number, state=State.SHOWN)
    return shown.values_list("group_id", flat=True).first()


def voted_groups(jam: Jam, seat: Seat | None) -> set[int]:
    """Groups in which this seat has a voice."""
    if seat is None:
        return set()
    return set(Vote.objects.filter(group__jam=jam, voter=seat.voter).values_list("group_id", flat=True))


def own_contributions(jam: Jam, seat: Seat | None) -> list[Contribution]:
    """What this seat contributed, newest first. Each is found by its own digest; nothing links them in the database."""
    if seat is None:
        return []
    rows = Contribution.objects.filter(jam=jam).exclude(proof="").values_list("pk", "salt", "proof")
    mine = [pk for pk, salt, proof in rows if seat.proof(salt) == proof]
    found = Contribution.objects.filter(pk__in=mine).select_related("group__lead", "group__owner").order_by("-number")
    return list(found)


def pending(jam: Jam) -> QuerySet[Contribution]:
    """Contributions that wait for approval, oldest first."""
    return Contribution.objects.filter(jam=jam, state=State.PENDING).defer("vector").select_related("author")


def acts(jam: Jam) -> list[Act]:
    """The newest acts of everybody who leads this jam."""
    return list(Act.objects.filter(jam=jam).select_related("by")[:ACTS_SHOWN])


def led_jams() -> QuerySet[Jam]:
    """All jams, the newest first."""
    return Jam.objects.select_related("topic")


def open_jams(person: Person) -> list[Jam]:
    """Jams that this person may join now."""
    now = timezone.now()
    begun, lasting = Q(has_opened=True) | Q(opens_at__lte=now), Q(closes_at=None) | Q(closes_at__gt=now)
    running = Jam.objects.filter(begun, lasting, closed_at=None)
    everyone = ~Q(entry=Entry.TEAMS)
    return list(
        running.filter(everyone | Q(teams=person.team)).distinct() if person.team_id else running.filter(everyone)
    )


def lasting_jam(person: Person) -> Jam | None:
    """The jam that stays open longest among those that the person may join and that ask for questions."""
    asking = [jam for jam in open_jams(person) if jam.asks_questions]
    return max(asking, key=lambda jam: (jam.closes_at is None, jam.closes_at or jam.opens_at, jam.pk), default=None)


def handed_to(person: Person) -> list[Group]:
    """Open promises: parked groups and adopted ideas that this person owns, the most urgent first."""
    return list(_promised().filter(owner=person).select_related("lead", "jam").order_by("due_on", "pk")[:10])


def stranded() -> dict[int, int]:
    """By jam: how many parked groups and adopted ideas are overdue, or in the hands of somebody who has left."""
    late = _promised().filter(Q(owner__is_active=False) | Q(owner__isnull=False, due_on__lt=timezone.localdate()))
    return dict(late.order_by().values_list("jam").annotate(number=Count("pk")))


def _promised() -> QuerySet[Group]:
    """Parked groups and adopted ideas."""
    wanted = Q(outcome=Outcome.PARKED) | Q(decision=Decision.WILL)
    return Group.objects.filter(wanted, merged_into=None, lead__isnull=False)


def in_somebodys_hands(pk: int) -> Group | None:
    """A group that was handed to somebody who works here."""
    handed = Group.objects.filter(pk=pk, merged_into=None, lead__isnull=False, owner__is_active=True)
    return handed.select_related("lead", "jam", "owner").first()


def wordings(group: Group) -> list[str]:
    """Every way in which the group was asked, but for what it is called."""
    texts = (
        Contribution.objects.filter(group=group, state=State.SHOWN).order_by("number").values_list("text", flat=True)
    )
    return [text for text in texts if text != group.name]


def answered_for(person: Person, days: int = 30) -> list[Contribution]:
    """Named contributions of this person that have an outcome."""
    since = timezone.now() - timezone.timedelta(days=days)
    mine = Contribution.objects.filter(author=person, asked_on_hour__gte=since, group__isnull=False)
    return list(mine.exclude(group__outcome=Outcome.OPEN).select_related("group", "jam").defer("vector")[:10])


def named_contributions(person: Person) -> list[dict[str, Any]]:
    """What this person contributed under their own name, for their data export."""
    mine = Contribution.objects.filter(author=person).select_related("jam")
    return [
        {"jam": row.jam.title, "number": row.number, "kind": row.kind, "text": row.text} for row in mine.defer("vector")
    ]


def sums_of_all() -> dict[str, int]:
    """Over all jams: how much was asked, how much of it was answered, and how many ideas were adopted."""
    shown = Contribution.objects.filter(state=State.SHOWN)
    return {
        "asked": shown.count(),
        "answered": shown.filter(group__outcome=Outcome.ANSWERED).count(),
        "ideas": Group.objects.filter(kind=Kind.IDEA, decision=Decision.WILL, merged_into=None).count(),
    }


def hours_to_answer(days: int = 90) -> float | None:
    """Mean hours from the hour in which a question was asked to its answer, of those answered lately; None without any."""
    lately_answered = Group.objects.filter(
        outcome=Outcome.ANSWERED, answered_at__gte=timezone.now() - timedelta(days=days), lead__isnull=False
    )
    waited = ExpressionWrapper(F("answered_at") - F("lead__asked_on_hour"), output_field=DurationField())
    mean = lately_answered.aggregate(mean=Avg(waited))["mean"]
    return None if mean is None else round(mean.total_seconds() / 3600, 1)


def stories(limit: int = 200) -> list[tuple[str, str, str, int | None]]:
    """(text, jam's title, its place in the ledger, teller's key if named) of stories told in jams, the newest first."""
    rows = Contribution.objects.filter(kind=Kind.STORY, state=State.SHOWN).select_related("jam").order_by("-id")[:limit]
    return [(row.text, row.jam.title, f"{ledgers.address(row.jam)}{row.number}", row.author_id) for row in rows]


def texts(jam: Jam) -> list[str]:
    """Everything that was asked in the jam and not withdrawn."""
    return list(Contribution.objects.filter(jam=jam).exclude(state=State.WITHDRAWN).values_list("text", flat=True))


def unfinished_groups(jam: Jam) -> list[Group]:
    """Groups that were parked or never reached, most voices first."""
    return list(shown_groups(jam).filter(outcome__in=[Outcome.OPEN, Outcome.PARKED]).order_by("-votes", "lead__number"))


def adopted_ideas(jam: Jam) -> list[Group]:
    """Ideas that "we will", with their owners."""
    return list(shown_groups(jam).filter(decision=Decision.WILL).order_by("-votes"))


@dataclass(frozen=True)
class Why:
    """Why a group's contributions are together."""

    shared: list[str]
    members: list[tuple[Contribution, float | None]]
    engine: str
    is_by_hand: bool


def why_together(group: Group) -> Why:
    """For people: the words that the contributions share, and how alike each is to the others (0 to 1)."""
    items = list(Contribution.objects.filter(group=group, state=State.SHOWN).order_by("number"))
    index = grouping.index_of(group.jam, group.kind)
    alike = index.cohesion(group.pk) if group.pk in index.groups and len(items) > 1 else {}
    members = [(item, alike.get(item.pk)) for item in items]
    shared = words.shared_words([item.text for item in items])
    return Why(shared, members, items[0].engine if items else "", group.is_by_hand)

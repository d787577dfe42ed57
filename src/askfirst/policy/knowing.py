"""Named reads over who is bound by a policy, who was asked to read it, who knows it, and what is new to whom."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from askfirst.base.lately import lately
from askfirst.people.models import Person
from askfirst.policy import queries, seals
from askfirst.policy.models import Acknowledgement, Asked, Audience, Policy, Version

SMALLEST_GROUP = 5
EVIDENCE_AT_ONCE = 500


def bound_by(policy: Policy) -> QuerySet[Person]:
    """Everybody who works here and whom the policy is for."""
    found = Person.objects.filter(is_active=True)
    teams = list(policy.teams.values_list("pk", flat=True))
    return found.filter(team__in=teams) if teams else found


def concerned(version: Version) -> QuerySet[Person]:
    """Whom the version asks: everybody bound at first, later those whose clauses changed in substance."""
    people = bound_by(version.policy)
    if version.number == 1:
        return people
    keys = [change["key"] for change in version.changes if change["kind"] != "wording"]
    audiences = dict(version.policy.audiences.values_list("key", "audience"))
    wanted = {audiences.get(key, Audience.EVERYONE) for key in keys}
    if not wanted:
        return people.none()
    return people if Audience.EVERYONE in wanted else people.filter(_in_audiences(wanted))


def _in_audiences(audiences: Iterable[str]) -> Q:
    found = Q(pk__in=[])
    for audience in audiences:
        found |= Q(**{f"is_{audience.removesuffix('s')}": True})
    return found


def changes_for(version: Version, person: Person) -> list[dict[str, Any]]:
    """What changed in substance for the person since the version that they know, however many came between.

    Empty for whoever knows none: they read all of it. Each is {key, title, kind, before, after}, as in Version.changes.
    """
    known = known_version(person, version.policy)
    if known is None or known.number >= version.number:
        return []
    between = version.policy.versions.filter(number__gt=known.number, number__lte=version.number).order_by("number")
    audiences = dict(version.policy.audiences.values_list("key", "audience"))
    concerning = {
        change["key"]: change
        for later in between
        for change in later.changes
        if change["kind"] != "wording" and _concerns(person, audiences.get(change["key"], Audience.EVERYONE))
    }
    before = {own["key"]: own for own in known.clauses}
    after = {own["key"]: own for own in version.clauses}
    found = []
    for key in [*after, *(key for key in concerning if key not in after)]:
        own = concerning.get(key)
        was, now = (side[key]["text"] if key in side else "" for side in (before, after))
        if own and (was != now or own["title"] != before.get(key, own)["title"]):
            kind = "new" if key not in before else "removed" if key not in after else "substance"
            found.append({"key": key, "title": own["title"], "kind": kind, "before": was, "after": now})
    return found


def _concerns(person: Person, audience: str) -> bool:
    return audience == Audience.EVERYONE or bool(getattr(person, f"is_{audience.removesuffix('s')}"))


def standing() -> QuerySet[Asked]:
    """For each person who works here and each policy in force: the newest version that they were asked to read.

    Whoever was not asked for a later one, since it changed nothing for them, still owes or knows the one before.
    """
    return _asked_last().filter(version__policy__ended_at=None)


def _asked_last() -> QuerySet[Asked]:
    later = Asked.objects.filter(
        person=OuterRef("person"),
        version__policy=OuterRef("version__policy"),
        version__number__gt=OuterRef("version__number"),
    )
    return Asked.objects.filter(~Exists(later), person__is_active=True)


def unread() -> QuerySet[Asked]:
    """What people here were asked to read, are still bound by, and have not acknowledged."""
    teams = Policy.teams.through.objects.filter(policy=OuterRef("version__policy"))
    is_bound = ~Exists(teams) | Exists(teams.filter(team=OuterRef("person__team")))
    return standing().filter(is_bound, known_at=None).select_related("person", "version__policy")


def waiting_for(person: Person) -> list[Asked]:
    """What this person still has to read, the most urgent first."""
    return list(unread().filter(person=person).order_by("version__due_on"))


def known_of_asked() -> tuple[int, int]:
    """(how many know what they were asked to read last, of how many who were asked) over the policies in force."""
    newest = [version.pk for version in queries.current_versions()]
    key = f"policy.known:{newest}".replace(" ", "")
    return lately(key, lambda: _known_of(standing()), lambda found: found[1])


def _known_of(asked: QuerySet[Asked]) -> tuple[int, int]:
    found = asked.aggregate(all=Count("pk"), known=Count("pk", filter=Q(known_at__isnull=False)))
    return found["known"], found["all"]


def known_among(people: QuerySet[Person]) -> list[tuple[Policy, int, int]]:
    """For each policy in force: of these people how many know it, of how many who were asked."""
    asked = standing().filter(person__in=people)
    return [
        (version.policy, *_known_of(asked.filter(version__policy=version.policy)))
        for version in queries.current_versions()
    ]


def knows(person: Person, version: Version) -> Acknowledgement | None:
    return Acknowledgement.objects.filter(version=version, person_number=person.pk).first()


def newest_record(person: Person, policy: Policy) -> Acknowledgement | None:
    """The record of the newest version of a policy that a person knows."""
    rows = Acknowledgement.objects.filter(version__policy=policy, person_number=person.pk)
    return rows.select_related("version__policy").order_by("-version__number").first()


def known_version(person: Person, policy: Policy) -> Version | None:
    """The newest version of a policy that a person knows."""
    record = newest_record(person, policy)
    return record.version if record else None


def known_since(person: Person) -> dict[int, datetime]:
    """Since when this person has known each policy, by its primary key."""
    rows = Acknowledgement.objects.filter(person=person).order_by("at").values_list("version__policy", "at")
    return {pk: at for pk, at in rows}


def known_before(people: Iterable[int], moment: datetime) -> set[int]:
    """Those among these people (primary keys) who acknowledged any policy before a moment."""
    return set(Acknowledgement.objects.filter(person__in=list(people), at__lte=moment).values_list("person", flat=True))


@dataclass(frozen=True)
class Progress:
    """How many were asked and know what they were asked for; teams of fewer than five are together in `smaller`."""

    asked: int
    known: int
    disputed: int
    teams: list[tuple[str, int, int]]
    smaller: tuple[int, int]


def progress(policy: Policy) -> Progress:
    """Numbers of groups, never of people, whatever version each was asked for last."""
    newest = queries.current(policy)
    key = f"policy.progress:{newest.pk if newest else 0}"
    return lately(key, lambda: _progress(policy), lambda found: found.asked)


def _progress(policy: Policy) -> Progress:
    # By their keys: a database that knows how many rows each has finds few among many.
    asked = _asked_last().filter(version__in=list(policy.versions.values_list("pk", flat=True)))
    rows = asked.values("person__team__name").annotate(
        all=Count("pk"), known=Count("pk", filter=Q(known_at__isnull=False))
    )
    teams = [
        (row["person__team__name"] or "–", row["all"], row["known"]) for row in rows.order_by("person__team__name")
    ]
    large = [row for row in teams if row[1] >= SMALLEST_GROUP and row[0] != "–"]
    small = [row for row in teams if row not in large]
    disputing = Acknowledgement.objects.filter(version__policy=policy, is_disputed=True, person__is_active=True)
    return Progress(
        sum(row[1] for row in teams), sum(row[2] for row in teams), disputing.values("person").distinct().count(), large,
        (sum(row[1] for row in small), sum(row[2] for row in small)),
    )  # fmt: skip


def versions_with_numbers(policy: Policy) -> list[tuple[Version, int, int]]:
    """All versions, newest first, each with how many were asked for it and know it; among many, at most a minute old."""
    versions = list(policy.versions.all())
    rows = Asked.objects.filter(version__policy=policy).values_list("version")
    counted = rows.annotate(all=Count("pk"), known=Count("known_at"))
    found = lately(
        f"policy.versions:{policy.pk}-{len(versions)}",
        lambda: {version: (asked, known) for version, asked, known in counted},
        lambda numbers: sum(asked for asked, _known in numbers.values()),
    )
    return [(version, *found.get(version.pk, (0, 0))) for version in versions]


def evidence(version: Version) -> QuerySet[Asked]:
    """Who was asked and who knows, for an auditor."""
    return Asked.objects.filter(version=version).select_related("person__team").order_by("person__name", "person_id")


def evidence_with_records(version: Version) -> Iterator[tuple[Asked, Acknowledgement | None]]:
    """The same, each with the record of their knowing it; a batch of people is held at a time."""
    asked = evidence(version).iterator(chunk_size=EVIDENCE_AT_ONCE)
    while batch := list(islice(asked, EVIDENCE_AT_ONCE)):
        rows = Acknowledgement.objects.filter(version=version, person_number__in=[own.person_id for own in batch])
        known = {row.person_number: row for row in rows}
        yield from ((own, known.get(own.person_id)) for own in batch)


def chain() -> QuerySet[Acknowledgement]:
    """All acknowledgements in the order in which they were made."""
    return Acknowledgement.objects.order_by("pk")


def chain_breaks_lately() -> list[str]:
    """As chain_breaks, but a long chain is looked through every ten minutes only."""
    return lately("policy.chain", chain_breaks, lambda _breaks: Asked.objects.count(), seconds=600)


def chain_breaks() -> list[str]:
    """What is wrong with the chain of acknowledgements; empty when nothing is."""
    found = seals.breaks(chain().iterator())
    # A record cut off at the end leaves no gap in the chain, but its person still counts as asked and knowing.
    known = Asked.objects.filter(known_at__isnull=False)
    told = Acknowledgement.objects.filter(version=OuterRef("version"), person_number=OuterRef("person"))
    missing = known.filter(~Exists(told)).count()
    if missing:
        found.append(f"{missing} acknowledgements that were made are no longer there.")
    return found

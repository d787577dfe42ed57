"""Named reads over policies."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from askfirst.base import queries as base
from askfirst.base.lately import lately
from askfirst.engines import clauses as engine
from askfirst.library import queries as library
from askfirst.library.models import Material
from askfirst.people.models import Person
from askfirst.policy import clauses, seals
from askfirst.policy.models import (
    Acknowledgement,
    Asked,
    Audience,
    Comment,
    Dispute,
    Gap,
    Policy,
    Reference,
    Version,
)

SMALLEST_GROUP = 5
FEWEST_QUESTIONS = 3


def policies() -> QuerySet[Policy]:
    return Policy.objects.all()


def current(policy: Policy) -> Version | None:
    """The newest published version."""
    return Version.objects.filter(policy=policy).first()


def current_versions() -> list[Version]:
    """The newest version of each policy that is in force."""
    newest = Version.objects.filter(policy=OuterRef("policy")).order_by("-number").values("number")[:1]
    in_force = Version.objects.filter(number=newest, policy__ended_at=None)
    return list(in_force.select_related("policy").order_by("policy__title"))


def clause_on(topic: str) -> tuple[Version | None, clauses.Clause | None]:
    """The first clause in force that speaks about a topic of the coverage list, with its version."""
    for version in current_versions():
        for clause in published_clauses(version):
            if engine.speaks_of(f"{clause.title}\n{clause.text}", topic):
                return version, clause
    return None, None


def draft_clauses(policy: Policy) -> list[clauses.Clause]:
    """Clauses of the draft, with the keys of the version before where they are the same ones."""
    before = current(policy)
    return clauses.parse(policy.draft, published_clauses(before))


def published_clauses(version: Version | None) -> list[clauses.Clause]:
    if version is None:
        return []
    return [clauses.Clause(own["key"], own["title"], own["text"]) for own in version.clauses]


@dataclass(frozen=True)
class Drafted:
    """A clause of the draft with what is kept about it: open comments, whose duties it describes, what stands beside it."""

    clause: clauses.Clause
    comments: list[Comment]
    audience: str
    materials: list[Material]


def drafted(policy: Policy) -> list[Drafted]:
    """The clauses of the draft, in its order."""
    comments = list(policy.comments.filter(is_done=False))
    audience = dict(policy.audiences.values_list("key", "audience"))
    beside = materials_beside(policy)
    return [
        Drafted(
            own, [said for said in comments if said.clause_key == own.key],
            audience.get(own.key, Audience.EVERYONE), beside.get(own.key, []),
        )
        for own in draft_clauses(policy)
    ]  # fmt: skip


def materials_beside(policy: Policy, *, as_read: bool = False) -> dict[str, list[Material]]:
    """What stands beside the clauses, by their keys; `as_read`: in the reader's language where it is said in it."""
    rows = list(policy.beside.select_related("material"))
    materials = [own.material for own in rows]
    found: dict[str, list[Material]] = {}
    for own, material in zip(rows, library.as_read(materials) if as_read else materials, strict=True):
        found.setdefault(own.key, []).append(material)
    return found


def draft_changes(policy: Policy) -> list[tuple[clauses.Change, list[tuple[str, str]]]]:
    """What the draft changes in the version in force, each with its words marked; nothing before the first version."""
    before = current(policy)
    changes = clauses.compare(published_clauses(before), draft_clauses(policy)) if before else []
    return [(change, clauses.words_changed(change.before, change.after)) for change in changes]


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


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
    """Changes of substance that concern the person."""
    audiences = dict(version.policy.audiences.values_list("key", "audience"))
    return [
        change
        for change in version.changes
        if change["kind"] != "wording" and _concerns(person, audiences.get(change["key"], Audience.EVERYONE))
    ]


def _concerns(person: Person, audience: str) -> bool:
    return audience == Audience.EVERYONE or bool(getattr(person, f"is_{audience.removesuffix('s')}"))


def unread() -> QuerySet[Asked]:
    """What people here were asked to read and have not acknowledged; only the newest version of each policy in force."""
    newest = Version.objects.filter(policy=OuterRef("version__policy")).order_by("-number").values("number")[:1]
    open_ones = Asked.objects.filter(
        known_at=None, person__is_active=True, version__number=newest, version__policy__ended_at=None
    )
    return open_ones.select_related("person", "version__policy")


def known_of_asked() -> tuple[int, int]:
    """(how many acknowledged, of how many asked) over the newest version of each policy."""
    newest = [version.pk for version in current_versions()]
    key = f"policy.known:{newest}".replace(" ", "")
    return lately(key, lambda: _known_of_asked(newest), lambda found: found[1])


def _known_of_asked(newest: list[int]) -> tuple[int, int]:
    rows = Asked.objects.filter(version__in=newest, person__is_active=True)
    return rows.filter(known_at__isnull=False).count(), rows.count()


def known_among(people: QuerySet[Person]) -> list[tuple[Policy, int, int]]:
    """For each policy in force: of these people how many know it, of how many who were asked."""
    rows = []
    for version in current_versions():
        asked = Asked.objects.filter(version=version, person__in=people)
        rows.append((version.policy, asked.exclude(known_at=None).count(), asked.count()))
    return rows


def waiting_for(person: Person) -> list[Asked]:
    """What this person still has to read, the most urgent first."""
    return list(unread().filter(person=person).order_by("version__due_on"))


def knows(person: Person, version: Version) -> Acknowledgement | None:
    return Acknowledgement.objects.filter(version=version, person_number=person.pk).first()


def known_since(person: Person) -> dict[int, datetime]:
    """Since when this person has known each policy, by its primary key."""
    rows = Acknowledgement.objects.filter(person=person).order_by("at").values_list("version__policy", "at")
    return {pk: at for pk, at in rows}


def known_before(people: Iterable[int], moment: datetime) -> set[int]:
    """Those among these people (primary keys) who acknowledged any policy before a moment."""
    return set(Acknowledgement.objects.filter(person__in=list(people), at__lte=moment).values_list("person", flat=True))


@dataclass(frozen=True)
class Progress:
    """How many were asked and know a version; teams of fewer than five are together in `smaller`."""

    asked: int
    known: int
    disputed: int
    teams: list[tuple[str, int, int]]
    smaller: tuple[int, int]


def progress(version: Version) -> Progress:
    """Numbers of groups, never of people."""
    return lately(f"policy.progress:{version.pk}", lambda: _progress(version), lambda found: found.asked)


def _progress(version: Version) -> Progress:
    asked = Asked.objects.filter(version=version)
    rows = asked.values("person__team__name").annotate(
        all=Count("pk"), known=Count("pk", filter=Q(known_at__isnull=False))
    )
    teams = [
        (row["person__team__name"] or "–", row["all"], row["known"]) for row in rows.order_by("person__team__name")
    ]
    large = [row for row in teams if row[1] >= SMALLEST_GROUP and row[0] != "–"]
    small = [row for row in teams if row not in large]
    known = Acknowledgement.objects.filter(version=version)
    return Progress(
        asked.count(), asked.filter(known_at__isnull=False).count(), known.filter(is_disputed=True).count(), large,
        (sum(row[1] for row in small), sum(row[2] for row in small)),
    )  # fmt: skip


def chain() -> QuerySet[Acknowledgement]:
    """All acknowledgements in the order in which they were made."""
    return Acknowledgement.objects.order_by("pk")


def chain_breaks_lately() -> list[str]:
    """As chain_breaks, but a long chain is looked through every ten minutes only."""
    return lately("policy.chain", chain_breaks, lambda _breaks: Acknowledgement.objects.count(), seconds=600)


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


def evidence(version: Version) -> QuerySet[Asked]:
    """Who was asked and who knows, for an auditor."""
    return Asked.objects.filter(version=version).select_related("person__team").order_by("person__name", "person_id")


def acknowledgements_of(version: Version) -> dict[int, Acknowledgement]:
    return {row.person_number: row for row in Acknowledgement.objects.filter(version=version)}


def references() -> QuerySet[Reference]:
    return Reference.objects.all()


def open_gaps() -> QuerySet[Gap]:
    return Gap.objects.filter(closed_by=None)


def answers_to(path: str) -> dict[int, Version]:
    """Versions that answer gaps noted at addresses that begin with `path` and end with a number, by that number."""
    rows = Gap.objects.filter(origin_path__startswith=path, closed_by__isnull=False).select_related("closed_by__policy")
    found = {(row.origin_path or "").removeprefix(path): row.closed_by for row in rows}
    return {int(number): version for number, version in found.items() if number.isdecimal() and version}


def clause_title(policy: int, key: str) -> str:
    """Title of a clause of the newest version; empty when there is none."""
    version = Version.objects.filter(policy=policy).first()
    return next((own["title"] for own in version.clauses if own["key"] == key), "") if version else ""


def disputes_of(person: Person, *, answered_since: datetime | None = None) -> QuerySet[Dispute]:
    """What a person disputed, the newest first; `answered_since`: only what a human has answered from then on."""
    own = Dispute.objects.filter(person=person).select_related("version__policy")
    return own.filter(answered_at__gte=answered_since) if answered_since else own


def to_approve(person: Person) -> list[Policy]:
    """Drafts that have all they need to be published but this person's approval."""
    rows = Policy.objects.filter(approvers=person).exclude(draft="").exclude(summary="")
    ready = rows.annotate(number=Count("questions")).filter(number__gte=FEWEST_QUESTIONS)
    return [policy for policy in ready if _waits_for(policy, person)]


def _waits_for(policy: Policy, person: Person) -> bool:
    now, before = digest(policy.draft), current(policy)
    is_new = before is None or before.digest != now
    return is_new and not policy.approvals.filter(digest=now, by=person).exists()


def open_disputes() -> QuerySet[Dispute]:
    return Dispute.objects.filter(answered_at=None).select_related("version__policy", "person")


def lint(policy: Policy) -> list[engine.Finding]:
    return engine.lint(policy.draft, policy.countries or engine.COUNTRIES)


@dataclass(frozen=True)
class Covering:
    """One topic of the coverage list beside a draft."""

    topic: engine.Topic
    is_covered: bool
    passages: list[tuple[Reference, str]]
    gaps: list[Gap]
    examples: list[str]


def coverage(policy: Policy) -> list[Covering]:
    """The coverage list: what the draft covers, what reference policies say, what people asked about it."""
    there = engine.covered(policy.draft)
    shelf_rows = list(Reference.objects.exclude(text="").order_by("title"))
    gaps = list(open_gaps())
    organisation = base.organisation().name
    return [
        Covering(
            topic,
            topic.id in there,
            _passages_on(topic, shelf_rows),
            [gap for gap in gaps if gap.topic == topic.id],
            [_(text).replace("{organisation}", organisation) for text in topic.examples],
        )  # fmt: skip
        for topic in engine.topics_for(set(policy.countries or engine.COUNTRIES))
    ]


def _passages_on(topic: engine.Topic, rows: list[Reference], most: int = 3) -> list[tuple[Reference, str]]:
    """A paragraph of each of a few references that speaks about the topic."""
    found = []
    for row in rows:
        paragraphs = [
            part.strip()
            for part in row.text.split("\n\n")
            if 60 <= len(part.strip()) <= 700 and not part.strip().startswith(("#", "-" * 3))
        ]
        match = next((part for part in paragraphs if engine.speaks_of(part, topic.id)), None)
        if match:
            found.append((row, match))
        if len(found) == most:
            break
    return found


def my_data(person: Person) -> list[dict[str, Any]]:
    """What this part knows about a person, for the export they may ask for."""
    rows = Acknowledgement.objects.filter(person_number=person.pk).select_related("version__policy")
    return [
        {
            "policy": str(row.version.policy), "version": row.version.number, "at": row.at.isoformat(),
            "language": row.language, "right": row.right, "questions": row.questions, "disputed": row.is_disputed,
        }
        for row in rows
    ]  # fmt: skip

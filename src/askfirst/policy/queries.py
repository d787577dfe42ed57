"""Named reads over policies."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, QuerySet
from django.utils.translation import gettext as _

from askfirst.base import queries as base
from askfirst.engines import clauses as engine
from askfirst.library import queries as library
from askfirst.library.models import Material
from askfirst.people.models import Person
from askfirst.policy import clauses
from askfirst.policy.models import (
    Acknowledgement,
    Audience,
    Comment,
    Dispute,
    Gap,
    Policy,
    Reference,
    Version,
)

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


def about_clauses(policy: Policy) -> tuple[QuerySet[Any], ...]:
    """All that is kept about clauses of the draft by their keys: open comments, audiences, materials beside them."""
    return policy.comments.filter(is_done=False), policy.audiences.all(), policy.beside.select_related("material")


@dataclass(frozen=True)
class Stray:
    """What is kept about clauses that the draft does not have any more."""

    comments: list[Comment]
    audiences: list[Any]
    materials: list[Any]


def stray(policy: Policy, shown: Iterable[Drafted]) -> Stray:
    """What would be out of sight since its clause is not among those `shown`; comments on the whole are among it."""
    keys = {own.clause.key for own in shown}
    comments, audiences, beside = about_clauses(policy)
    return Stray(
        [own for own in comments if own.clause_key not in keys],
        [own for own in audiences if own.key not in keys and own.audience != Audience.EVERYONE],
        [own for own in beside if own.key not in keys],
    )


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


def fingerprint(policy: Policy) -> str:
    """Digest of all that is approved and published together: draft, summary, questions."""
    asked = list(policy.questions.values_list("pk", "text", "options"))
    return digest(repr((policy.draft, policy.summary, asked)))


def has_approved(policy: Policy, person: Person) -> bool:
    """Whether the person has approved the policy exactly as it stands."""
    return policy.approvals.filter(digest=fingerprint(policy), by=person).exists()


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
    before = current(policy)
    is_new = before is None or before.digest != digest(policy.draft)
    return is_new and not has_approved(policy, person)


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
    disputes = {own.version_id: own for own in disputes_of(person)}
    return [
        {
            "policy": str(row.version.policy), "version": row.version.number, "at": row.at.isoformat(),
            "language": row.language, "right": row.right, "questions": row.questions, "disputed": row.is_disputed,
            **({"dispute": own.text, "answer": own.answer} if (own := disputes.get(row.version_id)) else {}),
        }
        for row in rows
    ]  # fmt: skip


def comments_of(person: Person) -> list[dict[str, str]]:
    """What a person has written beside drafts, for the same export."""
    rows = Comment.objects.filter(by=person).select_related("policy")
    return [{"policy": str(own.policy), "text": own.text, "at": own.at.isoformat()} for own in rows]

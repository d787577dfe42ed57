"""Named reads of the coach: what is known around a draft, and what to read about a finding. Nothing here sees who asks."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Count, Max, Sum
from django.db.models.functions import Length
from django.utils import timezone

from askfirst.base import queries as base
from askfirst.base import sealing
from askfirst.coach.models import GLOSSARY, Entry, Kind
from askfirst.engines import draftcheck
from askfirst.learn import queries as learn
from askfirst.people.models import Person
from askfirst.policy import queries as policy

# Topics of the policy's coverage list and the topics that lessons call them by.
LESSONS = {
    "disclosure": ("disclosure",), "confidential": ("confidential",), "privacy": ("photos", "confidential"), "roles": ("crisis", "customers"),
    "ai": ("AI",),
}  # fmt: skip


@dataclass(frozen=True)
class Lists:
    """The list that editors keep, ready to be found in drafts."""

    glossary: draftcheck.Glossary
    topics: draftcheck.Glossary
    clients: draftcheck.Names
    brands: draftcheck.Names


def lists() -> Lists:
    """What stays inside, who speaks on what, clients, and own brands; read anew when the list has changed."""
    return _lists(_state(Entry.objects.all(), Max("added_at")))


def people() -> draftcheck.Names:
    """Everybody's names; read anew when people come or go."""
    return _people(_state(Person.objects.filter(is_active=True), Sum(Length("name"))))


def _state(rows: Any, more: Any) -> tuple[Any, ...]:
    """What changes when the rows do, asked for in one query."""
    found = rows.aggregate(number=Count("pk"), last=Max("pk"), more=more)
    return found["number"], found["last"], found["more"]


@lru_cache(maxsize=2)
def _lists(_state: tuple[Any, ...]) -> Lists:
    terms: dict[str, list[draftcheck.Term]] = {kind: [] for kind in Kind}
    for row in Entry.objects.all():
        terms[row.kind].append(draftcheck.Term(sealing.unseal(row.sealed, GLOSSARY), row.until, row.speaker))
    return Lists(
        draftcheck.Glossary(terms[Kind.TERM]),
        draftcheck.Glossary(terms[Kind.TOPIC]),
        *(draftcheck.Names((own.text for own in terms[kind]), is_people=False) for kind in (Kind.CLIENT, Kind.BRAND)),
    )


@lru_cache(maxsize=2)
def _people(_state: tuple[Any, ...]) -> draftcheck.Names:
    return draftcheck.Names(Person.objects.filter(is_active=True).values_list("name", flat=True).iterator())


def has_glossary() -> bool:
    """Whether anything is named that stays inside; clients and brands are lists of their own."""
    return Entry.objects.filter(kind=Kind.TERM).exists()


def entries() -> list[tuple[Entry, str]]:
    """The glossary in plain words, for those who keep it."""
    return [(entry, sealing.unseal(entry.sealed, GLOSSARY)) for entry in Entry.objects.select_related("added_by")]


def draft(
    text: str, *, country: str = "", place: str = "", recent: Sequence[str] = (), own_name: str = ""
) -> draftcheck.Draft:
    """A draft with all that is known around it."""
    known = lists()
    return draftcheck.Draft(
        text, organisation=base.organisation().name, country=country, place=place, today=timezone.localdate(),
        recent=tuple(recent), own_names=(own_name,) if own_name else (),
        glossary=known.glossary, topics=known.topics, people=people(), clients=known.clients, brands=known.brands,
    )  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """A run of the draft's text: plain, or what findings concern (their numbers, from 1)."""

    text: str
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Shown:
    """A finding with what to read about it. `number`: as shown beside the words; `key`: of its mend, from keys_of."""

    number: int
    key: str
    finding: draftcheck.Finding
    label: str
    words: str
    clause: Any = None
    version: Any = None
    lesson: Any = None


def keys_of(text: str, findings: Sequence[draftcheck.Finding]) -> list[str]:
    """Names each finding by what it is about, so that its mend is for these words even if others were written meanwhile.

    Findings that are alike are counted: the second of them is told from the first.
    """
    seen: Counter[tuple[str, str]] = Counter()
    keys = []
    for own in findings:
        about = own.detector, text[own.start : own.end]
        keys.append(hashlib.blake2b(repr((*about, seen[about])).encode(), digest_size=8).hexdigest())
        seen[about] += 1
    return keys


def pieces(text: str, findings: Sequence[draftcheck.Finding]) -> list[Piece]:
    """The text cut at the borders of findings, in order."""
    cuts = sorted({0, len(text), *(own.start for own in findings), *(own.end for own in findings)})
    return [
        Piece(
            text[start:end],
            tuple(n for n, own in enumerate(findings, start=1) if own.start <= start and end <= own.end),
        )
        for start, end in zip(cuts, cuts[1:], strict=False)
        if start < end
    ]


def clause_and_lesson(topic: str) -> tuple[Any, Any, Any]:
    """(clause, its version, lesson) that say more about a topic; None where there is none."""
    version, clause = policy.clause_on(topic) if topic else (None, None)
    return clause, version, learn.lesson_on(LESSONS.get(topic, (topic,))) if topic else None


def mended(text: str, finding: draftcheck.Finding) -> str:
    """The draft with one finding mended, spaces tidied where something was taken out."""
    mend = finding.mend or ""
    if finding.is_lead:
        return mend + text
    left, right = text[: finding.start], text[finding.end :]
    if not mend and left.endswith(" ") and right[:1] in {" ", ".", ",", "!", "?", ""}:
        left = left.rstrip(" ")
    return left + mend + right

"""What a detector sees and what it says: the draft, what is known around it, and one finding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from askfirst.engines.draftcheck.names import Names
    from askfirst.engines.draftcheck.terms import Glossary

# Start and end of a place in a text, end exclusive.
Span = tuple[int, int]


class Standing(IntEnum):
    """Whether a text is protected speech, as far as words tell."""

    NO, PERHAPS, YES = range(3)


@dataclass(frozen=True)
class Finding:
    """One thing to look at.

    Attributes:
        start, end: character offsets into the draft, end exclusive.
        detector: which one found it.
        message: words for people with %(name)s places, to be filled from `values`.
        mend: what to put in place of draft[start:end], or None where only the writer can mend it.
        is_lead: the mend goes in front of the whole draft instead, and takes nothing away.
        is_guess: a table of words says so and no rule; it gives way to whatever else is found there.
        topic: a topic of the policy's coverage list that says more, or empty.
    """

    start: int
    end: int
    detector: str
    message: str
    values: tuple[tuple[str, str], ...] = ()
    mend: str | None = None
    topic: str = ""
    is_lead: bool = False
    is_guess: bool = False

    @property
    def words(self) -> str:
        return self.message % dict(self.values)


@dataclass(frozen=True)
class Draft:
    """A draft and where it will go.

    Attributes:
        country: two small letters, such as us, gb, de; empty: not known.
        language: two small letters; empty: found out from the text.
        place: where it is going: public, story, reply, review, group; empty: not known.
        organisation: its name, for a disclosure that can be put in front.
        glossary: what stays inside; topics: on what only some speak, with who they are.
        brands: what the organisation sells and calls its own; naming one asks for disclosure.
        standing: whether it speaks about work and rights; `check` finds out.
    """

    text: str
    country: str = ""
    language: str = ""
    place: str = ""
    organisation: str = ""
    today: date = date(2026, 1, 1)
    own_names: tuple[str, ...] = ()
    recent: tuple[str, ...] = ()
    glossary: Glossary | None = None
    topics: Glossary | None = None
    people: Names | None = None
    clients: Names | None = None
    brands: Names | None = None
    standing: Standing = Standing.NO
    with_picture: bool = False
    lowered: str = field(init=False, default="")

    def __post_init__(self) -> None:
        object.__setattr__(self, "lowered", small_letters(self.text))


@lru_cache(maxsize=16)
def small_letters(text: str) -> str:
    """A text in small letters and of the same length, so that offsets agree: a few letters grow when made small."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def folded(pattern: re.Pattern[str]) -> re.Pattern[str] | None:
    """The same pattern for a text in small letters, which is searched two or three times as fast.

    None if it looks at capitals: then it must see the text itself.
    """
    if not pattern.flags & re.IGNORECASE or "(?-i" in pattern.pattern:
        return None
    if re.search(r"[A-ZÄÖÜ]", re.sub(r"\\.|\(\?P[<=]\w+[>)]", "", pattern.pattern)):
        return None
    return re.compile(pattern.pattern, pattern.flags & ~re.IGNORECASE)


def matches_at(pattern: re.Pattern[str], text: str, starts: Iterable[int]) -> Iterator[re.Match[str]]:
    """What `finditer` gives of a pattern that can begin only at some places, in their order; much faster where they are few."""
    end = 0
    for start in starts:
        if start >= end and (found := pattern.match(text, start)):
            end = found.end()
            yield found


def touches(start: int, end: int, spans: Iterable[Span]) -> bool:
    """Whether a place shares a character with one of some others."""
    return any(start < last and first < end for first, last in spans)


def near(draft: Draft, start: int, end: int, pattern: re.Pattern[str], before: int = 40, after: int = 20) -> bool:
    """Whether a pattern stands close to a place of the draft, in small letters."""
    return bool(pattern.search(draft.lowered[max(0, start - before) : start])) or bool(
        after and pattern.search(draft.lowered[end : end + after])
    )

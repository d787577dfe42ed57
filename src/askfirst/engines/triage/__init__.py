"""What kind of mention a post is, how it sounds, how soon to look, and why.

Six kinds: question of a customer, complaint, praise, story, risk (leak or crisis), noise. Three judges are added up: cues (cues.py:
patterns in English and German, with a reason each), a table of what each word says (table.py, trained on posts of our own), and what this
installation has learnt from corrections (head.py); a softmax over the sums gives shares. Unknown languages go to the unsure pile.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import Any

from askfirst.engines.triage import cues
from askfirst.engines.triage.head import Head
from askfirst.engines.triage.table import KINDS, table
from askfirst.engines.wordtable import words_of

__all__ = ["KINDS", "Head", "Mention", "learn", "triage"]

# The likeliest kind must have this share; another one this much to hold beside it, and risk less, because it must not be missed.
UNSURE, BESIDE, RISK = 0.38, 0.25, 0.1
# How much the cues weigh beside the table; chosen by cross-validation (training/triage.py).
CUES_SHARE = 0.7
_KNOWN = frozenset(
    "the and is are was to of in for with you we my this it that at on not have be i a so but der die das "
    "und ist war zu mit für ihr wir mein es im am auf habe nicht ein eine ich bei".split()
)


@dataclass(frozen=True)
class Mention:
    """What triage says of a post.

    Attributes:
        kind: the likeliest of KINDS; `kinds` all that hold (questions and complaints overlap); `shares` sum to 1.
        mood: good, bad, mixed or none.
        priority: 0 (no hurry) to 100 (now).
        relevance: 0 to 1, how likely it is about us and meant to be heard.
        is_unsure: a person should decide; `reasons` in words, the strongest first; `telling`: words of the post that speak for its kind.
    """

    kind: str
    kinds: tuple[str, ...]
    shares: Mapping[str, float]
    mood: str
    priority: int
    relevance: float
    is_unsure: bool
    reasons: tuple[str, ...]
    telling: tuple[str, ...]
    version: str


def triage(row: Mapping[str, Any], *, names: Sequence[str] = (), head: Head | None = None) -> Mention:
    """Judge one post.

    Args:
        row: id, text, and any of title, lang, followers, is_repost, is_reply, has_media.
        names: how we and our products are called, in small letters.
        head: what this installation has learnt.
    """
    text = _text_of(row)
    words, known = words_of(text), table()
    said = cues.judge(text, words, row)
    sums = _sums(said, words)
    if head is not None:
        for kind, value in zip(KINDS, head.scores(text), strict=True):
            sums[kind] += value
    shares = _shares(sums)
    kind = max(KINDS, key=lambda own: shares[own])
    least = {"risk": RISK, "noise": 2.0}
    kinds = tuple(own for own in KINDS if own == kind or shares[own] >= least.get(own, BESIDE))
    mood = "mixed" if said.good and said.bad else "good" if said.good else "bad" if said.bad else "none"
    named = _is_named(text.lower(), names) if names else True
    relevance = round((1 - shares["noise"]) * (1.0 if named else 0.35) * (0.6 if row.get("is_repost") else 1.0), 3)
    unsure = shares[kind] < UNSURE or not _is_known_language(words, row, has_cues=bool(said.found))
    return Mention(
        kind, kinds, {own: round(share, 4) for own, share in shares.items()}, mood, _priority(shares, relevance, row), relevance, unsure,
        said.why(), known.telling(words, kind), known.version,
    )  # fmt: skip


def learn(head: Head, row: Mapping[str, Any], kind: str) -> None:
    """A person's decision about a post: the head learns what the other two judges lack."""
    text = _text_of(row)
    words = words_of(text)
    head.learn(text, kind, list(_sums(cues.judge(text, words, row), words).values()))


def _text_of(row: Mapping[str, Any]) -> str:
    return " ".join(part for part in (row.get("title"), row.get("text")) if part)


def _sums(said: cues.Judged, words: Sequence[str]) -> dict[str, float]:
    by_table = table().scores(words)
    return {kind: CUES_SHARE * said.sums[kind] + value for kind, value in zip(KINDS, by_table, strict=True)}


def _shares(sums: Mapping[str, float]) -> dict[str, float]:
    most = max(sums.values())
    raised = {kind: exp(value - most) for kind, value in sums.items()}
    total = sum(raised.values())
    return {kind: value / total for kind, value in raised.items()}


def _priority(shares: Mapping[str, float], relevance: float, row: Mapping[str, Any]) -> int:
    try:
        reach = min(1.0, float(row.get("followers") or 0) / 20_000)
    except (TypeError, ValueError):
        reach = 0.0
    worth = (
        95 * shares["risk"]
        + 70 * shares["complaint"]
        + 62 * shares["question"]
        + 35 * shares["praise"]
        + 30 * shares["story"]
    )
    return round(min(100, worth * (0.35 + 0.65 * relevance) + 8 * reach))


def _is_named(low: str, names: Sequence[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", low) for name in names)


def _is_known_language(words: Sequence[str], row: Mapping[str, Any], *, has_cues: bool) -> bool:
    given = str(row.get("lang") or "")[:2].lower()
    if given:
        return given in {"en", "de"}
    return len(words) < 5 or has_cues or any(word in _KNOWN for word in words)

"""Read a policy: what it leaves out, where it forbids too much, how hard it is to read. English and German."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from askfirst.engines.clauses import restrictions
from askfirst.engines.clauses.coverage import AS_OF, TOPICS, WORDINGS, Topic, covered, speaks_of, topic, topics_for
from askfirst.engines.clauses.likely import likely_rule
from askfirst.engines.clauses.readability import Readability, readability
from askfirst.engines.clauses.wording import Wording

__all__ = [
    "AS_OF",
    "COUNTRIES",
    "TOPICS",
    "Finding",
    "Readability",
    "Topic",
    "country",
    "covered",
    "lint",
    "missing",
    "readability",
    "speaks_of",
    "sure_rule",
    "topic",
    "topics_for",
]

COUNTRIES = ("us", "uk", "eu")
# Other names for them: Britain's code, and the members of the Union.
_OTHERWISE = {"gb": "uk"} | dict.fromkeys(
    "at be bg cy cz de dk ee es fi fr gr hr hu ie it lt lu lv mt nl pl pt ro se si sk".split(), "eu"
)
_SENTENCE = re.compile(
    r"[^.!?\n]*(?:\.(?=\w)[^.!?\n]*|\b(?:e\.g|i\.e|etc|z\. ?B|d\. ?h|bzw|usw|ggf|Art|Abs|Nr)\.[^.!?\n]*)*[.!?]?[\"”’)]*"
)


def country(said: str) -> str:
    """Which of COUNTRIES' law holds, for two letters of a country in any case; what is none stays as it is, in small letters."""
    code = said.strip().lower()
    return _OTHERWISE.get(code, code)


@dataclass(frozen=True)
class Finding:
    """One sentence that forbids too much, or is unclear.

    Attributes:
        start, end: character offsets in the text.
        rule, title, why, idea: which kind, and what to do.
        authority, as_of: on whose authority, and as of which date (ISO).
        is_sure: a rule found it; else its words only sound like such a sentence.
    """

    start: int
    end: int
    sentence: str
    rule: str
    title: str
    why: str
    idea: str
    authority: str
    as_of: str
    is_sure: bool = True


def lint(text: str, countries: Collection[str] = COUNTRIES) -> list[Finding]:
    """Sentences of a policy to look at again, in order.

    Args:
        countries: of us, uk, eu.
    """
    found = []
    for start, end in sentences(text):
        sentence = text[start:end]
        sure = sure_rule(sentence, countries)
        rule = sure or likely_rule(sentence)
        if rule and rule.countries & set(countries):
            found.append(
                Finding(
                    start, end, sentence, rule.id, rule.title, rule.why, rule.idea, rule.authority, rule.as_of,
                    is_sure=sure is not None,
                )
            )  # fmt: skip
    return found


def missing(text: str, countries: Collection[str] = COUNTRIES) -> list[Topic]:
    """Topics of the coverage list that the text does not speak about."""
    there = covered(text)
    return [own for own in topics_for(set(countries)) if own.id not in there]


def sentences(text: str) -> list[tuple[int, int]]:
    """Character ranges of sentences and bullets; headings and quotations of others are left out."""
    found = []
    for match in _SENTENCE.finditer(text):
        line_start = text.rfind("\n", 0, match.start()) + 1
        if re.match(r"\s*(?:#|>)", text[line_start : match.start() + 3]):
            continue
        lead = re.match(r"\s*(?:[-*+•–]\s+|\d{1,3}[.)]\s+)?\s*", match.group())
        start = match.start() + (lead.end() if lead else 0)
        if match.end() - start >= 12:
            found.append((start, match.end()))
    return found


def sure_rule(sentence: str, countries: Collection[str] = COUNTRIES) -> restrictions.Rule | None:
    """The first rule that a sentence breaks in a language; nobody has to say which, since the words of one mean nothing in the other."""
    return next((rule for wording in WORDINGS if (rule := _first_in(wording, sentence, set(countries)))), None)


def _first_in(wording: Wording, sentence: str, countries: set[str]) -> restrictions.Rule | None:
    if wording.permits.search(sentence):
        return None
    forbids = bool(wording.forbids.search(sentence))
    for rule in restrictions.RULES:
        if not rule.countries & countries or (rule.needs_forbidding and not forbids):
            continue
        limits = wording.rules[rule.id]
        if not limits.pattern.search(sentence) or (limits.unless and limits.unless.search(sentence)):
            continue
        if not (limits.narrows or wording.narrows).search(sentence):
            return rule
    return None

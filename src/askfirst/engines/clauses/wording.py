"""How policies of one language put things: what forbids, what permits, what each rule and topic is recognised by."""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """How a rule shows in one language.

    Attributes:
        pattern: what is restricted.
        narrows: what makes the restriction narrow enough; None: what does so in general.
        unless: what makes it something else.
    """

    pattern: re.Pattern[str]
    narrows: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None


@dataclass(frozen=True)
class Wording:
    """One language.

    Attributes:
        forbids: a sentence that forbids something.
        obliges: a sentence that may bind people at all; wider.
        permits: a sentence that says what people may do, or binds the organisation; it is never flagged.
        narrows: a reason, an example, a definition, an exception.
        rules: by the rules' ids.
        signs: by the topics' ids, what shows that a draft speaks of one.
    """

    forbids: re.Pattern[str]
    obliges: re.Pattern[str]
    permits: re.Pattern[str]
    narrows: re.Pattern[str]
    rules: Mapping[str, Limits]
    signs: Mapping[str, re.Pattern[str]]


def words(text: str) -> re.Pattern[str]:
    return re.compile(text, re.I)

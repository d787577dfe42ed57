"""The rules that need no glossary, no roster and no library, as data for a browser without a connection.

The patterns are the detectors' own; what is more than a pattern (check digits) is named, and done by the reader (coach/offline.js).
It finds less than the coach does, and says so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from askfirst.engines.draftcheck import card, iban, location, mail, manners, secrets
from askfirst.engines.marking import _


@dataclass(frozen=True)
class Rule:
    """One detector's part.

    Args:
        check: what a match must pass besides: iban, luhn, or nothing.
        lengths: characters of an account number by country.
    """

    detector: str
    message: str
    patterns: tuple[re.Pattern[str], ...]
    check: str = ""
    lengths: Mapping[str, int] = field(default_factory=dict)

    def for_browser(self) -> dict[str, object]:
        """As values for JSON; groups and flags in the dialect of JavaScript."""
        return {
            "detector": self.detector,
            "message": self.message,
            "check": self.check,
            "lengths": dict(self.lengths),
            "patterns": [{"source": browser_source(own), "flags": browser_flags(own)} for own in self.patterns],
        }


RULES = (
    Rule(mail.NAME, _("A mail address. Does its owner want it in public?"), mail.OFFLINE),
    Rule(iban.NAME, _("A bank account number. It does not belong in public."), iban.OFFLINE, "iban", iban.LENGTHS),
    Rule(card.NAME, _("A payment card number. It does not belong in public."), card.OFFLINE, "luhn"),
    Rule(
        secrets.NAME,
        _("This looks like a password or code. Take it out, and change it if it was shown."),
        secrets.OFFLINE,
    ),
    Rule(location.NAME, _("An exact place. Who is there, and should everybody know?"), location.OFFLINE),
    Rule("shouting", _("One mark says it too."), manners.OFFLINE_SHOUTING),
    Rule(
        "hashtags", _("More than five hashtags look like advertising and hide what matters."), manners.OFFLINE_HASHTAGS
    ),
)


def browser_source(pattern: re.Pattern[str]) -> str:
    """The pattern in JavaScript's dialect; ours use nothing else that differs."""
    return pattern.pattern.replace("(?P<", "(?<")


def browser_flags(pattern: re.Pattern[str]) -> str:
    return "g" + ("i" if pattern.flags & re.IGNORECASE else "") + ("m" if pattern.flags & re.MULTILINE else "")

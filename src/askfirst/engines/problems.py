"""What is wrong with a text that people write in a format of ours, and what its head must hold to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from askfirst.engines.marking import _

# Characters that lists have room for.
LONGEST = {"title": 160, "topic": 60, "villain": 40}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")


@dataclass(frozen=True)
class Problem:
    """What is wrong, and on which line (from 1).

    Attributes:
        message: with %(name)s where one of `values` belongs; the doors translate it, and `text` is the English.
        is_error: it cannot be used like this.
    """

    line: int
    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    is_error: bool = True

    @property
    def text(self) -> str:
        return self.message % self.values


def wrong_head(fields: Mapping[str, str]) -> list[Problem]:
    """What lists could not show in full, and a language that is no code."""
    words = _("“%(name)s” is %(length)d characters long; at most %(most)d fit.")
    found = [
        Problem(1, words, {"name": name, "length": len(fields[name]), "most": most})
        for name, most in LONGEST.items()
        if len(fields.get(name, "")) > most
    ]
    if "language" in fields and not _LANGUAGE.fullmatch(fields["language"]):
        found.append(Problem(1, _("A language is said by its code, such as “en” or “de”.")))
    return found

"""Which words a text must have for a pattern of phrases to be in it: most posts have none of them, and asking is cheaper than looking.

Understood are alternatives, groups of them, and what follows a word; what a pattern begins with otherwise counts as any word.
"""

import re
from collections.abc import Iterator

# A word, and whether it ends there.
_HEAD = re.compile(r"(\w*)((?<=\w)(?:$|[ '-](?!\?)))?")


def openings(pattern: str) -> Iterator[tuple[str, bool]]:
    """The words that a text must have for one of these phrases to be in it, and whether each is whole or only a word's beginning."""
    for phrase in _alternatives(pattern):
        if phrase.startswith("(?:"):
            inside, after = _first_group(phrase)
            if after.startswith("?"):
                after = after[1:]
                yield from openings(after)
            for first in _alternatives(inside):
                yield from openings(first + after)
        else:
            head, ends = _HEAD.match(phrase).groups()  # type: ignore[union-attr]
            is_last_optional = phrase[len(head) : len(head) + 1] in {"?", "*", "{"}
            yield (head[:-1] if is_last_optional else head), ends is not None


def _alternatives(pattern: str) -> list[str]:
    """`a|b(?:c|d)` as `a` and `b(?:c|d)`."""
    depth, parts = 0, [""]
    for sign in pattern:
        depth += (sign in "([") - (sign in ")]")
        if sign == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def _first_group(phrase: str) -> tuple[str, str]:
    """What stands in the group with which this begins, and what follows it."""
    depth = 0
    for at, sign in enumerate(phrase):
        depth += (sign == "(") - (sign == ")")
        if not depth:
            return phrase[3:at], phrase[at + 1 :]
    raise ValueError(f"a group is not closed: {phrase}")

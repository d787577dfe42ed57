"""Which words a text must have for a pattern to be in it: most texts have none of them, and asking is cheaper than looking.

Patterns begin at a word, as r"\\b(?:burn(?:ed|t)? my|sued?)\\b" does. Understood are alternatives, groups of them, and what follows a word;
what a pattern begins with otherwise counts as any word.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

_RUN = re.compile(r"\w+")
# A word, and whether it ends there.
_HEAD = re.compile(r"(\w*)((?<=\w)(?:$|\\b|[ '-](?!\?)))?")


class Openings:
    """Which of some patterns the words of a text may begin.

    Args:
        patterns: None begins with no word.
    """

    def __init__(self, patterns: Sequence[re.Pattern[str] | None]) -> None:
        # A word, or what one begins with, and the patterns it may begin, a bit each.
        self._words: dict[str, int] = {}
        self._heads: dict[str, int] = {}
        for at, pattern in enumerate(patterns):
            for opening, is_whole in openings(pattern.pattern) if pattern else ():
                held = self._words if is_whole else self._heads
                held[opening] = held.get(opening, 0) | 1 << at
        self._lengths = sorted({len(head) for head in self._heads})
        self._by_word = lru_cache(maxsize=50_000)(self._begun_by)

    def of(self, text: str) -> int:
        """The patterns that may be in a text, a bit each."""
        bits = 0
        for word in set(_RUN.findall(text)):
            bits |= self._by_word(word)
        return bits

    def _begun_by(self, word: str) -> int:
        bits = self._words.get(word, 0)
        for length in self._lengths:
            bits |= self._heads.get(word[:length], 0)
        return bits


def openings(pattern: str) -> Iterator[tuple[str, bool]]:
    """The words that a text must have for one of these phrases to be in it, and whether each is whole or only a word's beginning."""
    for phrase in _alternatives(pattern.removeprefix(r"\b")):
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

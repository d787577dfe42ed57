"""The prefixes that queries are filed under, and which of them begin the words of a post."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeVar

T = TypeVar("T")

# Every prefix is at least so long (language.py): few words begin as any of them does, and only these are looked at.
SHORTEST = 3


class Prefixes:
    """Prefixes as they are filed ("camp*"), each with how often."""

    def __init__(self, counts: Mapping[str, int] | None = None) -> None:
        self.counts: Counter[str] = Counter()
        self._heads: Counter[str] = Counter()
        self._lengths: Counter[int] = Counter()
        for filed, number in (counts or {}).items():
            self.count(filed, number)

    def count(self, filed: str, number: int) -> None:
        """So many queries more (or less, below 0) are filed under a prefix."""
        _add(self.counts, filed, number)
        _add(self._heads, filed[:SHORTEST], number)
        _add(self._lengths, len(filed) - 1, number)

    def beginning(self, words: Iterable[str]) -> list[str]:
        """Those that begin one of the words; words of a field (lang:en) have none."""
        heads, counts = self._heads, self.counts
        likely = [word for word in words if word[:SHORTEST] in heads and ":" not in word]
        return [filed for word in likely for length in self._lengths if (filed := f"{word[:length]}*") in counts]


def _add(counts: Counter[T], key: T, number: int) -> None:
    counts[key] += number
    if not counts[key]:
        del counts[key]

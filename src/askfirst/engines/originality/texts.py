"""A text as the check sees it: words with character offsets, stems, and units (sentences and bullets)."""

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from snowballstemmer import stemmer

Ints = npt.NDArray[np.int32]

# Addresses and numbers say where and how much, not in whose words; they stay in place as one blank word.
_WORD = re.compile(r"https?://\S+|[\w.+-]+@[\w-]+\.[\w.]+|[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d.,:/-]*")
_BREAK = re.compile(
    r"[.!?…]+[\"'”’)\]]*\s+|\n\s*\n|\n(?=\s*(?:[-*+•–]|\d{1,3}[.)]|#{1,6}|>|\|)\s)|[;:]\s*\n|\n(?=[A-Z][^\n]{0,60}\n)"
)
_BLANK = "\x00"
LONGEST_UNIT = 45


@dataclass(frozen=True)
class Text:
    """One document.

    Attributes:
        name: how it is called in findings.
        raw: the characters that offsets count.
        starts, ends: character offsets of each word.
        stems: the stem of each word, as numbers of the Vocabulary it was read with.
        borders: the word at which each unit (sentence or bullet) begins, and the number of words.
    """

    name: str
    raw: str
    starts: Ints
    ends: Ints
    stems: Ints
    borders: Ints

    def __len__(self) -> int:
        return len(self.stems)

    @property
    def units(self) -> list[tuple[int, int]]:
        """(first word, one past the last word) of each sentence or bullet, in order."""
        borders = self.borders.tolist()
        return list(itertools.pairwise(borders))

    def begins_after_break(self, word: int) -> bool:
        """Whether a sentence ends, or a paragraph, between this word and the one before it."""
        between = self.raw[int(self.ends[word - 1]) : int(self.starts[word])]
        return _BREAK.search(between) is not None


class Vocabulary:
    """Numbers for stems, growing."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {_BLANK: 0}
        self.stems: list[str] = [_BLANK]

    def __len__(self) -> int:
        return len(self.stems)

    def number(self, stem: str) -> int:
        found = self._numbers.get(stem)
        if found is None:
            found = self._numbers[stem] = len(self.stems)
            self.stems.append(stem)
        return found

    def read(self, name: str, raw: str, language: str = "english") -> Text:
        """Cut `raw` into words and units. Languages are those of the Snowball stemmers."""
        starts, ends, stems = [], [], []
        stem = _stemmer(language)
        for match in _WORD.finditer(raw):
            word = match.group()
            starts.append(match.start())
            ends.append(match.end())
            stems.append(
                self.number(
                    stem(word.casefold().replace("’", "'"))
                    if word[0].isalpha() and "@" not in word and "/" not in word
                    else _BLANK
                )
            )
        borders = _borders(raw, starts)
        return Text(name, raw, *(np.array(numbers, np.int32) for numbers in (starts, ends, stems, borders)))


@lru_cache(maxsize=16)
def _stemmer(language: str):  # type: ignore[no-untyped-def]
    snowball = stemmer(language)
    return lru_cache(maxsize=200_000)(snowball.stemWord)


def _borders(raw: str, starts: list[int]) -> list[int]:
    """Words at which a unit begins, and their number; very long units are cut, very short ones join the next."""
    borders = [0]
    first, at = 0, 0
    for border in [*(match.end() for match in _BREAK.finditer(raw)), len(raw) + 1]:
        while at < len(starts) and starts[at] < border:
            at += 1
        if at - first >= 4 or (at > first and border > len(raw)):
            while at - first > LONGEST_UNIT:
                first += LONGEST_UNIT // 2
                borders.append(first)
            borders.append(at)
            first = at
    return borders

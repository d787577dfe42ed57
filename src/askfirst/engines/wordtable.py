"""What each word of a text says for each of some kinds: a trained table, and spelling for words that are not in it.

The sum over the words of a text, divided by the root of their number (long texts by more, where the table says so), plus a constant
for each kind. How such tables come about: docs/decisions/0009, training/words.py.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import sqrt
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

GRAMS = 1 << 15
MOST_WORDS = 400
# Left out: links, names, and what mixes letters and figures at length, such as a key or an order's number.
_NO_WORDS = re.compile(r"https?://\S+|@\w+|(?=\S{10})(?=\S*\d)(?=\S*[^\W\d_])\S+")
_LINKS_AND_MARKS = re.compile(r"https?://\S+|[#@]\w+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[?!]{1,2}|#")
_LETTERS = re.compile(r"[^\W\d_]{2,}")


def words_of(text: str) -> list[str]:
    """The words that the table is asked for: small letters; numbers by their length; ?, ! and # as words."""
    found = _WORD.findall(_NO_WORDS.sub(" ", text).lower())[:MOST_WORDS]
    return [word if word.isalpha() else _spelled(word) for word in found]


def _spelled(word: str) -> str:
    return "1" * min(len(word), 4) if word[0].isdigit() else word.replace("’", "'")


def placed_words(text: str) -> list[tuple[int, str]]:
    """As `words_of`, without its limit, and where in the text each begins."""
    plain = _NO_WORDS.sub(lambda found: " " * len(found[0]), text)
    return [(found.start(), _spelled(found[0].lower())) for found in _WORD.finditer(plain)]


def divisor(words: int, most: float) -> float:
    """What a sum over so many words is divided by: the root of their number, and up from `most` words as many times that as keeps it a mean."""
    return sqrt(max(words, 1) * max(1.0, words / most))


def letters(text: str) -> list[str]:
    """Words of letters only, as they are written, without links, tags and names."""
    return _LETTERS.findall(_LINKS_AND_MARKS.sub(" ", text))


def key_of(word: str) -> int:
    """The number under which a word stands in the table (32 bits)."""
    return crc32(word.encode())


def grams(word: str) -> list[int]:
    """Buckets of a word's runs of three to five letters, its beginning and end marked."""
    marked = f"<{word}>"
    return sorted(
        {
            crc32(marked[start : start + length].encode()) % GRAMS
            for length in (3, 4, 5)
            for start in range(len(marked) - length + 1)
        }
    )


class WordTable:
    """A trained table; loaded from `path` in a few milliseconds.

    Attributes:
        bias: the constant of each kind.
        signs: what each sign of the text weighs that was learnt beside the words; empty where none was.
        version: changes with what it was trained on.
    """

    def __init__(self, path: Path, kinds: Sequence[str]) -> None:
        self._kinds = kinds
        with np.load(path, allow_pickle=False) as kept:
            self._keys, self._weights, self._scale = kept["keys"], kept["weights"], kept["scale"]
            self._grams, self._grams_scale = kept["grams"], kept["grams_scale"]
            self.bias: tuple[float, ...] = tuple(kept["bias"].tolist())
            self.signs: npt.NDArray[np.float32] = kept["signs"] if "signs" in kept else np.zeros(0, np.float32)
            self._most = float(kept["most"]) if "most" in kept else float("inf")
            self.version = str(kept["version"])
        self.word = lru_cache(maxsize=50_000)(self._word)
        self._speaks = lru_cache(maxsize=50_000)(self._compared)

    def scores(self, words: Sequence[str]) -> list[float]:
        """One number a kind, in the order of the kinds; differences count."""
        if not words:
            return list(self.bias)
        shared = divisor(len(words), self._most)
        sums = map(sum, zip(*map(self.word, words), strict=True))
        return [said / shared + own for said, own in zip(sums, self.bias, strict=True)]

    def odds(self, parts: Sequence[Sequence[str]]) -> float:
        """Of a table with a column for each part of a text: what the words of all parts say together, without the signs."""
        said = sum(self.bias)
        for at, words in enumerate(parts):
            if words:
                said += sum(self.word(word)[at] for word in words) / divisor(len(words), self._most)
        return said

    def telling(self, words: Iterable[str], kind: str, most: int = 3) -> tuple[str, ...]:
        """The words that speak most for a kind, the strongest first."""
        at = self._kinds.index(kind)
        said = [(-value, word) for word in set(words) if len(word) > 2 and (value := self._speaks(word)[at]) > 1.5]
        return tuple(word for _value, word in sorted(said)[:most])

    def _compared(self, word: str) -> tuple[float, ...]:
        """How much a word speaks for each kind, beside what it says of all."""
        own = self.word(word)
        return tuple(2 * value - sum(own) / len(own) for value in own)

    def _word(self, word: str) -> tuple[float, ...]:
        key = np.uint32(key_of(word))
        at = int(np.searchsorted(self._keys, key))
        if at < len(self._keys) and self._keys[at] == key:
            return tuple((self._weights[at] * self._scale).tolist())
        return tuple((self._grams[grams(word)].sum(axis=0) * self._grams_scale).tolist())

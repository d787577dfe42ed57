"""How hard a text is to read: Flesch reading ease (Flesch 1948), syllables counted with Pyphen's hyphenation."""

import re
from dataclasses import dataclass
from functools import cache

import pyphen


@dataclass(frozen=True)
class Readability:
    """Words and sentences counted, Flesch reading ease (100 easy, 0 very hard), and the longest sentence in words."""

    words: int
    sentences: int
    ease: float
    longest: int

    @property
    def label(self) -> str:
        """In words: easy, plain, hard or very hard."""
        return next(
            name
            for border, name in ((70, "easy"), (55, "plain"), (35, "hard"), (-1e9, "very hard"))
            if self.ease >= border
        )


def readability(text: str, language: str = "en_US") -> Readability:
    """Measure running text; markup is left out of account."""
    plain = re.sub(r"https?://\S+|[#>*_`|\[\]()]", " ", text)
    parts = [part for part in re.split(r"[.!?]+\s|\n\s*\n|\n\s*[-+•]\s", plain) if re.search(r"\w", part)]
    counted = [re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", part) for part in parts]
    words = [word for part in counted for word in part]
    if not words:
        return Readability(0, 0, 100.0, 0)
    syllables = sum(_syllables(word.casefold(), language) for word in words)
    ease = 206.835 - 1.015 * len(words) / len(parts) - 84.6 * syllables / len(words)
    return Readability(len(words), len(parts), round(ease, 1), max(len(part) for part in counted))


@cache
def _dictionary(language: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=language)


def _syllables(word: str, language: str) -> int:
    groups = len(re.findall(r"[aeiouyäöü]+", word.removesuffix("e")))
    return max(1, (len(_dictionary(language).positions(word)) + 1 + max(1, groups) + 1) // 2)

"""How hard a text is to read: Flesch reading ease (Flesch 1948; for German as Amstad 1978), syllables counted with Pyphen's hyphenation."""

import re
from dataclasses import dataclass
from functools import cache

import pyphen

from askfirst.engines.languages import language_of

# Where it starts, and what a word in a sentence and a syllable in a word take away.
FORMULAS = {"en": (206.835, 1.015, 84.6), "de": (180.0, 1.0, 58.5)}


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


def readability(text: str) -> Readability:
    """Measure running text in English or German; markup is left out of account."""
    plain = re.sub(r"https?://\S+|[#>*_`|\[\]()]", " ", text)
    parts = [part for part in re.split(r"[.!?]+\s|\n\s*\n|\n\s*[-+•]\s", plain) if re.search(r"\w", part)]
    counted = [re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", part) for part in parts]
    words = [word for part in counted for word in part]
    if not words:
        return Readability(0, 0, 100.0, 0)
    language = "de" if language_of(plain) == "de" else "en"
    start, by_words, by_syllables = FORMULAS[language]
    syllables = sum(_syllables(word.casefold(), language) for word in words)
    ease = start - by_words * len(words) / len(parts) - by_syllables * syllables / len(words)
    return Readability(len(words), len(parts), round(ease, 1), max(len(part) for part in counted))


@cache
def _dictionary(language: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang={"de": "de_DE", "en": "en_US"}[language])


def _syllables(word: str, language: str) -> int:
    # An e at the end is silent in English and spoken in German.
    groups = len(re.findall(r"[aeiouyäöü]+", word if language == "de" else word.removesuffix("e")))
    return max(1, (len(_dictionary(language).positions(word)) + 1 + max(1, groups) + 1) // 2)

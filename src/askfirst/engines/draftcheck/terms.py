"""Confidential terms and code names of the organisation, with embargo dates; found in other letters and other endings too."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from askfirst.engines.draftcheck.findings import Draft, Finding
from askfirst.engines.marking import _

NAME, SPEAKER = "term", "speaker"
# Letters of other scripts that look like Latin ones, and digits that stand for letters.
_LOOKALIKES = str.maketrans(
    "аеорсухікѕјԁɡһпмтвАВЕКМНОРСТХІαοερτυνικΑΒΕΖΗΙΚΜΝΟΡΤΥΧ０１２３４５６７８９",
    "aeopcyxiksjdghnmtbABEKMHOPCTXIaoeptuvikABEZHIKMNOPTYX0123456789",
)
_LEET = str.maketrans("013457@$", "oieastas")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_TOKEN = re.compile(r"(?:[^\W_]|[\u00ad\u200b-\u200f\u2060\ufeff@$](?=[^\W_]))+")
_ENDINGS = ("innen", "ings", "ing", "ern", "ers", "em", "en", "er", "es", "ed", "s", "e")


@dataclass(frozen=True)
class Term:
    """`until`: the day from which it may be said; None: never. `speaker`: who speaks on it, for a topic."""

    text: str
    until: date | None = None
    speaker: str = ""


@dataclass(frozen=True)
class _Entry:
    stems: tuple[str, ...]
    term: Term


class Glossary:
    """Terms ready to be found; ten thousand take a few milliseconds to look up."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._first: dict[str, list[_Entry]] = {}
        self.size = 0
        for term in terms:
            stems = tuple(_stem(token) for _start, _end, token in tokens(term.text))
            if stems:
                self.size += 1
                self._first.setdefault(stems[0], []).append(_Entry(stems, term))
        # Also written together: Blue Heron, blueheron, blue-heron.
        self._joined: dict[str, Term] = {
            "".join(entry.stems): entry.term
            for entries in self._first.values() for entry in entries if len(entry.stems) > 1 and len("".join(entry.stems)) > 5
        }  # fmt: skip

    def find(self, text: str) -> Iterator[tuple[int, int, Term]]:
        """(start, end, term) of each term in the text, the longest first where they overlap."""
        found = tokens(text)
        stems = [_stem(token) for _start, _end, token in found]
        leet = [
            _stem(token.translate(_LEET)) if any(c.isdigit() or c in "@$" for c in token) else ""
            for _s, _e, token in found
        ]
        at = 0
        while at < len(found):
            length, term = self._longest(stems, leet, at)
            if term:
                yield found[at][0], found[at + length - 1][1], term
            at += max(1, length)

    def _longest(self, stems: list[str], leet: list[str], at: int) -> tuple[int, Term | None]:
        best, term = 0, None
        for first in {stems[at], leet[at]} - {""}:
            for entry in self._first.get(first, ()):
                length = len(entry.stems)
                if length > best and all(
                    at + step < len(stems) and want in (stems[at + step], leet[at + step])
                    for step, want in enumerate(entry.stems)
                ):
                    best, term = length, entry.term
        if term is None and stems[at] in self._joined:
            best, term = 1, self._joined[stems[at]]
        return best, term


def tokens(text: str) -> list[tuple[int, int, str]]:
    """(start, end, folded token) with offsets into the text as given: accents, look-alikes and invisible characters folded."""
    found = []
    for match in _TOKEN.finditer(text):
        plain = _plain(match[0])
        if plain:
            found.append((match.start(), match.end(), plain))
    return found


@lru_cache(maxsize=20_000)
def _plain(word: str) -> str:
    if word.isascii():
        return word.lower()
    word = unicodedata.normalize("NFKD", _INVISIBLE.sub("", word).translate(_LOOKALIKES).casefold())
    return "".join(c for c in word if not unicodedata.combining(c))


@lru_cache(maxsize=20_000)
def _stem(token: str) -> str:
    """Without its endings, as many as there are: herons, heron and heron's meet."""
    while True:
        ending = next((own for own in _ENDINGS if token.endswith(own) and len(token) - len(own) >= 4), "")
        if not ending:
            return token
        token = token[: -len(ending)]


def find(draft: Draft) -> Iterator[Finding]:
    if draft.glossary is None:
        return
    for start, end, term in draft.glossary.find(draft.text):
        if term.until is None:
            yield Finding(
                start, end, NAME, _("On your organisation's list of things that stay inside."), topic="confidential"
            )
        elif draft.today < term.until:
            values = (("day", term.until.isoformat()),)
            yield Finding(
                start, end, NAME, _("Not announced yet; it may be said from %(day)s."), values, topic="confidential"
            )


def find_speakers(draft: Draft) -> Iterator[Finding]:
    """Topics on which somebody else speaks; said once each, and never to those who do."""
    told = set()
    for start, end, term in draft.topics.find(draft.text) if draft.topics else ():
        if term not in told and term.speaker not in draft.own_names:
            told.add(term)
            values = (("who", term.speaker),)
            message = _("On this, %(who)s speaks for your organisation. Ask them first, or point people to them.")
            yield Finding(start, end, SPEAKER, message, values, topic="roles")


LONGEST = 200
_HEADS = {"term", "terms", "word", "words", "name", "begriff", "begriffe", "wort", "wörter"}
_DATE = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}")


def _split(line: str) -> tuple[str, str]:
    """(term, what is written as its date): columns behind tabs or semicolons, or one date behind the last comma.

    Other commas belong to the term: “Smith, Jones & Partners” is one client.
    """
    separator = next((own for own in "\t;" if own in line), None)
    if separator is None and line.startswith('"'):
        cells = next(csv.reader([line], skipinitialspace=True))
        return cells[0].strip(), next((cell.strip() for cell in cells[1:] if cell.strip()[:1].isdigit()), "")
    if separator:
        cells = [cell.strip().strip('"') for cell in line.split(separator)]
        return cells[0], next((cell for cell in cells[1:] if cell[:1].isdigit()), "")
    text, _comma, last = line.rpartition(",")
    return (text.strip(), last.strip()) if text and _DATE.fullmatch(last.strip()) else (line, "")


def read(lines: Iterable[str]) -> list[Term]:
    """Terms from a file: one a line, with a tab, semicolon or comma and a date where there is an embargo.

    Raises:
        ValueError: a date cannot be read, or a term is too long; the message names the line.
    """
    found = []
    for number, line in enumerate(lines, start=1):
        plain = line.strip().lstrip("\ufeff")
        # A term may be a hashtag; a remark has a space behind its sign.
        if not plain or plain == "#" or plain.startswith("# "):
            continue
        text, until = _split(plain)
        if number == 1 and text.casefold() in _HEADS:
            continue
        if len(text) > LONGEST:
            raise ValueError(
                f"Line {number} is longer than {LONGEST} characters: “{text[:40]} …”. Write one term a line."
            )
        if not until:
            found.append(Term(text, None))
            continue
        try:
            found.append(Term(text, date.fromisoformat(until)))
        except ValueError:
            raise ValueError(f"Line {number}: “{until}” is not a date; write it as 2026-05-14.") from None
    return found

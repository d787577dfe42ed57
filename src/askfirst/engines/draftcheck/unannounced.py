"""What may be a password or code by its looks, judged by the words around it: the second judge of `secrets`. English and German.

The rules of `secrets` know how people usually announce one. This judge knows no wording: it takes everything that may be one by its
form (a number, letters mixed with digits or signs, a word in quotation marks) and weighs its form, its place in the sentence, and what
each word around it says (docs/decisions/0009). Trained by training/secrets.py.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache, reduce
from operator import or_
from pathlib import Path
from typing import NamedTuple

import numpy as np

from askfirst.engines.draftcheck.findings import Span, touches
from askfirst.engines.draftcheck.unlocking import COMPOUND, ENDS, NO_UNIT, PASSWORD
from askfirst.engines.wordtable import WordTable, placed_words, words_of

PATH = Path(__file__).parent / "unannounced.npz"
# The columns of the table: what a word says anywhere near, just before, just after, and as the secret itself.
PARTS = ("around", "before", "after", "itself")
# The logarithm of the odds from which the table's word is taken; chosen so that in posts that resemble them nineteen of twenty findings are right.
SURE = 0.4
# How many words are read before it and after it, and how many of them stand next to it.
BEFORE, AFTER, NEXT = 14, 10, 3
MOST_DIGITS = 12

_NUMBER = (
    r"(?<![\w.,:/€$£#@+%°-])(?<![€$£] )(?:\d(?:(?:[ -]|, )?\d){2,24}[#*]?|\d\d[#*])(?![\w%€$£°/-]|[.,:]\d| ?[%€$£°])"
)
_TOKEN = r"(?<![^\s\"“„'‘(=])(?=\S*[\d!#$%&*+?^_~=-])(?![#@]|https?:|www\.|\S+@\S+\.\w)[^\s\"“”„'‘’()<>,;]{4,40}"
_QUOTED = r"(?<=[\"“„‘])[^\W\d_][^\"“”„’'\n]{2,24}(?=[\"”“’])"
# A plain word, alone or in a chain of such, where one could be said: after a comma, colon or "is", or behind what announces it.
_PLAIN = (
    r"(?<= )(?=[^\W\d_]{4,20}(?:-[^\W\d_]{1,20})*(?:[.,;!](?:\s|$)|\s*$| (?:as|als|sagen|nennen|gesetzt|geändert|zurückgesetzt)\b))"
    r"(?:(?<=[,:] )|(?<=\bis )|(?<=\bist )|(?<=\bwas )|(?<=\bwar )|(?<=still )|(?<=noch )|(?<=key )|(?<=code )|(?<=word )|(?<=wort )|(?<=lüssel )"
    r"|(?<=wants )|(?<=will )|(?<=type )|(?<=tippt )|(?<=say )|(?<=has )|(?<=hat )|(?<= to )|(?<= auf ))[^\W\d_]{4,20}(?:-[^\W\d_]{1,20})*"
)
_MAY_BE = re.compile(f"(?P<number>{_NUMBER})|(?P<quoted>{_QUOTED})|(?P<plain>{_PLAIN})|(?P<token>{_TOKEN})")
# What must be said shortly before a plain word, for anybody to take it for a secret.
_SAID_BEFORE = re.compile(
    rf"(?<!\w)(?:{PASSWORD}|{COMPOUND}|code|key|\w*schlüssel|\w*(?:word|wort)|phrase|losung|root|wi-?fi|wlan|hotspot|answer|antwort"
    r"|network|netz)(?!\w)[^\n]{0,55}$",
    re.IGNORECASE,
)
_MIXED = re.compile(r"\d+[#*]\d+|(?=.*[^\W\d_])(?:.*\d|.*[!#$%&*+?^_~=]\w)|[^\W\d_]+(?:-[^\W\d_]+)+\Z")
# Addresses, files, versions, amounts with their unit, ordinals, smileys, 5-day-week, 1850-1914.
_NO_SECRET = re.compile(
    r"\S+@\S+\.\w|\w+:\w+:\S+|\S*[.:]\d+[–:]\S*|[\w.-]+\.[a-z]{2,4}/\S*|\w+\.(?:com|org|net|de|example|io|eu|uk)\b"
    r"|\S+\.(?:jpe?g|png|gif|pdf|docx?|xlsx?|pptx?|mp[34]|mov|heic|csv|zip|py|js|html?|txt)"
    r"|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|(?:[\w-]+/)+[\w.-]+\Z|v?\d+(?:\.\d+)+\w?|\d+[.,:–-]?\d*[-–]?[A-Za-zäöüµ]{1,4}"
    r"|\d+(?:st|nd|rd|th)|[:;8][-o]?[)(DP]|\d+x\d+\w*|(?:\d+[/.])+\d+|[A-Z]&[A-Z]|\d+(?:[.,]\d+)?(?:-[^\W\d_]+)+"
    r"|(?i:i(?:phone|pad|os)|windows|android|pixel|galaxy|bluetooth|log4|sha|md|utf|ipv|http|oauth|web|covid|python|office|soc|iso|mp)-?\d\w*[!?]?"
    r"|(?:1\d|20)\d\d-(?:1\d|20)\d\d|\d{3}-\d{3}-\d{4}|1Z[A-Z\d]{16}"
)
_DATE = re.compile(r", \d{3}|\d{3}, ")
_SENTENCE_END = re.compile(r"[.!?](?=\s)|\n")


class Candidate(NamedTuple):
    """Something that may be a secret: where, the words around, just before, just after and in it, and its signs."""

    start: int
    end: int
    words: tuple[list[str], list[str], list[str], list[str]]
    signs: list[float]


class _Words:
    """The words of a text by their places, and where its sentences begin."""

    def __init__(self, text: str) -> None:
        placed = placed_words(text)
        self._starts = [start for start, _word in placed]
        self._words = [word for _start, word in placed]
        self._sentences = [0, *(found.end() for found in _SENTENCE_END.finditer(text)), len(text) + 1]

    def beside(self, start: int, end: int) -> tuple[list[str], list[str], list[str], list[str]]:
        """The words before and after a place: before its sentence, before it in its sentence, after it there, after its sentence."""
        sentence = bisect_right(self._sentences, start)
        at, behind = bisect_left(self._starts, start), bisect_left(self._starts, end)
        first = max(0, at - BEFORE)
        begins = max(first, bisect_left(self._starts, self._sentences[sentence - 1]))
        last = min(len(self._words), behind + AFTER)
        ends = max(behind, min(last, bisect_left(self._starts, self._sentences[sentence])))
        words = self._words
        return words[first:begins], words[begins:at], words[behind:ends], words[ends:last]


def candidates(text: str, passed: Sequence[Span]) -> Iterator[Candidate]:
    """Everything that may be a secret by its looks and touches nothing that is passed over, in the order of the text."""
    words = _Words(text)
    for found in _MAY_BE.finditer(text):
        kind = found.lastgroup or ""
        start, end = found.span()
        value = text[start:end]
        if kind == "number" and (
            sum(map(str.isdigit, value)) > MOST_DIGITS or _NO_SECRET.fullmatch(value) or _DATE.search(value)
        ):
            continue
        if kind == "plain" and not _SAID_BEFORE.search(text, max(0, start - 70), start):
            continue
        if kind == "token":
            if not re.search(r"\w[!?]$", value):
                value = value.rstrip(".:!?…")
                end = start + len(value)
            if not _MIXED.match(value) or _NO_SECRET.fullmatch(value):
                continue
        if not touches(start, end, passed):
            yield _candidate(text, words, start, end, kind)


# How words begin that speak of secrets, of what a secret opens, and of numbers that are none.
_CUES = {
    "password": "passw passc passp pwd pw kennw login log credential creds zugang anmeld kennung wi wifi wlan network netz"
    " vpn root admin user benutz",
    "key": "pin otp code key schlüssel token secret phrase wort word api losung",
    "lock": "alarm door gate till safe vault lock keypad padlock combo shed garage intercom barrier cage cabinet cupboard box lift"
    " entrance tür tor schranke tresor spind kasse schloss eingang hintertür seitentor drucker printer copier kopierer"
    " laptop phone tablet handy rechner",
    "number name": "geheimzahl kombination combination zahl ziffern digits numbers notfallcode kenncode türcode zugangscode",
    "opens": "open unlock type typ enter take want need ask tipp getippt eingeb gebt will geht auf nimm rein in press drück",
    "is": "is was are it's its still just then and use with ist war noch immer einfach mit nehmt dann danach und",
    "counted": "room hall bus unit over than sold order ticket platform floor level page no nr number of about since seit über rund etwa"
    " zimmer halle raum linie bestellung seite los model modell version flight flug iso din en bug item artikel stand extension"
    " durchwahl platz seat row train ice course kurs job stelle",
}
_BEGINNINGS = {cue: tuple(words.split()) for cue, words in _CUES.items()}
# Of these only whole words count.
_WHOLE = {"is", "counted", "opens"}


@lru_cache(maxsize=20_000)
def _cues_of(word: str) -> int:
    """Which kinds of cues a word is, as bits."""
    return sum(
        1 << at
        for at, (cue, words) in enumerate(_BEGINNINGS.items())
        if (word in words if cue in _WHOLE else word.startswith(words))
    )


_SHAPES = {
    "3": r"\d{3}",
    "4": r"\d{4}",
    "0": r"0\d+",
    "same": r"(\d)\1+",
    "5": r"\d{5}",
    "6": r"\d{6}",
    "7+": r"\d{7,}",
    "year": r"(?:1[6-9]|20)\d\d",
    "groups": r"\d{2,}(?:[ -]\d{2,})+",
    "apart": r"\d(?:[ -]\d)+",
    "list": r"\d+(?:, \d+)+",
    "hash": r".*[#*]",
    "capital word": r"[A-ZÄÖÜ][a-zäöüß]+\W?\d+\W?",
    "small word": r"[a-zäöüß]+\W?\d+\W?",
    "sign inside": r".*\w[!#$%&*+?^_~=]\w.*",
    "sign behind": r".*\w[!?]",
    "digit inside": r".*[^\W\d_]\d+[^\W\d_].*",
    "case inside": r".*[a-z][A-Z].*",
    "capitals": r"[A-Z\d-]+",
    "hex": r"(?=.*\d)(?=.*[a-f])[a-f\d-]{8,}",
    "dashes": r"[^-]+(?:-[^-]+){2,}",
    "dash": r"[^-]+-[^-]+",
    "letters": r"[^\W\d_]+(?:[ -][^\W\d_]+)*",
    "year behind": r"\D+(?:19|20)\d\d\W?",
    "long": r".{12,}",
}
_SHAPE = {name: re.compile(rf"(?:{shape})\Z") for name, shape in _SHAPES.items()}
_BEFORE = [re.compile(own) for own in (
    r"[:=→]\s?[\"“„'‘]?\Z", r",\s[\"“„'‘]?\Z", r"\b(?:is|ist|war|was|it's) (?:\w+ )?[\"“„'‘]?\Z", r"(?:^|[.!?]\s)\Z", r"/\s?\Z", r"\b(?:and|und) \Z",
)]  # fmt: skip
_AFTER = [re.compile(own) for own in (
    ENDS, NO_UNIT, r"[\"”“’']?\s*\Z", r"[\"”“’']?[.!?](?:\s|\Z)", r"[\"”“’']?,", r" [a-zäöü]", r" [A-ZÄÖÜ]",
)]  # fmt: skip


def _candidate(text: str, words: _Words, start: int, end: int, kind: str) -> Candidate:
    value = text[start:end]
    far_before, before, after, far_after = words.beside(start, end)
    signs = [float(kind == name) for name in ("number", "quoted", "plain", "token")]
    signs += [float(shape.match(value) is not None) for shape in _SHAPE.values()]
    for part in (far_before + before, before[-NEXT:], after):
        bits = reduce(or_, map(_cues_of, part), 0)
        signs += [float(bits >> at & 1) for at in range(len(_CUES))]
    close = text[max(0, start - 24) : start]
    signs += [float(own.search(close) is not None) for own in _BEFORE]
    signs += [float(own.match(text, end) is not None) for own in _AFTER]
    around = far_before + before + after + far_after
    return Candidate(start, end, (around, before[-NEXT:], after[:NEXT], words_of(value)), signs)


def guessed(text: str, taken: Sequence[Span]) -> Iterator[Span]:
    """Where it finds one, as (start, end).

    Args:
        taken: what has been found; what touches it is passed over.
    """
    for own in candidates(text, taken):
        if _odds(own) > SURE:
            yield own.start, own.end


def _odds(own: Candidate) -> float:
    table = _table()
    return table.odds(own.words) + float(table.signs @ np.array(own.signs, np.float32))


@cache
def _table() -> WordTable:
    return WordTable(PATH, PARTS)

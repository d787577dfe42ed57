"""Numbers that states give to people: check digit (package python-stdnum) and a word beside it that says what it is."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stdnum import luhn, verhoeff
from stdnum.at import vnr
from stdnum.au import tfn
from stdnum.be import nn
from stdnum.br import cpf
from stdnum.ch import ssn as ahv
from stdnum.de import idnr
from stdnum.dk import cpr
from stdnum.es import dni
from stdnum.fi import hetu
from stdnum.fr import nir
from stdnum.gb import nhs
from stdnum.ie import pps
from stdnum.it import codicefiscale
from stdnum.nl import bsn
from stdnum.no import fodselsnummer
from stdnum.pl import pesel
from stdnum.se import personnummer
from stdnum.us import itin, ssn

from askfirst.engines.draftcheck.findings import Draft, Finding, matches_at, near, touches
from askfirst.engines.marking import _

NAME = "id"
_NUMBER = _("A personal identity number. It does not belong in public.")
_PLATE = _("A number plate leads to whoever drives the car. Take it out, or cover it.")


def _any(_number: str) -> bool:
    return True


@dataclass(frozen=True)
class Kind:
    """One kind of number.

    Args:
        shape: how it is written.
        is_valid: its check digit, asked without blanks.
        beside: what must stand before it; empty: shape and check digit are enough.
    """

    shape: re.Pattern[str]
    is_valid: Callable[[str], bool] = _any
    beside: re.Pattern[str] | None = None
    message: str = _NUMBER


def _kind(shape: str, is_valid: Callable[[str], bool] = _any, beside: str = "", *, message: str = _NUMBER) -> Kind:
    border = re.compile(rf"(?<![\w.,-])(?:{shape})(?![\w-]|[.,]\d)")
    return Kind(border, is_valid, re.compile(beside) if beside else None, message)


# Directly before a number, with "no", "is" and the like between.
_SAID = r"[\s#:.]*(?:(?:no|nr|num|number|nummer|code|is|was|lautet|ist)\b[\s#:.]*){0,3}"
_PAPER = r"(?=[A-Z0-9]*\d[A-Z0-9]*\d[A-Z0-9]*\d)[A-Z0-9]{8,11}"

KINDS = (
    # United States
    _kind(r"\d{3}-\d{2}-\d{4}", ssn.is_valid),
    _kind(r"9\d{2}-[5-9]\d-\d{4}", itin.is_valid),
    _kind(r"\d{3}[- ]?\d{2}[- ]?\d{4}", beside=r"\bssn\b|\bsocial(?: security)?(?: (?:no|number))?\b[^a-z]{0,4}(?:is )?$|social security"),
    # United Kingdom, Ireland
    _kind(
        r"(?i:(?![DFIQUV])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D])",
    ),
    _kind(r"(?i:[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D])", beside=r"national insurance|\bni\b|\bnino\b"),
    _kind(r"\d{3}[ -]?\d{3}[ -]?\d{4}", nhs.is_valid, r"\bnhs\b"),
    _kind(r"[A-Z9]{5}\d{6}[A-Z9]{2}\d[A-Z]{2}"),
    _kind(r"\d{7}[A-W][A-IW]?", pps.is_valid, r"\bpps\b|\bppsn\b|personal public"),
    # Germany, Austria, Switzerland
    _kind(r"\d{2} ?\d{3} ?\d{3} ?\d{3}", idnr.is_valid, r"steuer|\bidnr|tax id"),
    _kind(r"\d{2} ?\d{6} ?[A-Z] ?\d{3}", beside=r"sozialversicherung|\bsv-?n|rentenversicherung"),
    _kind(r"[A-Z] ?\d{3} ?\d{3} ?\d{3}", beside=r"krankenversich|krankenkasse|versichertennummer|\bkvnr|gesundheitskarte"),
    _kind(r"\d{4} ?\d{6}", vnr.is_valid, r"sozialversicherung|\bsv-?n"),
    _kind(r"756\.\d{4}\.\d{4}\.\d{2}", ahv.is_valid),
    # France, Belgium, the Netherlands
    _kind(r"[12] ?\d{2} ?\d{2} ?\d[\dAB] ?\d{3} ?\d{3} ?\d{2}", nir.is_valid),
    _kind(r"\d{2}\.\d{2}\.\d{2}-\d{3}[.-]\d{2}", nn.is_valid),
    _kind(r"\d{9}", bsn.is_valid, r"\bbsn\b|burgerservice"),
    # Spain, Italy, Poland, Brazil
    _kind(r"\d{8}-?[A-Z]", dni.is_valid, r"\bdni\b|\bnif\b"),
    _kind(r"[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]", codicefiscale.is_valid),
    _kind(r"\d{11}", pesel.is_valid, r"\bpesel\b"),
    _kind(r"\d{3}\.\d{3}\.\d{3}-\d{2}", cpf.is_valid),
    # Denmark, Finland, Norway, Sweden
    _kind(r"\d{6}-?\d{4}", cpr.is_valid, r"\bcpr\b"),
    _kind(r"\d{6}[-+A]\d{3}[0-9A-FHJ-NPR-Y]", hetu.is_valid, r"\bhetu\b|henkilötunnus|finnish"),
    _kind(r"\d{6} ?\d{5}", fodselsnummer.is_valid, r"fødselsnummer|personnummer"),
    _kind(r"(?:\d{2})?\d{6}[-+]\d{4}", personnummer.is_valid, r"personnummer|personal number|swedish"),
    # Canada, Australia, India
    _kind(r"\d{3}[- ]?\d{3}[- ]?\d{3}", lambda number: luhn.is_valid(number.replace("-", "")), r"\bsin\b|social insurance"),
    _kind(r"\d{3} ?\d{3} ?\d{3}", tfn.is_valid, r"\btfn\b|tax file"),
    _kind(r"[2-6]\d{3} ?\d{5} ?\d", beside=r"medicare"),
    _kind(r"[2-9]\d{3}[ -]?\d{4}[ -]?\d{4}", lambda number: verhoeff.is_valid(number.replace("-", "")), r"aadhaa?r"),
    _kind(r"[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]", beside=r"\bpan\b"),
    # Papers of any country
    _kind(
        _PAPER,
        beside=rf"(?:passport|reisepass\w*|(?:personal)?ausweis\w*|id card|identity card|driv\w+ licen[cs]e|führerschein\w*){_SAID}(?:\w+\W+)?$",
    ),
    _kind(
        r"[A-ZÄÖÜ]{1,3}[- ][A-Z]{1,2} ?\d{1,4}[EH]?|[A-Z]{2}\d{2} ?[A-Z]{3}|[A-Z0-9]{2,4}[- ]?[A-Z0-9]{2,4}(?<=\d)|\d[A-Z]{3}\d{3}",
        beside=rf"(?:kennzeichen|nummernschild|number ?plates?|licen[cs]e plates?|reg(?:istration)? plates?|car reg(?:istration)?|plates?){_SAID}$",
        message=_PLATE,
    ),
)  # fmt: skip


# Where a number may begin: with a letter or figure, and a figure within the next twelve characters.
_MAY_BEGIN = re.compile(r"(?<![\w.,-])(?=\w[\w ./-]{0,11}\d)")


def find(draft: Draft) -> Iterator[Finding]:
    taken: list[tuple[int, int]] = []
    starts = [found.start() for found in _MAY_BEGIN.finditer(draft.text)]
    for kind in KINDS:
        for found in matches_at(kind.shape, draft.text, starts):
            start, end = found.span()
            if touches(start, end, taken):
                continue
            if kind.is_valid(found[0].replace(" ", "")) and (
                kind.beside is None or near(draft, start, end, kind.beside, 40, 0)
            ):
                taken.append((start, end))
                yield Finding(start, end, NAME, kind.message, mend="", topic="privacy")

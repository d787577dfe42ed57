"""Numbers that states give to people: check digit (package python-stdnum) and a word beside it that says what it is."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stdnum.de import idnr
from stdnum.es import dni
from stdnum.fr import nir
from stdnum.it import codicefiscale
from stdnum.nl import bsn
from stdnum.pl import pesel
from stdnum.us import ssn

from askfirst.engines.draftcheck.findings import Draft, Finding, near
from askfirst.engines.marking import _

NAME = "id"


@dataclass(frozen=True)
class Kind:
    """One kind of number. `beside` must stand near it, or, where `alone`, its shape is enough."""

    shape: re.Pattern[str]
    is_valid: Callable[[str], bool]
    beside: re.Pattern[str]
    alone: bool = False


def _any(_number: str) -> bool:
    return True


KINDS = (
    Kind(re.compile(r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])"), ssn.is_valid, re.compile(r"ssn|social security"), alone=True),
    Kind(re.compile(r"(?<!\w)\d{9}(?!\w)"), ssn.is_valid, re.compile(r"\bssn\b|social security")),
    Kind(
        re.compile(r"(?<!\w)(?![DFIQUV])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?!\w)", re.IGNORECASE),
        _any, re.compile(r"national insurance|\bni\b|\bnino\b|ni number"), alone=True,
    ),
    Kind(re.compile(r"(?<!\w)\d{2} ?\d{3} ?\d{3} ?\d{3}(?!\w)"), idnr.is_valid, re.compile(r"steuer|\bidnr|tax id|steuer-id")),
    Kind(re.compile(r"(?<!\w)\d{2} ?\d{6} ?[A-Z] ?\d{3}(?!\w)"), _any, re.compile(r"sozialversicherung|\bsv-?nummer|rentenversicherung")),
    Kind(re.compile(r"(?<!\w)[12] ?\d{2} ?\d{2} ?\d[\dAB] ?\d{3} ?\d{3} ?\d{2}(?!\w)"), nir.is_valid, re.compile(r"sécurité|\bnir\b|sécu"), alone=True),
    Kind(re.compile(r"(?<!\w)\d{8}-?[A-Z](?!\w)"), dni.is_valid, re.compile(r"\bdni\b|\bnif\b")),
    Kind(re.compile(r"(?<!\w)[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z](?!\w)"), codicefiscale.is_valid, re.compile(r"codice"), alone=True),
    Kind(re.compile(r"(?<!\w)\d{9}(?!\w)"), bsn.is_valid, re.compile(r"\bbsn\b|burgerservice")),
    Kind(re.compile(r"(?<!\w)\d{11}(?!\w)"), pesel.is_valid, re.compile(r"\bpesel\b")),
    Kind(
        re.compile(r"(?<!\w)(?=[A-Z0-9]*\d{4})[A-Z0-9]{8,9}(?!\w)"), _any,
        re.compile(
            r"passport(?: no| number| nr)?\W*(?:is\W*)?$|reisepass\w*\W*(?:\w+\W+)?$"
            r"|personalausweis\w*\W*(?:\w+\W+)?$|ausweisnummer\W*$|driving licen[cs]e\W*(?:\w+\W+)?$"),
    ),
)  # fmt: skip


def find(draft: Draft) -> Iterator[Finding]:
    taken: set[int] = set()
    for kind in KINDS:
        for found in kind.shape.finditer(draft.text):
            if found.start() in taken or not kind.is_valid(re.sub(r"[ ]", "", found[0])):
                continue
            if kind.alone or near(draft, found.start(), found.end(), kind.beside, 40, 0):
                taken.add(found.start())
                message = _("A personal identity number. It does not belong in public.")
                yield Finding(found.start(), found.end(), NAME, message, topic="privacy")

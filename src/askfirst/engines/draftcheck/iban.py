"""Bank accounts: IBAN by its check digits (package python-stdnum)."""

import re
from collections.abc import Iterator

from stdnum import iban

from askfirst.engines.draftcheck.findings import Draft, Finding, near
from askfirst.engines.marking import _

NAME = "iban"
_SHAPE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[ -]?\d{2}(?:[ -]?[A-Za-z0-9]){11,30}(?![A-Za-z0-9])")
LENGTHS = {"DE": 22, "AT": 20, "CH": 21, "GB": 22, "IE": 22, "FR": 27, "ES": 24, "IT": 27, "NL": 18, "BE": 16, "PL": 28, "PT": 25,
            "SE": 24, "DK": 18, "NO": 15, "FI": 18, "LU": 20, "CZ": 24, "HU": 28, "LI": 21, "IS": 26, "RO": 24, "BG": 22, "HR": 21,
            "SI": 19, "SK": 24, "EE": 20, "LV": 21, "LT": 20, "GR": 27, "CY": 28, "MT": 31, "MC": 27, "SM": 27, "TR": 26, "UA": 29,
            "RS": 22, "BA": 20, "ME": 22, "MK": 19, "AL": 28, "MD": 24, "GE": 22, "IL": 23, "SA": 24, "AE": 23, "QA": 29, "KW": 30}  # fmt: skip
_SAID = re.compile(r"\biban\b")
OFFLINE = (_SHAPE,)


def find(draft: Draft) -> Iterator[Finding]:
    for found in _SHAPE.finditer(draft.text):
        end = _end(draft, found)
        if end:
            message = _("A bank account number. It does not belong in public.")
            yield Finding(found.start(), end, NAME, message, mend="", topic="privacy")


def _end(draft: Draft, found: re.Match[str]) -> int:
    """Where the number ends; words that follow it may have been read as part of it."""
    raw = found[0]
    country = raw[:2].upper()
    for end in range(len(raw), 14, -1):
        part = raw[:end]
        plain = re.sub(r"[ -]", "", part)
        if not raw[end - 1].isalnum() or (end < len(raw) and raw[end].isalnum()):
            continue
        if len(plain) >= 15 and iban.is_valid(plain, check_country=False):
            return found.start() + end
    plain = re.sub(r"[ -]", "", raw)
    length = LENGTHS.get(country, 0)
    if (
        length
        and len(plain) >= length
        and plain[2:10].isdigit()
        and near(draft, found.start(), found.end(), _SAID, 20, 0)
    ):
        return found.end()
    return 0

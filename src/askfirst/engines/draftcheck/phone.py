"""Telephone numbers (package phonenumberslite), told from order numbers, years and scores by what stands beside them."""

import re
from collections.abc import Iterator

from phonenumbers import Leniency, PhoneNumberMatcher

from askfirst.engines.draftcheck.findings import Draft, Finding, near, touches
from askfirst.engines.marking import _

NAME = "phone"
_CALLING = re.compile(
    r"\b(?:call(?:ed|ing)?|ring|phone|phones|tel|tele?phone|telefon(?:isch|nummer)?|mobile?|mobil(?:nummer)?"
    r"|cell|text(?: me| him| her| us| them)|sms|whatsapp|signal|telegram|reach(?: me| him| her| us| them)?|"
    r"handy(?:nummer)?|nummer|number(?: is|:)|ruf\w*|anruf\w*|erreich\w*|durchwahl|hotline|fax|extension|☎|📞|📱|☎️|meldet? euch|dial"
    r"|direct line|line is)\b|[☎📞📱]"
)
# What else has numbers; in German every word that ends as one does, but for those of telephones.
_OTHER = re.compile(
    r"(?:\border\b|\border(?:\s?(?:no|nr|number|id))?|invoice|receipt|ticket|tracking|parcel|shipment|booking"
    r"|reservation|reference|ref|case|sku|isbn|issn|ean|serial|article|item|version|build|model|machine"
    r"|coupon(?: code)?|gutschein\w*|voucher(?: code)?|code|part|maschine|patent|account|customer (?:no|number"
    r"|id)|\b(?:policy|member(?:ship)?|claim|file|frame|meter|contract|charity|company|registration|licen[cs]e|permit|passport|visa"
    r"|batch|lot|bib|start|tax|vat|student|employee|staff|badge|locker|seat|flight|train|chip|tag|docket|incident|complaint|warranty"
    r"|raffle|chassis|engine|certificate|roll|queue|id)(?= (?:no|nr|num|number|id)\b)|"
    r"bestell\w*|auftrag\w*|rechnung\w*|sendung\w*|paket\w*|vorgang\w*|aktenzeichen|artikel\w*|serien\w*|buchung\w*|referenz\w*|"
    r"(?<!\w)(?!(?:tel|fon|phone|handy|mobil|ruf|not|service|hotline|fax|durchwahl|privat|dienst|büro|praxis|kontakt"
    r"|whatsapp|festnetz|sms|support|haupt|zentral|geschäft|firmen)\w*n(?:ummer|r)\b)\w{3,}(?:nummer|nr)\b|"
    r"score|ergebnis|coordinates|koordinaten|gps|doi|rfc|iso|din|#|№|budget|revenue|umsatz|population|einwohner|iban|card|karte|imei|vin)\W*(?:(?:no|nr|num|number|nummer|id|code|is|was|lautet|ist|:|#|\.)\W*){0,3}$"
)
_REGIONS = {"en": ("GB", "US"), "de": ("DE", "AT", "CH"), "fr": ("FR",), "es": ("ES",), "it": ("IT",), "nl": ("NL",)}
_DIGITS = re.compile(r"\d")
_AS_ABROAD = re.compile(r"\+|00|wa\.me/|send\?phone=")
# Where a number may be: looking through a whole text is slow, and done six times.
_RUN = re.compile(r"[+(]{0,2}\d(?:[\s()./\u2010-\u2015-]{0,4}\d){5,}")


def find(draft: Draft) -> Iterator[Finding]:
    runs = [(max(0, found.start() - 2), found.end() + 2) for found in _RUN.finditer(draft.text)]
    if not runs:
        return
    regions = [draft.country.upper().replace("UK", "GB")] if draft.country else []
    regions += [own for own in _REGIONS.get(draft.language or "en", ()) if own not in regions]
    regions += [own for own in ("GB", "US", "DE") if own not in regions]
    taken: list[tuple[int, int]] = []
    # What is merely possible counts only as it is dialled from abroad, or where somebody is to call it.
    likely = [
        own
        for own in runs
        if _AS_ABROAD.search(draft.text, max(0, own[0] - 12), own[1])
        or near(draft, own[0] + 2, own[1] - 2, _CALLING, 70, 30)
    ]
    for leniency, tried in ((Leniency.VALID, runs), (Leniency.POSSIBLE, likely)):
        for region in regions:
            for start, end in _numbers(draft.text, tried, region, leniency):
                if touches(start, end, taken):
                    continue
                if not _is_meant(draft, start, end, is_valid=leniency == Leniency.VALID):
                    continue
                taken.append((start, end))
                yield Finding(
                    start,
                    end,
                    NAME,
                    _("A telephone number. Does its owner want it in public?"),
                    mend="",
                    topic="privacy",
                )


def _numbers(text: str, runs: list[tuple[int, int]], region: str, leniency: int) -> Iterator[tuple[int, int]]:
    for start, end in runs:
        for match in PhoneNumberMatcher(text[start:end], region, leniency=leniency):
            yield start + match.start, start + match.end


def _is_meant(draft: Draft, start: int, end: int, *, is_valid: bool) -> bool:
    raw = draft.text[start:end]
    # What stands before the figures, the first of which may be no part of the number in this country.
    before = draft.lowered[max(0, start - 40) : start].rstrip(" 0123456789")
    digits = len(_DIGITS.findall(raw))
    called = near(draft, start, end, _CALLING, before=60, after=20)
    if _OTHER.search(before) and not raw.startswith("+"):
        return False
    if before.endswith(("wa.me/", "send?phone=")):
        return True
    if start and draft.text[start - 1] in "#€$£.,/=-_@" and not raw.startswith("+"):
        return False
    if draft.text[end : end + 1] in {"%", "€", "$", "£", "/", "_"} and not called:
        return False
    if _is_dates(raw):
        return False
    if raw.lstrip("(").startswith("+") or (raw.startswith("00") and digits >= 11):
        return digits >= 8
    if not is_valid:
        return called and digits >= 7
    # A bare run of digits is a number of anything, unless somebody is to call it.
    has_shape = bool(re.search(r"\d[\s./()-]+\d", raw)) or raw.startswith(("0", "(0"))
    return called or (has_shape and digits >= 9 and not _is_grouped_amount(raw))


def _is_dates(raw: str) -> bool:
    """Years and dates side by side, such as 2024-2026 or 12.05.2026 - 14.05.2026."""
    parts = re.findall(r"\d+", raw)
    return all(
        (len(part) == 4 and part[:2] in {"18", "19", "20", "21"}) or (len(part) <= 2 and int(part) <= 31)
        for part in parts
    )


def _is_grouped_amount(raw: str) -> bool:
    """Thousands in groups of three: 120 000 000."""
    return bool(re.fullmatch(r"[1-9]\d{0,2}(?:[ .,]\d{3})+", raw))

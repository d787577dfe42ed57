"""Payment cards: length, issuer and Luhn's check digit, and not an order number."""

import re
from collections.abc import Iterator

from stdnum import luhn

from askfirst.engines.draftcheck.findings import Draft, Finding, near
from askfirst.engines.marking import _

NAME = "card"
_SHAPE = re.compile(r"(?<![\w.,-])\d(?:[ -]?\d){12,18}(?![\w-])")
_ISSUER = re.compile(
    r"4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2(?:2[2-9]|[3-6]\d|7[01])\d{13}|2720\d{12}|3[47]\d{13}|6(?:011|5\d\d)\d{12}|64[4-9]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}|(?:5018|5020|5038|6304|6759|676[1-3])\d{8,15}"
)
_CARD = re.compile(
    r"\b(?:card|cards|visa|mastercard|amex|american express|maestro|cvv|cvc|exp|expires|karte\w*|kreditkarte\w*|kartennummer|gültig|debit|credit)\b"
)
_OTHER = re.compile(
    r"(?:order|tracking|parcel|shipment|invoice|imei|isbn|ean|serial|reference|ref|ticket|bestell\w*|sendung\w*|paket\w*|rechnung\w*|serien\w*|vorgang\w*)\W*(?:\w{1,8}\W+){0,2}$"
)
OFFLINE = (_SHAPE,)


def find(draft: Draft) -> Iterator[Finding]:
    for found in _SHAPE.finditer(draft.text):
        digits = re.sub(r"[ -]", "", found[0])
        if not _ISSUER.fullmatch(digits) or not luhn.is_valid(digits) or len(set(digits)) < 2:
            continue
        is_card = near(draft, found.start(), found.end(), _CARD, 50, 40)
        is_grouped = bool(re.fullmatch(r"\d{4}([ -])\d{4}\1\d{4}\1\d{4}|3\d{3}([ -])\d{6}\2\d{5}", found[0]))
        if not is_card and _OTHER.search(draft.lowered[max(0, found.start() - 40) : found.start()]):
            continue
        if is_card or is_grouped or len(digits) in {15, 16}:
            yield Finding(
                found.start(),
                found.end(),
                NAME,
                _("A payment card number. It does not belong in public."),
                mend="",
                topic="privacy",
            )

"""Findings in a draft, each on its own: no overall score, no threshold, no verdict. One file per detector, one list."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from askfirst.engines.draftcheck import (
    card,
    claims,
    disclosure,
    iban,
    ids,
    links,
    location,
    made_with_ai,
    mail,
    manners,
    names,
    phone,
    promises,
    reviews,
    secrets,
    terms,
)
from askfirst.engines.draftcheck.findings import Draft, Finding, Standing
from askfirst.engines.draftcheck.names import Names
from askfirst.engines.draftcheck.protected import is_protected, standing
from askfirst.engines.draftcheck.terms import Glossary, Term
from askfirst.engines.languages import language_of
from askfirst.engines.marking import _

__all__ = [
    "DETECTORS",
    "PROTECTED",
    "Draft",
    "Finding",
    "Glossary",
    "Names",
    "Term",
    "check",
    "is_protected",
    "language_of",
]


@dataclass(frozen=True)
class Detector:
    """One detector.

    Args:
        is_data: about other people's data and secrets, looked for in protected speech as well.
        guesses: from words that mean one thing or another, so it stays silent where speech may be protected.
    """

    name: str
    label: str
    find: Callable[[Draft], Iterator[Finding]]
    is_data: bool = False
    guesses: bool = False


DETECTORS = (
    Detector(mail.NAME, _("Mail addresses"), mail.find, is_data=True),
    Detector(phone.NAME, _("Telephone numbers"), phone.find, is_data=True),
    Detector(iban.NAME, _("Bank accounts"), iban.find, is_data=True),
    Detector(card.NAME, _("Payment cards"), card.find, is_data=True),
    Detector(ids.NAME, _("Identity numbers"), ids.find, is_data=True),
    Detector(secrets.NAME, _("Passwords and keys"), secrets.find, is_data=True),
    Detector(location.NAME, _("Places and homes"), location.find, is_data=True),
    Detector(terms.NAME, _("Things that stay inside"), terms.find),
    Detector(terms.SPEAKER, _("Topics on which others speak"), terms.find_speakers),
    Detector(names.NAME, _("People and clients by name"), names.find),
    Detector(links.NAME, _("Links with keys"), links.find),
    Detector(disclosure.NAME, _("Saying that you work there"), disclosure.find, guesses=True),
    Detector(reviews.NAME, _("Reviews of own products"), reviews.find),
    Detector(promises.NAME, _("Promises of prices and dates"), promises.find, guesses=True),
    Detector(claims.NAME, _("Claims about health, money, environment"), claims.find),
    Detector(made_with_ai.NAME, _("Made with AI"), made_with_ai.find),
    Detector("chorus", _("The same words as colleagues"), manners.find_chorus),
    Detector("hashtags", _("Hashtags"), manners.find_hashtags),
    Detector("shouting", _("Shouting"), manners.find_shouting),
    Detector("tone", _("Tone"), manners.find_tone, guesses=True),
)
PROTECTED = _(
    "This speaks about pay, working conditions, safety or your rights at work. That is protected: nobody here may forbid it."
)
# Which detectors give way where they overlap: a card is no telephone number.
_STRONGER = ("link", "secrets", "iban", "card", "id", "location", "mail", "phone")


def check(draft: Draft) -> list[Finding]:
    """All findings in the order of the text. In protected speech only other people's data and secrets are looked for."""
    draft = replace(draft, language=draft.language or language_of(draft.text), standing=standing(draft.text))
    asked = [
        own
        for own in DETECTORS
        if own.is_data or draft.standing is Standing.NO or (draft.standing is Standing.PERHAPS and not own.guesses)
    ]
    found = [finding for detector in asked for finding in detector.find(draft)]
    kept: list[Finding] = []
    for own in sorted(found, key=_rank):
        if own.detector in _STRONGER and any(
            other.detector in _STRONGER and own.start < other.end and other.start < own.end for other in kept
        ):
            continue
        kept.append(own)
    return sorted(kept, key=lambda one: (one.start, one.end, one.detector))


def _rank(own: Finding) -> tuple[bool, int]:
    return own.is_guess, _STRONGER.index(own.detector) if own.detector in _STRONGER else len(_STRONGER)

"""What makes a post hard to read or sound ordered: too many hashtags, shouting, a chorus of copies, and a sharp tone."""

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from askfirst.engines.draftcheck.findings import Draft, Finding
from askfirst.engines.marking import _

MOST_TAGS = 5
_TAG = re.compile(r"(?<!\w)#\w+")
_LOUD = re.compile(r"(?:\b[A-ZÄÖÜ]{2,}\b[\s,!?'’-]*){4,}")
_MARKS = re.compile(r"[!?]{3,}|!(?:[^\w\n]?!){2,}")
_SHARP = re.compile(
    r"\b(?:idiots?|morons?|stupid|dumb|imbeciles?|losers?|liars?|shut up|pathetic|disgusting|clowns?|scum"
    r"|garbage people|you people|what is wrong with you|go to hell|hate you|idioten?|dumm(?:kopf|köpfe|es)?"
    r"|blöd\w*|trottel|lügner|halt die klappe|widerlich\w*|abschaum|spinner|deppen?|vollpfosten)\b",
    re.IGNORECASE,
)
ALIKE = 86
OFFLINE_SHOUTING = (_MARKS,)
OFFLINE_HASHTAGS = (re.compile(r"(?:(?<!\w)#\w+[\s,]*){6,}"),)


def find_hashtags(draft: Draft) -> Iterator[Finding]:
    tags = list(_TAG.finditer(draft.text))
    if len(tags) > MOST_TAGS:
        message = _("%(number)s hashtags; more than five look like advertising and hide what matters.")
        yield Finding(tags[MOST_TAGS].start(), tags[-1].end(), "hashtags", message, (("number", str(len(tags))),))


def find_shouting(draft: Draft) -> Iterator[Finding]:
    for found in _LOUD.finditer(draft.text):
        words = found[0].rstrip()
        if sum(c.isalpha() for c in words) >= 14:
            yield Finding(
                found.start(),
                found.start() + len(words),
                "shouting",
                _("Capitals read like shouting."),
                mend=_calm(words),
            )
    for found in _MARKS.finditer(draft.text):
        yield Finding(
            found.start(), found.end(), "shouting", _("One mark says it too."), mend="?" if "?" in found[0] else "!"
        )


def _calm(words: str) -> str:
    return words[:1] + words[1:].lower()


def find_chorus(draft: Draft) -> Iterator[Finding]:
    """The same words as colleagues: from outside that looks ordered."""
    plain = " ".join(re.sub(r"https?://\S+|[#@]\w+", " ", draft.lowered).split())
    if len(plain) < 30:
        return
    for other in draft.recent:
        said = " ".join(re.sub(r"https?://\S+|[#@]\w+", " ", other.lower()).split())
        if said and fuzz.token_sort_ratio(plain, said) >= ALIKE:
            message = _("Colleagues have posted nearly the same words; your own are worth more.")
            yield Finding(0, len(draft.text), "chorus", message, topic="disclosure")
            return


def find_tone(draft: Draft) -> Iterator[Finding]:
    for found in _SHARP.finditer(draft.text):
        yield Finding(
            found.start(),
            found.end(),
            "tone",
            _("Would you say it like this to their face? Sleep on it, or say what happened instead."),
        )

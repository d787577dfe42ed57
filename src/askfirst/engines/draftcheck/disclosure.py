"""Whoever praises what their employer sells says so: in words, in the post, near the front, in its language.

Sources: 16 CFR 255.5 and the FTC's guidance (US), CAP Code 2.1 (UK), UCPD annex I no. 11 and 22 and DSA art. 26(2) (EU).
"""

import re
from collections.abc import Iterator

from askfirst.engines.draftcheck.findings import Draft, Finding
from askfirst.engines.draftcheck.promotion import promotes
from askfirst.engines.draftcheck.signs import VEILED
from askfirst.engines.languages import language_of
from askfirst.engines.marking import _

NAME = "disclosure"
# What most networks show before “more”.
FOLD = 125
MOST_TAGS = 5

_CLEAR = {
    "en": re.compile(
        r"\bi(?: am|'m)?(?: proud(?:ly)?| lucky| happy| glad)?(?: to)? (?:also |actually |currently "
        r")?(?:work(?:ed|ing)? (?:for|at|with|here|there|in the|on the)|got to work|helped (?:make|build"
        r"|design|develop|create|launch|test|write)"
        r"|(?:build|built|make|made|sell|sold|design(?:ed)?|develop(?:ed)?|test|sew)(?= (?:it|them|these|those|the|our|part|this)\b"
        r"(?! (?:year|week|month|morning|summer|spring|winter|autumn|decision)))|run the)\b"
        r"|\b(?:part|member) of the (?:\w+ ){0,3}?team\b|\b(?:we|us|all of us) (?:here )?at [A-Z]\w+|\b(?:here )?at [A-Z]\w+,? we\b"
        r"|\bi(?:'m| am|'ve been| have been| was|'d been) (?:at|with) [A-Z]\w+|\b(?:our|my) (?:[A-Z]\w+ )?team\b"
        r"|\bas one of the\b|\bi'm one of them\b"
        r"|\bi work (?:for|at|here|there|in)\b|\bwhere i work\b|\bi(?:'m| am) (?:an? |one of the |on the "
        r"|part of the |with the )?(?:\w+[ -]){0,3}?(?:employee|staff(?: member)?|team(?: member)?|engineer"
        r"|designer|developer|manager|founder|baker|technician|consultant|nurse|colleague|intern|apprentice"
        r"|rep)\b[^.!?]{0,20}\b(?:at|of|for|with|here|there)\b"
        r"|\b(?:full )?disclosure\b:?|\bmy (?:employer|company|workplace|firm|boss(?:es)?|job at|day job"
        r"|colleagues|team)\b|\bmy \w+ colleagues\b|\bas an? (?:\w+[ -]){0,3}?(?:employee|staff member|team member|engineer|designer"
        r"|member of staff|insider)\b|\bemployee (?:here|of|at)\b|\b(?:disclaimer|transparency): |\bwe (?:made"
        r"|make|built|build|designed|developed) (?:this|it|them|these)\b|\b(?:i'm|i am) biased\b|\bpaid (?:by"
        r"|partnership)\b|\bthe company i work\b|\bat work(?:,| we)\b.{0,30}\bwe (?:make|made|built)\b"
        r"|(?:^|\W)#?(?:\w{2,30}(?:employee|staff|insider|crew)|iworkfor\w+|iworkat\w+|employee(?:post|of\w+)?"
        r"|workfor\w+|workingat\w+)\b|^\W*(?:#?ad|advert(?:isement)?|#advert|sponsored)\b|\(\s*(?:ad|advert|i "
        r"work there|i work here|my employer)\s*\)|\bad:",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"\bich bin (?:seit \w+ (?:\w+ )?)?bei [A-ZÄÖÜ]\w+|\bunser(?:e[rmns]?)? team\b|\bwir bei [A-ZÄÖÜ]\w+"
        r"|\bich (?:\w+ ){0,3}?(?:arbeite|bin (?:\w+ ){0,4}?(?:angestellt|beschäftigt|mitarbeiter(?:in)?|teil "
        r"des teams|im team)|habe (?:\w+ ){0,5}?mit(?:entwickelt|gebaut|gearbeitet|gemacht))\b|\b(?:bei|für) "
        r"\w+(?: \w+)? arbeite(?:nd)?\b|\barbeite(?: \w+){0,3} (?:bei|für|dort|da|hier)\b|\barbeite ich\b"
        r"|\bich bin (?:\w+ ){1,3}bei \w+\b|\bwo ich arbeite\b|\bmein(?:e|em|en|er)? (?:arbeitgeber\w*|firma|unternehmen|job bei|team bei"
        r"|betrieb)\b|\bals (?:\w+ )?(?:mitarbeiter(?:in)?|angestellte(?:r)?|beschäftigte(?:r)?)\b"
        r"|\bmitarbeiter(?:in)? (?:bei|von|der|des)\b|\bhinweis: ich\b|\btransparenz:|\bin eigener sache\b"
        r"|\bwir (?:bauen|machen|nähen|entwickeln) (?:ihn|sie|es|das|die|den)\b"
        r"|\bwir haben (?:ihn|sie|es|das|die|den)\b[^.!?]{0,40}\b(?:gebaut|gemacht|genäht|entwickelt|entworfen|geschrieben)\b"
        r"|(?:^|\W)#?(?:\w{2,30}(?:mitarbeiter(?:in)?|team)|ichbin\w+|arbeitebei\w+)\b|^\W*#?(?:werbung"
        r"|anzeige)\b|\(\s*(?:werbung|anzeige|ich arbeite (?:dort|da))\s*\)|\b(?:werbung|anzeige):",
        re.IGNORECASE,
    ),
}


def find(draft: Draft) -> Iterator[Finding]:
    language = draft.language or language_of(draft.text)
    place = promotes(draft.text, language, brands=draft.brands, employer=draft.organisation)
    if place is None:
        return
    found = _first_clear(draft.text, language)
    opening = _opening(language, draft.organisation)
    lead = f"{opening} "
    if found is None:
        other = next((m for own in _CLEAR if own != language and (m := _CLEAR[own].search(draft.text))), None)
        if other is not None and language in _CLEAR:
            message = _("The disclosure is in another language than the post; readers must understand it.")
            yield Finding(other.start(), other.end(), NAME, message, mend=lead, topic="disclosure", is_lead=True)
            return
        veiled = VEILED.search(draft.text)
        if veiled:
            message = _("Hardly anybody understands this as “I work there”. Say it in words, near the front.")
            start = veiled.start() + len(veiled[0]) - len(veiled[0].lstrip())
            yield Finding(start, veiled.end(), NAME, message, mend=lead, topic="disclosure", is_lead=True)
            return
        yield Finding(
            *place, NAME, _law(draft), (("opening", opening.rstrip(".")),), mend=lead, topic="disclosure", is_lead=True
        )
        return
    in_tags = _tags_around(draft.text, found.start())
    if in_tags > MOST_TAGS:
        message = _("The disclosure is one of many hashtags, where nobody reads it. Put it near the front, in words.")
        yield Finding(found.start(), found.end(), NAME, message, mend=lead, topic="disclosure", is_lead=True)
    elif found.start() > FOLD and found.start() > place[1]:
        message = _(
            "The disclosure stands behind the fold; most readers see only the beginning. Put it near the praise."
        )
        yield Finding(found.start(), found.end(), NAME, message, mend=lead, topic="disclosure", is_lead=True)
    elif draft.place == "reply" and place[0] < found.start() and found.start() > FOLD:
        yield Finding(
            found.start(), found.end(), NAME, _("Say it in the post itself, not in a reply."), topic="disclosure"
        )


def _first_clear(text: str, language: str) -> re.Match[str] | None:
    pattern = _CLEAR.get(language)
    if pattern is None:
        return next((m for own in _CLEAR.values() if (m := own.search(text))), None)
    return pattern.search(text)


def _tags_around(text: str, at: int) -> int:
    """How many hashtags stand in the same run, if the place is inside one."""
    for run in re.finditer(r"(?:#[\w-]+[\s,|·•]*)+", text):
        if run.start() <= at + 1 and at < run.end():
            return run[0].count("#")
    return 0


def _law(draft: Draft) -> str:
    country = draft.country.lower()
    if country == "us":
        return _(
            "You praise what your employer sells? Then say in the post that you work there: “%(opening)s” (16 CFR 255.5)."
        )
    if country in {"gb", "uk"}:
        return _(
            "You praise what your employer sells? Then it must be plain at once: “%(opening)s” or “Ad:” (CAP Code 2.1)."
        )
    if country:
        return _(
            "You praise what your employer sells? Then say so at once: “%(opening)s”. Hidden advertising is unfair in all cases (UCPD annex I)."
        )
    return _("You praise what your employer sells? Then say in the post that you work there: “%(opening)s”.")


def _opening(language: str, organisation: str) -> str:
    if organisation:
        sentences = {"de": "Ich arbeite bei %s.", "fr": "Je travaille chez %s.", "es": "Trabajo en %s."}
        return sentences.get(language, "I work for %s.") % organisation
    return {"de": "Ich arbeite dort.", "fr": "J’y travaille.", "es": "Trabajo allí."}.get(language, "I work there.")

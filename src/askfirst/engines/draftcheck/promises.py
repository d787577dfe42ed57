"""What a post promises for the organisation: prices, dates, cures, gains, reviews of one's own products, pictures made with AI."""

import re
from collections.abc import Iterator

from askfirst.engines.draftcheck.findings import Draft, Finding
from askfirst.engines.marking import _

_PROMISE = re.compile(
    r"\b(?:we|our (?:team|company)|i)(?:'ll| will| guarantee| promise)[^.!?\n]{0,60}?\b(?:refund|replace"
    r"|deliver|ship|never|always|by (?:monday|tuesday|wednesday|thursday|friday|tomorrow|next week|the end)"
    r"|free of charge|within \d+|lifetime|price|launch|release)\w*|\bguarantee[ds]?\b|\b(?:price|prices) "
    r"(?:will|won't|are going to)\b[^.!?\n]{0,40}|\b(?:launch(?:es|ing)?|coming|releas(?:es|ing)|ships?"
    r"|arriv(?:es|ing)|available) (?:on|in|next|this) (?:\d|january|february|march|april|may|june|july|august"
    r"|september|october|november|december|spring|summer|autumn|fall|winter|week|month|monday|tuesday"
    r"|wednesday|thursday|friday)\w*"
    r"|\bwir (?:werden|garantieren|versprechen|liefern|ersetzen|erstatten)\b[^.!?\n]{0,60}|\bgarantiert\b"
    r"|\b(?:preise?) (?:wird|werden|bleib\w+|sink\w+|steig\w+)\b|\b(?:kommt|erscheint|startet) (?:am|im"
    r"|nächste\w*) \w+",
    re.IGNORECASE,
)
_CLAIM = re.compile(
    r"\b(?:cures?|heals?|treats?|prevents?) (?:\w+ ){0,3}?(?:cancer|diabetes|depression|anxiety|covid|flu|pain"
    r"|arthritis|acne|insomnia|disease\w*|infection\w*)\b|\bclinically (?:proven|tested)\b|\bno side effects\b"
    r"|\bmiracle (?:cure|product)\b|\b(?:100 ?%|completely|totally) (?:safe|risk[- ]free|effective|sustainable"
    r"|carbon neutral)\b|\b(?:climate|carbon)[- ]neutral\b|\beco-?friendly\b|\brisk[- ]free\b|\bguaranteed "
    r"(?:returns?|profit|results?|income)\b|\bdouble your (?:money|savings)\b|\bcan(?:'t| ?not) lose\b"
    r"|\bbecome rich\b|\blose \d+ ?(?:kg|kilos?|pounds|lbs)\b"
    r"|\bheilt\b|\bklinisch (?:bewiesen|getestet|erwiesen)\b|\bohne nebenwirkungen\b|\bgarantierte? (?:rendite"
    r"|gewinne?|ergebnis\w*)\b|\brisikofrei\b|\bklimaneutral\b|\bnimmt? \d+ ?(?:kg|kilo) ab\b|\bwundermittel\b",
    re.IGNORECASE,
)
_REVIEW = re.compile(
    r"\b(?:left|leave|wrote|write|posted|gave|give|giving|rate|rated)\b[^.!?\n]{0,30}\b(?:review|reviews"
    r"|rating|5 stars|five stars|stars)\b|[⭐★]{3,}|\b(?:5|five)[ /-](?:stars?|5)\b|\bverified (?:buyer"
    r"|purchase)\b|\bas a (?:happy |loyal |satisfied )?customer\b|\b(?:bewertung(?:en)?|rezension(?:en)?) "
    r"(?:geschrieben|abgegeben|schreiben|abgeben|hinterlassen)\b|\b(?:5|fünf) sterne\b|\bals "
    r"(?:zufriedene[rn]? )?kund(?:e|in)\b",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"\b(?:our|we|us|my (?:company|employer|team)|colleagues?|unser\w*|wir|mein\w* (?:firma|arbeitgeber))\b",
    re.IGNORECASE,
)
_AI = re.compile(
    r"\b(?:midjourney|dall-?e|stable diffusion|chatgpt|copilot image|ai[- ](?:image|picture|video|generated"
    r"|made|art)|generated (?:with|by) (?:an? )?ai|made with ai|ki-(?:bild|generiert\w*)|mit ki (?:erstellt"
    r"|gemacht))\b",
    re.IGNORECASE,
)
_AI_LABEL = re.compile(
    r"#(?:ai|ki|aigenerated|aiart|kigeneriert|madewithai)\b|\b(?:ai[- ]generated|ai picture|ai image|made "
    r"with ai|generated (?:with|by) (?:an? )?ai|ki-generiert\w*|ki-bild|mit ki (?:erstellt|gemacht))\b",
    re.IGNORECASE,
)


def find_promises(draft: Draft) -> Iterator[Finding]:
    for found in _PROMISE.finditer(draft.text):
        yield Finding(
            found.start(),
            found.end(),
            "promise",
            _("A promise of a price, a date or a service. Is it announced, and yours to make?"),
            topic="roles",
        )


def find_claims(draft: Draft) -> Iterator[Finding]:
    for found in _CLAIM.finditer(draft.text):
        yield Finding(
            found.start(),
            found.end(),
            "claim",
            _("A claim about health, money or the environment needs proof, and the law watches it closely."),
            topic="roles",
        )


def find_reviews(draft: Draft) -> Iterator[Finding]:
    for found in _REVIEW.finditer(draft.text):
        if draft.place == "review" or _OURS.search(draft.text):
            message = _(
                "Staff and their families must not review as if they were customers. Say who you are, or leave it."
            )
            yield Finding(found.start(), found.end(), "review", message, topic="disclosure")
            return


def find_ai(draft: Draft) -> Iterator[Finding]:
    found = _AI.search(draft.text)
    if found and not _AI_LABEL.search(draft.text):
        yield Finding(
            found.start(),
            found.end(),
            "ai",
            _("Made with AI? If it looks real, label it so that readers see it."),
            topic="ai",
        )

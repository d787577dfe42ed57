"""Whether a post promotes something sold: two judges, either of whom is enough.

The first are rules over signs (`signs`): sure, and short of words. The second is a table of what each word says (docs/decisions/0009),
trained with the signs on drafts of our own by training/promotion.py: it knows words that no list has.
"""

import re
from functools import cache
from pathlib import Path

from askfirst.engines.draftcheck.findings import Span
from askfirst.engines.draftcheck.names import Names
from askfirst.engines.draftcheck.signs import OF_BRAND, RECOMMENDS, VEILED, WARM, WE_MAKE, WORKPLACE, Signs, signs
from askfirst.engines.wordtable import WordTable, words_of

PATH = Path(__file__).parent / "promotion.npz"
# The logarithm of the odds from which the table's word is taken; chosen so that nine of ten findings in the gold sets are right.
SURE = 0.6


def promotes(text: str, language: str = "en", *, brands: Names | None = None, employer: str = "") -> Span | None:
    """Where a text promotes something sold, as (start, end) of the words that do; None where it does not.

    Naming one of `brands` is promotion unless it is a question, a complaint or a notice; beside the employer's name any
    warmth or offer is. Other goods and brands are told by their looks.
    """
    text = text.replace("’", "'")
    found = signs(text, language)
    return _by_rules(text, found, brands, employer) or _by_words(text, found)


def _by_rules(text: str, found: Signs, brands: Names | None, employer: str) -> Span | None:
    own, praise, buy, thing = found.own, found.praise, found.buy, found.thing
    praised = praise or buy or found.usage
    if own and (praise or buy or _launched(text[slice(*own)]) or (thing and found.usage)):
        return own
    if thing and WE_MAKE.search(text) and (praise or buy):
        return thing
    if VEILED.search(text) and (praise or buy or own) and (found.brand or thing or own):
        return praise or buy or own
    warm = WARM.search(text)
    said = praised or (warm.span() if warm else None)
    is_notice = found.complains or (found.notice and not buy)
    named = next(brands.find(text), None) if brands is not None else None
    if named and not is_notice:
        return said or named
    at = _employer_at(text, employer)
    if at and not is_notice and ((thing and not WORKPLACE.search(text)) or buy or (said and not found.leisure)):
        return said or at
    if found.strong and praised and not found.complains and not found.events:
        return praised
    return _by_looks(text, found)


def _by_looks(text: str, found: Signs) -> Span | None:
    """Goods and brands that nobody told us of."""
    praise, buy, brand, thing = found.praise, found.buy, found.brand, found.thing
    if found.leisure and not (thing and brand):
        return None
    if buy and (thing or (brand and (praise or re.search(r"code|%", text[slice(*buy)], re.IGNORECASE)))):
        return buy
    near = brand or thing
    if praise and thing and near and (brand or RECOMMENDS.search(text)) and _close(praise, near, 140):
        return praise
    if praise and brand and (re.search(r"@\w{2,}|®|™", text[slice(*brand)]) or OF_BRAND.search(text)):
        return praise
    return None


def _by_words(text: str, found: Signs) -> Span | None:
    table = _table()
    odds = table.scores(words_of(text))[0] + float(table.signs @ found.row())
    if odds <= SURE:
        return None
    first = re.search(r"[^.!?\n]+", text)
    return found.buy or found.praise or found.own or found.usage or found.thing or (first.span() if first else None)


@cache
def _table() -> WordTable:
    return WordTable(PATH, ("promotion",))


def _employer_at(text: str, employer: str) -> Span | None:
    if not employer:
        return None
    found = re.search(rf"(?<!\w){re.escape(employer)}(?!\w)", text)
    tag = "".join(employer.split())
    found = found or re.search(rf"(?<!\w)[#@]{re.escape(tag)}(?!\w)", text, re.IGNORECASE)
    return found.span() if found else None


def _launched(words: str) -> bool:
    return bool(
        re.search(
            r"launch|releas|unveil|drop|herausgebracht|vorgestellt|markt|newest|latest|brand", words, re.IGNORECASE
        )
    )


def _close(first: Span, second: Span, most: int) -> bool:
    return max(first[0], second[0]) - min(first[1], second[1]) <= most

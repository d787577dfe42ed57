"""A second look at sentences that no rule knows: a table of what each word says (docs/decisions/0009), trained by training/clauses.py.

It knows words that no rule has, and nothing of their order; so it is asked only about sentences that oblige or forbid, give no reason
and permit nothing, and what it finds is said to be likely, not sure.
"""

from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from askfirst.engines.clauses.coverage import WORDINGS
from askfirst.engines.clauses.restrictions import RULES, Rule
from askfirst.engines.wordtable import WordTable, words_of

PATH = Path(__file__).parent / "likely.npz"
FINE = "fine"
KINDS = (*(rule.id for rule in RULES), FINE)
# What must be said for it that a sentence is not fine.
LIKELY = 0.8


def likely_rule(sentence: str) -> Rule | None:
    """The rule that a sentence likely breaks."""
    return rule_of(_table().scores(words_of(sentence))) if is_asked(sentence) else None


def is_asked(sentence: str) -> bool:
    """Whether a sentence obliges or forbids, gives no reason and permits nothing."""
    if any(wording.permits.search(sentence) or wording.narrows.search(sentence) for wording in WORDINGS):
        return False
    return any(wording.obliges.search(sentence) for wording in WORDINGS)


def rule_of(scores: npt.ArrayLike) -> Rule | None:
    """What the table says of a sentence, a number a kind, as a rule; None where it may well be fine."""
    shares = np.exp(scores - np.max(scores))
    return None if shares[-1] >= (1 - LIKELY) * shares.sum() else RULES[int(np.argmax(shares[:-1]))]


@cache
def _table() -> WordTable:
    return WordTable(PATH, KINDS)

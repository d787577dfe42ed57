"""The table of words that triage judges by; what it was trained on, and how well it does, stands in docs/why/listen.md."""

from functools import cache
from pathlib import Path

from askfirst.engines.wordtable import WordTable

KINDS = ("question", "complaint", "praise", "story", "risk", "noise")
PATH = Path(__file__).parent / "table.npz"


@cache
def table() -> WordTable:
    """The packaged one; `python -m training.triage` writes it anew."""
    return WordTable(PATH, KINDS)

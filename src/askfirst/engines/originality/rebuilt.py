"""The hint tier: the same ideas side by side in sentences that were built anew. A hint, never a finding.

All policies say the same things, so likeness alone says nothing; what says a little is that one reference shares
many more weighty words with a paragraph than every other one does. Weighted set cosine of a paragraph with windows of
a reference, and its margin over the next best reference.
"""

from collections.abc import Iterator

import numpy as np

from askfirst.engines.originality.aligned import Words
from askfirst.engines.originality.shelf import Shelf
from askfirst.engines.originality.texts import Ints, Text

# Fewer references cannot tell what all of them say.
LEAST_REFERENCES = 20
LEAST_WORDS, MOST_WORDS = 18, 110
LIKENESS = 0.28
MARGIN = 0.08
CANDIDATES = 24


def retold(draft: Text, shelf: Shelf) -> list[tuple[int, Words, float]]:
    """(reference, (draft word, end, source word, end), likeness) of each paragraph that may retell a passage."""
    if len(shelf) < LEAST_REFERENCES:
        return []
    found = []
    for first, last in _paragraphs(draft):
        stems = np.unique(draft.stems[first:last])
        stems = stems[stems != 0]
        weights = shelf.weights(stems)
        near = shelf.sharing(stems, weights**2, CANDIDATES)
        best = sorted(
            ((*_nearest(stems, weights, last - first, shelf.texts[one], shelf), one) for one in near), reverse=True
        )
        if len(best) > 1 and best[0][0] >= LIKENESS and best[0][0] - best[1][0] >= MARGIN:
            likeness, begin, end, document = best[0]
            found.append((document, (first, last, begin, end), likeness))
    return found


def _paragraphs(text: Text) -> Iterator[tuple[int, int]]:
    """Word ranges of whole units between empty lines, at most MOST_WORDS long."""
    first = last = 0
    for start, end in text.units:
        is_new = last and "\n\n" in text.raw[int(text.ends[last - 1]) : int(text.starts[start])]
        if last > first and (is_new or end - first > MOST_WORDS):
            if last - first >= LEAST_WORDS:
                yield first, last
            first = start
        last = end
    if last - first >= LEAST_WORDS:
        yield first, last


def _nearest(stems: Ints, weights: np.ndarray, words: int, source: Text, shelf: Shelf) -> tuple[float, int, int]:
    """(likeness, first word, end) of the window of `source` that is most like these stems."""
    units = source.units
    # Each stem once a unit, as (unit, stem); where `stems` has it, and what it weighs.
    unit_of_word = np.repeat(np.arange(len(units), dtype=np.int64), np.diff(source.borders))
    unit_of, stem_of = np.divmod(np.unique(unit_of_word * len(shelf.vocabulary) + source.stems), len(shelf.vocabulary))
    place = np.minimum(np.searchsorted(stems, stem_of), len(stems) - 1)
    is_mine = stems[place] == stem_of
    mine = np.zeros((len(units), len(stems)), bool)
    mine[unit_of[is_mine], place[is_mine]] = True
    norms = np.bincount(unit_of, shelf.weights(stem_of) ** 2, len(units))
    norm = float(np.sqrt((weights**2).sum()))
    best = (0.0, 0, 0)
    for begin in range(len(units)):
        seen = np.zeros(len(stems), bool)
        size = 0.0
        for at in range(begin, len(units)):
            if at > begin and units[at][1] - units[begin][0] > 1.3 * words:
                break
            seen |= mine[at]
            size += norms[at]
            likeness = float((weights[seen] ** 2).sum()) / max(1e-9, norm * size**0.5)
            best = max(best, (likeness, units[begin][0], units[at][1]))
    return best

"""The reworded tier: the frame of a sentence is kept, words are exchanged. Word order gives it away.

Ordered pairs of stems find the units of the shelf that might be meant; then the longest common subsequence of words,
little words included, over windows of one to three units says how much of the frame stands.
"""

from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import LCSseq

from askfirst.engines.originality.shelf import Shelf
from askfirst.engines.originality.texts import Text


@dataclass(frozen=True)
class Frame:
    """Words of the draft and of a source that share a frame, and how surely (1 = as good as certain)."""

    document: int
    draft: int
    draft_end: int
    source: int
    source_end: int
    score: float
    units: int = 1


def frames(draft: Text, shelf: Shelf, *, least: float, nearest: int = 50) -> list[Frame]:
    """The best frame of each unit of the draft, where it reaches `least`; neighbours from one place are joined."""
    found: list[Frame] = []
    for first, last in draft.units:
        best: Frame | None = None
        for number, _weight in shelf.nearest_units(draft.stems[first:last], nearest):
            document, unit = shelf.unit(number)
            source = shelf.texts[document]
            for width in (1, 2):
                if unit + width >= len(source.borders):
                    continue
                begin, end = int(source.borders[unit]), int(source.borders[unit + width])
                frame = _compared(draft, first, last, shelf, document, begin, end)
                if best is None or frame.score > best.score:
                    best = frame
        if best is not None and best.score >= least:
            found.append(best)
    return _joined(found)


def _compared(draft: Text, first: int, last: int, shelf: Shelf, document: int, begin: int, end: int) -> Frame:
    source = shelf.texts[document]
    ours, theirs = draft.stems[first:last], source.stems[begin:end]
    blocks = [b for b in LCSseq.editops(ours.tolist(), theirs.tolist()).as_matching_blocks() if b.size]
    if not blocks:
        return Frame(document, first, last, begin, end, 0.0)
    at = np.concatenate([np.arange(b.a, b.a + b.size) for b in blocks])
    there_first, there_last = blocks[0].b, blocks[-1].b + blocks[-1].size
    weights = shelf.weights(ours) + 0.35
    their_weights = shelf.weights(theirs[there_first:there_last]) + 0.35
    shared = weights[at].sum()
    # Of both: what the draft kept, and how densely it lies in the source.
    share = 2 * shared / (weights.sum() + their_weights.sum())
    plain = 2 * len(at) / (len(ours) + there_last - there_first)
    rare = shared / 5.3
    # Short sentences say little: they must match more.
    score = 0.5 * share + 0.5 * plain - 0.9 / max(2.0, rare)
    return Frame(document, first, last, begin + there_first, begin + there_last, float(score))


def _joined(found: list[Frame]) -> list[Frame]:
    done: list[Frame] = []
    for frame in found:
        before = done[-1] if done else None
        if (
            before is not None
            and before.document == frame.document
            and frame.draft - before.draft_end <= 12
            and -30 <= frame.source - before.source_end <= 40
        ):
            done[-1] = Frame(
                frame.document, before.draft, frame.draft_end, min(before.source, frame.source),
                max(before.source_end, frame.source_end), max(before.score, frame.score),
                before.units + 1,
            )  # fmt: skip
        else:
            done.append(frame)
    return done

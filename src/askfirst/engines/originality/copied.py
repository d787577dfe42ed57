"""The copied tier: runs of equal stems, chained over small edits. Fast enough to run while somebody types.

Hashes of six consecutive stems find places; neighbouring places on one diagonal are a maximal run; runs that follow
each other in both texts with few words between them are one passage.
"""

from dataclasses import dataclass

import numpy as np

from askfirst.engines.originality.texts import Ints, Text

GRAM = 6
GAP = 8
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Run:
    """Words [draft, draft_end) of the draft stand for words [source, source_end) of document `document`."""

    document: int
    draft: int
    draft_end: int
    source: int
    source_end: int
    equal: int


def hashes(stems: Ints) -> np.ndarray:
    """One 32-bit hash for each window of GRAM stems."""
    if len(stems) < GRAM:
        return np.zeros(0, np.uint32)
    total = np.zeros(len(stems) - GRAM + 1, np.uint64)
    values = stems.astype(np.uint64) + np.uint64(1)
    with np.errstate(over="ignore"):
        for at in range(GRAM):
            total = (total ^ (values[at : at + len(total)] * _FACTOR)) * np.uint64(0x100000001B3)
            total ^= total >> np.uint64(29)
    return (total >> np.uint64(32)).astype(np.uint32)


def chains(document: int, pairs: Ints, gap: int = GAP) -> list[Run]:
    """Passages from (draft word, source word) places at which GRAM stems are equal."""
    runs: list[Run] = []
    order = np.lexsort((pairs[:, 0], pairs[:, 0] - pairs[:, 1]))
    begin = None
    last = (-2, -2)
    for draft, source in pairs[order].tolist():
        if begin is not None and draft == last[0] + 1 and source == last[1] + 1:
            last = (draft, source)
            continue
        if begin is not None:
            runs.append(_run(document, begin, last))
        begin, last = (draft, source), (draft, source)
    if begin is not None:
        runs.append(_run(document, begin, last))
    return _join(runs, gap)


def _run(document: int, begin: tuple[int, int], last: tuple[int, int]) -> Run:
    length = last[0] - begin[0] + GRAM
    return Run(document, begin[0], begin[0] + length, begin[1], begin[1] + length, length)


def _join(runs: list[Run], gap: int) -> list[Run]:
    """Chain runs in order of the draft; a run may follow several, the nearest in both texts gets it."""
    done: list[Run] = []
    for run in sorted(runs, key=lambda r: (r.draft, r.source)):
        for at in range(len(done) - 1, max(-1, len(done) - 40), -1):
            before = done[at]
            here, there = run.draft - before.draft_end, run.source - before.source_end
            if -GRAM < here <= gap and -GRAM < there <= gap and run.draft_end > before.draft_end:
                overlap = max(0, -here, -there)
                done[at] = Run(
                    run.document,
                    before.draft,
                    run.draft_end,
                    before.source,
                    max(before.source_end, run.source_end),
                    before.equal + run.equal - overlap,
                )
                break
        else:
            done.append(run)
    return done


def grown(run: Run, draft: Text, source: Text) -> Run:
    """Borders to the word: equal words just outside, and over a word that differs up to where its sentence begins or ends."""
    first_unit = draft.borders[np.searchsorted(draft.borders, run.draft, "right") - 1]
    last_unit = draft.borders[np.searchsorted(draft.borders, run.draft_end, "left")]
    before, there_before, more = _equal_on(
        draft.stems[: run.draft][::-1], source.stems[: run.source][::-1], int(run.draft - first_unit)
    )
    after, there_after, yet_more = _equal_on(
        draft.stems[run.draft_end :], source.stems[run.source_end :], int(last_unit - run.draft_end)
    )
    return Run(
        run.document, run.draft - before, run.draft_end + after, run.source - there_before,
        run.source_end + there_after, run.equal + more + yet_more,
    )  # fmt: skip


def _equal_on(ours: Ints, theirs: Ints, reach: int) -> tuple[int, int, int]:
    """(words of ours, of theirs, equal ones up to the first difference) that go on from a border.

    Args:
        reach: words of ours within which differences are passed over.
    """
    here = there = equal = 0
    is_equal = True
    while True:
        for ours_off, theirs_off in ((0, 0), (1, 1), (1, 0), (0, 1), (2, 1), (1, 2), (2, 2)):
            one, other = here + ours_off, there + theirs_off
            if one >= len(ours) or other >= len(theirs) or ((ours_off or theirs_off) and one >= reach):
                continue
            if ours[one] == theirs[other]:
                is_equal = is_equal and not ours_off and not theirs_off
                here, there, equal = one + 1, other + 1, equal + is_equal
                break
        else:
            return here, there, equal

"""Compare a draft with the shelf: the copied, the aligned and the reworded tier, put together into passages."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import LCSseq

from askfirst.engines.originality import aligned, rebuilt, reworded
from askfirst.engines.originality.copied import Run, chains, grown
from askfirst.engines.originality.shelf import Shelf
from askfirst.engines.originality.texts import Text, Vocabulary

# A copied passage counts from this many equal words, of which this many say something.
LEAST_EQUAL = 14
LEAST_RARE = 6
# A shelf of fewer texts cannot tell which words are rare.
FEW_TEXTS = 4
RARE = 2.0
COPIED_SHARE = 0.7
# Wording in this many references belongs to nobody, unless it is long.
COMMON_REFERENCES = 3
NEVER_COMMON = 25
FRAME = 0.36
# Among few units no word is known to be rare, so a frame must be clearer, and longer.
FRAME_ON_SMALL_SHELF = 0.75
SMALL_SHELF = 1000
WEAK_FRAME = 0.26
FRAME_WORDS = 9
FRAME_WORDS_ON_SMALL_SHELF = 14
CANDIDATES = 12
# Passages at most this many words apart are one, if the source of both is so many times as long.
SUMMARY_GAP = 25
SUMMARY_RATIO = 3.0
SUMMARY_OF_WHOLE = 0.4
# A tier adds only what an earlier one has not told.
TOLD_SHARE = 0.3

Place = tuple[int, aligned.Words]


@dataclass(frozen=True)
class Passage:
    """A passage of the draft and the one it is close to.

    Attributes:
        source: number of the reference on the shelf.
        draft_start, draft_end, source_start, source_end: character offsets, ends not included.
        kind: verbatim, edited (words added, left out or exchanged here and there), paraphrase or hint (see `hints`).
        score: share of equal words of both sides in the same order, 0 to 1.
        is_shared: the wording is in many references, so it may come from a template.
    """

    source: int
    draft_start: int
    draft_end: int
    source_start: int
    source_end: int
    kind: str
    score: float
    is_shared: bool = False


def check(draft: Text, shelf: Shelf, *, only_copied: bool = False) -> list[Passage]:
    """Every passage of the draft that is close to one on the shelf, in the order of the draft.

    Args:
        only_copied: the first tier alone, which is fast enough to run while somebody types.
    """
    runs, counts = _runs(draft, shelf)
    found: list[Place] = []
    if not only_copied:
        for document in _candidates(draft, shelf, runs):
            source = shelf.texts[document]
            weights = shelf.weights if len(shelf) >= FEW_TEXTS else _weights_of_pair(draft, source, shelf.vocabulary)
            own = [run for run in runs.get(document, []) if run.equal >= LEAST_EQUAL]
            found += [(document, words) for words in aligned.passages(draft, source, own, weights)]
    copied = [
        (document, (run.draft, run.draft_end, run.source, run.source_end))
        for document, own in runs.items()
        for run in own
        if _counts_as_copied(run, draft, shelf)
    ]
    _add(found, copied)
    if not only_copied:
        _add(found, [(f.document, (f.draft, f.draft_end, f.source, f.source_end)) for f in _frames(draft, shelf)])
    passages = [_passage(draft, shelf, document, words, counts) for document, words in _put_together(found, shelf)]
    kept = [p for p in passages if not (p.is_shared and _words_in(draft, p) < NEVER_COMMON)]
    return sorted(kept, key=lambda p: (p.draft_start, p.source))


def hints(draft: Text, shelf: Shelf) -> list[Passage]:
    """Paragraphs that may retell a passage in sentences of their own: worth a look, never a finding."""
    return [
        Passage(document, *_characters(draft, shelf.texts[document], words), "hint", round(likeness, 3))
        for document, words, likeness in rebuilt.retold(draft, shelf)
    ]


def _runs(draft: Text, shelf: Shelf) -> tuple[dict[int, list[Run]], np.ndarray]:
    """Chained copied runs by reference, and in how many references the wording at each word of the draft is."""
    runs: dict[int, list[Run]] = {}
    counts = np.zeros(len(draft), np.int32)
    for document, pairs in shelf.equal_grams(draft):
        runs[document] = [grown(run, draft, shelf.texts[document]) for run in chains(document, pairs)]
        covered = np.zeros(len(draft), bool)
        for run in runs[document]:
            covered[run.draft : run.draft_end] = True
        counts += covered
    return runs, counts


def _counts_as_copied(run: Run, draft: Text, shelf: Shelf) -> bool:
    if run.equal < LEAST_EQUAL or run.equal < COPIED_SHARE * (run.draft_end - run.draft):
        return False
    stems = np.unique(draft.stems[run.draft : run.draft_end])
    return len(shelf) < FEW_TEXTS or int((shelf.weights(stems) >= RARE).sum()) >= LEAST_RARE


def _candidates(draft: Text, shelf: Shelf, runs: dict[int, list[Run]]) -> list[int]:
    """References that may hold a longer passage: all of a small shelf, else those with most in common."""
    if len(shelf) <= CANDIDATES:
        return list(range(len(shelf)))
    evidence: dict[int, float] = defaultdict(float)
    for document, own in runs.items():
        evidence[document] += sum(run.equal for run in own) * 10
    for first, last in draft.units:
        for number, weight in shelf.nearest_units(draft.stems[first:last], 5):
            evidence[shelf.unit(number)[0]] += weight
    return sorted(evidence, key=lambda document: -evidence[document])[:CANDIDATES]


def _weights_of_pair(draft: Text, source: Text, vocabulary: Vocabulary) -> Callable[[np.ndarray], np.ndarray]:
    """What words say where there is no shelf to tell: only these two texts count."""
    pair = Shelf(vocabulary)
    pair.count([draft, source])
    return pair.weights


def _frames(draft: Text, shelf: Shelf) -> list[reworded.Frame]:
    is_small = len(shelf.unit_documents) < SMALL_SHELF
    least = FRAME_ON_SMALL_SHELF if is_small else FRAME
    words = FRAME_WORDS_ON_SMALL_SHELF if is_small else FRAME_WORDS
    found = reworded.frames(draft, shelf, least=WEAK_FRAME)
    return [
        frame
        for frame in found
        if frame.draft_end - frame.draft >= words
        and frame.source_end - frame.source >= words
        and (frame.score >= least or (frame.units > 1 and not is_small))
    ]


def _add(found: list[Place], more: list[Place]) -> None:
    """Add places whose words of the draft are not told already, the longest first."""
    for document, words in sorted(more, key=lambda item: item[1][0] - item[1][1]):
        told = sum(max(0, min(words[1], known[1]) - max(words[0], known[0])) for _document, known in found)
        if told <= TOLD_SHARE * (words[1] - words[0]):
            found.append((document, words))


def _put_together(found: list[Place], shelf: Shelf) -> list[Place]:
    """Neighbours in the draft that come from places far apart in one reference sum it up: one passage, not many.

    Where what is summed up is most of the reference, it is the reference.
    """
    groups: list[list[Place]] = []
    for document, words in sorted(found):
        before = groups[-1][-1] if groups else None
        if before is not None and before[0] == document and words[0] - before[1][1] <= SUMMARY_GAP:
            groups[-1].append((document, words))
        else:
            groups.append([(document, words)])
    done: list[Place] = []
    for group in groups:
        document, sides = group[0][0], list(zip(*(words for _document, words in group), strict=True))
        joined = (min(sides[0]), max(sides[1]), min(sides[2]), max(sides[3]))
        if not _is_summary(joined):
            done += group
            continue
        whole = len(shelf.texts[document])
        is_all = joined[3] - joined[2] >= SUMMARY_OF_WHOLE * whole
        done.append((document, (joined[0], joined[1], 0, whole) if is_all else joined))
    return done


def _is_summary(words: aligned.Words) -> bool:
    return words[3] - words[2] >= SUMMARY_RATIO * (words[1] - words[0])


def _passage(draft: Text, shelf: Shelf, document: int, words: aligned.Words, counts: np.ndarray) -> Passage:
    source = shelf.texts[document]
    first, last, begin, end = words
    ours, theirs = draft.stems[first:last].tolist(), source.stems[begin:end].tolist()
    equal = LCSseq.similarity(ours, theirs)
    score = 2 * equal / max(1, len(ours) + len(theirs))
    kind = "verbatim" if score >= 0.97 else "edited" if score >= 0.72 else "paraphrase"
    is_shared = bool(np.median(counts[first:last]) >= COMMON_REFERENCES)
    return Passage(document, *_characters(draft, source, words), kind, round(score, 3), is_shared)


def _characters(draft: Text, source: Text, words: aligned.Words) -> tuple[int, int, int, int]:
    """The characters of both sides that these words are."""
    first, last, begin, end = words
    return int(draft.starts[first]), int(draft.ends[last - 1]), int(source.starts[begin]), int(source.ends[end - 1])


def _words_in(draft: Text, passage: Passage) -> int:
    return int(((draft.starts >= passage.draft_start) & (draft.ends <= passage.draft_end)).sum())

"""Longer passages of two texts that say the same: units that share weighty words, clustered, trimmed to the word.

Seeds and clusters after Sanchez-Perez, Sidorov & Gelbukh, "The winning approach to text alignment for text reuse
detection at PAN 2014"; here borders are moved to the word by the largest sum of shared less unshared word weights
(Kadane), copied runs set the borders where they make up most of a passage, and the weight of what two passages share
decides whether they count at all.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from askfirst.engines.originality.copied import Run
from askfirst.engines.originality.texts import Text

Floats = np.ndarray
Seed = tuple[int, int]
Words = tuple[int, int, int, int]


@dataclass(frozen=True)
class Settings:
    """Borders of the method, found on the PAN 2013 training corpus (docs/why/originality.md).

    Args:
        cosine, dice: likeness of two units above which they are a seed.
        whole: least cosine of the two sides of a cluster.
        gap: units that may lie between two seeds of a cluster; it shrinks until `whole` is reached.
        summary_whole, summary_gap, summary_source_gap: the same for a passage that sums up a longer one.
        summary_ratio: a summary's source is at least this many times as long.
        summary_share: and no part of it alone carries more than this share of the weight.
        summary_copied: nothing is a summary where so many words in a row were copied; these are shown by themselves.
        least: characters of the shortest passage.
        unshared: how much an unshared word counts against a border, a shared one counting 1.
        copied_share: share of a passage that must lie in copied runs for these to set its borders.
        snap: share of a unit that must lie inside for it to be taken in whole.
        weight: least weight of what two passages share; summary_weight for a summary.
    """

    cosine: float = 0.306
    dice: float = 0.311
    whole: float = 0.33
    gap: int = 3
    summary_whole: float = 0.28
    summary_gap: int = 12
    summary_source_gap: int = 40
    summary_ratio: float = 3.0
    summary_share: float = 0.85
    summary_copied: int = 40
    least: int = 136
    unshared: float = 0.44
    copied_share: float = 0.68
    snap: float = 0.05
    weight: float = 24.6
    summary_weight: float = 98.0


SETTINGS = Settings()


def passages(
    draft: Text,
    source: Text,
    runs: list[Run],
    weights: Callable[[np.ndarray], np.ndarray],
    settings: Settings = SETTINGS,
) -> list[Words]:
    """Passages (draft word, end, source word, end) of one draft and one source.

    Args:
        runs: copied runs between the two.
        weights: stems to what each says, 0 to about 5.3.
    """
    pair = _Pair(draft, source, weights(draft.stems), weights(source.stems))
    seeds, one, two = _seeds(draft, source, settings)
    near = _long_enough(pair, _split(seeds, one, two, settings.whole, settings.gap, settings.gap), settings)
    wide = _long_enough(
        pair,
        _split(seeds, one, two, settings.summary_whole, settings.summary_gap, settings.summary_source_gap),
        settings,
    )
    is_copied = any(run.equal >= settings.summary_copied for run in runs)
    summary = [] if is_copied else _summary(pair, near, wide, settings)
    if summary:
        return summary
    found: list[Words] = []
    for words in near:
        found += _bordered(pair, words, runs, settings)
    covered = list(found)
    found += [
        (run.draft, run.draft_end, run.source, run.source_end)
        for run in runs
        if run.equal >= 30 and not any(_touch(run, words) for words in covered)
    ]
    kept: list[Words] = []
    for words in sorted((w for w in found if pair.weight(w) >= settings.weight), key=pair.weight, reverse=True):
        if not any(min(words[1], k[1]) - max(words[0], k[0]) > 0.5 * (words[1] - words[0]) for k in kept):
            kept.append(words)
    return kept


@dataclass
class _Pair:
    draft: Text
    source: Text
    ours: Floats
    theirs: Floats

    def weight(self, words: Words) -> float:
        """Weight of the distinct stems that both sides share, times the share of the draft's side that this is."""
        stems = self.draft.stems[words[0] : words[1]]
        weights = self.ours[words[0] : words[1]]
        shared = np.isin(stems, self.source.stems[words[2] : words[3]]) & (stems != 0)
        _, firsts = np.unique(stems[shared], return_index=True)
        total = float(weights.sum())
        return float(weights[shared][firsts].sum()) * float(weights[shared].sum()) / max(1e-9, total)

    def trimmed(self, words: Words, unshared: float) -> tuple[int, int]:
        """The draft's side of a passage with its best borders."""
        return _best_span(
            self.draft.stems, self.ours, words[0], words[1], self.source.stems[words[2] : words[3]], unshared
        )

    def trimmed_source(self, words: Words, unshared: float) -> tuple[int, int]:
        return _best_span(
            self.source.stems, self.theirs, words[2], words[3], self.draft.stems[words[0] : words[1]], unshared
        )


def _best_span(
    stems: Floats, weights: Floats, first: int, last: int, other: Floats, unshared: float
) -> tuple[int, int]:
    shared = np.isin(stems[first:last], other)
    scores = np.where(shared, weights[first:last], -unshared * weights[first:last])
    best, begin, end = -1.0, 0, 0
    total, start = 0.0, 0
    for at, score in enumerate(scores.tolist()):
        if total <= 0:
            total, start = 0.0, at
        total += score
        if total > best:
            best, begin, end = total, start, at + 1
    return first + begin, first + end


def _bordered(pair: _Pair, words: Words, runs: list[Run], settings: Settings) -> list[Words]:
    """One cluster with its borders at words; several passages where several runs were copied."""
    first, last = pair.trimmed(words, settings.unshared)
    if last - first < 8:
        return []
    inside = [run for run in runs if _touch(run, words)]
    if sum(run.equal for run in inside) >= settings.copied_share * (last - first):
        longest = max(run.equal for run in inside)
        parts = sorted((r.draft, r.draft_end, r.source, r.source_end) for r in inside if r.equal >= 0.3 * longest)
        return _merged(parts)
    for _round in range(2):
        first, last = pair.trimmed(words, settings.unshared)
        begin, end = pair.trimmed_source((first, last, words[2], words[3]), settings.unshared)
        if last - first < 8 or end - begin < 8:
            break
        words = (first, last, begin, end)
    first, last = _snapped(pair.draft, words[0], words[1], settings.snap)
    begin, end = _snapped(pair.source, words[2], words[3], settings.snap)
    return [(first, last, begin, end) if last - first >= 8 and end - begin >= 8 else words]


def _snapped(text: Text, first: int, last: int, share: float) -> tuple[int, int]:
    """Borders at the units' own: a unit of which at least this share lies inside is inside."""
    at = int(np.searchsorted(text.borders, first, "right"))
    start, stop = int(text.borders[at - 1]), int(text.borders[min(at, len(text.borders) - 1)])
    begin = start if stop - first >= share * (stop - start) else stop
    # What is shorter than a sentence, such as a heading, was put with the next one; it stays out here.
    begin = next((word for word in range(first, begin, -1) if text.begins_after_break(word)), begin)
    at = int(np.searchsorted(text.borders, last, "left"))
    start, stop = int(text.borders[at - 1]), int(text.borders[at])
    end = stop if last - start >= share * (stop - start) else start
    return begin, end


def _merged(parts: list[Words], gap: int = 25) -> list[Words]:
    done = [parts[0]]
    for part in parts[1:]:
        before = done[-1]
        if -10 < part[0] - before[1] <= gap and -10 < part[2] - before[3] <= gap:
            done[-1] = (before[0], max(before[1], part[1]), before[2], max(before[3], part[3]))
        else:
            done.append(part)
    return done


def _summary(pair: _Pair, near: list[Words], wide: list[Words], settings: Settings) -> list[Words]:
    """Passages that sum up much longer ones; none where a part of the source says it all."""
    if not wide or sum(w[3] - w[2] for w in wide) < settings.summary_ratio * sum(w[1] - w[0] for w in wide):
        return []
    main = max(wide, key=pair.weight)
    part = max((pair.weight(w) for w in near if w[0] < main[1] and main[0] < w[1]), default=0.0)
    weight = pair.weight(main)
    if part >= settings.summary_share * weight or weight < settings.summary_weight:
        return []
    return [words for words in wide if pair.weight(words) >= settings.weight]


def _touch(run: Run, words: Words) -> bool:
    return run.draft < words[1] and words[0] < run.draft_end and run.source < words[3] and words[2] < run.source_end


def _long_enough(pair: _Pair, clusters: list[list[Seed]], settings: Settings) -> list[Words]:
    found = []
    for cluster in clusters:
        rows, columns = [row for row, _ in cluster], [column for _, column in cluster]
        first, last = int(pair.draft.borders[min(rows)]), int(pair.draft.borders[max(rows) + 1])
        begin, end = int(pair.source.borders[min(columns)]), int(pair.source.borders[max(columns) + 1])
        here = pair.draft.ends[last - 1] - pair.draft.starts[first]
        there = pair.source.ends[end - 1] - pair.source.starts[begin]
        if here >= settings.least and there >= settings.least:
            found.append((first, last, begin, end))
    return found


def _seeds(draft: Text, source: Text, settings: Settings) -> tuple[list[Seed], Floats, Floats]:
    """Pairs of units that are alike, and the weighted word vectors of all units of both texts."""
    ours, theirs = _counts(draft), _counts(source)
    used = sorted({stem for unit in ours for stem in unit} & {stem for unit in theirs for stem in unit})
    column = {stem: at for at, stem in enumerate(used)}
    seen: Counter[int] = Counter(stem for unit in [*ours, *theirs] for stem in unit)
    number = len(ours) + len(theirs)
    idf = {stem: float(np.log(number / count)) for stem, count in seen.items()}
    one, one_length, one_words = _matrix(ours, column, idf)
    two, two_length, two_words = _matrix(theirs, column, idf)
    if not used or not len(one) or not len(two):
        return [], one, two
    cosine = (one @ two.T) / np.maximum(1e-9, one_length[:, None] * two_length[None, :])
    both = (one > 0).astype(np.float32) @ (two > 0).astype(np.float32).T
    dice = 2 * both / np.maximum(1, one_words[:, None] + two_words[None, :])
    rows, columns = np.nonzero((cosine > settings.cosine) & (dice > settings.dice))
    return list(zip(rows.tolist(), columns.tolist(), strict=True)), one, two


def _counts(text: Text) -> list[Counter[int]]:
    return [Counter(stem for stem in text.stems[first:last].tolist() if stem) for first, last in text.units]


def _matrix(units: list[Counter[int]], column: dict[int, int], idf: dict[int, float]) -> tuple[Floats, Floats, Floats]:
    rows = np.zeros((len(units), len(column)), np.float32)
    lengths = np.zeros(len(units), np.float32)
    words = np.zeros(len(units), np.float32)
    for at, unit in enumerate(units):
        lengths[at] = sum((count * idf[stem]) ** 2 for stem, count in unit.items()) ** 0.5
        words[at] = len(unit)
        for stem, count in unit.items():
            if stem in column:
                rows[at, column[stem]] = count * idf[stem]
    return rows, lengths, words


def _split(seeds: list[Seed], one: Floats, two: Floats, whole: float, gap: int, source_gap: int) -> list[list[Seed]]:
    """Clusters of seeds that are alike as wholes; what is not is cut with smaller gaps."""
    done = []
    for cluster in _clusters(seeds, gap, source_gap):
        rows, columns = [row for row, _ in cluster], [column for _, column in cluster]
        left = one[min(rows) : max(rows) + 1].sum(axis=0)
        right = two[min(columns) : max(columns) + 1].sum(axis=0)
        cosine = float(left @ right) / max(1e-9, float(np.linalg.norm(left) * np.linalg.norm(right)))
        if cosine >= whole:
            done.append(cluster)
        elif gap > 0:
            done += _split(cluster, one, two, whole, gap - 1, max(gap - 1, source_gap // 2))
    return done


def _clusters(seeds: list[Seed], gap: int, source_gap: int) -> list[list[Seed]]:
    """Cut where the gap is too wide in one text, then in the other, until nothing is cut any more."""
    done = []
    stack = [(seeds, 0, 0)] if seeds else []
    while stack:
        group, axis, unchanged = stack.pop()
        if unchanged == 2:
            done.append(group)
            continue
        limit = (gap if axis == 0 else source_gap) + 1
        parts: list[list[Seed]] = []
        for seed in sorted(group, key=lambda pair: pair[axis]):
            if parts and seed[axis] - parts[-1][-1][axis] <= limit:
                parts[-1].append(seed)
            else:
                parts.append([seed])
        stack += [(part, 1 - axis, unchanged + 1 if len(parts) == 1 else 0) for part in parts]
    return done

"""The references of an organisation, indexed: where runs of equal words are, and which units share pairs of words.

Segments of sorted arrays; a new reference makes a small segment of its own, and small segments are put together now
and then, so that adding one takes a moment however large the shelf is.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from askfirst.engines.originality.copied import GRAM, hashes
from askfirst.engines.originality.texts import Ints, Text, Vocabulary

REACH = 4
COMMON_SHARE = 0.02
SEGMENTS = 12
LARGEST_SEGMENT = 1000


@dataclass
class _Segment:
    """Sorted keys with what they stand for: 6-grams with words counted over all documents, pairs with unit numbers."""

    documents: int
    grams: np.ndarray
    gram_words: np.ndarray
    pairs: np.ndarray
    pair_units: np.ndarray


class Shelf:
    """References to compare a draft with.

    Args:
        vocabulary: shared by all texts that are compared.
    """

    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        self.vocabulary = vocabulary or Vocabulary()
        self.texts: list[Text] = []
        self.unit_documents = array("i")
        # The number of words before each document.
        self._words = [0]
        self._segments: list[_Segment] = []
        self._unit_counts = np.zeros(0, np.int32)
        self._units_counted = 0
        self._weights = np.zeros(0)
        # Which documents a stem is in, made when somebody first asks for it.
        self._posted = 0
        self._post_stems = self._post_documents = np.zeros(0, np.int32)

    def __len__(self) -> int:
        return len(self.texts)

    def add(self, texts: Iterable[Text]) -> None:
        """Put references on the shelf; they get the next numbers in order."""
        for fresh in _chunks(texts, LARGEST_SEGMENT):
            self._segments.append(self._segment(len(self.texts), fresh))
            self.texts += fresh
            self.count(fresh)
        small = [own for own in self._segments if own.documents < LARGEST_SEGMENT // 2]
        if len(small) > SEGMENTS:
            self._segments = [own for own in self._segments if own.documents >= LARGEST_SEGMENT // 2] + [_joined(small)]

    def weights(self, stems: Ints) -> np.ndarray:
        """How much each stem says, 0 (a blank, or in every unit) to 5.3 (in one unit of the shelf)."""
        if len(self._weights) < len(self.vocabulary):
            self._weigh()
        return self._weights[stems]

    def _weigh(self) -> None:
        number = max(200, self._units_counted)
        counts = np.ones(len(self.vocabulary))
        counts[: len(self._unit_counts)] = np.clip(self._unit_counts, 1, number)
        self._weights = np.log(number / counts) / np.log(number) * 5.3
        self._weights[0] = 0.0

    def equal_grams(self, draft: Text) -> Iterator[tuple[int, Ints]]:
        """(document, [[draft word, source word], …]) wherever six stems in a row are equal."""
        own = hashes(draft.stems)
        before = np.array(self._words)
        found: dict[int, list[np.ndarray]] = {}
        for segment in self._segments:
            left = np.searchsorted(segment.grams, own, "left")
            right = np.minimum(np.searchsorted(segment.grams, own, "right"), left + 200)
            at = np.nonzero(right > left)[0]
            if not len(at):
                continue
            spans = np.concatenate([np.arange(left[i], right[i]) for i in at])
            words = np.repeat(at, right[at] - left[at])
            places = segment.gram_words[spans]
            documents = np.searchsorted(before, places, "right") - 1
            pairs = np.stack([words, places - before[documents]], axis=1)
            for document in np.unique(documents).tolist():
                found.setdefault(document, []).append(pairs[documents == document])
        for document, parts in found.items():
            pairs = np.concatenate(parts).astype(np.int64)
            # Two grams in some billions have one hash by chance.
            grams = pairs[:, :, None] + np.arange(GRAM)
            is_equal = (draft.stems[grams[:, 0]] == self.texts[document].stems[grams[:, 1]]).all(axis=1)
            if is_equal.any():
                yield document, pairs[is_equal]

    def nearest_units(self, stems: Ints, most: int = 50) -> list[tuple[int, float]]:
        """Units of the shelf that share the rarest ordered pairs of words with these stems, the best first."""
        keys = np.unique(_pairs(stems))
        limit = max(8, COMMON_SHARE * len(self.unit_documents))
        spans = [
            (s, np.searchsorted(s.pairs, keys, "left"), np.searchsorted(s.pairs, keys, "right")) for s in self._segments
        ]
        total = sum((right - left for _, left, right in spans), np.zeros(len(keys), np.int64))
        weight = np.where(
            (total > 0) & (total <= limit), np.log(max(200, len(self.unit_documents)) / np.maximum(1, total)) ** 2, 0.0
        )
        units, weights = [], []
        for segment, left, right in spans:
            for at in np.nonzero((right > left) & (weight > 0))[0]:
                units.append(segment.pair_units[left[at] : right[at]])
                weights.append(np.full(right[at] - left[at], weight[at]))
        if not units:
            return []
        numbers, where = np.unique(np.concatenate(units), return_inverse=True)
        sums = np.bincount(where, np.concatenate(weights))
        best = np.argsort(-sums)[:most]
        return [(int(numbers[at]), float(sums[at])) for at in best]

    def sharing(self, stems: Ints, weights: np.ndarray, most: int) -> list[int]:
        """The references that share most of these distinct stems by weight, the best first."""
        if self._posted != len(self.texts):
            own = [np.unique(text.stems) for text in self.texts]
            numbers = np.repeat(np.arange(len(own), dtype=np.int32), [len(one) for one in own])
            every = np.concatenate(own)
            order = np.argsort(every, kind="stable")
            self._post_stems, self._post_documents = every[order], numbers[order]
            self._posted = len(self.texts)
        sums = np.zeros(len(self.texts))
        left = np.searchsorted(self._post_stems, stems, "left")
        right = np.searchsorted(self._post_stems, stems, "right")
        for first, last, weight in zip(left.tolist(), right.tolist(), weights.tolist(), strict=True):
            sums[self._post_documents[first:last]] += weight
        return [int(at) for at in np.argsort(-sums, kind="stable")[:most] if sums[at] > 0]

    def unit(self, number: int) -> tuple[int, int]:
        """(document, its unit) of a unit of the shelf."""
        document = self.unit_documents[number]
        return document, number - bisect_left(self.unit_documents, document)

    def count(self, texts: list[Text]) -> None:
        """Let the weights know the words of these texts."""
        counts = np.zeros(len(self.vocabulary), np.int32)
        counts[: len(self._unit_counts)] = self._unit_counts
        for text in texts:
            self._units_counted += len(text.units)
            for first, last in text.units:
                counts[np.unique(text.stems[first:last])] += 1
        self._unit_counts = counts
        self._weights = np.zeros(0)

    def _segment(self, number: int, texts: list[Text]) -> _Segment:
        grams, gram_words, pairs, pair_units = [], [], [], []
        for document, text in enumerate(texts, number):
            own = hashes(text.stems)
            grams.append(own)
            gram_words.append(np.arange(self._words[-1], self._words[-1] + len(own), dtype=np.int32))
            self._words.append(self._words[-1] + len(text))
            for first, last in text.units:
                keys = np.unique(_pairs(text.stems[first:last]))
                pairs.append(keys)
                pair_units.append(np.full(len(keys), len(self.unit_documents), np.int32))
                self.unit_documents.append(document)
        return _sorted(
            len(texts),
            [
                _all(grams, np.uint32),
                _all(gram_words, np.int32),
                _all(pairs, np.uint32),
                _all(pair_units, np.int32),
            ],
        )


def _chunks(texts: Iterable[Text], size: int) -> Iterator[list[Text]]:
    chunk: list[Text] = []
    for text in texts:
        chunk.append(text)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _pairs(stems: Ints) -> np.ndarray:
    """One 32-bit key for each ordered pair of stems at most REACH words apart."""
    found = [np.zeros(0, np.uint32)]
    values = stems.astype(np.uint64)
    for distance in range(1, REACH + 1):
        one, other = values[:-distance], values[distance:]
        keep = (one != 0) & (other != 0)
        mixed = (one[keep] * np.uint64(0x9E3779B1) + other[keep]) * np.uint64(0xC2B2AE3D27D4EB4F)
        found.append((mixed >> np.uint64(32)).astype(np.uint32))
    return np.concatenate(found)


def _all(parts: list[np.ndarray], kind: type) -> np.ndarray:
    return np.concatenate(parts) if parts else np.zeros(0, kind)


def _sorted(documents: int, arrays: list[np.ndarray]) -> _Segment:
    grams, gram_words, pairs, pair_units = arrays
    by_gram, by_pair = np.argsort(grams, kind="stable"), np.argsort(pairs, kind="stable")
    return _Segment(documents, grams[by_gram], gram_words[by_gram], pairs[by_pair], pair_units[by_pair])


def _joined(segments: list[_Segment]) -> _Segment:
    names = ("grams", "gram_words", "pairs", "pair_units")
    return _sorted(
        sum(own.documents for own in segments),
        [np.concatenate([getattr(segment, name) for segment in segments]) for name in names],
    )

"""What the index of a jam keeps: each item's vector, and sums of vectors by group."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from askfirst.engines.alike.vectors import Floats, Vector

NOBODY = -2.0  # below every cosine


@dataclass(frozen=True)
class Rows:
    """Vectors of several texts as rows: English ones, the shared ones of English texts, those of the others."""

    english: Floats | None
    of_english: Floats | None
    others: Floats | None

    def highest(self, other: "Rows", scale: float) -> float:
        """The highest cosine between a row here and one there; `scale` as in Sums."""
        pairs = (
            (self.english, other.english, 1.0),
            (self.others, other.others, scale),
            (self.others, other.of_english, scale),
            (self.of_english, other.others, scale),
        )
        found = [
            factor * float((one @ two.T).max()) for one, two, factor in pairs if one is not None and two is not None
        ]
        return max(found, default=NOBODY)


class Vectors:
    """The vector of each item, as the 16-bit numbers to which it was rounded.

    Kept in blocks: one array a vector takes twice the room, and makes every round of garbage collection a pause of
    some 30 ms.
    """

    def __init__(self) -> None:
        self._rows: dict[int, tuple[str, int, int]] = {}
        self._english, self._shared = _Blocks(), _Blocks()

    def __len__(self) -> int:
        return len(self._rows)

    def __setitem__(self, item: int, vector: Vector) -> None:
        english = -1 if vector.english is None else self._english.append(vector.english)
        self._rows[item] = vector.language, english, self._shared.append(vector.shared)

    def __getitem__(self, item: int) -> Vector:
        language, english, shared = self._rows[item]
        return Vector(language, None if english < 0 else self._english[english], self._shared[shared])

    def rows(self, items: Iterable[int], *, is_mixed: bool) -> Rows:
        """The vectors of `items`; the shared ones of English texts only when there are others to compare them with."""
        found = [self._rows[item] for item in items]
        english = [row for _language, row, _shared in found if row >= 0]
        return Rows(
            self._english.rows(english),
            self._shared.rows([shared for _language, row, shared in found if row >= 0]) if is_mixed else None,
            self._shared.rows([shared for _language, row, shared in found if row < 0]),
        )

    def values(self) -> list[Vector]:
        return [self[item] for item in self._rows]


class _Blocks:
    """A list of rows of equal length."""

    ROWS = 1024

    def __init__(self) -> None:
        self._blocks: list[npt.NDArray[np.float16]] = []
        self._length = 0

    def append(self, row: Floats) -> int:
        """Returns the number of the new row."""
        block, at = divmod(self._length, self.ROWS)
        if not at:
            self._blocks.append(np.empty((self.ROWS, len(row)), np.float16))
        self._blocks[block][at] = row
        self._length += 1
        return self._length - 1

    def rows(self, numbers: list[int]) -> Floats | None:
        """Several rows as one array, None for none."""
        if not numbers:
            return None
        found = [self._blocks[number // self.ROWS][number % self.ROWS] for number in numbers]
        return np.array(found, np.float32)

    def __getitem__(self, number: int) -> Floats:
        block, at = divmod(number, self.ROWS)
        row: Floats = self._blocks[block][at].astype(np.float32)
        return row


ENGLISH, OF_ENGLISH, OTHERS = range(3)


class Sums:
    """Sums of centred vectors by group, in growing arrays, so that mean cosines to all groups are one product.

    Two English texts are compared by their English vectors, every other pair by the shared ones; hence three sums:
    English vectors, shared vectors of English texts, shared vectors of the others. What no pair needs is not kept,
    and takes no memory.

    Args:
        scale: factor that puts cosines of the shared vectors on the scale of the English ones.
        is_mixed: whether there are texts that are not English.
    """

    def __init__(self, scale: float, *, is_mixed: bool) -> None:
        self.is_mixed = is_mixed
        self._scale = scale
        self._slots: dict[int, int] = {}
        self._free: list[int] = []
        self._groups = np.zeros(0, np.int64)
        self._counts = np.zeros((2, 0), np.float32)
        self._arrays: dict[int, Floats] = {}

    def add(self, group: int, vector: Vector) -> None:
        slot = self._slot(group)
        if vector.english is None:
            self._row(OTHERS, slot, vector.shared)[:] += vector.shared
        else:
            self._row(ENGLISH, slot, vector.english)[:] += vector.english
            if self.is_mixed:
                self._row(OF_ENGLISH, slot, vector.shared)[:] += vector.shared
        self._counts[0 if vector.english is not None else 1, slot] += 1

    def replace(self, group: int, vectors: list[Vector]) -> None:
        self.remove(group)
        for vector in vectors:
            self.add(group, vector)

    def remove(self, group: int) -> None:
        slot = self._slots.pop(group, None)
        if slot is not None:
            for array in self._arrays.values():
                array[slot] = 0
            self._counts[:, slot] = 0
            self._free.append(slot)

    def merge(self, kept: int, gone: int) -> None:
        one, other = self._slots[kept], self._slots[gone]
        for array in self._arrays.values():
            array[one] += array[other]
        self._counts[:, one] += self._counts[:, other]
        self.remove(gone)

    def slots_of(self, groups: Iterable[int]) -> list[int]:
        return [self._slots[group] for group in groups]

    def group_at(self, slot: int) -> int:
        return int(self._groups[slot])

    def scores(self, vector: Vector) -> Floats:
        """By slot the mean cosine of `vector` to the members of the group there; NOBODY where there is none."""
        if vector.english is None:
            totals = self._scale * (self._times(OF_ENGLISH, vector.shared) + self._times(OTHERS, vector.shared))
        else:
            totals = self._times(ENGLISH, vector.english) + self._scale * self._times(OTHERS, vector.shared)
        return self._means(totals)

    def scores_of(self, groups: list[int]) -> Floats:
        """By slot and group of `groups`, the mean cosine of all pairs between the two."""
        slots = self.slots_of(groups)
        own = {at: array[slots].T for at, array in self._arrays.items()}
        pairs = ((OTHERS, OTHERS), (OTHERS, OF_ENGLISH), (OF_ENGLISH, OTHERS))
        totals = np.zeros((len(self._groups), len(slots)), np.float32)
        if ENGLISH in own:
            totals += self._times(ENGLISH, own[ENGLISH])
        for left, right in pairs:
            if left in own and right in own:
                totals += self._scale * self._times(left, own[right])
        return self._means(totals / self._counts[:, slots].sum(axis=0))

    def _times(self, at: int, right: Floats) -> Floats:
        if at not in self._arrays:
            return np.zeros((len(self._groups), *right.shape[1:]), np.float32)
        found: Floats = self._arrays[at] @ right
        return found

    def _means(self, totals: Floats) -> Floats:
        counts = self._counts.sum(axis=0).reshape(-1, *[1] * (totals.ndim - 1))
        return np.where(counts > 0, totals / np.maximum(counts, 1), NOBODY).astype(np.float32)

    def _row(self, at: int, slot: int, like: Floats) -> Floats:
        if at not in self._arrays:
            self._arrays[at] = np.zeros((len(self._groups), len(like)), np.float32)
        row: Floats = self._arrays[at][slot]
        return row

    def _slot(self, group: int) -> int:
        if group not in self._slots:
            if not self._free:
                self._grow()
            slot = self._slots[group] = self._free.pop()
            self._groups[slot] = group
        return self._slots[group]

    def _grow(self) -> None:
        before = len(self._groups)
        more = max(64, before)
        self._groups = np.concatenate([self._groups, np.zeros(more, np.int64)])
        self._counts = np.concatenate([self._counts, np.zeros((2, more), np.float32)], axis=1)
        self._free = list(range(before + more - 1, before - 1, -1))
        for at, array in self._arrays.items():
            wider = np.zeros((before + more, array.shape[1]), np.float32)
            wider[:before] = array
            self._arrays[at] = wider

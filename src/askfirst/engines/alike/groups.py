"""Live average link: each arriving question joins the group it is on average most like, or starts one.

Every few arrivals whole groups that have grown alike are proposed for merging. Nothing is split and no single question
is moved. Average linkage: Sokal & Michener (1958); here in order of arrival, so that people see groups grow and stay.
Vectors are centred on the jam's own topic first: among questions on one topic, what they have in common says nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from askfirst.engines.alike.vectors import Encoder, Floats, Vector, unit

NOBODY = -2.0  # below every cosine


@dataclass(frozen=True)
class Settings:
    """How alike is alike.

    Args:
        threshold: least mean cosine (after centring) to join a group, or of two groups to become one.
        early: what is added to it for the first question; falls to nothing by `early_until`.
        merge_less: what two whole groups may fall short of it; many against many is surer than one against many.
        merge_every: arrivals between two looks at whole groups.
        shared_scale: factor that puts cosines of the multilingual model on the English model's scale.
        prior_weight: how many questions the expected topic counts for against the jam's own.
        recentre: the topic's centre is found anew whenever the jam has grown by this factor, from 4 questions on;
            never again after `recentre_until`, when it hardly moves any more.
    """

    threshold: float = 0.38
    early: float = 0.08
    merge_less: float = 0.02
    early_until: int = 60
    merge_every: int = 10
    shared_scale: float = 0.95
    prior_weight: float = 20.0
    recentre: float = 1.25
    recentre_until: int = 2000


@dataclass(frozen=True)
class Place:
    """Where a question belongs: the group (None: a new one), how alike it is on average, and the second best."""

    group: int | None
    score: float
    second: int | None = None
    second_score: float = -1.0


@dataclass(frozen=True)
class Merge:
    """Two groups that have become one: `gone` goes into `kept`, the older one."""

    kept: int
    gone: int
    score: float


class Index:
    """All questions of one jam and their groups, held in memory; the same history always gives the same index.

    Args:
        settings: see Settings.
        prior: vectors of texts on the expected topic, used until the jam has shown its own.
    """

    def __init__(self, settings: Settings | None = None, prior: Iterable[Vector] = ()) -> None:
        self.settings = settings or Settings()
        prior = list(prior)
        self._prior_english = _mean([v.english for v in prior if v.english is not None])
        self._prior_shared = _mean([v.shared for v in prior])
        self._vectors = _Vectors()
        self._group_of: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}
        self._held: set[int] = set()
        self._changed: set[int] = set()
        self._centre_english: Floats | None = self._prior_english
        self._centre_shared: Floats | None = self._prior_shared
        self._centred_at = 0
        self._sums = _Sums(self.settings.shared_scale, is_mixed=False)

    def __len__(self) -> int:
        return len(self._vectors)

    @property
    def groups(self) -> dict[int, list[int]]:
        """Members of each group in order of arrival."""
        return self._members

    def group_of(self, item: int) -> int:
        return self._group_of[item]

    def find(self, vector: Vector, among: set[int] | None = None) -> Place:
        """The group that `vector` is on average most like, were it to arrive now; only groups in `among`, if given."""
        if not self._members:
            return Place(None, -1.0)
        self._make_room_for(vector)
        scores = self._sums.scores(self._centred(vector))
        if among is not None:
            keep = self._sums.slots_of(group for group in among if group in self._members)
            scores[np.setdiff1d(np.arange(len(scores)), keep)] = NOBODY
        best, second = self._top(scores), None
        if best is not None:
            scores[best[2]] = NOBODY
            second = self._top(scores)
        if best is not None and best[1] >= self._threshold():
            return Place(best[0], best[1], *(second[:2] if second else ()))
        return Place(None, best[1], best[0], best[1]) if best else Place(None, -1.0)

    def _top(self, scores: Floats) -> tuple[int, float, int] | None:
        """(group, score, slot) of the highest score, None if there is none."""
        slot = int(scores.argmax())
        return (self._sums.group_at(slot), float(scores[slot]), slot) if scores[slot] > NOBODY else None

    def add(self, item: int, group: int, vector: Vector) -> None:
        """Take note that `item` arrived in `group` (an existing one or a new number)."""
        self._vectors[item] = vector
        self._group_of[item] = group
        self._members.setdefault(group, []).append(item)
        self._changed.add(group)
        count = len(self._vectors)
        if 4 <= count <= self.settings.recentre_until and count >= self.settings.recentre * self._centred_at:
            self._centre()
        else:
            self._make_room_for(vector)
            self._sums.add(group, self._centred(vector))

    def restore(self, history: Iterable[tuple[int, int, Vector]]) -> None:
        """Take in (item, group, vector) in order of arrival, as they were grouped before."""
        for item, group, vector in history:
            self.add(item, group, vector)
            if len(self._vectors) % self.settings.merge_every == 0:
                self._changed.clear()

    def merges(self) -> list[Merge]:
        """Groups that should become one now; due every `merge_every` arrivals, otherwise empty. Carries them out.

        Groups that a person has touched (`hold`) are left alone.
        """
        if not self._vectors or len(self._vectors) % self.settings.merge_every:
            return []
        done: list[Merge] = []
        waiting = {group for group in self._changed if group in self._members and group not in self._held}
        while waiting:
            pair = self._closest(waiting)
            if pair is None:
                break
            one, other, score = pair
            kept, gone = sorted((one, other), key=lambda group: self._members[group][0])
            self.merge(kept, gone)
            waiting.discard(gone)
            waiting.add(kept)
            done.append(Merge(kept, gone, score))
        self._changed.clear()
        return done

    def merge(self, kept: int, gone: int) -> None:
        """Put all members of `gone` into `kept`, by machine or by hand."""
        for item in self._members.pop(gone):
            self._group_of[item] = kept
            self._members[kept].append(item)
        self._members[kept].sort()
        self._sums.merge(kept, gone)
        self._held.discard(gone)
        self._changed.add(kept)
        self._changed.discard(gone)

    def move(self, items: Iterable[int], group: int) -> None:
        """Put `items` into `group`, as a person decided."""
        touched = {group}
        for item in items:
            before = self._group_of[item]
            touched.add(before)
            self._members[before].remove(item)
            self._group_of[item] = group
            self._members.setdefault(group, []).append(item)
        for own in touched:
            if self._members.get(own):
                self._members[own].sort()
                self._sums.replace(own, [self._centred(self._vectors[item]) for item in self._members[own]])
            else:
                self._members.pop(own, None)
                self._sums.remove(own)

    def hold(self, group: int, held: bool = True) -> None:
        """A person has decided about this group: the machine merges it with no other (it may still grow)."""
        if held:
            self._held.add(group)
        else:
            self._held.discard(group)

    def cohesion(self, group: int) -> dict[int, float]:
        """For each member the mean cosine to the others of its group; 1.0 for a group of one."""
        members = self._members[group]
        if len(members) == 1:
            return {members[0]: 1.0}
        found = {}
        for item in members:
            others = _Sums(self.settings.shared_scale, is_mixed=True)
            others.replace(group, [self._centred(self._vectors[other]) for other in members if other != item])
            found[item] = float(others.scores(self._centred(self._vectors[item])).max())
        return found

    def _threshold(self) -> float:
        early = max(0.0, 1 - len(self._vectors) / self.settings.early_until)
        return self.settings.threshold + self.settings.early * early

    def _closest(self, waiting: set[int]) -> tuple[int, int, float] | None:
        groups = sorted(waiting)
        scores = self._sums.scores_of(groups)
        scores[self._sums.slots_of(self._held & self._members.keys())] = NOBODY
        scores[self._sums.slots_of(groups), range(len(groups))] = NOBODY
        at = int(scores.max(axis=0).argmax())
        top = self._top(scores[:, at])
        if top is None or top[1] < self._threshold() - self.settings.merge_less:
            return None
        return groups[at], top[0], top[1]

    def _centre(self) -> None:
        """Find the topic's centre anew; at fixed sizes, so that it costs little and the same history repeats."""
        weight = self.settings.prior_weight
        vectors = list(self._vectors.values())
        english = [v.english for v in vectors if v.english is not None]
        self._centre_english = _blend(_mean(english), len(english), self._prior_english, weight)
        self._centre_shared = _blend(_mean([v.shared for v in vectors]), len(vectors), self._prior_shared, weight)
        self._centred_at = len(vectors)
        self._fill_sums(is_mixed=self._sums.is_mixed or any(v.english is None for v in vectors))

    def _fill_sums(self, *, is_mixed: bool) -> None:
        self._sums = _Sums(self.settings.shared_scale, is_mixed=is_mixed)
        for group, members in self._members.items():
            self._sums.replace(group, [self._centred(self._vectors[item]) for item in members])

    def _make_room_for(self, vector: Vector) -> None:
        """The first text that is not English brings the sums that only such texts need."""
        if vector.english is None and not self._sums.is_mixed:
            self._fill_sums(is_mixed=True)

    def _centred(self, vector: Vector) -> Vector:
        english = vector.english
        if english is not None and self._centre_english is not None:
            english = unit(english - self._centre_english)
        shared = vector.shared if self._centre_shared is None else unit(vector.shared - self._centre_shared)
        return Vector(vector.language, english, shared)


def group_all(
    texts: list[str],
    encoder: Encoder,
    settings: Settings | None = None,
    progress: Callable[[int], object] = lambda done: None,
) -> list[int]:
    """Group a list of texts as if they arrived one by one; group numbers from 1, by first arrival."""
    index = Index(settings)
    for start in range(0, len(texts), 64):
        batch = texts[start : start + 64]
        for item, vector in enumerate(encoder.encode(batch), start=start):
            found = index.find(vector)
            index.add(item, item if found.group is None else found.group, vector)
            index.merges()
        progress(len(batch))
    order: dict[int, int] = {}
    return [order.setdefault(index.group_of(item), len(order) + 1) for item in range(len(texts))]


def _mean(rows: list[Floats]) -> Floats | None:
    return np.asarray(np.mean(rows, axis=0, dtype=np.float64), np.float32) if rows else None


def _blend(own: Floats | None, count: int, prior: Floats | None, weight: float) -> Floats | None:
    if own is None or prior is None:
        return own if prior is None else prior
    return ((own * count + prior * weight) / (count + weight)).astype(np.float32)


class _Vectors:
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

    def __getitem__(self, number: int) -> Floats:
        block, at = divmod(number, self.ROWS)
        row: Floats = self._blocks[block][at].astype(np.float32)
        return row


ENGLISH, OF_ENGLISH, OTHERS = range(3)


class _Sums:
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

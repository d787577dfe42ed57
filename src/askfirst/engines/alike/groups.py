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
        self._vectors: dict[int, Vector] = {}
        self._group_of: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}
        self._held: set[int] = set()
        self._changed: set[int] = set()
        self._centre_english: Floats | None = self._prior_english
        self._centre_shared: Floats | None = self._prior_shared
        self._centred_at = 0
        self._sums = _Sums()

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
        groups, scores = self._sums.scores(self._centred(vector), self.settings.shared_scale)
        if among is not None:
            keep = np.fromiter((group in among for group in groups), bool, len(groups))
            scores = np.where(keep, scores, -1.0)
        best = int(scores.argmax())
        score = float(scores[best])
        second, second_score = None, -1.0
        if len(groups) > 1:
            rest = scores.copy()
            rest[best] = -2
            other = int(rest.argmax())
            second, second_score = groups[other], float(rest[other])
        joins = score >= self._threshold()
        return Place(
            groups[best] if joins else None,
            score,
            groups[best] if not joins else second,
            score if not joins else second_score,
        )

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
            others = _Sums()
            others.replace(group, [self._centred(self._vectors[other]) for other in members if other != item])
            found[item] = float(others.scores(self._centred(self._vectors[item]), self.settings.shared_scale)[1][0])
        return found

    def _threshold(self) -> float:
        early = max(0.0, 1 - len(self._vectors) / self.settings.early_until)
        return self.settings.threshold + self.settings.early * early

    def _closest(self, waiting: set[int]) -> tuple[int, int, float] | None:
        best: tuple[int, int, float] | None = None
        for group in sorted(waiting):
            groups, scores = self._sums.scores_of_group(group, self.settings.shared_scale)
            for at, other in enumerate(groups):
                if other == group or other in self._held:
                    scores[at] = -1
            top = int(scores.argmax())
            score = float(scores[top])
            if score >= self._threshold() - self.settings.merge_less and (best is None or score > best[2]):
                best = (group, groups[top], score)
        return best

    def _centre(self) -> None:
        """Find the topic's centre anew; at fixed sizes, so that it costs little and the same history repeats."""
        weight = self.settings.prior_weight
        vectors = list(self._vectors.values())
        english = [v.english for v in vectors if v.english is not None]
        self._centre_english = _blend(_mean(english), len(english), self._prior_english, weight)
        self._centre_shared = _blend(_mean([v.shared for v in vectors]), len(vectors), self._prior_shared, weight)
        self._centred_at = len(vectors)
        self._sums = _Sums()
        for group, members in self._members.items():
            self._sums.replace(group, [self._centred(self._vectors[item]) for item in members])

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


class _Sums:
    """Sums of centred vectors by group, in growing arrays, so that a mean cosine is one product.

    Two English texts are compared by their English vectors, every other pair by the shared ones; hence three sums:
    English vectors, shared vectors of English texts, shared vectors of the others.
    """

    def __init__(self) -> None:
        self._slots: dict[int, int] = {}
        self._free: list[int] = []
        self._arrays: list[Floats] = []
        self._counts: npt.NDArray[np.float32] = np.zeros((2, 0), np.float32)

    def add(self, group: int, vector: Vector) -> None:
        slot = self._slot(group, vector)
        english, shared_english, shared_other = self._arrays
        if vector.english is not None:
            english[slot] += vector.english
            shared_english[slot] += vector.shared
            self._counts[0, slot] += 1
        else:
            shared_other[slot] += vector.shared
            self._counts[1, slot] += 1

    def replace(self, group: int, vectors: list[Vector]) -> None:
        self.remove(group)
        for vector in vectors:
            self.add(group, vector)

    def remove(self, group: int) -> None:
        slot = self._slots.pop(group, None)
        if slot is not None:
            for array in self._arrays:
                array[slot] = 0
            self._counts[:, slot] = 0
            self._free.append(slot)

    def merge(self, kept: int, gone: int) -> None:
        one, other = self._slots[kept], self._slots[gone]
        for array in self._arrays:
            array[one] += array[other]
        self._counts[:, one] += self._counts[:, other]
        self.remove(gone)

    def scores(self, vector: Vector, scale: float) -> tuple[list[int], Floats]:
        """Group numbers and the mean cosine of `vector` to the members of each."""
        self._widen(vector)
        english, shared_english, shared_other = self._arrays
        if vector.english is not None:
            total = english @ vector.english + scale * (shared_other @ vector.shared)
        else:
            total = scale * (shared_english @ vector.shared + shared_other @ vector.shared)
        return self._means(total)

    def scores_of_group(self, group: int, scale: float) -> tuple[list[int], Floats]:
        """Group numbers and the mean cosine of all pairs between `group` and each."""
        slot = self._slots[group]
        english, shared_english, shared_other = self._arrays
        own_english, own_shared, own_other = (array[slot] for array in self._arrays)
        total = english @ own_english + scale * (
            shared_other @ own_shared + shared_english @ own_other + shared_other @ own_other
        )
        return self._means(total / self._counts[:, slot].sum())

    def _means(self, totals: Floats) -> tuple[list[int], Floats]:
        groups = list(self._slots)
        slots = np.fromiter(self._slots.values(), np.intp, len(groups))
        return groups, (totals[slots] / self._counts[:, slots].sum(axis=0)).astype(np.float32)

    def _slot(self, group: int, vector: Vector) -> int:
        slot = self._slots.get(group)
        if slot is None:
            if not self._free:
                self._grow(vector)
            slot = self._slots[group] = self._free.pop()
        self._widen(vector)
        return slot

    def _widen(self, vector: Vector) -> None:
        """Make room for English vectors when the first one comes."""
        if vector.english is not None and not self._arrays[0].shape[1]:
            self._arrays[0] = np.zeros((self._counts.shape[1], vector.english.shape[0]), np.float32)

    def _grow(self, vector: Vector) -> None:
        before = self._counts.shape[1]
        after = max(64, 2 * before)
        english = vector.english.shape[0] if vector.english is not None else 0
        if not self._arrays:
            self._arrays = [
                np.zeros((0, english), np.float32),
                *(np.zeros((0, vector.shared.shape[0]), np.float32) for _ in "ab"),
            ]
        self._arrays = [
            np.concatenate([array, np.zeros((after - before, array.shape[1]), np.float32)]) for array in self._arrays
        ]
        self._counts = np.concatenate([self._counts, np.zeros((2, after - before), np.float32)], axis=1)
        self._free = list(range(after - 1, before - 1, -1)) + self._free

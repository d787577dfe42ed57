"""Live linkage: each arriving question joins the group it is most like, or starts one.

How alike is half the average and half the nearest member: the average alone breaks groups that are asked in many ways,
the nearest alone chains what is not alike. Every few arrivals whole groups that have grown alike become one. Nothing is
split and no single question is moved. Average and single linkage: Sokal & Michener (1958), Florek et al. (1951); here
in order of arrival, so that people see groups grow and stay.
Vectors are centred on the jam's own topic first: among questions on one topic, what they have in common says nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from askfirst.engines.alike.store import NOBODY, Rows, Sums, Vectors
from askfirst.engines.alike.vectors import Encoder, Floats, Vector, unit

# The nearest member is looked for in so many groups, those nearest by the mean, and among so many of their newest
# members; more changes no grouping that was measured.
CANDIDATES, MEMBERS = 8, 64


@dataclass(frozen=True)
class Settings:
    """How alike is alike.

    Args:
        threshold: least likeness (after centring) to join a group, or of two groups to become one.
        average: how much of the likeness is the mean cosine to all members; the rest is the nearest member's.
        early: what is added to it for the first question; falls to nothing by `early_until`.
        merge_less: what two whole groups may fall short of it; many against many is surer than one against many.
        merge_every: arrivals between two looks at whole groups.
        shared_scale: factor that puts cosines of the multilingual model on the English model's scale.
        prior_weight: how many questions the expected topic counts for against the jam's own.
        recentre: the topic's centre is found anew whenever the jam has grown by this factor, from 4 questions on;
            never again after `recentre_until`, when it hardly moves any more.
    """

    threshold: float = 0.44
    average: float = 0.5
    early: float = 0.06
    merge_less: float = 0.02
    early_until: int = 60
    merge_every: int = 10
    shared_scale: float = 0.95
    prior_weight: float = 20.0
    recentre: float = 1.25
    recentre_until: int = 2000


@dataclass(frozen=True)
class Place:
    """Where a question belongs: the group (None: a new one), and how alike it is to the group it is most like."""

    group: int | None
    score: float


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
        self._vectors = Vectors()
        self._group_of: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}
        self._held: set[int] = set()
        self._changed: set[int] = set()
        self._centre_english: Floats | None = self._prior_english
        self._centre_shared: Floats | None = self._prior_shared
        self._centred_at = 0
        self._sums = Sums(self.settings.shared_scale, is_mixed=False)

    def __len__(self) -> int:
        return len(self._vectors)

    @property
    def groups(self) -> dict[int, list[int]]:
        """Members of each group in order of arrival."""
        return self._members

    def group_of(self, item: int) -> int:
        return self._group_of[item]

    def find(self, vector: Vector) -> Place:
        """The group that `vector` would join, were it to arrive now."""
        if not self._members:
            return Place(None, -1.0)
        self._make_room_for(vector)
        own = self._centred(vector)
        group, score = self._most_alike(_row(own), self._sums.scores(own))
        return Place(group if score >= self._threshold() else None, score)

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
        waiting = [group for group in self._changed if group in self._members and group not in self._held]
        nearest = self._nearest_groups(waiting)
        while nearest:
            one = min(nearest, key=lambda group: (-nearest[group][1], group))
            other, score = nearest[one]
            if score < self._threshold() - self.settings.merge_less:
                break
            kept, gone = sorted((one, other), key=lambda group: self._members[group][0])
            self.merge(kept, gone)
            nearest.pop(gone, None)
            stale = {kept} | {group for group, (other, _score) in nearest.items() if other in (kept, gone)}
            nearest |= self._nearest_groups(stale)
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
            others = Sums(self.settings.shared_scale, is_mixed=True)
            others.replace(group, [self._centred(self._vectors[other]) for other in members if other != item])
            found[item] = float(others.scores(self._centred(self._vectors[item])).max())
        return found

    def _threshold(self) -> float:
        early = max(0.0, 1 - len(self._vectors) / self.settings.early_until)
        return self.settings.threshold + self.settings.early * early

    def _nearest_groups(self, groups: Iterable[int]) -> dict[int, tuple[int, float]]:
        """For each of `groups` the one it is most like of those that may be merged, and how alike."""
        groups = sorted(groups)
        if not groups:
            return {}
        means = self._sums.scores_of(groups)
        means[self._sums.slots_of(self._held & self._members.keys())] = NOBODY
        means[self._sums.slots_of(groups), range(len(groups))] = NOBODY
        found = {group: self._most_alike(self._centred_members(group), means[:, at]) for at, group in enumerate(groups)}
        return {group: (other, score) for group, (other, score) in found.items() if other is not None}

    def _most_alike(self, own: Rows, means: Floats) -> tuple[int | None, float]:
        """The group most like the texts `own`, and how alike, given by slot the mean cosine to each group."""
        part = self.settings.average
        best: tuple[int | None, float] = (None, -1.0)
        for slot in np.argsort(-means, kind="stable")[:CANDIDATES]:
            if means[slot] <= NOBODY:
                break
            group = self._sums.group_at(slot)
            nearest = own.highest(self._centred_members(group), self.settings.shared_scale)
            score = part * float(means[slot]) + (1 - part) * nearest
            if score > best[1]:
                best = (group, score)
        return best

    def _centred_members(self, group: int) -> Rows:
        rows = self._vectors.rows(self._members[group][-MEMBERS:], is_mixed=self._sums.is_mixed)
        return Rows(
            _less(rows.english, self._centre_english),
            _less(rows.of_english, self._centre_shared),
            _less(rows.others, self._centre_shared),
        )

    def _centre(self) -> None:
        """Find the topic's centre anew; at fixed sizes, so that it costs little and the same history repeats."""
        weight = self.settings.prior_weight
        vectors = self._vectors.values()
        english = [v.english for v in vectors if v.english is not None]
        self._centre_english = _blend(_mean(english), len(english), self._prior_english, weight)
        self._centre_shared = _blend(_mean([v.shared for v in vectors]), len(vectors), self._prior_shared, weight)
        self._centred_at = len(vectors)
        self._fill_sums(is_mixed=self._sums.is_mixed or any(v.english is None for v in vectors))

    def _fill_sums(self, *, is_mixed: bool) -> None:
        self._sums = Sums(self.settings.shared_scale, is_mixed=is_mixed)
        for group, members in self._members.items():
            self._sums.replace(group, [self._centred(self._vectors[item]) for item in members])

    def _make_room_for(self, vector: Vector) -> None:
        """The first text that is not English brings the sums that only such texts need."""
        if vector.english is None and not self._sums.is_mixed:
            self._fill_sums(is_mixed=True)

    def _centred(self, vector: Vector) -> Vector:
        english, shared = _less(vector.english, self._centre_english), _less(vector.shared, self._centre_shared)
        assert shared is not None
        return Vector(vector.language, english, shared)


def _less(rows: Floats | None, centre: Floats | None) -> Floats | None:
    """What is left of vectors without their topic, at length 1."""
    return rows if rows is None or centre is None else unit(rows - centre)


def _row(vector: Vector) -> Rows:
    shared = vector.shared[None]
    if vector.english is None:
        return Rows(None, None, shared)
    return Rows(vector.english[None], shared, None)


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

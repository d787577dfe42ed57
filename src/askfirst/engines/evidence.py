"""Did it help? The same people before and after, and teams that have begun beside teams that have not yet.

Paired differences by Student's t; teams by their means and Welch's t, because people of one team are alike and count together
(Hayes & Moulton, "Cluster Randomised Trials", 2017, chapter 10). Computed by scipy.stats; nothing is decided by a p value alone:
an effect comes with its 95 % interval, and is called detectable only where the interval leaves out zero.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LEVEL = 0.95
# Least people for a paired effect and in a team; least teams on each side.
PEOPLE, TEAMS = 5, 3


@dataclass(frozen=True)
class Effect:
    """A difference of means in the unit of the scores.

    Attributes:
        difference, low, high: the estimate and its 95 % interval.
        number: of people (paired) or of teams (between).
        least: what a true difference would have to be for four of five such studies to see it.
    """

    difference: float
    low: float
    high: float
    number: int
    least: float

    @property
    def is_detectable(self) -> bool:
        return self.low > 0 or self.high < 0


def paired(before: Sequence[float], after: Sequence[float]) -> Effect | None:
    """Change within the same people; None for fewer than five.

    Raises:
        ValueError: the two are not of one length.
    """
    from scipy import stats  # noqa: PLC0415 - half a second and 40 MB that only this page needs

    if len(before) != len(after):
        raise ValueError("One score before and one after for each person.")
    number = len(before)
    if number < PEOPLE:
        return None
    changes = [b - a for a, b in zip(before, after, strict=True)]
    mean = sum(changes) / number
    spread = (sum((change - mean) ** 2 for change in changes) / (number - 1)) ** 0.5
    if spread == 0:
        return Effect(mean, mean, mean, number, 0.0)
    found = stats.ttest_rel(after, before)
    interval = found.confidence_interval(LEVEL)
    return Effect(
        mean, float(interval.low), float(interval.high), number, _least(spread / number**0.5, number - 1, stats)
    )


def between(begun: Mapping[str, Sequence[float]], waiting: Mapping[str, Sequence[float]]) -> Effect | None:
    """Teams that have begun against teams that wait, by team means; None for fewer than three teams of five on a side."""
    from scipy import stats  # noqa: PLC0415 - as above

    one, other = _means(begun), _means(waiting)
    if len(one) < TEAMS or len(other) < TEAMS:
        return None
    difference = sum(one) / len(one) - sum(other) / len(other)
    if len(set(one)) == len(set(other)) == 1:
        return Effect(difference, difference, difference, len(one) + len(other), 0.0)
    found = stats.ttest_ind(one, other, equal_var=False)
    interval = found.confidence_interval(LEVEL)
    return Effect(
        difference, float(interval.low), float(interval.high), len(one) + len(other),
        _least(difference / float(found.statistic) if difference else _error(one, other), float(found.df), stats),
    )  # fmt: skip


def waves(teams: Sequence[str], steps: int, seed: int) -> dict[str, int]:
    """Which step (from 0) each team begins at: at random, as even as it goes, the same for one seed (stepped wedge)."""
    order = sorted(teams, key=lambda team: hashlib.blake2b(f"{seed} {team}".encode()).digest())
    return {team: place % steps for place, team in enumerate(order)}


def form_for(number: int, occasion: int, forms: int) -> int:
    """Which of the parallel forms a person gets at an occasion: each person every form once, each form as often as any."""
    return (number + occasion) % forms


def _means(teams: Mapping[str, Sequence[float]]) -> list[float]:
    return [sum(scores) / len(scores) for scores in teams.values() if len(scores) >= PEOPLE]


def _error(one: Sequence[float], other: Sequence[float]) -> float:
    def squared(values: Sequence[float]) -> float:
        mean = sum(values) / len(values)
        return sum((value - mean) ** 2 for value in values) / (len(values) - 1) / len(values)

    return float((squared(one) + squared(other)) ** 0.5)


def _least(error: float, df: float, stats: object) -> float:
    t = stats.t  # type: ignore[attr-defined]
    return abs(error) * float(t.ppf(0.5 + LEVEL / 2, df) + t.ppf(0.8, df))

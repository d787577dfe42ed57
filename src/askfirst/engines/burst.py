"""Is this count out of the ordinary? A level that follows slowly, a profile of the day, and the tail of a negative binomial.

Counts come in steps of five minutes; what is judged is the sum of the last half hour, so that a burst is seen within minutes of its
start and a lone bunch is not. Method: exponentially weighted level and hour-of-day profile (as in Holt-Winters), tail probability of the
negative binomial with the variance seen; what counts as a burst is clipped before it teaches the baseline.
"""

from dataclasses import asdict, dataclass, field
from math import exp, lgamma, log, sqrt
from typing import Any

STEP_MINUTES = 5
STEPS = 6
HALF_LIFE_DAYS = 4.0
PROFILE_RATE = 0.04
# -log10 of the tail probability from which it is a burst, and below which it is over.
ALERT, OVER = 6.0, 2.0
LEAST = 6
CLIP = 8.0
WARM_UP_STEPS = 72


@dataclass(frozen=True)
class Reading:
    """One judgement. `seen` and `expected`: posts in the last half hour; `surprise`: -log10 of the tail probability."""

    seen: int
    expected: float
    surprise: float
    is_burst: bool
    has_begun: bool


@dataclass
class Burst:
    """The memory of one query. Its values are plain, so that they can be stored."""

    level: float = 0.0
    spread: float = 1.0
    profile: list[float] = field(default_factory=lambda: [1.0] * 24)
    recent: list[int] = field(default_factory=list)
    steps: int = 0
    is_on: bool = False

    def to_values(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_values(cls, values: dict[str, Any]) -> "Burst":
        return cls(**values)

    def add(self, count: int, hour: int) -> Reading:
        """The count of one step of five minutes; `hour` of the day, 0 to 23."""
        self.recent = [*self.recent, count][-STEPS:]
        seen = sum(self.recent)
        rate = max(self.level, 0.02) * self.profile[hour]
        expected = rate * len(self.recent)
        variance = max(expected * 1.1, expected * self.spread)
        surprise = _surprise(seen, expected, variance)
        warm = self.steps >= WARM_UP_STEPS
        begins = warm and not self.is_on and seen >= LEAST and surprise >= ALERT
        if begins:
            self.is_on = True
        elif self.is_on and surprise < OVER:
            self.is_on = False
        self._learn(count, rate, hour)
        return Reading(seen, round(expected, 2), round(surprise, 2), self.is_on, begins)

    def _learn(self, count: int, rate: float, hour: int) -> None:
        self.steps += 1
        clipped = min(float(count), rate + CLIP * sqrt(max(rate * self.spread, 0.25)))
        per_step = 1 - exp(-log(2) * STEP_MINUTES / (HALF_LIFE_DAYS * 1440))
        # The first days count more, so that a new query is not blind for a week.
        weight = max(per_step, 1 / (self.steps + 1))
        if self.is_on:
            weight *= 0.1
        self.level += weight * (clipped / self.profile[hour] - self.level)
        if self.steps > WARM_UP_STEPS and rate > 0:
            deviation = (clipped - rate) ** 2 / max(rate, 0.05)
            self.spread += max(weight, 0.002) * (min(deviation, 30.0) - self.spread)
            self.spread = min(max(self.spread, 1.0), 12.0)
            if self.level > 0.01:
                self.profile[hour] += PROFILE_RATE / 12 * (clipped / self.level - self.profile[hour])
                self.profile[hour] = min(max(self.profile[hour], 0.1), 6.0)


def _surprise(seen: int, mean: float, variance: float) -> float:
    """-log10 P(X >= seen) for a negative binomial of this mean and variance."""
    if seen <= mean:
        return 0.0
    variance = max(variance, mean * 1.0001)
    size = mean * mean / (variance - mean)
    p = mean / variance
    # Sum the tail from `seen` upwards; beyond a few deviations its terms shrink geometrically.
    log_term = lgamma(seen + size) - lgamma(size) - lgamma(seen + 1) + size * log(p) + seen * log(1 - p)
    total, term, k = 0.0, 1.0, seen
    while term > 1e-12 and k < seen + 5000:
        total += term
        term *= (k + size) / (k + 1) * (1 - p)
        k += 1
    return max(0.0, -(log_term + log(total)) / log(10))

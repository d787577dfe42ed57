"""When to ask again, and how well somebody tells apart what is fine from what is not.

Scheduling by FSRS (package fsrs, MIT; Ye et al., "A stochastic shortest path algorithm for optimizing spaced repetition
scheduling", 2022). Discrimination after signal detection theory: d' and criterion c with the log-linear correction of Hautus (1995).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from statistics import NormalDist
from typing import Any

from fsrs import Card, Rating, Scheduler

LONGEST_DAYS = 180
FAST_SECONDS = 8
_SCHEDULER = Scheduler(
    desired_retention=0.9, learning_steps=(), relearning_steps=(), maximum_interval=LONGEST_DAYS, enable_fuzzing=False
)


def after_answer(
    card: Mapping[str, Any] | None, *, is_right: bool, is_sure: bool, seconds: float, now: datetime
) -> tuple[dict[str, Any], datetime]:
    """The card (as JSON values) after one answer, and when to ask again.

    Args:
        card: what the last call gave; None for the first answer.
        now: with a time zone.
    """
    before = Card.from_dict(dict(card)) if card else Card(card_id=0)  # type: ignore[arg-type]
    after, _log = _SCHEDULER.review_card(before, _rating(is_right=is_right, is_sure=is_sure, seconds=seconds), now)
    return dict(after.to_dict()), after.due


def _rating(*, is_right: bool, is_sure: bool, seconds: float) -> Rating:
    if not is_right:
        return Rating.Again
    if not is_sure:
        return Rating.Hard
    return Rating.Easy if seconds <= FAST_SECONDS else Rating.Good


@dataclass(frozen=True)
class Discrimination:
    """d' (0: no better than chance; 2 and more: good) and c (above 0: suspicious, below 0: trusting)."""

    d_prime: float
    criterion: float


def discrimination(hits: int, misses: int, false_alarms: int, correct_rejections: int) -> Discrimination:
    """From counts: things that were not fine and were stopped (hits) or not (misses), and fine things stopped or let pass."""
    normal = NormalDist()
    hit = normal.inv_cdf((hits + 0.5) / (hits + misses + 1))
    alarm = normal.inv_cdf((false_alarms + 0.5) / (false_alarms + correct_rejections + 1))
    return Discrimination(round(hit - alarm, 3), round(-(hit + alarm) / 2, 3))

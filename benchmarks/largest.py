"""The largest plan on paper: `python -m benchmarks.largest`: 150,000 people in one jam over three days, minute by minute.

As many took part in IBM's InnovationJam of 2006, and left some 46,000 posts. People come from three parts of the world, mostly
in their working hours, stay for a while, read, vote and sometimes ask; what that asks of a server is counted and held
against what one machine was measured to do (docs/why/live.md). Nothing is sent: it is arithmetic with a seed.
"""

import argparse
import math
import random
from dataclasses import dataclass
from pathlib import Path

from benchmarks.phones import quantile, write

RESULTS = Path(__file__).parent / "results"
HOURS = 72
# Share of the people by the hour (UTC) at which their working day begins.
REGIONS = ((7, 0.45), (13, 0.35), (1, 0.20))
VISITS = 2.5
STAY_MINUTES, STAY_SPREAD = 12, 0.8
VOTES_A_MINUTE = 0.6
POSTS = 46_000
# Measured on two cores, with the generator on the same.
PHONES_OF_ONE, VOTES_OF_ONE = 19_500, 1_000


@dataclass(frozen=True)
class Day:
    """What a run of the plan asks for: phones at once by minute, votes a second, posts a minute."""

    phones: list[int]
    votes: list[float]
    posts: list[int]


def hour_of_visit(chance: random.Random, begins: int) -> float:
    """An hour of the three days: a working day of nine hours, its late morning the fullest, the first day the fullest."""
    day = chance.choices((0, 1, 2), (0.45, 0.3, 0.25))[0]
    return (24 * day + begins + 9 * chance.betavariate(2, 3)) % HOURS


def simulate(people: int, seed: int) -> Day:
    chance = random.Random(seed)
    minutes = HOURS * 60
    change, posts = [0] * (minutes + 1), [0] * minutes
    visits = 0
    for begins, share in REGIONS:
        for _person in range(round(people * share)):
            for _visit in range(int(VISITS) + (chance.random() < VISITS % 1)):
                visits += 1
                start = int(hour_of_visit(chance, begins) * 60)
                stay = max(1, round(chance.lognormvariate(math.log(STAY_MINUTES), STAY_SPREAD)))
                change[start] += 1
                change[min(minutes, start + stay)] -= 1
                if chance.random() < POSTS / (people * VISITS):
                    posts[min(minutes - 1, start + chance.randrange(stay))] += 1
    phones, here = [], 0
    for minute in range(minutes):
        here += change[minute]
        phones.append(here)
    return Day(phones, [here * VOTES_A_MINUTE / 60 for here in phones], posts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=150_000)
    parser.add_argument("--at-once", type=float, default=1.0, help="how many times fuller than planned")
    args = parser.parse_args()
    day = simulate(round(args.people * args.at_once), seed=2006)
    row = {
        "people": args.people,
        "phones at once, median": round(quantile(day.phones, 0.5)),
        "phones at once, most": max(day.phones),
        "votes a second, most": round(max(day.votes), 1),
        "posts in all": sum(day.posts),
        "posts a minute, most": max(day.posts),
        "of one machine's phones": round(max(day.phones) / PHONES_OF_ONE, 2),
        "of one machine's votes": round(max(day.votes) / VOTES_OF_ONE, 2),
    }
    for name, value in row.items():
        print(f"{name:26} {value:>10,}")
    write(RESULTS / "largest.json", [row])


if __name__ == "__main__":
    main()

"""Grouping: `python -m benchmarks.grouping FILE.csv …` scores jams drawn from labelled files (columns text, group).

pairF1 = F1 over pairs in the same group; B3 = BCubed F1; groups = number found by number true. Each file gives the same
jams at every run: sizes drawn from a heavy tail, many groups of one, order at random.
"""

import argparse
import csv
import random
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from askfirst.engines import alike
from benchmarks.phones import resident, write


def draw(rows: list[tuple[str, str]], size: int, chance: random.Random) -> list[tuple[str, str]]:
    """One jam of `size` questions."""
    groups: dict[str, list[str]] = {}
    for text, group in rows:
        groups.setdefault(group, []).append(text)
    names = list(groups)
    chance.shuffle(names)
    jam: list[tuple[str, str]] = []
    for name in names:
        wanted = min(int(chance.paretovariate(1.3)), size // 5, len(groups[name]), size - len(jam))
        jam += [(text, name) for text in chance.sample(groups[name], wanted)]
    left = [row for row in ((text, group) for group in names for text in groups[group]) if row not in set(jam)]
    jam += chance.sample(left, min(size - len(jam), len(left)))
    chance.shuffle(jam)
    return jam


def scores(found: list[int], true: list[str]) -> tuple[float, float, float]:
    """(pairF1, B3, found groups by true groups)."""
    cells, rows, columns = Counter(zip(found, true, strict=True)), Counter(found), Counter(true)

    def pairs(counts: Counter) -> float:
        return sum(n * (n - 1) / 2 for n in counts.values())

    pair = 2 * pairs(cells) / (pairs(rows) + pairs(columns)) if pairs(rows) + pairs(columns) else 1.0
    precision = sum(n * n / rows[one] for (one, _), n in cells.items()) / len(true)
    recall = sum(n * n / columns[other] for (_, other), n in cells.items()) / len(true)
    return pair, 2 * precision * recall / (precision + recall), len(rows) / len(columns)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[40, 150])
    parser.add_argument("--jams", type=int, default=6)
    args = parser.parse_args()
    before, begun = resident(), time.perf_counter()
    # As a serving process keeps it: processes share the table of pieces as a file.
    kept = TemporaryDirectory()
    encoder = alike.load_encoder(cache=Path(kept.name))
    encoder.encode(["Is this fine?", "Ist das gut so?"])
    loaded = resident() - before
    print(f"models: {loaded:.0f} MB, {time.perf_counter() - begun:.1f} s")
    report = []
    for size in args.sizes:
        means = []
        for path in args.files:
            with path.open(encoding="utf-8") as file:
                rows = [(row["text"], row["group"]) for row in csv.DictReader(file)]
            chance = random.Random(size)
            runs = []
            for _ in range(args.jams):
                jam = draw(rows, size, chance)
                runs.append(scores(alike.group_all([text for text, _ in jam], encoder), [group for _, group in jam]))
            means.append([sum(run[at] for run in runs) / len(runs) for at in range(3)])
            print(
                f"N={size:4} {path.stem:20} pairF1 {means[-1][0]:.3f}  B3 {means[-1][1]:.3f}  groups ×{means[-1][2]:.2f}"
            )
            report.append(
                {"size": size, "set": path.stem, "pairF1": means[-1][0], "B3": means[-1][1], "groups": means[-1][2]}
            )
        if means:
            mean = [sum(row[at] for row in means) / len(means) for at in range(3)]
            print(f"N={size:4} {'mean':20} pairF1 {mean[0]:.3f}  B3 {mean[1]:.3f}  groups ×{mean[2]:.2f}")
    index = speed(encoder)
    print(f"models and an index of {len(index.groups)} groups: {resident() - before:.0f} MB")
    write(Path(__file__).parent / "results" / "grouping.json", report)


def speed(encoder: alike.Encoder, number: int = 20_000) -> alike.Index:
    """Milliseconds from arrival to group when `number` questions are there already; gives the index that holds them."""
    chance = random.Random(5)
    words = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in "nrstlm"]
    texts = [" ".join(chance.choices(words, k=7)) + "?" for _ in range(number)]
    index = alike.Index()
    begun = time.perf_counter()
    for start in range(0, number, 64):
        for item, vector in enumerate(encoder.encode(texts[start : start + 64], ["en"]), start=start):
            place = index.find(vector)
            index.add(item, item if place.group is None else place.group, vector)
            index.merges()
    total = time.perf_counter() - begun
    took = []
    for item in range(number, number + 200):
        at = time.perf_counter()
        vector = encoder.encode(["May I post a picture of the new shop on my own page?"], ["en"])[0]
        place = index.find(vector)
        index.add(item, item if place.group is None else place.group, vector)
        index.merges()
        took.append((time.perf_counter() - at) * 1000)
    took.sort()
    print(
        f"{number} questions in {total:.0f} s; then p50 {took[100]:.1f} ms, p99 {took[197]:.1f} ms from arrival to group ({len(index.groups)} groups)"
    )
    return index


if __name__ == "__main__":
    main()

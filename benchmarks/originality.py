"""Originality: `python -m benchmarks.originality [--pan FOLDER] [--references N]`.

Speed of a 3,000-word draft against N references of about 530 words, beside difflib on the same texts; and, given a
folder of the PAN text alignment corpus (its own layout: NN-kind/pairs, susp/, src/), plagdet by kind of obfuscation.
"""

import argparse
import difflib
import math
import random
import re
import resource
import time
from pathlib import Path

from askfirst.engines.originality import Shelf, Vocabulary, check
from benchmarks.phones import write

RESULTS = Path(__file__).parent / "results"
WORDS = [
    f"{a}{b}{c}{d}" for a in "bdfgklmnprst" for b in "aeiou" for c in "bdglmnrst" for d in ("", "a", "en", "ing", "ed")
]
Found = tuple[int, int, int, int]


def text(chance: random.Random, number: int) -> str:
    """Sentences of words with a heavy tail, so that some are common and most are rare."""
    sentences = []
    while number > 0:
        length = chance.randint(8, 24)
        words = [WORDS[min(len(WORDS) - 1, int(chance.paretovariate(0.6)))] for _ in range(length)]
        sentences.append(" ".join(words).capitalize() + ".")
        number -= length
    return " ".join(sentences)


def speed(references: int) -> dict[str, float]:
    chance = random.Random(3)
    shelf = Shelf(Vocabulary())
    raw = [text(chance, 530) for _ in range(references)]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.perf_counter()
    shelf.add([shelf.vocabulary.read(str(number), one) for number, one in enumerate(raw)])
    built = time.perf_counter() - begun
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    copied = " ".join(raw[references // 2].split()[100:220])
    draft = f"{text(chance, 1400)} {copied} {text(chance, 1400)}"
    row = {"references": references, "index built s": built, "index MB": grown}
    for name, only_copied in (("copied tier s", True), ("all tiers s", False)):
        begun = time.process_time()
        found = check(shelf.vocabulary.read("draft", draft), shelf, only_copied=only_copied)
        row[name] = time.process_time() - begun
        row[f"{name[:-2]} found"] = sum(passage.source == references // 2 for passage in found)
    begun = time.perf_counter()
    shelf.add([shelf.vocabulary.read("one more", text(chance, 530))])
    row["one more reference s"] = time.perf_counter() - begun
    sample = raw[references // 2 - 10 : references // 2 + 10]
    begun = time.process_time()
    for one in sample:
        difflib.SequenceMatcher(None, draft.split(), one.split(), autojunk=False).get_matching_blocks()
    row["difflib s (from 20)"] = (time.process_time() - begun) / 20 * references
    return row


def plagdet(cases: list[tuple[list[Found], list[Found]]]) -> tuple[float, float, float, float]:
    """(plagdet, precision, recall, granularity), macro-averaged over cases and detections as PAN defines them."""
    recalls, precisions, pieces = [], [], []
    for true, found in cases:
        for case in true:
            hits = [one for one in found if _overlap(one, case)]
            recalls.append(_covered(case, hits))
            pieces += [len(hits)] if hits else []
        precisions += [_covered(one, [case for case in true if _overlap(one, case)]) for one in found]
    precision = sum(precisions) / len(precisions) if precisions else 0.0
    recall = sum(recalls) / len(recalls) if recalls else 0.0
    granularity = sum(pieces) / len(pieces) if pieces else 1.0
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return both / math.log2(1 + granularity), precision, recall, granularity


def _overlap(one: Found, other: Found) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def _covered(one: Found, others: list[Found]) -> float:
    total = 0
    for first, last in ((0, 1), (2, 3)):
        marks: set[int] = set()
        for other in others:
            marks.update(range(max(one[first], other[first]), min(one[last], other[last])))
        total += len(marks)
    return total / max(1, one[1] - one[0] + one[3] - one[2])


def pan(folder: Path, pairs: int) -> list[dict[str, object]]:
    rows, everything = [], []
    for kind in sorted(path for path in folder.iterdir() if (path / "pairs").exists()):
        listed = [line.split() for line in (kind / "pairs").read_text().splitlines()]
        random.Random(11).shuffle(listed)
        cases = []
        for suspicious, source in listed[:pairs]:
            marks = (kind / f"{suspicious[:-4]}-{source[:-4]}.xml").read_text()
            true = [_case(feature) for feature in re.findall(r'<feature\s[^>]*name="plagiarism"[^>]*>', marks)]
            shelf = Shelf(Vocabulary())
            shelf.add([shelf.vocabulary.read(source, _read(folder / "src" / source))])
            draft = shelf.vocabulary.read(suspicious, _read(folder / "susp" / suspicious))
            cases.append(
                (true, [(p.draft_start, p.draft_end, p.source_start, p.source_end) for p in check(draft, shelf)])
            )
        everything += cases
        if any(true for true, _found in cases):
            rows.append({"kind": kind.name, "plagdet": plagdet(cases)[0]})
        else:
            rows.append({"kind": kind.name, "false findings": sum(len(found) for _true, found in cases)})
        print(rows[-1], flush=True)
    rows.append({"kind": "all", "plagdet": plagdet(everything)[0]})
    print(rows[-1])
    return rows


def _case(feature: str) -> Found:
    number = {name: int(value) for name, value in re.findall(r'(\w+)="(\d+)"', feature)}
    this, source = number["this_offset"], number["source_offset"]
    return this, this + number["this_length"], source, source + number["source_length"]


def _read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--references", type=int, default=2000)
    parser.add_argument("--pan", type=Path)
    parser.add_argument("--pairs", type=int, default=200, help="pairs of each kind")
    args = parser.parse_args()
    row = speed(args.references)
    print("  ".join(f"{name} {value:.2f}" for name, value in row.items()))
    rows: list[dict[str, object]] = [dict(row)]
    if args.pan:
        rows += pan(args.pan, args.pairs)
    write(RESULTS / "originality.json", rows)


if __name__ == "__main__":
    main()

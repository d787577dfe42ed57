"""Originality: `python -m benchmarks.originality [--pan FOLDER] [--references N]`.

Speed of a 3,000-word draft against N references of about 530 words, beside difflib on the same texts; and, given a
folder of the PAN text alignment corpus (its own layout: NN-kind/pairs, susp/, src/), plagdet by kind of obfuscation,
beside difflib and, where they are installed (pip install copydetect datasketch), copydetect and MinHash.
"""

import argparse
import difflib
import io
import math
import random
import re
import resource
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from askfirst.engines.originality import Shelf, Vocabulary, check
from benchmarks.phones import write

RESULTS = Path(__file__).parent / "results"
SYLLABLES = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in ("", "l", "n", "r")]
WORDS = [one + other for one in SYLLABLES for other in SYLLABLES]
Found = tuple[int, int, int, int]


def text(chance: random.Random, number: int) -> str:
    """Sentences whose words are as unequally common as those of a language (Zipf's law)."""
    sentences = []
    while number > 0:
        length = chance.randint(8, 24)
        words = [WORDS[int(len(WORDS) ** chance.random()) - 1] for _ in range(length)]
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


def ours(draft: str, source: str) -> list[Found]:
    shelf = Shelf(Vocabulary())
    shelf.add([shelf.vocabulary.read("source", source)])
    found = check(shelf.vocabulary.read("draft", draft), shelf)
    return [(p.draft_start, p.draft_end, p.source_start, p.source_end) for p in found]


def by_difflib(draft: str, source: str) -> list[Found]:
    """Equal runs of five words and more, merged over gaps of thirty characters."""
    one, other = list(re.finditer(r"\w+", draft)), list(re.finditer(r"\w+", source))
    matcher = difflib.SequenceMatcher(None, [w[0].lower() for w in one], [w[0].lower() for w in other], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size >= 5]
    return merged(
        [
            (one[b.a].start(), one[b.a + b.size - 1].end(), other[b.b].start(), other[b.b + b.size - 1].end())
            for b in blocks
        ],
        30,
    )


def by_copydetect(draft: str, source: str) -> list[Found]:
    """Fingerprints of 25 characters, winnowed; slices of both sides are paired by their first characters."""
    import copydetect

    one, other = (
        copydetect.CodeFingerprint("text.txt", 25, 1, filter=False, fp=io.StringIO(text)) for text in (draft, source)
    )
    _tokens, _shares, slices = copydetect.compare_files(one, other)
    found = []
    for first, last in zip(*slices[0], strict=True) if len(slices[0]) else ():
        at = source.find(draft[first : first + 25])
        if at >= 0:
            found.append((int(first), int(last), at, at + int(last - first)))
    return merged(found, 200)


def by_minhash(draft: str, source: str) -> list[Found]:
    """Sentences whose sets of words are alike (Jaccard by MinHash, one half and more), merged."""
    from datasketch import MinHash

    def sketched(text: str) -> list[tuple[int, int, object]]:
        rows = []
        for sentence in re.finditer(r"[^.!?]{20,}[.!?]?", text):
            sketch = MinHash(num_perm=64)
            sketch.update_batch([word.encode() for word in re.findall(r"\w+", sentence[0].lower())])
            rows.append((sentence.start(), sentence.end(), sketch))
        return rows

    theirs = sketched(source)
    found = []
    for start, end, sketch in sketched(draft):
        best = max(theirs, key=lambda row: sketch.jaccard(row[2]), default=None)
        if best is not None and sketch.jaccard(best[2]) >= 0.5:
            found.append((start, end, best[0], best[1]))
    return merged(found, 400)


def merged(found: list[Found], gap: int) -> list[Found]:
    """Neighbours in both texts as one; what stays shorter than 150 characters is left out."""
    done: list[Found] = []
    for one in sorted(found):
        before = done[-1] if done else None
        if before and one[0] - before[1] <= gap and -gap <= one[2] - before[3] <= gap:
            done[-1] = (before[0], max(before[1], one[1]), min(before[2], one[2]), max(before[3], one[3]))
        else:
            done.append(one)
    return [one for one in done if one[1] - one[0] >= 150]


def pan(folder: Path, pairs: int, first: int) -> list[dict[str, object]]:
    ways: dict[str, Callable[[str, str], list[Found]]] = {"ours": ours, "difflib": by_difflib}
    ways |= {"copydetect": by_copydetect} if find_spec("copydetect") else {}
    ways |= {"MinHash": by_minhash} if find_spec("datasketch") else {}
    rows: list[dict[str, object]] = []
    everything: dict[str, list[tuple[list[Found], list[Found]]]] = {name: [] for name in ways}
    for kind in sorted(path for path in folder.iterdir() if (path / "pairs").exists()):
        listed = [line.split() for line in (kind / "pairs").read_text().splitlines()]
        random.Random(11).shuffle(listed)
        row: dict[str, object] = {"kind": kind.name}
        for name, way in ways.items():
            cases = []
            for suspicious, source in listed[first : first + pairs]:
                marks = (kind / f"{suspicious[:-4]}-{source[:-4]}.xml").read_text()
                true = [_case(feature) for feature in re.findall(r'<feature\s[^>]*name="plagiarism"[^>]*>', marks)]
                cases.append((true, way(_read(folder / "susp" / suspicious), _read(folder / "src" / source))))
            everything[name] += cases
            if any(true for true, _found in cases):
                row[name] = round(plagdet(cases)[0], 3)
            else:
                row[name] = f"{sum(len(found) for _true, found in cases)} false"
        rows.append(row)
        print("  ".join(f"{name} {value}" for name, value in row.items()), flush=True)
    rows.append({"kind": "all"} | {name: round(plagdet(cases)[0], 3) for name, cases in everything.items()})
    print("  ".join(f"{name} {value}" for name, value in rows[-1].items()))
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
    parser.add_argument("--first", type=int, default=500, help="the first of them, in a shuffled order of its own")
    args = parser.parse_args()
    row = speed(args.references)
    print("  ".join(f"{name} {value:.2f}" for name, value in row.items()))
    rows: list[dict[str, object]] = [dict(row)]
    if args.pan:
        rows += pan(args.pan, args.pairs, args.first)
    write(RESULTS / "originality.json", rows)


if __name__ == "__main__":
    main()

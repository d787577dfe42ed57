"""Train the second judge of whether a sentence tells who is where, and when: `python -m training.whereabouts`.

From sentences of our own (whereabouts.*.txt: place|text, other|text; facts.*.txt), from the coach's gold sets, and, counting less, from drafts and
posts that are about something else (posts.*.txt, drafts.*.txt, rights.*.txt). Words and the signs of engines/draftcheck/whereabouts.py are
learnt together.
"""

from askfirst.engines.draftcheck import whereabouts
from training.words import labelled, read, tell_apart, texts

# There is more to learn from than for other tables.
HELD_BY = 1e-4


def main() -> None:
    own = [(kind == "place", text) for kind, text in read("whereabouts.*.txt")]
    own += [(False, text) for _kind, text in read("facts.*.txt")]
    own += [("location" in labels.split(), text) for labels, text in labelled()]
    others = [text for pattern in ("posts.*.txt", "drafts.*.txt", "rights.*.txt") for _kind, text in read(pattern)]
    rows = texts(own, others, whereabouts.signs, whereabouts.parts)
    scores, right = tell_apart(whereabouts.PATH, rows, HELD_BY)

    print(f"{len(own)} sentences and {len(others)} others; on the sentences by cross-validation")
    right = right[: len(own)]
    for least in (0.0, 0.5, whereabouts.SURE, 1.5):
        said = scores > least
        ours = said[: len(own)]
        print(f"from {least}: precision {right[ours].mean():.2f}, recall {ours[right].mean():.2f}", end="; ")
        print(f"of the others {said[len(own) :].mean():.3f} are taken for one")


if __name__ == "__main__":
    main()

"""Train the second judge of whether a post is protected speech: `python -m training.rights`.

From posts of our own (rights.*.txt: rights|text, other|text; facts.*.txt) and, counting less, from drafts (drafts.*.txt), from what customers
write (posts.*.txt without risks, some of which are strikes), and from what else people tell (whereabouts.*.txt without places, some of which
are shifts; the coach's gold sets). Words and the signs of engines/draftcheck/protected.py are learnt together.
"""

from askfirst.engines.draftcheck import protected
from training.words import labelled, read, tell_apart, texts

CUSTOMERS = {"question", "complaint", "story", "praise", "noise"}


def main() -> None:
    own = [(kind == "rights", text) for pattern in ("rights.*.txt", "facts.*.txt") for kind, text in read(pattern)]
    others = [text for _kind, text in read("drafts.*.txt")]
    others += [text for kind, text in read("whereabouts.*.txt") if kind == "other"]
    others += [text for labels, text in labelled() if "protected" not in labels.split()]
    others += [text for kind, text in read("posts.*.txt") if kind in CUSTOMERS]
    scores, right = tell_apart(protected.PATH, texts(own, others, protected.signs))

    for least in (protected.HOPELESS, protected.PERHAPS, protected.SURE, 0.5, 1.0):
        said = scores > least
        print(
            f"from {least}: precision {right[said].mean():.2f}, recall {said[right].mean():.2f}, of the others {said[~right].mean():.3f}"
        )


if __name__ == "__main__":
    main()

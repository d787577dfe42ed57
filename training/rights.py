"""Train the second judge of whether a post is protected speech: `python -m training.rights`.

From posts of our own (rights.*.txt: rights|text, other|text) and, counting less, from drafts and from what customers write (drafts.*.txt,
posts.*.txt without risks, some of which are strikes). Words and the signs of engines/draftcheck/protected.py are learnt together.
"""

from askfirst.engines.draftcheck import protected
from training.words import read, tell_apart, texts

CUSTOMERS = {"question", "complaint", "story", "praise", "noise"}


def main() -> None:
    own = [(kind == "rights", text) for kind, text in read("rights.*.txt")]
    others = [text for _kind, text in read("drafts.*.txt")]
    others += [text for kind, text in read("posts.*.txt") if kind in CUSTOMERS]
    scores, right = tell_apart(protected.PATH, texts(own, others, protected.signs))

    for least in (0.0, 0.5, protected.SURE, 1.5, 2.0):
        said = scores > least
        print(
            f"from {least}: precision {right[said].mean():.2f}, recall {said[right].mean():.2f}, of the others {said[~right].mean():.3f}"
        )


if __name__ == "__main__":
    main()

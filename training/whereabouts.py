"""Train the second judge of whether a sentence tells who is where, and when: `python -m training.whereabouts`.

From sentences of our own (whereabouts.*.txt: place|text, other|text), and, counting less, from drafts and posts that are about something
else (posts.*.txt, drafts.*.txt, rights.*.txt). Words and the signs of engines/draftcheck/whereabouts.py are learnt together.
"""

import numpy as np

from askfirst.engines.draftcheck import whereabouts
from askfirst.engines.wordtable import words_of
from training.words import Vectors, cross_validated, fit, read, write

OTHERS_WEIGH = 0.3


def main() -> None:
    own = [(kind == "place", text, 1.0) for kind, text in read("whereabouts.*.txt")]
    others = [text for pattern in ("posts.*.txt", "drafts.*.txt", "rights.*.txt") for _kind, text in read(pattern)]
    posts = own + [(False, text, OTHERS_WEIGH) for text in others]
    known = Vectors(words_of(text) for _tells, text, _weighs in posts)
    features = np.c_[known.posts, np.array([whereabouts.signs(text) for _tells, text, _weighs in posts])]
    right, weighing = np.array([row[0] for row in posts]), np.array([row[2] for row in posts])
    wanted = np.c_[~right, right].astype(float)

    both = cross_validated(features, wanted, weighing)
    said = both[:, 1] - both[:, 0] > whereabouts.SURE
    ours, right = slice(len(own)), right[: len(own)]
    print(f"{len(own)} sentences and {len(others)} others; on the sentences by cross-validation", end=" ")
    print(f"precision {right[said[ours]].mean():.2f}, recall {said[ours][right].mean():.2f};", end=" ")
    print(f"of the others {said[len(own) :].mean():.3f} are taken for one")

    weights = fit(features, wanted, weighing)
    weights = (weights[:, 1] - weights[:, 0])[:, None]
    size = known.posts.shape[1]
    write(whereabouts.PATH, posts, known.words, known.rows @ weights[:size], weights[-1], signs=weights[size:-1, 0])


if __name__ == "__main__":
    main()

"""Train the second judge of whether a post is protected speech: `python -m training.rights`.

From posts of our own (rights.*.txt: rights|text, other|text) and, counting less, from drafts and from what customers write (drafts.*.txt,
posts.*.txt without risks, some of which are strikes). Words and the signs of engines/draftcheck/protected.py are learnt together.
"""

import numpy as np

from askfirst.engines.draftcheck import protected
from askfirst.engines.wordtable import words_of
from training.words import Vectors, cross_validated, fit, read, write

CUSTOMERS = {"question", "complaint", "story", "praise", "noise"}
OTHERS_WEIGH = 0.3


def main() -> None:
    own = [(kind == "rights", text, 1.0) for kind, text in read("rights.*.txt")]
    posts = own + [(False, text, OTHERS_WEIGH) for _kind, text in read("drafts.*.txt")]
    posts += [(False, text, OTHERS_WEIGH) for kind, text in read("posts.*.txt") if kind in CUSTOMERS]
    known = Vectors(words_of(text) for _is_rights, text, _weighs in posts)
    features = np.c_[known.posts, np.array([protected.signs(text) for _is_rights, text, _weighs in posts])]
    right, weighing = np.array([row[0] for row in posts]), np.array([row[2] for row in posts])
    wanted = np.c_[~right, right].astype(float)

    both = cross_validated(features, wanted, weighing)
    scores = both[:, 1] - both[:, 0]
    for least in (0.0, 0.5, protected.SURE, 1.5, 2.0):
        said = scores > least
        print(
            f"from {least}: precision {right[said].mean():.2f}, recall {said[right].mean():.2f}, of the others {said[~right].mean():.3f}"
        )

    weights = fit(features, wanted, weighing)
    weights = (weights[:, 1] - weights[:, 0])[:, None]
    size = known.posts.shape[1]
    write(protected.PATH, posts, known.words, known.rows @ weights[:size], weights[-1], signs=weights[size:-1, 0])


if __name__ == "__main__":
    main()

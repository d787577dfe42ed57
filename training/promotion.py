"""Train the second judge of whether a draft promotes something: `python -m training.promotion`.

From drafts of our own (drafts.*.txt: promo|text, other|text), and, counting less, posts about something else (posts.*.txt
without praise, which sounds like promotion, and noise; whereabouts.*.txt; rights.*.txt). Words and the signs
of engines/draftcheck/signs.py are learnt together.
"""

import numpy as np

from askfirst.engines.draftcheck import promotion
from askfirst.engines.draftcheck.signs import signs as signs_of
from askfirst.engines.languages import language_of
from askfirst.engines.wordtable import words_of
from training.words import Vectors, cross_validated, fit, read, write

OTHERS = {"question", "complaint", "story", "risk"}
OTHERS_WEIGH = 0.3


def main() -> None:
    drafts = [(kind == "promo", text, 1.0) for kind, text in read("drafts.*.txt")]
    others = [text for kind, text in read("posts.*.txt") if kind in OTHERS]
    others += [text for pattern in ("whereabouts.*.txt", "rights.*.txt") for _kind, text in read(pattern)]
    posts = drafts + [(False, text, OTHERS_WEIGH) for text in others]
    known = Vectors(words_of(text) for _promotes, text, _weighs in posts)
    signs = np.array([signs_of(text, language_of(text)).row() for _promotes, text, _weighs in posts])
    features = np.c_[known.posts, signs]
    right, weighing = np.array([row[0] for row in posts]), np.array([row[2] for row in posts])
    wanted = np.c_[~right, right].astype(float)

    both = cross_validated(features, wanted, weighing)
    scores = both[:, 1] - both[:, 0]
    said, right = scores[: len(drafts)] > promotion.SURE, right[: len(drafts)]
    print(f"{len(drafts)} drafts and {len(posts) - len(drafts)} posts; on the drafts by cross-validation", end=" ")
    print(f"precision {right[said].mean():.2f}, recall {said[right].mean():.2f}")

    weights = fit(features, wanted, weighing)
    weights = (weights[:, 1] - weights[:, 0])[:, None]
    size = known.posts.shape[1]
    targets = known.rows @ weights[:size]
    write(promotion.PATH, posts, known.words, targets, weights[-1], signs=weights[size:-1, 0])


if __name__ == "__main__":
    main()

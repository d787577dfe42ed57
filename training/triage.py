"""Train the table of words that triage judges by: `python -m training.triage`, from posts of our own labelled by hand (posts.*.txt)."""

import numpy as np

from askfirst.engines.triage import CUES_SHARE, cues
from askfirst.engines.triage.table import KINDS, PATH
from askfirst.engines.wordtable import grams, words_of
from training.words import Vectors, cross_validated, fit, read, spelling, write


def macro_f1(said: np.ndarray, right: np.ndarray) -> float:
    hits = [
        2 * ((said == kind) & (right == kind)).sum() / max(1, (said == kind).sum() + (right == kind).sum())
        for kind in range(len(KINDS))
    ]
    return float(np.mean(hits))


def main() -> None:
    posts = read("posts.*.txt")
    listed = [words_of(text) for _kind, text in posts]
    known = Vectors(listed)
    words, features = known.words, known.posts
    by_cues = np.array(
        [list(cues.judge(text, own).sums.values()) for (_kind, text), own in zip(posts, listed, strict=True)]
    )
    right = np.array([KINDS.index(kind) for kind, _text in posts])
    wanted = np.eye(len(KINDS))[right]

    scores = cross_validated(features, wanted)
    print(
        f"{len(posts)} posts, {len(words)} words; macro-F1 by cross-validation: cues {macro_f1(by_cues.argmax(axis=1), right):.3f},",
        end=" ",
    )
    print(
        f"table {macro_f1(scores.argmax(axis=1), right):.3f}, both {macro_f1((scores + CUES_SHARE * by_cues).argmax(axis=1), right):.3f}"
    )

    weights = fit(features, wanted)
    targets = known.rows @ weights[:-1]
    some = np.random.default_rng(7).random(len(words)) < 0.1
    guessed = spelling([word for word, held in zip(words, some, strict=True) if not held], targets[~some])
    matched = np.array([guessed[grams(word)].sum(axis=0) for word, held in zip(words, some, strict=True) if held])
    left = 1 - ((matched - targets[some]) ** 2).sum() / ((targets[some] - targets[some].mean(axis=0)) ** 2).sum()
    print(f"words not in the table: {left:.2f} of the variance from their spelling")
    write(PATH, posts, words, targets, weights[-1])


if __name__ == "__main__":
    main()

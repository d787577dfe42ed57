"""Train the table of words that triage judges by: `python -m training.triage`.

From posts of our own labelled by hand (posts.*.txt) and, counting less, sentences of fact (facts.*.txt), which are stories: without them
whatever is long and sober sounds like a risk.
"""

import numpy as np

from askfirst.engines.triage import CUES_SHARE, cues
from askfirst.engines.triage.table import KINDS, PATH
from askfirst.engines.wordtable import grams, words_of
from training.words import OTHERS_WEIGH, Vectors, cross_validated, fit, read, spelling, write

HELD_BY = 1e-4


def macro_f1(said: np.ndarray, right: np.ndarray) -> float:
    hits = [
        2 * ((said == kind) & (right == kind)).sum() / max(1, (said == kind).sum() + (right == kind).sum())
        for kind in range(len(KINDS))
    ]
    return float(np.mean(hits))


def main() -> None:
    posts = read("posts.*.txt")
    own = len(posts)
    posts += [("story", text) for _kind, text in read("facts.*.txt")]
    listed = [words_of(text) for _kind, text in posts]
    known = Vectors(listed)
    words, features = known.words, known.posts
    by_cues = np.array(
        [list(cues.judge(text, its).sums.values()) for (_kind, text), its in zip(posts[:own], listed, strict=False)]
    )
    right = np.array([KINDS.index(kind) for kind, _text in posts])
    wanted = np.eye(len(KINDS))[right]
    weighing = np.array([1.0] * own + [OTHERS_WEIGH] * (len(posts) - own))

    scores, right = cross_validated(features, wanted, weighing, HELD_BY)[:own], right[:own]
    print(
        f"{own} posts and {len(posts) - own} sentences of fact, {len(words)} words; macro-F1 by cross-validation:",
        end=" ",
    )
    for judge, said in (("cues", by_cues), ("table", scores), ("both", scores + CUES_SHARE * by_cues)):
        print(f"{judge} {macro_f1(said.argmax(axis=1), right):.3f}", end=", " if judge != "both" else "\n")

    weights = fit(features, wanted, weighing, HELD_BY)
    targets = known.rows @ weights[:-1]
    some = np.random.default_rng(7).random(len(words)) < 0.1
    guessed = spelling([word for word, held in zip(words, some, strict=True) if not held], targets[~some])
    matched = np.array([guessed[grams(word)].sum(axis=0) for word, held in zip(words, some, strict=True) if held])
    left = 1 - ((matched - targets[some]) ** 2).sum() / ((targets[some] - targets[some].mean(axis=0)) ** 2).sum()
    print(f"words not in the table: {left:.2f} of the variance from their spelling")
    write(PATH, posts, words, targets, weights[-1])


if __name__ == "__main__":
    main()

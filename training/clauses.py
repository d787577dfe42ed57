"""Train the second look at sentences of a policy: `python -m training.clauses`, from sentences of our own (clauses.*.txt: rule or fine|text)."""

import numpy as np

from askfirst.engines import clauses
from askfirst.engines.clauses import likely
from askfirst.engines.wordtable import words_of
from training.words import Vectors, cross_validated, fit, read, write


def main() -> None:
    sentences = read("clauses.*.txt")
    known = Vectors(words_of(text) for _kind, text in sentences)
    right = np.array([likely.KINDS.index(kind) for kind, _text in sentences])
    wanted = np.eye(len(likely.KINDS))[right]

    scores = cross_validated(known.posts, wanted)
    by_words = np.array(
        [
            likely.is_asked(text) and likely.rule_of(scored) is not None
            for (_kind, text), scored in zip(sentences, scores, strict=True)
        ]
    )
    by_rules = np.array([clauses.sure_rule(text) is not None for _kind, text in sentences])
    bad = right != likely.KINDS.index(likely.FINE)
    print(
        f"{len(sentences)} sentences, {bad.sum()} of them forbid too much; found, and wrong among the others:", end=" "
    )
    for name, said in (("rules", by_rules), ("words, by cross-validation", by_words), ("both", by_rules | by_words)):
        print(f"{name} {said[bad].mean():.2f} and {said[~bad].mean():.3f};", end=" ")
    print()

    weights = fit(known.posts, wanted)
    write(likely.PATH, sentences, known.words, known.rows @ weights[:-1], weights[-1])


if __name__ == "__main__":
    main()

"""Train the table of words that triage judges by: `python -m training.triage`.

Posts of our own, written for this and labelled by hand (posts.*.txt: kind|text), are few; so a word is not learnt by itself. Each is
put through the packaged multilingual sentence encoder (Universal Sentence Encoder, Apache-2.0), a post is the sum of its words' vectors
divided by the root of their number, and multinomial logistic regression over these vectors says what each kind sounds like. Because the
sum is linear, the regression applied to each word of the encoder's vocabulary gives a table of six numbers a word, which needs no encoder
any more. Words outside the table are judged by their spelling: a ridge regression from runs of letters to the table's numbers.
"""

import hashlib
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import lsmr

from askfirst.engines.alike.vectors import UseM3
from askfirst.engines.triage import CUES_SHARE, cues
from askfirst.engines.triage.table import GRAMS, KINDS, PATH, grams, key_of, words_of

HERE = Path(__file__).parent
L2, STEPS, FOLDS = 5e-4, 400, 5
DAMP = 2.0


def read() -> list[tuple[str, str]]:
    """(kind, text) of all posts."""
    lines = [
        line for path in sorted(HERE.glob("posts.*.txt")) for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return [(kind, text) for kind, _bar, text in (line.partition("|") for line in lines) if text]


def vocabulary(encoder: UseM3) -> list[str]:
    """Whole words among the encoder's pieces, in small letters."""
    encoder.encode(["it loads itself when first asked"])
    pieces = encoder._model._backend.sp._pieces  # type: ignore[attr-defined]
    plain = (piece[0] if isinstance(piece, tuple) else piece for piece in pieces)
    found = {piece[1:].lower() for piece in plain if piece[:1] == "▁" and len(piece) > 1}
    return sorted(
        word for word in found if word.isalpha() or word in {"?", "!", "??", "!!", "!?", "#", "1", "11", "111", "1111"}
    )


def fit(features: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Weights (one row a feature, the last one constant; one column a kind) by Adam."""
    rows = np.c_[features, np.ones(len(features))]
    weights = np.zeros((rows.shape[1], len(KINDS)))
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        shares = np.exp((scores := rows @ weights) - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        slope = rows.T @ (shares - wanted) / len(rows)
        slope[:-1] += L2 * weights[:-1]
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope**2
        weights -= 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return weights


def macro_f1(said: np.ndarray, right: np.ndarray) -> float:
    hits = [
        2 * ((said == kind) & (right == kind)).sum() / max(1, (said == kind).sum() + (right == kind).sum())
        for kind in range(len(KINDS))
    ]
    return float(np.mean(hits))


def spelling(words: list[str], targets: np.ndarray) -> np.ndarray:
    """Weights of runs of letters (GRAMS rows, a column a kind) whose sum comes near a word's own numbers."""
    listed = [grams(word) for word in words]
    rows = np.repeat(np.arange(len(words)), [len(own) for own in listed])
    matrix = csr_matrix((np.ones(len(rows)), (rows, np.concatenate(listed))), shape=(len(words), GRAMS))
    return np.stack([lsmr(matrix, targets[:, kind], damp=DAMP, maxiter=60)[0] for kind in range(len(KINDS))], axis=1)


def quantised(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """8-bit numbers and the scale of each column."""
    scale = np.abs(values).max(axis=0) / 127
    return np.round(values / scale).astype(np.int8), scale.astype(np.float32)


def main() -> None:
    posts = read()
    encoder = UseM3()
    listed = [words_of(text) for _kind, text in posts]
    words = sorted({*vocabulary(encoder), *(word for own in listed for word in own)})
    at = {word: row for row, word in enumerate(words)}
    vectors = np.concatenate([encoder.encode(words[start : start + 512]) for start in range(0, len(words), 512)])
    features = np.array([vectors[[at[word] for word in own]].sum(axis=0) / max(1, len(own)) ** 0.5 for own in listed])
    by_cues = np.array(
        [list(cues.judge(text, own).sums.values()) for (_kind, text), own in zip(posts, listed, strict=True)]
    )
    right = np.array([KINDS.index(kind) for kind, _text in posts])
    wanted = np.eye(len(KINDS))[right]

    fold = np.random.default_rng(7).integers(0, FOLDS, len(posts))
    scores = np.zeros((len(posts), len(KINDS)))
    for number in range(FOLDS):
        held = fold == number
        scores[held] = np.c_[features[held], np.ones(held.sum())] @ fit(features[~held], wanted[~held])
    print(
        f"{len(posts)} posts, {len(words)} words; macro-F1 by cross-validation: cues {macro_f1(by_cues.argmax(axis=1), right):.3f},",
        end=" ",
    )
    print(
        f"table {macro_f1(scores.argmax(axis=1), right):.3f}, both {macro_f1((scores + CUES_SHARE * by_cues).argmax(axis=1), right):.3f}"
    )

    weights = fit(features, wanted)
    targets = vectors @ weights[:-1]
    some = np.random.default_rng(7).random(len(words)) < 0.1
    guessed = spelling([word for word, held in zip(words, some, strict=True) if not held], targets[~some])
    matched = np.array([guessed[grams(word)].sum(axis=0) for word, held in zip(words, some, strict=True) if held])
    left = 1 - ((matched - targets[some]) ** 2).sum() / ((targets[some] - targets[some].mean(axis=0)) ** 2).sum()
    print(f"words not in the table: {left:.2f} of the variance from their spelling")

    whole = spelling(words, targets)
    keys = np.array([np.uint32(key_of(word)) for word in words])
    order = np.argsort(keys, kind="stable")
    kept, scale = quantised(targets)
    runs, runs_scale = quantised(whole)
    version = "table-" + hashlib.blake2b(repr((posts, L2, STEPS)).encode(), digest_size=4).hexdigest()
    np.savez_compressed(
        PATH, keys=keys[order], weights=kept[order], scale=scale, grams=runs, grams_scale=runs_scale,
        bias=weights[-1].astype(np.float32), version=np.array(version),
    )  # fmt: skip
    print(f"{version}: {PATH.stat().st_size / 1e6:.2f} MB in {PATH.name}")


if __name__ == "__main__":
    main()

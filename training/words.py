"""From posts with labels to a table of words (askfirst.engines.wordtable): what the trainings share.

Each word is put through the packaged multilingual sentence encoder (Universal Sentence Encoder, Apache-2.0), a post is the sum of its
words' vectors divided by the root of their number, and logistic regression over these vectors says what each kind sounds like. Because
the sum is linear, the regression applied to each word of the encoder's vocabulary gives a table of a few numbers a word, which needs no
encoder any more. Words outside the table are judged by their spelling: a ridge regression from runs of letters to the table's numbers.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from math import inf
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import lsmr
from scipy.special import logsumexp

from askfirst.engines.alike.vectors import UseM3
from askfirst.engines.wordtable import GRAMS, divisor, grams, key_of, words_of
from tests.engines.labelled import gold

HERE = Path(__file__).parent
L2, STEPS, FOLDS = 5e-4, 400, 5
# Of tables that tell one kind from all else. From so many words on a text is the mean of its words, or long ones would be of the kind by
# their length alone: chosen by how many sentences of encyclopedias are taken for one.
HELD_BY, MOST_WORDS = 2e-4, 12
DAMP = 2.0
# How much a post counts that is there only to be something else.
OTHERS_WEIGH = 0.3


def read(pattern: str) -> list[tuple[str, str]]:
    """(kind, text) of all lines, kind|text, of the files here whose names fit."""
    lines = [line for path in sorted(HERE.glob(pattern)) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(kind, text) for kind, _bar, text in (line.partition("|") for line in lines) if text]


def labelled() -> list[tuple[str, str]]:
    """(labels, text) of the coach's gold sets, which the tests hold it to."""
    return [row for name in ("coach", "later", "latest") for language in ("de", "en") for row in gold(language, name)]


class Vectors:
    """The vectors of the encoder's vocabulary and of all words of some posts.

    Args:
        most: from how many words on a post is their mean (`divisor`).
    """

    def __init__(self, posts: Iterable[list[str]], most: float = inf) -> None:
        posts = list(posts)
        encoder = UseM3()
        self.words = sorted({*vocabulary(encoder), *(word for own in posts for word in own)})
        starts = range(0, len(self.words), 512)
        self.rows = np.concatenate([encoder.encode(self.words[start : start + 512]) for start in starts])
        at = {word: row for row, word in enumerate(self.words)}
        # A row a post.
        self.posts = np.array(
            [self.rows[[at[word] for word in own]].sum(axis=0) / divisor(len(own), most) for own in posts]
        )


def vocabulary(encoder: UseM3) -> list[str]:
    """Whole words among the encoder's pieces, in small letters."""
    encoder.encode(["it loads itself when first asked"])
    pieces = encoder._model._backend.sp._pieces  # type: ignore[attr-defined]
    plain = (piece[0] if isinstance(piece, tuple) else piece for piece in pieces)
    found = {piece[1:].lower() for piece in plain if piece[:1] == "▁" and len(piece) > 1}
    return sorted(
        word for word in found if word.isalpha() or word in {"?", "!", "??", "!!", "!?", "#", "1", "11", "111", "1111"}
    )


def fit(
    features: np.ndarray, wanted: np.ndarray, weighing: np.ndarray | None = None, held_by: float = L2
) -> np.ndarray:
    """Weights of multinomial logistic regression (a row a feature, the last one constant; a column a kind) by L-BFGS.

    Args:
        wanted: a row a post, 1 at its kind.
        weighing: how much each post counts.
        held_by: how strongly weights are kept small.
    """
    rows = np.c_[features, np.ones(len(features))]
    counts = np.ones(len(rows)) if weighing is None else weighing
    counts = counts / counts.sum()
    shape = (rows.shape[1], wanted.shape[1])
    held = np.full(shape[0], held_by)[:, None]
    held[-1] = 0

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(shape)
        scores = rows @ weights
        scores -= logsumexp(scores, axis=1, keepdims=True)
        slope = rows.T @ ((np.exp(scores) - wanted) * counts[:, None]) + held * weights
        return -(counts @ (scores * wanted).sum(axis=1)) + (held * weights**2).sum() / 2, slope.ravel()

    found = minimize(loss, np.zeros(shape[0] * shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    return np.asarray(found.x).reshape(shape)


def cross_validated(
    features: np.ndarray, wanted: np.ndarray, weighing: np.ndarray | None = None, held_by: float = L2
) -> np.ndarray:
    """Scores of each post (a column a kind) by weights that were fitted without its fold; always the same folds."""
    counts = np.ones(len(features)) if weighing is None else weighing
    fold = np.random.default_rng(7).integers(0, FOLDS, len(features))
    scores = np.zeros(wanted.shape)
    for number in range(FOLDS):
        held = fold == number
        weights = fit(features[~held], wanted[~held], counts[~held], held_by)
        scores[held] = np.c_[features[held], np.ones(held.sum())] @ weights
    return scores


class Row(NamedTuple):
    """One thing to learn from: whether it is of the kind, its words in one part or several, its signs, and how much it counts."""

    is_kind: bool
    parts: Sequence[list[str]]
    signs: list[float]
    weighs: float = 1.0


def tell_apart(
    path: Path, rows: Sequence[Row], held_by: float = HELD_BY, most: float = MOST_WORDS
) -> tuple[np.ndarray, np.ndarray]:
    """Train a table that tells one kind from all else, with signs beside the words, and keep it: a column a part.

    Args:
        held_by: how strongly weights are kept small; less where there is much to learn from.
        most: from how many words on a text counts as the mean of its words (`divisor`).

    Returns:
        By cross-validation the logarithm of each row's odds; and which rows are of the kind.
    """
    known = Vectors((part for row in rows for part in row.parts), most)
    size, parts = known.posts.shape[1], len(rows[0].parts)
    features = np.c_[known.posts.reshape(len(rows), parts * size), np.array([row.signs for row in rows])]
    right, weighing = np.array([row.is_kind for row in rows]), np.array([row.weighs for row in rows])
    wanted = np.c_[~right, right].astype(float)
    both = cross_validated(features, wanted, weighing, held_by)

    weights = fit(features, wanted, weighing, held_by)
    weights = weights[:, 1] - weights[:, 0]
    columns = weights[: parts * size].reshape(parts, size).T
    bias = np.array([weights[-1], *[0.0] * (parts - 1)])
    write(path, rows, known.words, known.rows @ columns, bias, signs=weights[parts * size : -1], most=np.array(most))
    return both[:, 1] - both[:, 0], right


def texts(
    own: list[tuple[bool, str]],
    others: list[str],
    signs: Callable[[str], list[float]],
    parts: Callable[[str], list[list[str]]] = lambda text: [words_of(text)],
) -> list[Row]:
    """Rows of whole texts.

    Args:
        own: (is of the kind, text); others: texts that are not, and count less.
        signs: what is weighed beside a text's words.
        parts: the words, in one part or several.
    """
    rows = [Row(is_kind, parts(text), signs(text)) for is_kind, text in own]
    return rows + [Row(False, parts(text), signs(text), OTHERS_WEIGH) for text in others]


def spelling(words: list[str], targets: np.ndarray) -> np.ndarray:
    """Weights of runs of letters (GRAMS rows, a column a kind) whose sum comes near a word's own numbers."""
    listed = [grams(word) for word in words]
    rows = np.repeat(np.arange(len(words)), [len(own) for own in listed])
    matrix = csr_matrix((np.ones(len(rows)), (rows, np.concatenate(listed))), shape=(len(words), GRAMS))
    return np.stack([lsmr(matrix, column, damp=DAMP, maxiter=60)[0] for column in targets.T], axis=1)


def quantised(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """8-bit numbers and the scale of each column."""
    scale = np.abs(values).max(axis=0) / 127
    return np.round(values / scale).astype(np.int8), scale.astype(np.float32)


def write(
    path: Path, posts: object, words: list[str], targets: np.ndarray, bias: np.ndarray, **more: np.ndarray
) -> None:
    """Keep a table: a number a word and kind, the constants, and what else its reader wants."""
    keys = np.array([np.uint32(key_of(word)) for word in words])
    order = np.argsort(keys, kind="stable")
    kept, scale = quantised(targets)
    runs, runs_scale = quantised(spelling(words, targets))
    version = "table-" + hashlib.blake2b(repr((posts, L2, STEPS)).encode(), digest_size=4).hexdigest()
    np.savez_compressed(
        path, keys=keys[order], weights=kept[order], scale=scale, grams=runs, grams_scale=runs_scale,
        bias=bias.astype(np.float32), version=np.array(version), **more,
    )  # fmt: skip
    print(f"{version}: {path.stat().st_size / 1e6:.2f} MB in {path.name}")

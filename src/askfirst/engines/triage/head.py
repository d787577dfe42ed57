"""What an installation has learnt from its own decisions: a small linear head over hashed words, on this installation only.

Method: multinomial logistic regression by stochastic gradient descent.
"""

import hashlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from askfirst.engines.triage.table import KINDS
from askfirst.engines.wordtable import letters

BUCKETS = 1 << 14
RATE = 0.6


@lru_cache(maxsize=50_000)
def _bucket(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=4).digest(), "big") % BUCKETS


class Head:
    """What an installation has learnt from its own decisions: weights of hashed words and pairs of words for each kind."""

    def __init__(self, weights: np.ndarray | None = None, decisions: int = 0) -> None:
        self.weights = np.zeros((len(KINDS), BUCKETS), np.float32) if weights is None else weights.astype(np.float32)
        self.decisions = decisions

    @classmethod
    def from_bytes(cls, data: bytes, decisions: int) -> "Head":
        return cls(np.frombuffer(data, np.float16).reshape(len(KINDS), BUCKETS), decisions) if data else cls()

    def to_bytes(self) -> bytes:
        return self.weights.astype(np.float16).tobytes()

    def scores(self, text: str) -> list[float]:
        at = self._buckets(text)
        return (
            [0.0] * len(KINDS)
            if not at
            else [float(value) for value in self.weights[:, at].sum(axis=1) / len(at) ** 0.5]
        )

    def learn(self, text: str, kind: str, base: Sequence[float]) -> None:
        """One decision of a person.

        Args:
            base: what the other judges say for each kind, to which the head adds.
        """
        at = self._buckets(text)
        if not at:
            return
        scores = self.weights[:, at].sum(axis=1) / len(at) ** 0.5 + np.array(base, np.float32)
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        wanted = np.array([own == kind for own in KINDS], np.float32)
        step = RATE * (wanted - shares) / len(at) ** 0.5
        self.weights[:, at] += step[:, None]
        self.decisions += 1

    @staticmethod
    def _buckets(text: str) -> list[int]:
        words = [word.lower() for word in letters(text)][:120]
        return sorted(
            {_bucket(word) for word in words} | {_bucket(f"{a} {b}") for a, b in zip(words, words[1:], strict=False)}
        )

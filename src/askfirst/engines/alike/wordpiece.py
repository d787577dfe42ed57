"""WordPiece tokens over BERT's vocabulary, in plain Python.

Method: Devlin et al., "BERT" (2018), uncased: fold, split at spaces and punctuation, then the longest piece first.
The vocabulary is read from the data of the package `blingfire` (MIT), which is never imported: no native code runs.
"""

import struct
import unicodedata
from pathlib import Path

CLS, SEP, UNKNOWN = 101, 102, 100
FIRST_WORD = 999
TABLE = 0x60


class VocabularyError(ValueError):
    """The vocabulary file is not what it should be."""


def read_i2w(path: Path) -> dict[str, int]:
    """Read a table of words by number: a count, that many offsets and an end, then the words.

    A word that starts a token carries a space in front; the others continue one and get BERT's `##`.
    """
    data = path.read_bytes()
    (count,) = struct.unpack_from("<I", data, TABLE)
    start = TABLE + 4 + 4 * (count + 1)
    if count != 30522 or start > len(data):
        raise VocabularyError(f"{path.name} holds {count} words; 30522 were expected.")
    ends = struct.unpack_from(f"<{count + 1}I", data, TABLE + 4)
    words = {}
    for number in range(FIRST_WORD, count):
        word = data[start + ends[number] : start + ends[number + 1]].decode()
        words[word[1:] if word.startswith(" ") else f"##{word}"] = number
    return words


def read_text(path: Path) -> dict[str, int]:
    """Read a vocabulary with one piece a line, as models usually ship it."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {piece: number for number, piece in enumerate(lines)}


def tokens(text: str, vocabulary: dict[str, int], most: int = 126) -> list[int]:
    """Numbers of the pieces of `text` with the start and end marks; at most `most` pieces."""
    numbers: list[int] = []
    for word in _split(text):
        numbers.extend(_pieces(word, vocabulary))
        if len(numbers) >= most:
            break
    return [CLS, *numbers[:most], SEP]


def _split(text: str) -> list[str]:
    words: list[str] = []
    current: list[str] = []
    for character in unicodedata.normalize("NFD", text.lower()):
        category = unicodedata.category(character)
        if category == "Mn" or category in {"Cc", "Cf"} and not character.isspace():
            continue
        stands_alone = category[0] in "PS" or "\u4e00" <= character <= "\u9fff"
        if character.isspace() or stands_alone:
            if current:
                words.append("".join(current))
                current = []
            if stands_alone:
                words.append(character)
        else:
            current.append(character)
    if current:
        words.append("".join(current))
    return words


def _pieces(word: str, vocabulary: dict[str, int]) -> list[int]:
    if len(word) > 100:
        return [UNKNOWN]
    numbers = []
    start = 0
    while start < len(word):
        end = len(word)
        while end > start:
            piece = word[start:end] if start == 0 else f"##{word[start:end]}"
            if piece in vocabulary:
                break
            end -= 1
        if end == start:
            return [UNKNOWN]
        numbers.append(vocabulary[piece])
        start = end
    return numbers

"""People and clients by name, from lists: whole names, word by word, written with capitals."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from askfirst.engines.draftcheck.findings import Draft, Finding
from askfirst.engines.marking import _

NAME = "name"
_PERSON = re.compile(r"[^\W\d_](?:[^\W_]|['’-](?=[^\W\d_])|\.(?=[^\W\d_]))*")
# Products have numbers in their names, or begin with one: Ridge 2, 7Summits.
_MAKE = re.compile(r"[^\W_](?:[^\W_]|['’-](?=[^\W\d_])|\.(?=[^\W\d_]))*")


class Names:
    """Names ready to be found. `is_people`: single words are left out, since a first name alone says little."""

    def __init__(self, names: Iterable[str], *, is_people: bool = True) -> None:
        self._word = _PERSON if is_people else _MAKE
        self._first: dict[str, list[tuple[str, ...]]] = {}
        for name in names:
            words = tuple(_folded(word) for word in self._word.findall(name))
            if len(words) > 1 or (words and not is_people and len(words[0]) > 2):
                self._first.setdefault(words[0], []).append(words)
                if is_people and len(words) > 2:
                    self._first[words[0]].append((words[0], words[-1]))

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """(start, end) of each name, the longest where they overlap."""
        words = [(match.start(), match.end(), match[0]) for match in self._word.finditer(text)]
        folded = [_folded(re.sub(r"['’]s$", "", word)) for _start, _end, word in words]
        at = 0
        while at < len(words):
            best = 0
            if words[at][2][0].isupper() or words[at][2][0].isdigit():
                for name in self._first.get(folded[at], ()):
                    size = len(name)
                    if size > best and tuple(folded[at : at + size]) == name and _is_run(text, words[at : at + size]):
                        best = size
            if best:
                end = words[at + best - 1][1]
                last = words[at + best - 1][2]
                yield words[at][0], end - (2 if re.search(r"['’]s$", last) else 0)
            at += max(1, best)


def _is_run(text: str, words: list[tuple[int, int, str]]) -> bool:
    """Capitals at the front of each word, and nothing but a space or hyphen between."""
    if not all(word[0].isupper() or word[0].isdigit() for _start, _end, word in words if len(word) > 3):
        return False
    return all(
        text[first[1] : second[0]] in {" ", "-", "\u00a0"} for first, second in zip(words, words[1:], strict=False)
    )


def _folded(word: str) -> str:
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize(
        "NFKD", word.casefold().replace("’", "'").replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    )
    return "".join(c for c in plain if not unicodedata.combining(c))


def find(draft: Draft) -> Iterator[Finding]:
    if draft.people is not None:
        for start, end in draft.people.find(draft.text):
            if draft.text[start:end] not in draft.own_names:
                yield Finding(
                    start, end, NAME, _("A colleague by name. Does this person know, and agree?"), topic="privacy"
                )
    if draft.clients is not None:
        for start, end in draft.clients.find(draft.text):
            yield Finding(
                start,
                end,
                NAME,
                _("A client or partner by name. May it be known that you work together?"),
                topic="confidential",
            )

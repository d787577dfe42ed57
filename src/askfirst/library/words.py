"""What search reads of an entry, whatever it is: answers have even keys, materials odd ones."""

from collections.abc import Iterable
from dataclasses import dataclass

from askfirst.library.models import Answer, Material


@dataclass(frozen=True)
class Words:
    """One entry of the index."""

    key: int
    title: str
    wordings: str
    body: str


def key_of(entry: Answer | Material) -> int:
    return 2 * entry.pk + isinstance(entry, Material)


def pks_of(keys: Iterable[int], model: type[Answer | Material]) -> list[int]:
    """Primary keys of the entries of one model among keys of the index."""
    return [key // 2 for key in keys if key % 2 == (model is Material)]


def words_of(entry: Answer | Material) -> Words:
    if isinstance(entry, Answer):
        return Words(key_of(entry), entry.question, entry.wordings, entry.answer)
    return Words(key_of(entry), entry.title, f"{entry.note} {entry.topics} {entry.author}", entry.body)

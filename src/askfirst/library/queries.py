"""Named reads over the library; search is the same on both databases, see search_sqlite and search_postgres."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from askfirst.engines import words
from askfirst.library import search_postgres, search_sqlite
from askfirst.library.media import TYPES
from askfirst.library.models import Answer, Kind, Material
from askfirst.library.words import key_of, pks_of


def search_module() -> object:
    return search_postgres if connection.vendor == "postgresql" else search_sqlite


def answers() -> QuerySet[Answer]:
    return Answer.objects.all()


def find_answers(text: str, limit: int = 20) -> list[Answer]:
    """Answers that fit the words of `text`, the best first."""
    return _found(_terms(text), 3 * limit, Answer.objects.all())[:limit]


# Of what fits some words, so many are looked through.
MOST_FOUND = 200


@dataclass(frozen=True)
class Found:
    """What the library's page shows: entries in order, and how many there are of each kind and topic.

    Attributes:
        is_cut: more than MOST_FOUND fit the words; these are the best.
    """

    entries: list[Answer | Material]
    kinds: list[tuple[str, str, int]]
    topics: list[tuple[str, int]]
    terms: list[str]
    is_cut: bool = False


def find(text: str = "", kind: str = "", topic: str = "") -> Found:
    """Everything that fits the words, or everything, narrowed by kind ("faq" for answers) and topic."""
    entries = _entries(text)
    is_cut = bool(text) and len(entries) > MOST_FOUND
    entries = entries[:MOST_FOUND] if text else entries
    kinds = Counter("faq" if isinstance(entry, Answer) else entry.kind for entry in entries)
    if kind:
        entries = [entry for entry in entries if kind == ("faq" if isinstance(entry, Answer) else entry.kind)]
    topics = Counter(own for entry in entries if isinstance(entry, Material) for own in entry.topic_list)
    if topic:
        entries = [entry for entry in entries if isinstance(entry, Material) and topic in entry.topic_list]
    labels = {"faq": _("Answer"), **dict(Kind.choices)}
    facets = [(key, str(labels[key]), kinds[key]) for key in labels if kinds[key]]
    return Found(entries, facets, topics.most_common(16), _terms(text) if text else [], is_cut)


def at_hand(entries: Iterable[Answer | Material]) -> list[Material]:
    """The materials among them that can be used at once: to read, tick off, look at."""
    return [entry for entry in entries if isinstance(entry, Material) and not entry.is_link_only]


def _entries(text: str) -> list[Answer | Material]:
    if not text:
        # What can be used at once comes first, pictures before all; then answers, then links.
        own = sorted(shelf().exclude(body="", file=""), key=lambda material: not material.picture)
        links = list(shelf().filter(body="", file=""))
        return [*own, *Answer.objects.all(), *links]
    return _found(_terms(text), MOST_FOUND + 1, Answer.objects.all(), shelf())


def shelf() -> QuerySet[Material]:
    """The materials as a reader meets them: of those in several languages the one in the reader's, or else the original."""
    language = (get_language() or "")[:2]
    elsewhere = Q(original__isnull=False) & ~Q(language=language)
    there = Material.objects.filter(language=language, original__isnull=False).values("original")
    return Material.objects.exclude(elsewhere).exclude(pk__in=there)


def _found(terms: list[str], limit: int, *sources: QuerySet[Any]) -> list[Any]:
    """Entries of these rows among the `limit` best for the terms, in their order."""
    keys = [key for key, _score in search_module().find(terms, limit)]  # type: ignore[attr-defined]
    rows = {key_of(row): row for source in sources for row in source.filter(pk__in=pks_of(keys, source.model))}
    return [rows[key] for key in keys if key in rows]


def materials() -> QuerySet[Material]:
    return Material.objects.all()


def as_read(materials: Iterable[Material]) -> list[Material]:
    """The same in the reader's language, where somebody has said them in it."""
    listed = list(materials)
    language = (get_language() or "")[:2]
    said = Material.objects.filter(language=language, original__in=[own.pk for own in listed])
    instead = {own.original_id: own for own in said}
    return [instead.get(own.pk, own) for own in listed]


def starter_numbers() -> dict[str, int]:
    """Primary keys of the materials that came with Askfirst, by their names."""
    return dict(Material.objects.exclude(starter="").values_list("starter", "pk"))


def material(pk: int) -> Material | None:
    return Material.objects.filter(pk=pk).first()


def files() -> set[str]:
    """Names in the media folder that materials need."""
    rows = Material.objects.values_list("file", "captions", "pages")
    return {name for file, captions, pages in rows for name in (file, captions, *pages) if name}


def media_type_of(name: str) -> str:
    """The media type of a file that a material names; empty when none does."""
    named = Material.objects.filter(Q(file=name) | Q(captions=name) | Q(pages__icontains=name))
    return TYPES.get(name.rpartition(".")[2], "") if named.exists() else ""


def answers_beside(text: str, limit: int = 3) -> list[Answer]:
    """Answers worth showing while a question is typed: at least two of its content words must stand in them."""
    terms = _terms(text)
    if len(terms) < 2:
        return []
    stems = {words.folded(term)[:5] for term in terms}
    near = []
    for answer in find_answers(text, 10):
        known = {words.folded(word)[:5] for word in words.content_words(f"{answer.question} {answer.wordings}")}
        if len(stems & known) >= min(2, len(stems)):
            near.append(answer)
    return near[:limit]


def materials_beside(text: str, limit: int = 3) -> list[Material]:
    """Materials that fit a question, for whoever answers it."""
    terms = _terms(text)
    return _found(terms, 30, shelf())[:limit] if len(terms) > 1 else []


def _terms(text: str) -> list[str]:
    found = words.content_words(text)
    return (found or words.WORD.findall(text))[:24]

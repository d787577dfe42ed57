"""Named reads over the library; search is the same on both databases, see search_sqlite and search_postgres."""

from django.db import connection
from django.db.models import QuerySet

from askfirst.engines import words
from askfirst.library import search_postgres, search_sqlite
from askfirst.library.models import Answer


def search_module() -> object:
    return search_postgres if connection.vendor == "postgresql" else search_sqlite


def answers() -> QuerySet[Answer]:
    return Answer.objects.all()


def find_answers(text: str, limit: int = 20) -> list[Answer]:
    """Answers that fit the words of `text`, the best first."""
    found = search_module().find(_terms(text), limit)  # type: ignore[attr-defined]
    rows = Answer.objects.in_bulk([pk for pk, _score in found])
    return [rows[pk] for pk, _score in found if pk in rows]


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


def _terms(text: str) -> list[str]:
    found = words.content_words(text)
    return (found or words.WORD.findall(text))[:24]

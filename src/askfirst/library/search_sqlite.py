"""Full-text search on SQLite: one FTS5 table, ranked by BM25."""

import re

from django.db import connection

from askfirst.library.models import Answer

CREATE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS library_search USING fts5("
    "question, wordings, answer, tokenize = 'porter unicode61 remove_diacritics 2', prefix = '2 3')"
)
DROP = "DROP TABLE IF EXISTS library_search"


def put(answer: Answer) -> None:
    """Index one answer anew, in the caller's transaction."""
    remove(answer.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO library_search (rowid, question, wordings, answer) VALUES (%s, %s, %s, %s)",
            [answer.pk, answer.question, answer.wordings, answer.answer],
        )


def remove(pk: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM library_search WHERE rowid = %s", [pk])


def find(words: list[str], limit: int) -> list[tuple[int, float]]:
    """(primary key, score) of answers that hold any of the words, the best first; the last word may be unfinished."""
    safe = [re.sub(r'"', "", word) for word in words]
    terms = [f'"{word}"' for word in safe if word]
    if not terms:
        return []
    terms[-1] += " *"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rowid, -bm25(library_search, 6.0, 4.0, 1.0) AS score FROM library_search "
            "WHERE library_search MATCH %s ORDER BY score DESC, rowid LIMIT %s",
            [" OR ".join(terms), limit],
        )
        return [(pk, score) for pk, score in cursor.fetchall()]

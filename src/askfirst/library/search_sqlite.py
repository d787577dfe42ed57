"""Full-text search on SQLite: one FTS5 table, ranked by BM25."""

import re

from django.db import connection

from askfirst.library.words import Words

CREATE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS library_search USING fts5("
    "question, wordings, answer, tokenize = 'porter unicode61 remove_diacritics 2', prefix = '2 3')"
)
DROP = "DROP TABLE IF EXISTS library_search"


def put(found: Words) -> None:
    """Index one entry anew, in the caller's transaction."""
    remove(found.key)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO library_search (rowid, question, wordings, answer) VALUES (%s, %s, %s, %s)",
            [found.key, found.title, found.wordings, found.body],
        )


def remove(key: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM library_search WHERE rowid = %s", [key])


def find(words: list[str], limit: int) -> list[tuple[int, float]]:
    """(key, score) of entries that hold any of the words, the best first; the last word may be unfinished."""
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
        return [(key, score) for key, score in cursor.fetchall()]

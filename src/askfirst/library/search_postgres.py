"""Full-text search on PostgreSQL: one table of weighted tsvectors with a GIN index, ranked by ts_rank_cd."""

import re

from django.db import connection

from askfirst.library.words import Words

CREATE = (
    "CREATE TABLE IF NOT EXISTS library_search (id bigint PRIMARY KEY, document tsvector NOT NULL); "
    "CREATE INDEX IF NOT EXISTS library_search_document ON library_search USING gin (document)"
)
DROP = "DROP TABLE IF EXISTS library_search"


def put(found: Words) -> None:
    """Index one entry anew, in the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO library_search (id, document) VALUES (%s, setweight(to_tsvector('english', %s), 'A') || "
            "setweight(to_tsvector('english', %s), 'B') || setweight(to_tsvector('english', %s), 'D')) "
            "ON CONFLICT (id) DO UPDATE SET document = EXCLUDED.document",
            [found.key, found.title, found.wordings, found.body],
        )


def remove(key: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM library_search WHERE id = %s", [key])


def find(words: list[str], limit: int) -> list[tuple[int, float]]:
    """(key, score) of entries that hold any of the words, the best first; the last word may be unfinished."""
    terms = [term for term in (re.sub(r"[^\w]", "", word) for word in words) if term]
    if not terms:
        return []
    terms[-1] += ":*"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, ts_rank_cd('{0.05, 0.2, 0.6, 1.0}', document, query, 1) AS score "
            "FROM library_search, to_tsquery('english', %s) AS query WHERE document @@ query "
            "ORDER BY score DESC, id LIMIT %s",
            [" | ".join(terms), limit],
        )
        return [(key, score) for key, score in cursor.fetchall()]

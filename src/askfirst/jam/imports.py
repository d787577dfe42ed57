"""Questions from elsewhere: exports of live-question tools as CSV or XLSX, and plain text with one question a line.

Columns are recognised by their header. Who asked is never taken over: people wrote there under other promises.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from askfirst.jam.errors import ImportRefused
from askfirst.jam.models import TEXT_LIMIT
from askfirst.people import roster
from askfirst.people.errors import RosterError

TEXT_COLUMNS = (
    "question",
    "questions",
    "question text",
    "questiontext",
    "text",
    "content",
    "body",
    "message",
    "frage",
    "comment",
    "response",
)
# Some reports list answers and announcements among the questions, told apart in a column of their own.
TYPE_COLUMNS = ("type", "message type", "typ")
QUESTION_TYPES = {"", "question", "frage", "q", "comment", "message"}
MOST = 20_000


@dataclass(frozen=True)
class Found:
    """One line of a file: a question, or why it cannot be taken (`problem`)."""

    line: int
    text: str
    problem: str = ""


def read(path: Path) -> list[Found]:
    """All questions of a file in order; empty lines and repeats are left out.

    Raises:
        ImportRefused: the file as a whole cannot be used.
    """
    try:
        rows = list(_texts(path))
    except RosterError as error:
        raise ImportRefused(error.message) from error
    if len(rows) > MOST:
        raise ImportRefused(
            _("The file holds %(count)d questions; at most %(most)d fit one jam.") % {"count": len(rows), "most": MOST}
        )
    seen: set[str] = set()
    found = []
    for line, text in rows:
        key = text.casefold()
        if text and key not in seen:
            seen.add(key)
            problem = _("longer than %d characters") % TEXT_LIMIT if len(text) > TEXT_LIMIT else ""
            found.append(Found(line, text, problem))
    if not found:
        raise ImportRefused(_("No question was found in the file."))
    return found


def _texts(path: Path) -> Iterator[tuple[int, str]]:
    if path.suffix.lower() in {".csv", ".xlsx", ".tsv"}:
        yield from _texts_of_table(path)
    else:
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except UnicodeDecodeError as error:
            raise ImportRefused(_("The file is not UTF-8 text. Save it as UTF-8 and try again.")) from error
        yield from ((number, _clean(line)) for number, line in enumerate(lines, start=1))


def _texts_of_table(path: Path) -> Iterator[tuple[int, str]]:
    column, kind = None, None
    for line, values in roster.cells(path):
        cells = [str(value or "").strip() for value in values]
        if column is None:
            column, kind = _column(cells, TEXT_COLUMNS), _column(cells, TYPE_COLUMNS)
            # Some exports begin with a few lines about the session.
            if column is None and line >= 15:
                raise ImportRefused(_("No column is called question or text in the first 15 lines."))
            continue
        if kind is not None and kind < len(cells) and cells[kind].casefold() not in QUESTION_TYPES:
            continue
        yield line, _clean(cells[column]) if column < len(cells) else ""
    if column is None:
        raise ImportRefused(_("No column is called question or text."))


def _column(cells: list[str], wanted: tuple[str, ...]) -> int | None:
    names = [re.sub(r"\s+", " ", cell.casefold()) for cell in cells]
    return next((names.index(name) for name in wanted if name in names), None)


def _clean(text: str) -> str:
    return " ".join(re.sub(r"^\s*(?:[-*•]|\d+[.)])\s+", "", text).split())

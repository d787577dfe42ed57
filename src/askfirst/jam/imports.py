"""Questions from elsewhere: exports of live-question tools as CSV or XLSX, and plain text with one question a line.

Columns are recognised by their header. Who asked is never taken over: people wrote there under other promises.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from django.utils.translation import gettext as _

from askfirst.base import sheets
from askfirst.jam.errors import ImportRefused
from askfirst.jam.models import TEXT_LIMIT

# Names of the column with the questions, the surer ones first; as sheets.folded writes them.
TEXT_COLUMNS = (
    "question questions questiontext questioncontent questiontitle text content body message frage fragen fragetext pregunta comment response "
    "responses answer idea beitrag antwort"
).split()
# Some reports list answers and announcements among the questions, told apart in a column of their own.
TYPE_COLUMNS = ("type", "messagetype", "typ")
QUESTION_TYPES = {"", "question", "frage", "q", "comment", "message"}
MOST = 20_000


@dataclass(frozen=True)
class Found:
    """One line of a file: a question, or why it cannot be taken (`problem`)."""

    line: int
    text: str
    problem: str = ""


def read(path: Path, column: str = "", there: Collection[str] = ()) -> list[Found]:
    """All questions of a file in order, without empty lines; those that cannot be taken or are there already say so.

    Args:
        column: the name of the column that holds them, where it is called something unusual.
        there: texts that the jam has; each is taken once, however often a list is brought.

    Raises:
        ImportRefused: the file as a whole cannot be used.
    """
    try:
        rows = list(_texts(path, column))
    except sheets.SheetError as error:
        raise ImportRefused(_(error.message)) from error
    if len(rows) > MOST:
        raise ImportRefused(
            _("The file holds %(count)d questions; at most %(most)d fit one jam.") % {"count": len(rows), "most": MOST}
        )
    known, seen = {text.casefold() for text in there}, dict[str, int]()
    found = []
    for line, text in rows:
        if not text:
            continue
        key, problem = text.casefold(), ""
        if key in seen:
            problem = _("the same as line %d") % seen[key]
        elif key in known:
            problem = _("in this jam already")
        elif len(text) > TEXT_LIMIT:
            problem = _("longer than %d characters") % TEXT_LIMIT
        seen.setdefault(key, line)
        found.append(Found(line, text, problem))
    if not found:
        raise ImportRefused(_("No question was found in the file."))
    return found


def _texts(path: Path, column: str) -> Iterator[tuple[int, str]]:
    if path.suffix.lower() in {".csv", ".xlsx", ".tsv"}:
        with closing(sheets.cells(path)) as lines:
            yield from _texts_of_table(lines, column)
    else:
        try:
            lines_of_text = path.read_text(encoding="utf-8-sig").splitlines()
        except UnicodeDecodeError as error:
            raise ImportRefused(_("The file is not UTF-8 text. Save it as UTF-8 and try again.")) from error
        yield from ((number, _clean(line)) for number, line in enumerate(lines_of_text, start=1))


def _texts_of_table(lines: Iterator[sheets.Line], column: str) -> Iterator[tuple[int, str]]:
    head = list(islice(lines, sheets.LINES_BEFORE_HEADER))
    at, wanted = _header(head, column)
    kind = _named(head[at][1], TYPE_COLUMNS) if at >= 0 else None
    for line, values in chain(head[at + 1 :], lines):
        cells = [sheets.text(value) for value in values]
        if kind is not None and kind < len(cells) and cells[kind].casefold() not in QUESTION_TYPES:
            continue
        yield line, _clean(cells[wanted]) if wanted < len(cells) else ""


def _header(head: list[sheets.Line], column: str) -> tuple[int, int]:
    """(which of the first lines is the header, -1 for none of them; which column holds the questions).

    Raises:
        ImportRefused: there is no such column; the message names those that there are.
    """
    for at, (_line, values) in enumerate(head):
        found = _named(values, [sheets.folded(column)] if column else TEXT_COLUMNS)
        if found is not None:
            return at, found
    first = next((at for at, (_line, values) in enumerate(head) if sum(map(bool, map(sheets.text, values))) > 1), None)
    if first is not None and not column:
        # A form heads the column with what it asked.
        asked = [at for at, cell in enumerate(head[first][1]) if sheets.text(cell).endswith("?")]
        if len(asked) == 1:
            return first, asked[0]
    if not column and head and all(len(values) == 1 for _line, values in head):
        return -1, 0
    widest = max((values for _line, values in head), key=lambda row: sum(bool(cell) for cell in row), default=())
    names = ", ".join(sheets.text(cell) for cell in widest if cell)[:300]
    if column:
        raise ImportRefused(
            _("No column is called “%(column)s”. The columns are: %(names)s.") % {"column": column, "names": names}
        )
    raise ImportRefused(
        _("No column is called question or text. Name the one to read, of: %(names)s.") % {"names": names}
    )


def _named(row: Sequence[object], wanted: Sequence[str]) -> int | None:
    names = [sheets.folded(cell) for cell in row]
    return next((names.index(name) for name in wanted if name in names), None)


def _clean(text: str) -> str:
    return " ".join(re.sub(r"^\s*(?:[-*•]|\d+[.)])\s+", "", text).split())

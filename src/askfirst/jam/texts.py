"""Read a list of texts from CSV, XLSX, JSON lines or plain text; needs no database."""

import csv
import json
from pathlib import Path

from askfirst.base.later import later

openpyxl = later("openpyxl")
COLUMNS = ("question", "text", "questions", "texts", "title", "content")


class UnreadableFile(ValueError):
    """The file cannot be read as a list of texts; the message says what would do."""


def read(path: Path, column: str = "") -> list[tuple[str, str]]:
    """(id, text) in the order of the file. The id is the file's own `id` column, or the number of the row from 1.

    Raises:
        UnreadableFile: unknown column, broken encoding, broken JSON, or nothing in it.
    """
    suffix = path.suffix.lower()
    try:
        if suffix == ".xlsx":
            rows = _table([[str(c) if c is not None else "" for c in row] for row in _sheet(path)], column)
        elif suffix in {".csv", ".tsv"}:
            with path.open(encoding="utf-8-sig", newline="") as file:
                head = file.readline()
                file.seek(0)
                rows = _table(list(csv.reader(file, delimiter=max(",;\t", key=head.count))), column)
        elif suffix in {".jsonl", ".json", ".ndjson"}:
            rows = _objects(path, column)
        else:
            rows = [(str(n), line) for n, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1)]
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"{path.name} is not UTF-8; save it as UTF-8 and try again.") from error
    rows = [(key, " ".join(text.split())) for key, text in rows if text.strip()]
    if not rows:
        raise UnreadableFile(f"{path.name} holds no text.")
    return rows


def _sheet(path: Path) -> list[tuple[object, ...]]:
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        return list(book.worksheets[0].iter_rows(values_only=True))
    except Exception as error:
        raise UnreadableFile(f"{path.name} is not a readable XLSX file.") from error


def _table(rows: list[list[str]], column: str) -> list[tuple[str, str]]:
    if not rows:
        return []
    names = [name.strip().casefold() for name in rows[0]]
    if column and column.casefold() not in names:
        raise UnreadableFile(f"There is no column {column!r}; there are: {', '.join(rows[0])}.")
    wanted = column.casefold() or next((name for name in COLUMNS if name in names), "")
    at = names.index(wanted) if wanted else 0
    body = rows[1:] if wanted else rows
    key = names.index("id") if wanted and "id" in names else None
    return [
        (row[key] if key is not None and key < len(row) else str(number), row[at] if at < len(row) else "")
        for number, row in enumerate(body, start=1)
    ]


def _objects(path: Path, column: str) -> list[tuple[str, str]]:
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except json.JSONDecodeError as error:
            raise UnreadableFile(f"{path.name}, line {number}: not JSON ({error.msg}).") from error
        if isinstance(found, str):
            rows.append((str(number), found))
            continue
        name = column or next((name for name in COLUMNS if name in found), "")
        if name not in found:
            raise UnreadableFile(f"{path.name}, line {number}: there is no {name or 'text'!r}; name it with --column.")
        rows.append((str(found.get("id", number)), str(found[name])))
    return rows

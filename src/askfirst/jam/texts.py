"""Read a list of texts from CSV, XLSX, JSON, JSON lines or plain text; needs no database."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from askfirst.base import sheets
from askfirst.base.texts import from_json

# Asked for as “-”: one text a line.
STANDARD_INPUT = Path("-")
COLUMNS = ("question", "text", "questions", "texts", "title", "content")


class UnreadableFile(ValueError):
    """The file cannot be read as a list of texts; the message says what would do."""


def read(path: Path, column: str = "") -> list[tuple[str, str]]:
    """(id, text) in the order of the file. The id is the file's own `id` column, or the number of the row from 1.

    Raises:
        UnreadableFile: unknown column, or it is not clear which; broken encoding, broken JSON, or nothing in it.
    """
    suffix = path.suffix.lower()
    try:
        if suffix in {".xlsx", ".csv", ".tsv"}:
            rows = _table([[sheets.text(cell) for cell in values] for _line, values in sheets.cells(path)], column)
        elif suffix in {".jsonl", ".json", ".ndjson"}:
            rows = _objects(path, column)
        else:
            text = (sys.stdin.buffer.read() if path == STANDARD_INPUT else path.read_bytes()).decode("utf-8-sig")
            rows = [(str(n), line) for n, line in enumerate(text.splitlines(), start=1)]
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"{path.name} is not UTF-8; save it as UTF-8 and try again.") from error
    except sheets.SheetError as error:
        raise UnreadableFile(f"{path.name}: {error.message}") from error
    rows = [(key, " ".join(text.split())) for key, text in rows if text.strip()]
    if not rows:
        raise UnreadableFile(f"{path.name} holds no text.")
    return rows


def _table(rows: list[list[str]], column: str) -> list[tuple[str, str]]:
    if not rows:
        return []
    names = [name.strip().casefold() for name in rows[0]]
    if column and column.casefold() not in names:
        raise UnreadableFile(f"There is no column {column!r}; there are: {', '.join(rows[0])}.")
    wanted = column.casefold() or next((name for name in COLUMNS if name in names), "")
    if not wanted and any(len(row) > 1 for row in rows):
        raise UnreadableFile(f"No column is called question or text. Name one with --column: {', '.join(rows[0])}.")
    at = names.index(wanted) if wanted else 0
    body = rows[1:] if wanted else rows
    key = names.index("id") if wanted and "id" in names else None
    return [
        (row[key] if key is not None and key < len(row) else str(number), row[at] if at < len(row) else "")
        for number, row in enumerate(body, start=1)
    ]


def _objects(path: Path, column: str) -> list[tuple[str, str]]:
    rows = []
    for number, found in _values(path):
        if isinstance(found, str):
            rows.append((str(number), found))
            continue
        if not isinstance(found, dict):
            raise UnreadableFile(f"{path.name}, {number}: neither a text nor an object with one.")
        name = column or next((name for name in COLUMNS if name in found), "")
        if name not in found:
            raise UnreadableFile(f"{path.name}, {number}: there is no {name or 'text'!r}; name it with --column.")
        rows.append((str(found.get("id", number)), str(found[name])))
    return rows


def _values(path: Path) -> Iterator[tuple[int, Any]]:
    """(line, or place in the list, from 1; value) of JSON lines or of one list."""
    text = path.read_text(encoding="utf-8-sig")
    if text.lstrip().startswith("["):
        try:
            yield from enumerate(from_json(text), start=1)
        except json.JSONDecodeError as error:
            raise UnreadableFile(f"{path.name}, line {error.lineno}: not JSON ({error.msg}).") from error
        return
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                yield number, from_json(line)
            except json.JSONDecodeError as error:
                raise UnreadableFile(f"{path.name}, line {number}: not JSON ({error.msg}).") from error

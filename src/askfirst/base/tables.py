"""Rows as files for spreadsheets: CSV and XLSX, with no cell that a spreadsheet would run as a formula."""

import codecs
import csv
import io
import itertools
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import get_language

from askfirst.base.later import later

openpyxl = later("openpyxl")

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {"csv": CSV, "xlsx": XLSX}
PIECE = 500
RISKY = ("=", "+", "-", "@", "\t", "\r")


def to_csv(rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with a mark in front, as spreadsheets expect it."""
    return b"".join(_csv_pieces(rows, get_language() or ""))


def to_xlsx(rows: Iterable[Sequence[Any]], sheet: str) -> bytes:
    """One sheet, written row by row."""
    out = io.BytesIO()
    _write_xlsx(rows, sheet, out)
    return out.getvalue()


def _write_xlsx(rows: Iterable[Sequence[Any]], sheet: str, out: IO[bytes]) -> None:
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet(sheet)
    for row in rows:
        page.append([_safe(cell) for cell in row])
    book.save(out)


def response(rows: Iterable[Sequence[Any]], form: str, *, name: str, sheet: str) -> HttpResponseBase:
    """A file of FORMATS to keep, called `name` with the form behind it; however many rows there are, none is held longer than it takes.

    A table of CSV begins to come at once; one of XLSX is written to a temporary file first.
    """
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    if form == "csv":
        return StreamingHttpResponse(_csv_pieces(rows, get_language() or ""), content_type=CSV, headers=headers)
    kept = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the response
    _write_xlsx(rows, sheet, kept)
    kept.seek(0)
    return FileResponse(kept, content_type=XLSX, headers=headers)


def _csv_pieces(rows: Iterable[Sequence[Any]], language: str) -> Iterator[bytes]:
    """The table in pieces; of a response they are asked for when the view is over, so the reader's language is set again for each."""
    rows = iter(rows)
    mark = codecs.BOM_UTF8
    while True:
        with translation.override(language):
            batch = list(itertools.islice(rows, PIECE))
        if not batch and not mark:
            return
        out = io.StringIO()
        csv.writer(out).writerows([_safe(cell) for cell in row] for row in batch)
        yield mark + out.getvalue().encode()
        mark = b""


def _safe(cell: Any) -> Any:
    """Spreadsheets run cells that begin like a formula; an apostrophe makes them text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RISKY) else cell

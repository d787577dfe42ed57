"""Rows as files for spreadsheets: CSV and XLSX, with no cell that a spreadsheet would run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

from askfirst.base.later import later

openpyxl = later("openpyxl")

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {"csv": CSV, "xlsx": XLSX}
RISKY = ("=", "+", "-", "@", "\t", "\r")


def to_csv(rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with a mark in front, as spreadsheets expect it."""
    out = io.StringIO()
    csv.writer(out).writerows([_safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(rows: Iterable[Sequence[Any]], sheet: str) -> bytes:
    """One sheet, written row by row."""
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet(sheet)
    for row in rows:
        page.append([_safe(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def response(rows: Iterable[Sequence[Any]], form: str, *, name: str, sheet: str) -> HttpResponse:
    """A file of FORMATS to keep, called `name` with the form behind it."""
    body = to_csv(rows) if form == "csv" else to_xlsx(rows, sheet)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return HttpResponse(body, content_type=FORMATS[form], headers=headers)


def _safe(cell: Any) -> Any:
    """Spreadsheets run cells that begin like a formula; an apostrophe makes them text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RISKY) else cell

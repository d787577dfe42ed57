"""The ledger as a file: CSV, XLSX and Markdown, each one function and one line in FORMATS."""

import csv
import io
from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _
from openpyxl import Workbook

from askfirst.jam.models import Jam
from askfirst.jam.queries import Entered, ledger_sums

RISKY = ("=", "+", "-", "@", "\t", "\r")


def _header() -> list[str]:
    return [
        _("Number"), _("Kind"), _("Text"), _("Outcome"), _("Detail"), _("Merged into"), _("Votes"), _("Who"), _("Until"),
        _("Asked by"),
    ]  # fmt: skip


def _cells(entry: Entered) -> list[object]:
    due = entry.due_on.isoformat() if entry.due_on else ""
    return [
        entry.number, entry.kind, _safe(entry.text), entry.outcome, _safe(entry.detail), entry.into or "", entry.votes,
        _safe(entry.who), due, _safe(entry.asked_by),
    ]  # fmt: skip


def _safe(text: str) -> str:
    """Spreadsheets run cells that begin like a formula; an apostrophe makes them text."""
    return f"'{text}" if text.startswith(RISKY) else text


def to_csv(jam: Jam, entries: Sequence[Entered]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_header())
    writer.writerows(_cells(entry) for entry in entries)
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(jam: Jam, entries: Sequence[Entered]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(jam.code)
    sheet.append(_header())
    for entry in entries:
        sheet.append(_cells(entry))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def to_markdown(jam: Jam, entries: Sequence[Entered]) -> bytes:
    lines = [f"# {jam.title}", ""]
    lines += [f"- {label}: {number}" for _outcome, label, number in ledger_sums(entries)]
    for entry in entries:
        into = f" → #{entry.into}" if entry.into else ""
        lines += ["", f"## #{entry.number} {_plain(entry.text) or '—'}", "", f"**{entry.outcome_label}**{into}"]
        lines += ["", _plain(entry.detail)] if entry.detail else []
        promise = " · ".join(filter(None, (entry.who, entry.due_on.isoformat() if entry.due_on else "")))
        lines += ["", promise] if promise else []
    return ("\n".join(lines) + "\n").encode()


def _plain(text: str) -> str:
    """Text that Markdown takes as text."""
    for mark in "\\`*_<[#":
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())


FORMATS: dict[str, tuple[str, Callable[[Jam, Sequence[Entered]], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", to_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", to_xlsx),
    "md": ("text/markdown; charset=utf-8", to_markdown),
}

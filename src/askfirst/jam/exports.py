"""The ledger as a file: CSV, XLSX and Markdown, each one function and one line in FORMATS."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from askfirst.base import tables
from askfirst.jam.ledgers import Entered, sums
from askfirst.jam.models import Jam


def _header() -> list[str]:
    return [
        _("Number"), _("Kind"), _("Text"), _("Outcome"), _("Detail"), _("Merged into"), _("Votes"), _("Who"), _("Until"),
        _("Asked by"),
    ]  # fmt: skip


def _cells(entry: Entered) -> list[object]:
    due = entry.due_on.isoformat() if entry.due_on else ""
    return [
        entry.number, entry.kind, entry.text, entry.outcome, entry.detail, entry.into or "", entry.votes,
        entry.who, due, entry.asked_by,
    ]  # fmt: skip


def to_csv(jam: Jam, entries: Sequence[Entered]) -> bytes:
    return tables.to_csv([_header(), *map(_cells, entries)])


def to_xlsx(jam: Jam, entries: Sequence[Entered]) -> bytes:
    return tables.to_xlsx([_header(), *map(_cells, entries)], jam.code)


def to_markdown(jam: Jam, entries: Sequence[Entered]) -> bytes:
    lines = [f"# {jam.title}", ""]
    lines += [f"- {label}: {number}" for _outcome, label, number in sums(entries)]
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
    "csv": (tables.CSV, to_csv),
    "xlsx": (tables.XLSX, to_xlsx),
    "md": ("text/markdown; charset=utf-8", to_markdown),
}

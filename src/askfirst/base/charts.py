"""Charts drawn on the server as SVG, each with a sentence that says the same and a table of its numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Bar:
    """One bar with the place where base/_bars.html draws it (units of the view box)."""

    label: str
    value: float
    width: float
    y: int


@dataclass(frozen=True)
class BarChart:
    """A horizontal bar chart for base/_bars.html."""

    title: str
    summary: str
    bars: tuple[Bar, ...]
    height: int


ROW, WIDTH = 34, 255


def bars(title: str, rows: Sequence[tuple[str, int]]) -> BarChart:
    """Lay out one bar a row. `rows` are (label, count), in the order shown."""
    return _laid(title, _summary(rows), rows)


def trend(title: str, rows: Sequence[tuple[str, float]]) -> BarChart:
    """The same for a number over time; `rows` are (when, number), the oldest first, and the newest is said in words."""
    (first, one), (last, other) = rows[0], rows[-1]
    said = _("From %(one)s in %(first)s to %(other)s in %(last)s.") % {
        "one": f"{one:g}", "first": first, "other": f"{other:g}", "last": last,
    }  # fmt: skip
    return _laid(title, said, rows)


def _laid(title: str, summary: str, rows: Sequence[tuple[str, float]]) -> BarChart:
    most = max((value for _label, value in rows), default=0) or 1
    laid = tuple(
        Bar(label, round(value, 2), WIDTH * max(0, value) / most, ROW * at) for at, (label, value) in enumerate(rows)
    )
    return BarChart(title, summary, laid, ROW * max(1, len(rows)))


def _summary(rows: Sequence[tuple[str, int]]) -> str:
    total = sum(value for _label, value in rows)
    if not total:
        return _("Nothing yet.")
    label, value = max(rows, key=lambda row: row[1])
    return _("%(total)s in all; most are “%(label)s” with %(value)s.") % {
        "total": total,
        "label": label,
        "value": value,
    }

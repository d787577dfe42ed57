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

    @property
    def columns(self) -> list[tuple[int, float, float]]:
        """The newest as small columns that end at the right, for base/_spark.html: x, y and height (units of its view box)."""
        shown = self.bars[-SPARKS:]
        heights = [round(max(2.0, SPARK_HIGH * bar.width / WIDTH), 1) for bar in shown]
        return [(SPARK_WIDE * (SPARKS - len(shown) + at), SPARK_HIGH - high, high) for at, high in enumerate(heights)]


@dataclass(frozen=True)
class Column:
    """One column of base/_seen.html: what was seen, and the height at which a line says what was expected (units of the view box)."""

    label: str
    seen: int
    expected: float
    x: int
    top: float
    height: float
    line: float


@dataclass(frozen=True)
class SeenChart:
    """What was seen beside what was expected, a column an hour, for base/_seen.html."""

    title: str
    summary: str
    columns: tuple[Column, ...]
    path: str
    width: int


ROW, WIDTH = 34, 255
# Of base/_seen.html: how high the highest column is, and how wide each.
HIGH, WIDE = 120, 18
# Of base/_spark.html: how many columns, how high the highest is, and how wide each.
SPARKS, SPARK_HIGH, SPARK_WIDE = 12, 40, 12


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


def seen(title: str, rows: Sequence[tuple[str, int, float]]) -> SeenChart:
    """Lay out columns over time. `rows` are (when, seen, expected), the oldest first."""
    most = max((max(number, much) for _label, number, much in rows), default=0) or 1
    columns = tuple(
        Column(
            label,
            number,
            much,
            WIDE * at,
            round(HIGH * (1 - number / most), 1),
            round(HIGH * number / most, 1),
            round(HIGH * (1 - much / most), 1),
        )  # fmt: skip
        for at, (label, number, much) in enumerate(rows)
    )
    path = " ".join(f"{'L' if at else 'M'}{own.x} {own.line} H{own.x + WIDE}" for at, own in enumerate(columns))
    label, number, much = max(rows, key=lambda row: (row[1] - row[2], row[1]), default=("", 0, 0.0))
    summary = _("%(seen)s in all, %(expected)s were to be expected.") % {
        "seen": sum(row[1] for row in rows), "expected": round(sum(row[2] for row in rows)),
    }  # fmt: skip
    if number:
        summary += " " + _("Furthest above it at %(when)s: %(seen)s for %(expected)s.") % {
            "when": label, "seen": number, "expected": f"{much:g}",
        }  # fmt: skip
    return SeenChart(title, summary, columns, path, WIDE * max(1, len(rows)))


def _laid(title: str, summary: str, rows: Sequence[tuple[str, float]]) -> BarChart:
    most = max([value for _label, value in rows if value > 0], default=1)
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

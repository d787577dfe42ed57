"""Lists that are longer than a page shows."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet


def first(rows: QuerySet[Any], most: int) -> tuple[list[Any], int]:
    """The first of some rows, and how many more there are; counted only where there may be more."""
    shown = list(rows[:most])
    return shown, rows.count() - most if len(shown) == most else 0


class Pages(Paginator):  # type: ignore[type-arg]
    """Pages of very many rows whose count is known: keys are walked, in an index alone, from the nearer end.

    A page between then costs the database half a walk over the keys at most, and reads no row but its own.
    """

    def __init__(self, rows: QuerySet[Any], size: int, count: int) -> None:
        super().__init__(rows, size)
        self._rows = rows
        self.count = count  # type: ignore[misc]

    def page(self, number: int | str) -> Any:
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        stop = min(start + self.per_page, self.count)
        keys = self._rows.values_list("pk", flat=True)
        from_end = keys.reverse()[self.count - stop : self.count - start]
        found = list(keys[start:stop]) if start <= self.count / 2 else list(from_end)[::-1]
        rows = self._rows.in_bulk(found)
        return self._get_page([rows[key] for key in found if key in rows], number, self)

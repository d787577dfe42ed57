"""Lists that are longer than a page shows."""

from typing import Any

from django.db.models import QuerySet


def first(rows: QuerySet[Any], most: int) -> tuple[list[Any], int]:
    """The first of some rows, and how many more there are; counted only where there may be more."""
    shown = list(rows[:most])
    return shown, rows.count() - most if len(shown) == most else 0

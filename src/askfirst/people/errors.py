"""What can go wrong with people, in words for people."""

from dataclasses import dataclass
from typing import Any


class PeopleError(Exception):
    """Root of this part's errors."""


@dataclass(frozen=True)
class RowError:
    """One thing wrong in a file: line (1 = header), column as the file names it, what to do."""

    line: int
    column: str
    message: Any

    def __str__(self) -> str:
        return f"{self.line} · {self.column}: {self.message}" if self.column else f"{self.line}: {self.message}"


class RosterError(PeopleError):
    """The file was not imported, and nothing was changed.

    Attributes:
        rows: at most 100 RowErrors.
        total: how many there were.
    """

    def __init__(self, message: Any, rows: tuple[RowError, ...] = (), total: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.rows = rows
        self.total = total or len(rows)

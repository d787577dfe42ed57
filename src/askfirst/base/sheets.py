"""Tables that people bring: CSV with any usual separator, in UTF-8 or UTF-16, and XLSX, read row by row without holding them in memory.

Needs no settings and no database; messages are English and are translated by whoever shows them.
"""

import csv
import io
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import BinaryIO, TypeVar

from askfirst.base.later import later
from askfirst.base.texts import storable
from askfirst.engines.marking import _

openpyxl = later("openpyxl")
Line = tuple[int, Sequence[object]]
T = TypeVar("T")
# Reports of other systems begin with some lines about themselves.
LINES_BEFORE_HEADER = 20
_NUMERIC = re.compile(r"(\d{1,2}|\d{4})([./-])(\d{1,2})\2(\d{4}|\d{2})(?:,?[ T]+(.+))?")
_CLOCK = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)? ?([ap])?\.?(?:m\.?)? ?(z|utc|gmt|[+-]\d{2}:?\d{2})?", re.IGNORECASE
)
_NAMED = ("%d-%b-%Y", "%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y", "%a %b %d %Y")


class SheetError(ValueError):
    """The file cannot be read as a table.

    Attributes:
        message: what would do instead.
        line: where it failed, counted from 1 (0: the file as a whole); reason: what the reader said.
    """

    def __init__(self, message: str, line: int = 0, reason: str = "") -> None:
        super().__init__(message)
        self.message, self.line, self.reason = message, line, reason


def cells(source: Path | BinaryIO) -> Iterator[Line]:
    """(line number, cells) of a file; an empty file has none.

    Raises:
        SheetError: neither CSV nor XLSX, damaged, or in another encoding.
    """
    with source.open("rb") if isinstance(source, Path) else nullcontext(source) as file:
        start = file.read(4096)
        file.seek(0)
        if start.startswith(b"PK"):
            yield from _of_workbook(file)
        elif b"\x00" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise SheetError(
                _("This is neither a CSV nor an XLSX file. Export the list as one of these and try again.")
            )
        else:
            yield from _of_text(file, start)


def from_header(lines: Iterator[Line], is_header: Callable[[Sequence[object]], bool]) -> tuple[Line | None, bool]:
    """The first line that is a header, and that it was found; else the first line that says anything (None: there is none).

    `lines` then stands behind the line returned, or, where no header was found, somewhere below it.
    """
    first: Line | None = None
    for number, values in lines:
        if is_header(values):
            return (number, values), True
        if first is None and any(str(value or "").strip() for value in values):
            first = (number, values)
        if number >= LINES_BEFORE_HEADER:
            break
    return first, False


class Fields:
    """What columns are called, by field: a line of names as `folded` writes them, the one that counts first in front."""

    def __init__(self, aliases: Mapping[str, str]) -> None:
        named = [(name, field) for field, names in aliases.items() for name in names.split()]
        self._ranked = {name: (rank, field) for rank, (name, field) in enumerate(named)}

    def of(self, name: object) -> str:
        """The field that a column holds; empty: none of these."""
        return self._ranked.get(folded(name), (0, ""))[1]

    def order(self, names: Sequence[object]) -> list[tuple[int, str]]:
        """(column, field) of those that are known, the column that counts first before others of the same field."""
        known = [(self._ranked[folded(name)], at) for at, name in enumerate(names) if self.of(name)]
        return [(at, field) for (_rank, field), at in sorted(known)]


def first_said(order: Iterable[tuple[int, str]], row: Sequence[object]) -> dict[str, object]:
    """By field the first cell of a row that says something, in an order of Fields."""
    found: dict[str, object] = {}
    for at, field in order:
        if at < len(row) and text(row[at]):
            found.setdefault(field, row[at])
    return found


def folded(name: object) -> str:
    """A column's name in small ASCII letters and digits, without what stands in brackets behind it; # is a number."""
    bare = re.sub(r"\s*[\[(][^\])]*[\])]\s*$", "", str(name or "")).replace("#", " number")
    plain = unicodedata.normalize("NFKD", bare.casefold())
    return re.sub(r"[^a-z0-9]", "", plain)


def text(value: object) -> str:
    """A cell as text: whole numbers without a fraction, letters composed, no blanks around, no NUL (which no database keeps)."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return unicodedata.normalize("NFC", storable(str(value))).strip()


def moment(value: object, *, months_first: bool = False) -> datetime | None:
    """A date, with or without a time, as spreadsheets and reports write it; None when it is none.

    Args:
        months_first: read 3/4/2026 as the fourth of March (see has_months_first).

    Returns: aware where the text names an offset, else naive.
    """
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    said = text(value)
    if not any(c.isdigit() for c in said):
        return None
    try:
        return datetime.fromisoformat(said)
    except ValueError:
        pass
    if re.fullmatch(r"\d{10}(?:\d{3})?", said):
        return datetime.fromtimestamp(int(said[:10]), UTC)
    try:
        if found := _NUMERIC.fullmatch(said):
            return _at(_day(found[1], found[2], found[3], found[4], months_first=months_first), found[5] or "")
        return _named(said) or parsedate_to_datetime(said)
    except ValueError:
        return None


def _day(first: str, mark: str, second: str, third: str, *, months_first: bool) -> datetime:
    if len(first) == 4:
        return datetime(int(first), int(second), int(third))
    day, month = (second, first) if mark == "/" and months_first else (first, second)
    return datetime(int(third) + (2000 if len(third) == 2 else 0), int(month), int(day))


def _named(said: str) -> datetime | None:
    """A date whose month has a name, with or without a time behind it."""
    clock = re.search(r",?\s+(\d{1,2}:\d{2}.*)$", said)
    head = (said[: clock.start()] if clock else said).replace(",", "")
    for pattern in _NAMED:
        try:
            return _at(datetime.strptime(head, pattern), clock[1] if clock else "")
        except ValueError:
            continue
    return None


def _at(day: datetime, said: str) -> datetime:
    """The day with its time, aware where that names an offset.

    Raises:
        ValueError: it is no time.
    """
    if not said:
        return day
    found = _CLOCK.fullmatch(said.strip())
    if found is None:
        raise ValueError(said)
    hour, minute, second, half, offset = found.groups()
    hours = int(hour) % 12 + (12 if half.lower() == "p" else 0) if half else int(hour)
    made = day.replace(hour=hours, minute=int(minute), second=int(second or 0))
    if offset is None:
        return made
    return made.replace(tzinfo=UTC if offset[0].isalpha() else datetime.strptime(offset, "%z").tzinfo)


def has_months_first(values: Iterable[object]) -> bool:
    """Whether dates with slashes are American: no first number is above 12, and a second one is."""
    is_above = False
    for value in values:
        found = re.match(r"(\d{1,2})/(\d{1,2})/\d{2,4}", str(value or ""))
        if found and int(found[1]) > 12:
            return False
        is_above = is_above or bool(found and int(found[2]) > 12)
    return is_above


def _of_workbook(file: BinaryIO) -> Iterator[Line]:
    # Sheets are unpacked as they are read, so damage shows at any row.
    book = _whole(lambda: openpyxl.load_workbook(file, read_only=True, data_only=True))
    try:
        rows = _whole(lambda: enumerate(book.worksheets[0].iter_rows(values_only=True), start=1))
        while line := _whole(lambda: next(rows, None)):
            yield line
    finally:
        book.close()


def _whole(read: Callable[[], T]) -> T:
    """What a step of reading a workbook gives.

    Raises:
        SheetError: the workbook is damaged; its reader says so in many ways.
    """
    try:
        return read()
    except MemoryError:
        raise
    except Exception as error:
        raise SheetError(_("The workbook is damaged or is not XLSX. Save it again as .xlsx.")) from error


def _of_text(file: BinaryIO, start: bytes) -> Iterator[Line]:
    encoding = "utf-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    text_of = io.TextIOWrapper(file, encoding=encoding, newline="")
    reader = None
    try:
        delimiter = _delimiter(text_of)
        text_of.seek(0)
        reader = csv.reader(text_of, delimiter=delimiter)
        for values in reader:
            yield reader.line_num, values
    except UnicodeDecodeError as error:
        advice = _("The file is not UTF-8. In Excel choose “CSV UTF-8” when saving, or save as .xlsx.")
        raise SheetError(advice, _line_of_first_bad_bytes(file), str(error.reason)) from error
    except csv.Error as error:
        raise SheetError(_("The file cannot be read as CSV."), reader.line_num if reader else 1, str(error)) from error
    finally:
        # The file is its caller's to close.
        text_of.detach()


def _delimiter(text_of: io.TextIOWrapper) -> str:
    """The one by which the most lines have equally many columns; of two, the one by which they have more."""
    head = list(itertools.islice(text_of, LINES_BEFORE_HEADER))

    def regularity(mark: str) -> tuple[int, int]:
        try:
            widths = Counter(len(row) for row in csv.reader(head, delimiter=mark) if len(row) > 1)
        except csv.Error:
            return 0, 0
        return max(((lines, width) for width, lines in widths.items()), default=(0, 0))

    return max(",;\t", key=regularity)


def _line_of_first_bad_bytes(file: BinaryIO) -> int:
    """The decoder itself only knows its own buffer."""
    file.seek(0)
    for number, line in enumerate(file, start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            return number
    return 1

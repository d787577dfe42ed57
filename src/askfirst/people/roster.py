"""Read a roster file row by row, whatever its dialect: CSV or XLSX, any usual header, without holding it in memory."""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from askfirst.base.later import later
from askfirst.people.errors import RosterError, RowError

openpyxl = later("openpyxl")

# Header names as HR systems write them, folded to small ASCII letters without spaces.
ALIASES = {
    "employee_id": "employeeid id personid personnelnumber staffid workerid employeenumber externalid personalnummer mitarbeiternummer mitarbeiterid",
    "email": "email mail workemail emailaddress primaryworkemail username userprincipalname upn emailadresse",
    "name": "name fullname displayname preferredname employeename vollname anzeigename",
    "first_name": "firstname givenname preferredfirstname vorname",
    "last_name": "lastname surname familyname nachname",
    "team": "team department dept businessunit orgunit costcentername abteilung bereich",
    "language": "language lang locale preferredlanguage sprache",
    "joined_on": "joinedon startdate hiredate dateofjoining start eintritt eintrittsdatum",
    "manager": "manager manageremail managerid manageremployeeid supervisor supervisoremail reportsto vorgesetzter fuhrungskraft",
    "status": "status active employmentstatus state aktiv",
}
FIELD_OF = {alias: field for field, aliases in ALIASES.items() for alias in aliases.split()}
LEFT = {"inactive", "left", "leaver", "terminated", "no", "false", "0", "n", "ausgetreten", "inaktiv", "nein"}
HERE = {"", "active", "yes", "true", "1", "y", "aktiv", "ja", "onleave", "employed"}
DATE_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%Y/%m/%d", "%Y-%m-%d %H:%M:%S")
LIMITS = {"email": 254, "name": 200, "employee_id": 64, "team": 120, "manager": 254}


@dataclass(frozen=True)
class Row:
    """One person of a roster. Empty strings mean "the file does not say"."""

    line: int
    email: str
    name: str
    employee_id: str = ""
    team: str = ""
    language: str = ""
    joined_on: date | None = None
    is_active: bool = True
    # E-mail or employee id of whom the person reports to.
    manager: str = ""


@dataclass(frozen=True)
class Header:
    """Which field each column holds (None: ignored) and the names the file gives them."""

    fields: tuple[str | None, ...]
    names: tuple[str, ...]

    @property
    def ignored(self) -> tuple[str, ...]:
        return tuple(name for field, name in zip(self.fields, self.names, strict=True) if field is None and name)

    def name_of(self, field: str) -> str:
        return self.names[self.fields.index(field)] if field in self.fields else field


def read_header(cells: Sequence[object]) -> Header:
    """Recognise the header row.

    Raises:
        RosterError: no column holds e-mail addresses or no column holds names, or two claim to be the same.
    """
    names = tuple(str(cell or "").strip() for cell in cells)
    fields = [FIELD_OF.get(_folded(name)) for name in names]
    for field in {field for field in fields if field and fields.count(field) > 1}:
        same = ", ".join(name for name, found in zip(names, fields, strict=True) if found == field)
        raise RosterError(_("These columns mean the same: %(columns)s. Keep one of them.") % {"columns": same})
    if "email" not in fields:
        raise RosterError(
            _("No column is called e-mail. The columns are: %(columns)s.") % {"columns": ", ".join(names)}
        )
    if "name" not in fields and "last_name" not in fields:
        raise RosterError(_("No column is called name. The columns are: %(columns)s.") % {"columns": ", ".join(names)})
    return Header(tuple(fields), names)


def read_rows(path: Path) -> Iterator[Row | RowError]:
    """Every person of the file in order; a RowError stands where a row could not be read.

    Raises:
        RosterError: the file as a whole cannot be used.
    """
    with closing(cells(path)) as lines:
        header = _header(lines)
        for line, values in lines:
            if any(str(value).strip() for value in values if value is not None):
                yield parse_row(line, header, values)


def names_in(path: Path) -> list[str]:
    """The names of a file that need not be a whole roster: its name columns, or its first column when it has no header.

    Raises:
        RosterError: as cells.
    """
    with closing(cells(path)) as lines:
        rows = [[_text(value) for value in values] for _line, values in lines]
    fields = [FIELD_OF.get(_folded(name)) for name in rows[0]] if rows else []
    wanted = [at for at, field in enumerate(fields) if field == "name"] or [
        at for field in ("first_name", "last_name") for at, own in enumerate(fields) if own == field
    ]
    body = rows[1:] if wanted else rows
    found = [" ".join(row[at] for at in wanted or [0] if at < len(row)).strip() for row in body]
    return [name for name in found if name]


def header_of(path: Path) -> Header:
    """The header row of a file; raises as read_rows does."""
    with closing(cells(path)) as lines:
        return _header(lines)


def _header(lines: Iterator[tuple[int, Sequence[object]]]) -> Header:
    first = next(lines, None)
    if first is None:
        raise RosterError(_("The file is empty."))
    return read_header(first[1])


def cells(path: Path) -> Iterator[tuple[int, Sequence[object]]]:
    """(line number, cells) of a CSV or XLSX file, read as a stream.

    Raises:
        RosterError: neither CSV nor XLSX, or in an encoding that is not UTF-8.
    """
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith(b"PK"):
        yield from _cells_of_workbook(path)
    elif b"\x00" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RosterError(_("This is neither a CSV nor an XLSX file. Export the list as one of these and try again."))
    else:
        yield from _cells_of_text(path, start)


def _cells_of_workbook(path: Path) -> Iterator[tuple[int, Sequence[object]]]:
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (openpyxl.utils.exceptions.InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise RosterError(_("The workbook is damaged or is not XLSX. Save it again as .xlsx.")) from error
    try:
        yield from enumerate(book.worksheets[0].iter_rows(values_only=True), start=1)
    finally:
        book.close()


def _cells_of_text(path: Path, start: bytes) -> Iterator[tuple[int, Sequence[object]]]:
    encoding = "utf-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    with path.open("rb") as raw, io.TextIOWrapper(raw, encoding=encoding, newline="") as text:
        try:
            head = text.readline()
            delimiter = max(",;\t", key=head.count)
            text.seek(0)
            reader = csv.reader(text, delimiter=delimiter)
            for values in reader:
                yield reader.line_num, values
        except UnicodeDecodeError as error:
            advice = _("The file is not UTF-8. In Excel choose “CSV UTF-8” when saving, or save as .xlsx.")
            raise RosterError(advice, (RowError(_line_of(path, error), "", str(error.reason)),)) from error
        except csv.Error as error:
            raise RosterError(
                _("The file cannot be read as CSV."), (RowError(reader.line_num, "", str(error)),)
            ) from error


def _line_of(path: Path, error: UnicodeDecodeError) -> int:
    """Line of the first bytes that are not UTF-8; the decoder itself only knows its own buffer."""
    del error
    with path.open("rb") as raw:
        for number, line in enumerate(raw, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return 1


def parse_row(line: int, header: Header, values: Sequence[object]) -> Row | RowError:
    """Turn cells into a Row, or say what is wrong with the first bad one."""
    found: dict[str, object] = {}
    for field, value in zip(header.fields, values, strict=False):
        if field:
            found[field] = value
    text = {field: _text(value) for field, value in found.items()}
    name = text.get("name") or " ".join(filter(None, (text.get("first_name"), text.get("last_name"))))
    email = text.get("email", "").lower()
    problem = _problem(header, text, email, name)
    if problem:
        return RowError(line, *problem)
    joined = _date(found.get("joined_on"))
    if joined is None and text.get("joined_on"):
        return RowError(
            line, header.name_of("joined_on"), _("“%s” is not a date; write 2026-11-23.") % text["joined_on"]
        )
    return Row(
        line=line,
        email=email,
        name=name,
        employee_id=text.get("employee_id", ""),
        team=text.get("team", ""),
        language=text.get("language", "").lower().replace("_", "-").split("-")[0][:10],
        joined_on=joined,
        is_active=_folded(text.get("status", "")) not in LEFT,
        manager=text.get("manager", ""),
    )


def _problem(header: Header, text: dict[str, str], email: str, name: str) -> tuple[str, str] | None:
    try:
        validate_email(email)
    except ValidationError:
        return header.name_of("email"), _("“%s” is not an e-mail address.") % text.get("email", "")
    if not name:
        return header.name_of("name"), _("The name is missing.")
    for field, limit in LIMITS.items():
        if len(text.get(field, "")) > limit:
            return header.name_of(field), _("This is longer than %d characters.") % limit
    status = _folded(text.get("status", ""))
    if status not in LEFT and status not in HERE:
        return header.name_of("status"), _("“%s” is unknown; write active or inactive.") % text["status"]
    return None


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[^a-z0-9]", "", plain)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return unicodedata.normalize("NFC", str(value)).strip()


def _date(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    for pattern in DATE_FORMATS:
        try:
            return datetime.strptime(_text(value), pattern).date()
        except ValueError:
            continue
    return None

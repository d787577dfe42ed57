"""Read a roster file row by row, whatever its dialect: CSV or XLSX, any usual header, without holding it in memory."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import islice
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from askfirst.base import languages, sheets
from askfirst.base.days import LAST_DAY
from askfirst.people.errors import RosterError, RowError

# Header names as HR systems and directories write them, folded by sheets.folded. Of several for one field the earlier
# stands first, and the first that says something counts for a person.
ALIASES = {
    "employee_id": "employeeid employeenumber employeeno personnelnumber personnelno personid staffid staffnumber workerid associateid "
    "usersysid payrollnumber hrid externalid personalnummer personalnr persnr personalid mitarbeiternummer mitarbeiternr mitarbeiterid userid id",
    "email": "workemail primaryworkemail emailprimarywork businessemail companyemail officeemail workcontactworkemail dienstlicheemail "
    "geschaftlicheemail emailgeschaftlich email emailaddress emailadresse mail mailadresse primaryemail login username userprincipalname upn",
    "name": "name fullname displayname employeename workername worker employee legalname preferredname vollname vollstandigername anzeigename "
    "mitarbeiter mitarbeitername",
    "sorted_name": "lastnamefirstname namevorname nachnamevorname payrollname",
    "first_name": "preferredfirstname preferrednamefirstname firstname givenname forename legalnamefirstname legalfirstname rufname vorname",
    "last_name": "preferredlastname preferrednamelastname lastname surname familyname legalnamelastname legallastname nachname familienname zuname",
    "team": "team teamname department departmentname dept homedepartment homedepartmentdescription division supervisoryorganization orgunit "
    "orgunitpath organizationalunit organisationseinheit businessunit costcenter costcentername kostenstelle abteilung bereich gruppe",
    "language": "language preferredlanguage defaultlocale locale lang korrespondenzsprache sprache",
    "joined_on": "joinedon startdate hiredate originalhiredate dateofjoining joindate employmentstartdate start eintrittsdatum eintritt "
    "einstellungsdatum",
    "left_on": "terminationdate enddate leavingdate lastworkingday lastday exitdate dateofleaving austrittsdatum austritt",
    "manager": "manageremail manageremployeeid managerid manager supervisoremail supervisor linemanager reportsto reportingto vorgesetzter "
    "vorgesetzte fuhrungskraft",
    "status": "status employmentstatus employeestatus positionstatus accountstatus accountenabled active isactive enabled state aktiv "
    "beschaftigungsstatus",
}
FIELDS = sheets.Fields(ALIASES)
LEFT = set(
    "inactive left leaver terminated resigned retired former no false 0 n i t disabled suspended deprovisioned deleted ausgetreten inaktiv nein "
    "gesperrt ehemalig".split()
)
HERE = {""} | set(
    "active yes true 1 y a aktiv ja onleave leave employed current enabled fulltime parttime permanent temporary contractor intern probation "
    "onboarding staged provisioned pending beschaftigt vollzeit teilzeit elternzeit mutterschutz probezeit".split()
)
DATES = ("joined_on", "left_on")
NAMES = {"name", "sorted_name", "first_name", "last_name"}
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
    """Which field each column holds (empty: ignored) and the names the file gives them.

    Attributes:
        line: where it stands.
        months_first: how dates with slashes are read.
    """

    fields: tuple[str, ...]
    names: tuple[str, ...]
    line: int = 1
    months_first: bool = False

    @property
    def ignored(self) -> tuple[str, ...]:
        return tuple(name for field, name in zip(self.fields, self.names, strict=True) if name and not field)

    @cached_property
    def order(self) -> list[tuple[int, str]]:
        """(column, field), the column that counts first before others of the same field."""
        return FIELDS.order(self.names)

    def name_of(self, field: str) -> str:
        return next((self.names[at] for at, own in self.order if own == field), field)


def read_header(cells: Sequence[object], line: int = 1) -> Header:
    """Recognise the header row.

    Raises:
        RosterError: no column holds e-mail addresses or no column holds names, or two have the same name.
    """
    names = tuple(str(cell or "").strip() for cell in cells)
    keys = [sheets.folded(name) for name in names]
    fields = [FIELDS.of(name) for name in names]
    for key in {key for key in keys if FIELDS.of(key) and keys.count(key) > 1}:
        same = ", ".join(name for name, found in zip(names, keys, strict=True) if found == key)
        raise RosterError(_("These columns mean the same: %(columns)s. Keep one of them.") % {"columns": same})
    if "email" not in fields:
        raise RosterError(
            _("No column is called e-mail. The columns are: %(columns)s.") % {"columns": ", ".join(names)}
        )
    if not {"name", "sorted_name", "last_name"} & set(fields):
        raise RosterError(_("No column is called name. The columns are: %(columns)s.") % {"columns": ", ".join(names)})
    return Header(tuple(fields), names, line)


def read_rows(path: Path, header: Header) -> Iterator[Row | RowError]:
    """Every person of the file below its header, in order; a RowError stands where a row could not be read.

    Raises:
        RosterError: the file as a whole cannot be used.
    """
    with closing(cells(path)) as lines:
        for line, values in lines:
            if line <= header.line:
                continue
            if any(str(value).strip() for value in values if value is not None):
                yield parse_row(line, header, values)


def names_in(path: Path) -> list[str]:
    """The names of a file that need not be a whole roster: its name columns, or its first column when it has no header.

    Raises:
        RosterError: as cells.
    """
    with closing(cells(path)) as lines:
        rows = [[sheets.text(value) for value in values] for _line, values in lines]
    for at, names in enumerate(rows[: sheets.LINES_BEFORE_HEADER]):
        header = Header(tuple(map(FIELDS.of, names)), tuple(names))
        if NAMES & set(header.fields):
            found = [
                _name({field: str(cell) for field, cell in sheets.first_said(header.order, values).items()})
                for values in rows[at + 1 :]
            ]
            break
    else:
        found = [values[0] for values in rows if values]
    return [name for name in found if name]


def header_of(path: Path) -> Header:
    """The header row of a file, which may stand below some lines about the file; raises as read_header and cells do."""
    with closing(cells(path)) as lines:
        found, _is_header = sheets.from_header(lines, lambda row: "email" in map(FIELDS.of, row))
        if found is None:
            raise RosterError(_("The file is empty."))
        line, names = found
        header = read_header(names, line)
        columns = [at for at, field in enumerate(header.fields) if field in DATES]
        dates = (values[at] for _line, values in islice(lines, 5000) for at in columns if at < len(values))
        return replace(header, months_first=sheets.has_months_first(dates)) if columns else header


def cells(path: Path) -> Iterator[sheets.Line]:
    """(line number, cells) of a CSV or XLSX file, read as a stream.

    Raises:
        RosterError: neither CSV nor XLSX, or in an encoding that is neither UTF-8 nor UTF-16.
    """
    try:
        yield from sheets.cells(path)
    except sheets.SheetError as error:
        rows = (RowError(error.line, "", error.reason),) if error.line else ()
        raise RosterError(_(error.message), rows) from error


def parse_row(line: int, header: Header, values: Sequence[object]) -> Row | RowError:
    """Turn cells into a Row, or say what is wrong with the first bad one."""
    found = sheets.first_said(header.order, values)
    text = {field: sheets.text(value) for field, value in found.items()}
    name = _name(text)
    email = text.get("email", "").lower()
    problem = _problem(header, text, email, name)
    if problem:
        return RowError(line, *problem)
    dates: dict[str, date | None] = {}
    for field in DATES:
        moment = sheets.moment(found.get(field), months_first=header.months_first)
        is_too_far = moment is not None and field == "joined_on" and moment.date() > LAST_DAY
        if is_too_far or (moment is None and text.get(field)):
            return RowError(line, header.name_of(field), _("“%s” is not a date; write 2026-11-23.") % text[field])
        dates[field] = moment.date() if moment else None
    left_on = dates["left_on"]
    return Row(
        line=line,
        email=email,
        name=name,
        employee_id=text.get("employee_id", ""),
        team=text.get("team", ""),
        language=languages.code_of(text.get("language", "")),
        joined_on=dates["joined_on"],
        is_active=sheets.folded(text.get("status")) not in LEFT and not (left_on and left_on < timezone.localdate()),
        manager=text.get("manager", ""),
    )


def _name(text: dict[str, str]) -> str:
    """First and last name where the file tells them apart; “Name, Vorname” has the last name in the column of the whole."""
    first, last, whole = (text.get(field, "") for field in ("first_name", "last_name", "name"))
    if not whole and "," in text.get("sorted_name", ""):
        behind, _comma, before = text["sorted_name"].partition(",")
        whole = f"{before.strip()} {behind.strip()}"
    if first and not last and whole and first.casefold() not in whole.casefold():
        last = whole
    return " ".join((first, last)) if first and last else whole or text.get("sorted_name") or first or last


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
    status = sheets.folded(text.get("status"))
    if status not in LEFT and status not in HERE:
        return header.name_of("status"), _("“%s” is unknown; write active or inactive.") % text["status"]
    return None

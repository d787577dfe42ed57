"""Tables that people bring: separators, headers below other lines, dates in every usual way."""

from datetime import UTC, date, datetime
from io import BytesIO

import openpyxl
import pytest

from askfirst.base import sheets


@pytest.mark.parametrize(
    "text",
    [
        'question,votes\n"May I, or not?",3\n',
        "question;votes\nMay I, or not?;3\n",
        "question\tvotes\nMay I, or not?\t3\n",
        "Report of jam 4\n\nquestion;votes\nMay I, or not?;3\n",
    ],
)
def test_separator_is_the_one_by_which_lines_are_alike(text):
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        rows = [values for _line, values in sheets.cells(BytesIO(text.encode(encoding)))]
        assert rows[-1] == ["May I, or not?", "3"]


def test_header_may_stand_below_other_lines():
    lines = iter([(1, ["About"]), (2, []), (3, ["Name", "E-mail"]), (4, ["Anna", "a@example.org"])])

    header, is_found = sheets.from_header(lines, lambda row: "email" in map(sheets.folded, row))

    assert (header, is_found, next(lines)[0]) == ((3, ["Name", "E-mail"]), True, 4)


@pytest.mark.parametrize(
    ("name", "folded"),
    [("E-Mail (geschäftlich)", "email"), ("First Name [Required]", "firstname"), ("Employee #", "employeenumber"), ("Straße", "strasse"), (None, "")],
)  # fmt: skip
def test_names_of_columns_are_folded(name, folded):
    assert sheets.folded(name) == folded


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-11-20", datetime(2026, 11, 20)),
        ("2026-11-20T10:00:00Z", datetime(2026, 11, 20, 10, tzinfo=UTC)),
        ("2026-11-20 10:00:00 UTC", datetime(2026, 11, 20, 10, tzinfo=UTC)),
        ("2026-11-20 10:00:00.0", datetime(2026, 11, 20, 10)),
        ("20.11.2026 10:00", datetime(2026, 11, 20, 10)),
        ("20/11/2026", datetime(2026, 11, 20)),
        ("20-Nov-2026 10:00AM", datetime(2026, 11, 20, 10)),
        ("Nov 20, 2026, 1:30 PM", datetime(2026, 11, 20, 13, 30)),
        ("Fri, 20 Nov 2026 10:00:00 +0000", datetime(2026, 11, 20, 10, tzinfo=UTC)),
        ("1795168800", datetime(2026, 11, 20, 10, tzinfo=UTC)),
        (date(2026, 11, 20), datetime(2026, 11, 20)),
        ("20.11.26, 9:05", datetime(2026, 11, 20, 9, 5)),
        ("20/11/2026 12:30 am", datetime(2026, 11, 20, 0, 30)),
        ("2026/11/20 10:00 +0100", datetime(2026, 11, 20, 9, tzinfo=UTC)),
        ("20 November 2026", datetime(2026, 11, 20)),
        ("20.11.2026 25:00", None),
        ("20.11.2026 soon", None),
        ("someday", None),
        ("", None),
        ("32.11.2026", None),
    ],
)
def test_moments_are_read_as_reports_write_them(value, moment):
    assert sheets.moment(value) == moment


def test_months_stand_first_only_where_a_second_number_says_so():
    assert sheets.has_months_first(["3/4/2026", "11/23/2026"])
    assert not sheets.has_months_first(["3/4/2026"])
    assert not sheets.has_months_first(["23/4/2026", "11/23/2026"])
    assert sheets.moment("3/4/2026", months_first=True) == datetime(2026, 3, 4)


def test_damage_anywhere_in_a_workbook_is_said():
    book, kept = openpyxl.Workbook(), BytesIO()
    for number in range(40):
        book.active.append([f"e-mail {number}", number])
    book.save(kept)
    whole = kept.getvalue()
    said = 0
    for at in range(0, len(whole), 41):
        for damaged in (whole[:at], whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :]):
            try:
                list(sheets.cells(BytesIO(damaged)))
            except sheets.SheetError:
                said += 1
    assert said > 100

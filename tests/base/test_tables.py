"""Files for spreadsheets: in the reader's language, safe to open, and begun before the last row is read."""

from io import BytesIO

import openpyxl
from django.utils import translation
from django.utils.translation import gettext as _

from askfirst.base import tables


def rows(number: int, read: list[int]):
    yield [_("Title"), "sum"]
    for at in range(number):
        read.append(at)
        yield [_("Title"), f"=A{at}"]


def test_table_comes_in_pieces_in_the_language_of_whoever_asked():
    read: list[int] = []
    with translation.override("de"):
        answer = tables.response(rows(5000, read), "csv", name="t", sheet="t")

    pieces = iter(answer)
    first = next(pieces)
    assert 0 < len(read) < 5000
    whole = (first + b"".join(pieces)).decode("utf-8-sig").splitlines()

    assert answer["Content-Disposition"] == 'attachment; filename="t.csv"'
    assert len(whole) == 5001
    assert (whole[0], whole[-1]) == ("Titel,sum", "Titel,'=A4999")


def test_workbook_is_whole_and_says_how_long_it_is():
    answer = tables.response(rows(1200, []), "xlsx", name="t", sheet="Sheet of t")
    body = answer.getvalue()

    assert answer["Content-Disposition"] == 'attachment; filename="t.xlsx"'
    assert int(answer["Content-Length"]) == len(body)
    page = openpyxl.load_workbook(BytesIO(body))["Sheet of t"]
    assert page.max_row == 1201
    assert page["B1201"].value == "'=A1199"


def test_table_without_rows_is_empty_but_for_its_mark():
    assert b"".join(tables.response([], "csv", name="t", sheet="t")) == b"\xef\xbb\xbf"

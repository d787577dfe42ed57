"""Many links at once: a CSV file, or the bookmarks file that every browser exports."""

import io
from html.parser import HTMLParser

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from askfirst.base import languages, sheets
from askfirst.engines import licences
from askfirst.library.errors import NotTaken
from askfirst.library.models import Kind, Material

MOST = 5000
_ADDRESS = URLValidator(["http", "https"])
# Columns as link lists call them, folded by sheets.folded.
_FIELDS = sheets.Fields(
    {
        "title": "title name titel",
        "address": "address url link href adresse",
        "kind": "kind",
        "note": "note description excerpt notes notiz beschreibung",
        "author": "author creator autor",
        "licence": "licence license lizenz",
        "language": "language lang sprache",
        "topics": "topics tags tag topic themen schlagworte",
    }
)


def read(data: bytes) -> tuple[list[dict[str, str]], list[str]]:
    """Rows for actions.import_links, and what was wrong with lines that are left out.

    Raises:
        NotTaken: it is neither a CSV file with title and address nor a bookmarks file.
    """
    if b"<!DOCTYPE NETSCAPE-Bookmark-file" in data[:300]:
        try:
            rows = _bookmarks(data.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise NotTaken(_("The file is not UTF-8 text. Save it as UTF-8 and try again.")) from error
    else:
        rows = _table(data)
    if len(rows) > MOST:
        raise NotTaken(_("The file holds more than 5,000 links."))
    fine, problems = [], []
    for number, row in rows:
        problem = _problem(row)
        if problem:
            problems.append(f"{number}: {problem}")
        else:
            fine.append({**row, "title": Truncator(row["title"]).chars(200), "kind": row.get("kind") or Kind.ARTICLE})
    if not fine and not problems:
        raise NotTaken(_("No link was found in the file."))
    return fine, problems


def _problem(row: dict[str, str]) -> str:
    try:
        _ADDRESS(row.get("address", ""))
    except ValidationError:
        return _("This is not a web address: %s") % row.get("address", "")[:80]
    if not row.get("title"):
        return _("The title is missing.")
    if row.get("kind") and row["kind"] not in Kind.values:
        return _("Unknown kind: %s") % row["kind"][:40]
    if row.get("licence"):
        row["licence"] = licences.licence(row["licence"]).id
    if row.get("language"):
        row["language"] = languages.code_of(row["language"])
    return _too_long(row)


def _too_long(row: dict[str, str]) -> str:
    for name, value in row.items():
        field = Material._meta.get_field(name)
        most = field.max_length
        if name != "title" and most and len(value) > most:
            facts = {"field": field.verbose_name, "length": len(value), "most": most}
            return _("%(field)s: %(length)d characters; at most %(most)d fit.") % facts
    return ""


def _table(data: bytes) -> list[tuple[int, dict[str, str]]]:
    try:
        lines = sheets.cells(io.BytesIO(data))
        header, is_found = sheets.from_header(lines, lambda row: {"title", "address"} <= set(map(_FIELDS.of, row)))
        if header is None or not is_found:
            raise NotTaken(_("The file needs columns called title and address."))
        names = [_FIELDS.of(name) for name in header[1]]
        return [
            (number, {name: sheets.text(value) for name, value in zip(names, values, strict=False) if name})
            for number, values in lines
            if any(sheets.text(value) for value in values)
        ]
    except sheets.SheetError as error:
        raise NotTaken(_(error.message)) from error


def _bookmarks(text: str) -> list[tuple[int, dict[str, str]]]:
    reader = _Bookmarks()
    reader.feed(text)
    return [(number, row) for number, row in enumerate(reader.rows, start=1) if row["address"].startswith("http")]


class _Bookmarks(HTMLParser):
    """Links of a bookmarks file; the folder they are in becomes their topic."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[dict[str, str]] = []
        self._folders: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        if tag == "a":
            self.rows.append(
                {
                    "title": "",
                    "address": dict(attrs).get("href") or "",
                    "topics": self._folders[-1] if self._folders else "",
                }
            )
        elif tag == "h3":
            self._folders.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""
        if tag == "dl" and self._folders:
            self._folders.pop()

    def handle_data(self, data: str) -> None:
        if self._inside == "a":
            self.rows[-1]["title"] += data.strip()
        elif self._inside == "h3":
            self._folders[-1] += data.strip().replace(",", " ")

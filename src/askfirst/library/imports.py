"""Many links at once: a CSV file, or the bookmarks file that every browser exports."""

import csv
import io
from html.parser import HTMLParser

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from askfirst.engines import licences
from askfirst.library.errors import NotTaken
from askfirst.library.models import Kind

MOST = 5000
_ADDRESS = URLValidator(["http", "https"])
_FIELDS = {"title", "address", "kind", "note", "author", "licence", "language", "topics"}
_ALIASES = {
    "url": "address",
    "link": "address",
    "name": "title",
    "description": "note",
    "license": "licence",
    "tags": "topics",
}


def read(data: bytes) -> tuple[list[dict[str, str]], list[str]]:
    """Rows for actions.import_links, and what was wrong with lines that are left out.

    Raises:
        NotTaken: it is neither a CSV file with title and address nor a bookmarks file.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotTaken(_("The file is not UTF-8 text. Save it as UTF-8 and try again.")) from error
    rows = _bookmarks(text) if "<!DOCTYPE NETSCAPE-Bookmark-file" in text[:200] else _table(text)
    if len(rows) > MOST:
        raise NotTaken(_("The file holds more than 5,000 links."))
    fine, problems = [], []
    for number, row in rows:
        problem = _problem(row)
        if problem:
            problems.append(f"{number}: {problem}")
        else:
            fine.append({**row, "title": row["title"][:200], "kind": row.get("kind") or Kind.ARTICLE})
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
    return ""


def _table(text: str) -> list[tuple[int, dict[str, str]]]:
    dialect = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    reader = csv.DictReader(io.StringIO(text), delimiter=dialect)
    names = {name: _ALIASES.get(name.strip().casefold(), name.strip().casefold()) for name in reader.fieldnames or []}
    if not {"title", "address"} <= set(names.values()):
        raise NotTaken(_("The file needs columns called title and address."))
    return [
        (
            number,
            {
                names[name]: (value or "").strip()
                for name, value in row.items()
                if name in names and names[name] in _FIELDS
            },
        )
        for number, row in enumerate(reader, start=2)
    ]


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

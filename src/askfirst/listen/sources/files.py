"""Posts from a file: JSON lines, or a table (CSV, XLSX) with a header as the usual listening tools write it."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from askfirst.base import languages, sheets, texts
from askfirst.listen.errors import ListenError

# Columns as they are called elsewhere, folded by sheets.folded. Of several for one field, the first that says something counts.
ALIASES = {
    "id": "id postid messageid tweetid mentionid resourceid documentid externalid uuid guid",
    "text": "fulltext content text message posttext tweettext tweet mentioncontent post body mention beitrag inhalt caption comment description "
    "snippet contentsnippet hitsentence openingtext opening",
    "title": "title headline subject titel titlesnippet uberschrift",
    "author": "author authorusername username screenname senderscreenname handle authorhandle fromuser from authorname user influencer "
    "creator profile sourceauthor extraauthorattributesname autor",
    "url": "url link permalink posturl mentionurl address documenturl originalurl",
    "posted_at": "postedat publishedat published createdat createdtime created date datetime timestamp publicationdate datum zeitpunkt time uhrzeit",
    "lang": "lang language languagecode sprache",
    "followers": "followers followercount followerscount xfollowers twitterfollowers authorfollowers reach reichweite",
}
FIELDS = sheets.Fields(ALIASES)
# A column of its own beside the date.
TIMES = {"time", "uhrzeit"}


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Posts of a file in order. One without an id is known again by its address, or by what it says.

    Raises:
        ListenError: a line cannot be read; the message names it.
    """
    with path.open("rb") as file:
        first = file.read(1)
    if first == b"[":
        yield from _json_list(path)
        return
    if first != b"{":
        yield from _table(path)
        return
    try:
        with path.open(encoding="utf-8-sig") as lines:
            yield from _json_lines(lines)
    except UnicodeDecodeError as error:
        raise ListenError(_("The file is not UTF-8. Save it as UTF-8 and try again.")) from error


def _json_list(path: Path) -> Iterator[dict[str, Any]]:
    """One list of posts, as some tools write it."""
    try:
        rows = texts.from_json(path.read_bytes())
    except ValueError as error:
        raise ListenError(_("The file is not JSON: %s") % error) from error
    yield from _posts(enumerate(rows, start=1))


def _json_lines(lines: Any) -> Iterator[dict[str, Any]]:
    def parsed() -> Iterator[tuple[int, Any]]:
        for number, line in enumerate(lines, start=1):
            try:
                if line.strip():
                    yield number, texts.from_json(line)
            except ValueError as error:
                raise ListenError(_("Line %d is not JSON.") % number) from error

    yield from _posts(parsed())


def _posts(rows: Iterable[tuple[int, Any]]) -> Iterator[dict[str, Any]]:
    for number, row in rows:
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            raise ListenError(_("Line %d has no text.") % number)
        if row.get("posted_at"):
            row["posted_at"] = _moment(row["posted_at"], "", number, months_first=False).isoformat()
        yield {"id": _key(row), **row}


def _table(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with closing(sheets.cells(path)) as lines:
            header, is_found = sheets.from_header(lines, lambda row: "text" in map(FIELDS.of, row))
            if header is None or not is_found:
                raise ListenError(_("No column is called text. One of the first lines must name the columns."))
            yield from _rows(header[1], lines)
    except sheets.SheetError as error:
        where = f" ({_('line %d') % error.line}: {error.reason})" if error.line else ""
        raise ListenError(_(error.message) + where) from error


def _rows(names: Sequence[object], lines: Iterator[sheets.Line]) -> Iterator[dict[str, Any]]:
    columns = FIELDS.order(names)
    dates = [at for at, field in columns if field == "posted_at"]
    clock = next((at for at in dates if sheets.folded(names[at]) in TIMES), None) if len(dates) > 1 else None
    head = list(islice(lines, 2000))
    months_first = sheets.has_months_first(values[at] for _line, values in head for at in dates if at < len(values))
    for number, values in chain(head, lines):
        row: dict[str, Any] = sheets.first_said(columns, values)
        if not row.get("text") and not row.get("title"):
            continue
        if "posted_at" in row:
            time = sheets.text(values[clock]) if clock is not None and clock < len(values) else ""
            row["posted_at"] = _moment(row["posted_at"], time, number, months_first=months_first).isoformat()
        yield _tidied(row)


def _tidied(row: dict[str, Any]) -> dict[str, Any]:
    found = {field: value if field == "posted_at" else sheets.text(value) for field, value in row.items()}
    found["text"] = found.get("text") or found["title"]
    if "lang" in found:
        found["lang"] = languages.code_of(found["lang"])
    if "followers" in found:
        found["followers"] = "".join(c for c in found["followers"] if c.isdigit()) or "0"
    return {"id": _key(found), **found}


def _moment(value: object, time: str, line: int, *, months_first: bool) -> datetime:
    """When it was posted: a date, with what the column of times says where the date has none."""
    found = sheets.moment(value, months_first=months_first)
    if found and time and (found.hour, found.minute) == (0, 0):
        found = sheets.moment(f"{found:%Y/%m/%d} {time}") or found
    if found is None:
        raise ListenError(
            _("Line %(line)d: “%(value)s” is not a date; write 2026-11-23 10:00.") % {"line": line, "value": value}
        )
    return found


def _key(row: dict[str, Any]) -> str:
    """What a post without an id is known by."""
    said = "\0".join(str(row.get(name, "")) for name in ("text", "author", "posted_at"))
    return str(row.get("url") or hashlib.blake2b(said.encode(), digest_size=12).hexdigest())

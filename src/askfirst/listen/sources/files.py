"""Posts from a file: JSON lines, or CSV with a header as the usual listening tools write it."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from askfirst.listen.errors import ListenError

# Columns as they are called elsewhere, folded to small letters without spaces and marks.
ALIASES = {
    "id": "id postid messageid tweetid mentionid resourceid documentid uuid queryid guid",
    "text": "text content message fulltext snippet body hitsentence post tweet mention opening beitrag inhalt",
    "title": "title headline subject titel",
    "author": "author username user from authorname screenname handle influencer source_author autor",
    "url": "url link permalink address posturl",
    "posted_at": "postedat date createdat published publishedat time timestamp datetime datum",
    "lang": "lang language sprache",
    "followers": "followers followercount reach xfollowers",
}
FIELD_OF = {alias: name for name, aliases in ALIASES.items() for alias in aliases.split()}


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Posts of a file in order.

    Raises:
        ListenError: a line cannot be read; the message names it.
    """
    with path.open("rb") as file:
        first = file.read(1)
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            yield from _json_lines(text) if first == b"{" else _table(text)
    except UnicodeDecodeError as error:
        raise ListenError(_("The file is not UTF-8. Save it as UTF-8 and try again.")) from error


def _json_lines(lines: Any) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise ListenError(_("Line %d is not JSON.") % number) from error
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            raise ListenError(_("Line %d has no text.") % number)
        yield {"id": str(number), **row}


def _table(lines: Any) -> Iterator[dict[str, Any]]:
    head = lines.readline()
    delimiter = max(",;\t", key=head.count)
    names = [
        FIELD_OF.get("".join(c for c in name.lower() if c.isalnum()), "")
        for name in next(csv.reader([head], delimiter=delimiter), [])
    ]
    if "text" not in names:
        raise ListenError(_("No column is called text. The first line must name the columns."))
    for number, values in enumerate(csv.reader(lines, delimiter=delimiter), start=2):
        row = {name: value for name, value in zip(names, values, strict=False) if name and value}
        if row.get("text"):
            yield {"id": str(number), **row}

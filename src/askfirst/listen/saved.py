"""The saved queries, ready to match: kept in step with the database, and stored beside the data so that a start takes no time.

A query that is added, changed or removed anywhere is noticed within half a second and costs its own filing only. With more than a few
thousand queries what is filed is written to `queries.json` in the data directory; a start reads it and puts in what has changed since.
"""

import json
import logging
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Sum

from askfirst.engines import boolquery
from askfirst.listen.models import Query

logger = logging.getLogger(__name__)

# From so many queries on: they are stored, and looked for changes only so often.
MANY, LOOK_SECONDS = 2000, 0.5


class Saved:
    """All saved queries that are on. Its methods may be called from several threads.

    Args:
        stored: where the filed queries are kept between starts.
    """

    def __init__(self, stored: Path) -> None:
        self._stored = stored
        self._lock = threading.Lock()
        self._matcher = boolquery.Matcher()
        self._versions: dict[str, str] = {}
        self._state: Any = None
        self._looked = 0.0

    def match(self, rows: Iterable[Mapping[str, Any]]) -> list[list[int]]:
        """For each post the queries that match it."""
        with self._lock:
            self._keep_up()
            return [[int(name) for name in self._matcher.match(row)] for row in rows]

    def gave_up(self) -> dict[int, int]:
        """Queries that were too costly for a post in this process, and for how many."""
        return {int(name): number for name, number in self._matcher.gave_up.items()}

    def _keep_up(self) -> None:
        if len(self._matcher) > MANY and time.monotonic() - self._looked < LOOK_SECONDS:
            return
        self._looked = time.monotonic()
        rows = Query.objects.filter(is_on=True)
        state = rows.aggregate(Count("pk"), Sum("version"), Max("pk"), Max("changed_at"))
        if state == self._state:
            return
        is_start = self._state is None
        if is_start and state["pk__count"] > MANY:
            self._read()
        versions = {
            str(pk): f"{version} {at.timestamp()}"
            for pk, version, at in rows.values_list("pk", "version", "changed_at")
        }
        changed = [pk for pk, version in versions.items() if self._versions.get(pk) != version]
        for pk in self._versions.keys() - versions.keys():
            if pk in self._matcher:
                self._matcher.remove(pk)
        # One by one for a few; by one read for many.
        wanted = rows if len(changed) > 500 else rows.filter(pk__in=changed)
        chosen = set(changed)
        texts = [(str(pk), text) for pk, text in wanted.order_by("pk").values_list("pk", "text") if str(pk) in chosen]
        self._matcher.add_all(_readable(texts))
        self._versions, self._state = versions, state
        if is_start and len(versions) > MANY and changed:
            self._write()

    def _read(self) -> None:
        try:
            said = json.loads(self._stored.read_text(encoding="utf-8"))
            self._matcher = boolquery.Matcher.from_json(said["matcher"])
            self._versions = said["versions"]
        except FileNotFoundError:
            return
        except (OSError, ValueError, KeyError, TypeError):
            logger.warning("The stored queries could not be read; they are filed anew from the database.")
            self._matcher, self._versions = boolquery.Matcher(), {}

    def _write(self) -> None:
        beside = self._stored.with_suffix(f".{threading.get_ident()}.tmp")
        try:
            self._stored.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(
                json.dumps({"versions": self._versions, "matcher": self._matcher.to_json()}), encoding="utf-8"
            )
            beside.replace(self._stored)
        except OSError:
            logger.warning("The filed queries could not be stored; the next start files them anew.")
            with suppress(OSError):
                beside.unlink()


def _readable(texts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, boolquery.Query]]:
    """What can be read of what was saved: one query that a newer version refuses must not silence all the others."""
    for pk, text in texts:
        try:
            yield pk, boolquery.parse(text)
        except boolquery.QueryError as error:
            logger.warning("Saved query %s cannot be read any more and finds nothing until it is mended: %s", pk, error)


@cache
def queries() -> Saved:
    """Those of this process."""
    return Saved(Path(settings.DATA) / "queries.json")

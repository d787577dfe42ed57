"""Fetch what is due from every source that is on, count, and forget; run by `serve` each minute and by `askfirst listen fetch`."""

import time
from collections.abc import Callable

from django.db import DatabaseError
from django.utils import timezone

from askfirst.base.sealing import CannotUnseal
from askfirst.listen import actions, bursts, heard, queries, taking, tasks
from askfirst.listen.models import Source
from askfirst.listen.queue import NotQueued
from askfirst.listen.sources import BY_ID
from askfirst.listen.sources.rows import SourceError


def fetch_due() -> int:
    """Fetch every source whose time has come. Returns how many mentions are new. One broken source holds up no other."""
    new = sum(_surely(source, fetch_one) for source in queries.due_sources(timezone.now()))
    for alert in bursts.count_steps():
        tasks.mail_alert.enqueue(alert.pk)
    return new


def _surely(source: Source, act: Callable[[Source], int]) -> int:
    """How many mentions an act on a source was about; none where it fails, which is then said beside the source."""
    try:
        return act(source)
    except DatabaseError:
        raise
    except SourceError as error:
        actions.note_failure(source, message=str(error), wait=error.wait, now=timezone.now())
        return 0
    except Exception as error:  # noqa: BLE001 - said beside the source and in the log; the others go on
        actions.note_unforeseen(source, error)
        return 0


def fetch_one(source: Source) -> int:
    """Fetch one source: what came is kept first and the cursor moved after, so that a kill repeats and loses nothing."""
    kind = BY_ID[source.kind]
    if kind.fetch is None:
        return 0
    now = timezone.now()
    try:
        password = (actions.password_of(source),) if kind.needs_password else ()
        fetched = kind.fetch(source.address, source.cursor, *password)
    except CannotUnseal as error:
        actions.note_failure(source, message=str(error.message), wait=0, now=now)
        return 0
    except SourceError as error:
        actions.note_failure(source, message=str(error), wait=error.wait, now=now)
        return 0
    try:
        new = taking.take(source, fetched.rows, fetched.gone)
    except NotQueued as error:
        actions.note_failure(source, message=str(error), wait=60, now=now)
        return 0
    if fetched.gap:
        actions.note_gap_in(source, fetched.gap)
    actions.note_fetched(source, cursor=fetched.cursor, now=now)
    return new


def ask_what_is_gone() -> int:
    """Look up where they came from whether mentions are still there: each within the hour, a few of each source at a time."""
    return sum(_surely(source, heard.remove_gone) for source in queries.sources_to_ask(timezone.now()))


def fetch_until_stopped() -> None:
    """Fetch once a minute until this process is told to end."""
    while True:
        fetch_due()
        time.sleep(60)


def tidy() -> int:
    """Forget what has been kept long enough."""
    return heard.forget_old()

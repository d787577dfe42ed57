"""Fetch what is due from every source that is on, count, and forget; run by `serve` each minute and by `askfirst listen fetch`."""

import time

from django.utils import timezone

from askfirst.listen import actions, queries, tasks
from askfirst.listen.models import Source
from askfirst.listen.sources import BY_ID
from askfirst.listen.sources.rows import SourceError


def fetch_due() -> int:
    """Fetch every source whose time has come. Returns how many mentions are new. One broken source holds up no other."""
    new = sum(fetch_one(source) for source in queries.due_sources(timezone.now()))
    for alert in actions.count_steps():
        tasks.mail_alert.enqueue(alert.pk)
    return new


def fetch_one(source: Source) -> int:
    """Fetch one source: what came is kept first and the cursor moved after, so that a kill repeats and loses nothing."""
    fetch = BY_ID[source.kind].fetch
    if fetch is None:
        return 0
    now = timezone.now()
    try:
        fetched = fetch(source.address, source.cursor)
    except SourceError as error:
        actions.note_failure(source, message=str(error), wait=error.wait, now=now)
        return 0
    new = actions.take_posts(fetched.rows, source=source)[1]
    actions.remove_posts(source, fetched.gone)
    actions.note_fetched(source, cursor=fetched.cursor, now=now)
    return new


def fetch_until_stopped() -> None:
    """Fetch once a minute until this process is told to end."""
    while True:
        fetch_due()
        time.sleep(60)


def tidy() -> int:
    """Forget what has been kept long enough."""
    return actions.forget_old()

"""Stay connected to sources that stream: one thread a source, in one process at a time, until somebody switches it off.

Whoever is connected holds the source for half a minute at a time in the database; when its process dies, another goes on from the
cursor. What comes is kept first and the cursor moved after, so that a kill repeats and loses nothing.
"""

import logging
import secrets
import threading
import time

from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from askfirst.base.sealing import CannotUnseal
from askfirst.listen import actions, queries, taking
from askfirst.listen.models import Source
from askfirst.listen.queue import NotQueued
from askfirst.listen.sources import BY_ID
from askfirst.listen.sources.rows import SourceError

logger = logging.getLogger(__name__)

LOOK_SECONDS = 5
SAVE_SECONDS = 2.0


class Streams:
    """All streams of this process. Starts nothing before `start`; `look` is called by its own thread every few seconds."""

    def __init__(self) -> None:
        self._name = secrets.token_hex(8)
        self._stopped = threading.Event()
        self._threads: dict[int, threading.Thread] = {}
        self._watcher = threading.Thread(target=self._run, name="streams", daemon=True)

    def start(self) -> None:
        self._watcher.start()

    def stop(self) -> None:
        """Hang up everywhere and let go of the sources."""
        self._stopped.set()
        for thread in [self._watcher, *self._threads.values()]:
            if thread.is_alive():
                thread.join(timeout=5)
        try:
            actions.let_go(self._name)
        except DatabaseError:
            logger.warning("Streams could not be let go of; others take them up in half a minute.")
        finally:
            close_old_connections()

    def look(self) -> int:
        """Connect to what is on and nobody holds. Returns how many streams are open here."""
        self._threads = {pk: thread for pk, thread in self._threads.items() if thread.is_alive()}
        for source in queries.streaming_sources(timezone.now()):
            if source.pk not in self._threads and actions.hold(source, name=self._name):
                thread = threading.Thread(target=self._follow, args=(source,), name=f"stream-{source.pk}", daemon=True)
                self._threads[source.pk] = thread
                thread.start()
        return len(self._threads)

    def _run(self) -> None:
        while not self._stopped.wait(LOOK_SECONDS):
            try:
                self.look()
            except Exception:
                logger.exception("Sources could not be looked at; it is tried again in a moment.")
            finally:
                close_old_connections()

    def _follow(self, source: Source) -> None:
        stream = BY_ID[source.kind].stream
        saved = time.monotonic()
        try:
            password = actions.password_of(source)
            for fetched in stream(source.address, source.cursor, lambda: not self._stopped.is_set(), password):  # type: ignore[misc]
                if fetched.gap:
                    actions.note_gap_in(source, fetched.gap)
                if fetched.rows or fetched.gone:
                    taking.take(source, fetched.rows, fetched.gone)
                source.cursor = fetched.cursor
                if time.monotonic() - saved >= SAVE_SECONDS:
                    # The same write says that we are still here, and finds out when somebody switched it off.
                    if not actions.note_streamed(source, name=self._name, cursor=fetched.cursor, now=timezone.now()):
                        return
                    saved = time.monotonic()
            actions.keep_cursor(source)
        except CannotUnseal as error:
            actions.note_failure(source, message=str(error.message), wait=0, now=timezone.now())
        except SourceError as error:
            actions.keep_cursor(source)
            actions.note_failure(source, message=str(error), wait=error.wait, now=timezone.now())
        except NotQueued as error:
            actions.note_failure(source, message=str(error), wait=60, now=timezone.now())
        except DatabaseError:
            logger.exception("What a stream brought could not be kept; it is asked for again.")
        except Exception as error:  # noqa: BLE001 - said beside the source and in the log; the others go on
            actions.note_unforeseen(source, error)
        finally:
            close_old_connections()

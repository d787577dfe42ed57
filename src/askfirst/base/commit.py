"""Group commit: many small writes that arrive together become one transaction, confirmed only once it is on disk.

While one transaction is being written, the next writes queue; the writer then takes all of them at once. A write that
comes alone goes to disk at once; under load a few milliseconds lie between two transactions, so that each carries more
and the processor has time for the streams. Source of the method: DeWitt et al., "Implementation techniques for main
memory database systems" (1984).
"""

import asyncio
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from django.db import close_old_connections

logger = logging.getLogger(__name__)


# Least seconds from the end of one transaction to the begin of the next.
GATHER = 0.005


class Busy(Exception):
    """More writes are waiting than could be answered in time; nothing of this one was kept."""


class GroupCommit:
    """One thread that applies batches.

    Args:
        apply: takes a list of items, writes them in one transaction and returns one result an item; a result that is
            an exception is raised to the one who submitted that item.
        most: items waiting above which `submit` raises Busy.
    """

    def __init__(self, apply: Callable[[list[Any]], list[Any]], *, most: int = 20_000) -> None:
        self._apply = apply
        self._most = most
        self._waiting: deque[tuple[Any, Future[Any] | asyncio.Future[Any]]] = deque()
        self._news = threading.Condition()
        self._thread: threading.Thread | None = None
        self._stopping = False

    def submit(self, item: Any) -> Future[Any]:
        """Queue one item from any thread; the future is done when it is on disk."""
        return self._queue(item, Future())

    def submit_from_loop(self, item: Any) -> asyncio.Future[Any]:
        """The same for the event loop; a whole batch wakes the loop once."""
        return self._queue(item, asyncio.get_running_loop().create_future())

    def stop(self) -> None:
        """Write what waits, then end the thread."""
        with self._news:
            self._stopping = True
            self._news.notify()
        if self._thread:
            self._thread.join(timeout=30)
            self._thread, self._stopping = None, False

    def _queue(self, item: Any, future: Any) -> Any:
        with self._news:
            if len(self._waiting) >= self._most:
                raise Busy
            self._waiting.append((item, future))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="group-commit", daemon=True)
                self._thread.start()
            self._news.notify()
        return future

    def _run(self) -> None:
        written_at = 0.0
        while True:
            with self._news:
                while not self._waiting:
                    if self._stopping:
                        return
                    self._news.wait()
            time.sleep(max(0.0, written_at + GATHER - time.monotonic()))
            with self._news:
                batch = list(self._waiting)
                self._waiting.clear()
            close_old_connections()
            _answer([(future, result) for (_, future), result in zip(batch, self._results(batch), strict=True)])
            written_at = time.monotonic()

    def _results(self, batch: list[tuple[Any, Any]]) -> list[Any]:
        items = [item for item, _ in batch]
        try:
            return self._apply(items)
        except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to those who wait for these items
            if len(items) == 1:
                return [error]
            # One bad item must not cost the others their write.
            logger.warning("A batch of %d writes failed (%s); writing one by one.", len(items), type(error).__name__)
            return [self._results([one])[0] for one in batch]


def _answer(pairs: list[tuple[Any, Any]]) -> None:
    loops: dict[Any, list[tuple[Any, Any]]] = {}
    for future, result in pairs:
        if isinstance(future, Future):
            _settle(future, result)
        else:
            loops.setdefault(future.get_loop(), []).append((future, result))
    for loop, own in loops.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_settle_all, own)


def _settle_all(pairs: list[tuple[Any, Any]]) -> None:
    for future, result in pairs:
        _settle(future, result)


def _settle(future: Any, result: Any) -> None:
    if future.cancelled():
        return
    if isinstance(result, BaseException):
        future.set_exception(result)
    else:
        future.set_result(result)

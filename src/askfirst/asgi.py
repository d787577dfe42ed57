"""The server's entry: streams and votes by their own door on the event loop, every other page by Django in threads."""

import asyncio
import os
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "askfirst.settings")
django.setup()

from a2wsgi import WSGIMiddleware  # noqa: E402 - Django must be set up before its applications are imported
from django.conf import settings  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402

from askfirst import clock  # noqa: E402
from askfirst.base import metrics  # noqa: E402
from askfirst.base.live import Live  # noqa: E402
from askfirst.base.tasks import EmbeddedWorker  # noqa: E402
from askfirst.jam import grouping, stream  # noqa: E402
from askfirst.jam.voting import ballots  # noqa: E402

WARM_UP_AFTER = 3


async def _warm_up() -> None:
    """Load the sentence vectors before the first question needs them, but after everybody is back from a restart."""
    await asyncio.sleep(WARM_UP_AFTER)
    await asyncio.to_thread(grouping.encoder)


class Application:
    """One serving process.

    Args:
        with_worker: also run background tasks in a thread.
    """

    def __init__(self, *, with_worker: bool = True) -> None:
        self._pages = WSGIMiddleware(get_wsgi_application(), workers=settings.OPTIONS.threads)
        self._with_worker = with_worker
        self._live: Live | None = None
        self._door: stream.Door | None = None
        # Hub processes are forked here, before any thread exists.
        self._prepared = Live(settings.OPTIONS.hubs)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["path"].startswith(stream.PREFIX) and self._door:
            await self._door(scope, receive, send)
        else:
            await self._pages(scope, receive, send)

    async def _lifespan(self, receive: Any, send: Any) -> None:
        await receive()
        live = self._live = self._prepared
        self._door = stream.Door(live)
        metrics.STREAMS.set_function(live.streams)
        await live.start()
        worker = EmbeddedWorker(clock.HOURLY, clock.MINUTELY, clock.streams()) if self._with_worker else None
        if worker:
            worker.start()
        await send({"type": "lifespan.startup.complete"})
        warming = asyncio.create_task(_warm_up())
        await receive()
        warming.cancel()
        await live.stop()
        ballots.stop()
        if worker:
            worker.stop()
        await send({"type": "lifespan.shutdown.complete"})

"""The server's entry: streams and votes by their own door on the event loop, every other page by Django in threads."""

import asyncio
import os
from typing import Any
from urllib.parse import urlsplit

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "askfirst.settings")
django.setup()

from a2wsgi import WSGIMiddleware  # noqa: E402 - Django must be set up before its applications are imported
from django.conf import settings  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402

from askfirst import clock  # noqa: E402
from askfirst.base import metrics, server  # noqa: E402
from askfirst.base.live import Live  # noqa: E402
from askfirst.base.tasks import EmbeddedWorker  # noqa: E402
from askfirst.jam import grouping, stream  # noqa: E402
from askfirst.jam.voting import ballots  # noqa: E402

LOOK_EVERY = 3
LET_GO_AFTER = 3600
# Asked by machines that know this one by its address.
HEALTH = {"/livez", "/readyz", "/metrics"}


async def _keep_ready(live: Live) -> None:
    """Have the sentence vectors loaded while anybody is in a room, before the first question needs them.

    They are most of what an idle process would hold, so they are let go when all rooms have been empty for long.
    """
    empty_for = 0
    while True:
        await asyncio.sleep(LOOK_EVERY)
        empty_for = 0 if live.streams() else empty_for + LOOK_EVERY
        if not empty_for:
            await asyncio.to_thread(grouping.encoder)
        elif empty_for >= LET_GO_AFTER:
            await asyncio.to_thread(grouping.let_go)
            empty_for = 0


def _within_site(scope: Any) -> Any:
    """The request as addressed from the site's own path on; a proxy in front may take that path off, or leave it."""
    site, path = settings.SITE_PATH, scope["path"]
    if site and (path == site or path.startswith(f"{site}/")):
        return {**scope, "path": path.removeprefix(site) or "/"}
    return scope


def _asked_by_anything(scope: Any) -> Any:
    """Whoever asks whether we are alive, or for numbers, knows the machine's address at most, and not the site's."""
    if scope["path"] not in HEALTH:
        return scope
    host = urlsplit(settings.SITE_URL).netloc.encode()
    return {
        **scope,
        "headers": [*((name, value) for name, value in scope["headers"] if name != b"host"), (b"host", host)],
    }


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
        self._prepared = Live(settings.OPTIONS.hubs, settings.OPTIONS.redis_url)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
            return
        scope = _asked_by_anything(_within_site(scope))
        if scope["path"] == server.TRICKLE:
            await server.trickle(send)
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
        ready = asyncio.create_task(_keep_ready(live))
        await receive()
        ready.cancel()
        await live.stop()
        ballots.stop()
        if worker:
            # It waits for the task in hand and writes to the database: not for the loop.
            await asyncio.to_thread(worker.stop)
        await send({"type": "lifespan.shutdown.complete"})

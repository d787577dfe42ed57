"""The web server: uvicorn in front; streams and votes on its event loop, every other page as WSGI in threads."""

import asyncio
import signal
import sys
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class HandoffProtocol(HttpToolsProtocol):
    """uvicorn's own protocol, which also shows its transport to the application.

    The one private touch: a live stream takes the socket over (askfirst.base.live). tests/base/test_server.py fails
    when an upgrade of uvicorn changes it.
    """

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope.setdefault("extensions", {})["askfirst.transport"] = self.transport  # type: ignore[typeddict-item]


def config(application: Any, host: str, port: int, proxies: int) -> uvicorn.Config:
    return uvicorn.Config(
        application,
        host=host,
        port=port,
        loop="uvloop",
        http=HandoffProtocol,
        ws="none",
        lifespan="on",
        access_log=False,
        log_level="warning",
        server_header=False,
        date_header=False,
        # Which addresses to believe is decided once, by askfirst.base.web.client_address.
        proxy_headers=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=5,
        backlog=4096,
    )


class Server(uvicorn.Server):
    """A server that says on standard output when it is ready."""

    def __init__(self, settings: uvicorn.Config, ready: str) -> None:
        super().__init__(settings)
        self._ready = ready

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        if self.started:
            print(self._ready, flush=True)  # noqa: T201 - the terminal is the audience


def serve(server: uvicorn.Server) -> None:
    """Run until SIGTERM or SIGINT."""
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    # Every write to a socket lets another thread run; at the usual 5 ms that thread would hold up a whole fan-out.
    sys.setswitchinterval(0.001)
    with asyncio.Runner(loop_factory=server.config.get_loop_factory()) as runner:
        runner.run(server.serve())


async def body_of(receive: Any, most: int) -> bytes | None:
    """The request's body, or None when it is longer than `most` bytes."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > most:
            return None
        if not message.get("more_body"):
            return b"".join(parts)


async def answer(
    send: Any, status: int, body: bytes = b"", kind: bytes = b"application/json", *more: tuple[bytes, bytes]
) -> None:
    """Send a small complete response."""
    headers = [
        (b"content-type", kind),
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        *more,
    ]
    if status in {204, 304}:
        headers = [header for header in headers if header[0] not in {b"content-type", b"content-length"}]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})

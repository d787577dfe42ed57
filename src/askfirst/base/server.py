"""The web server: uvicorn in front; streams and votes on its event loop, every other page as WSGI in threads."""

import asyncio
import signal
import socket
import sys
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# Where `trickle` is served, what it sends, and how far apart in seconds; no jam has such a code.
TRICKLE, DROPS, DROP_SECONDS = "/live/-/trickle", 5, 0.2


class HandoffProtocol(HttpToolsProtocol):
    """uvicorn's own protocol, which also shows its transport to the application.

    The private touches: a live stream takes the socket over (askfirst.base.live), and a phone that polls is told that
    nothing is new without a request being made of it. tests/base/test_server.py fails when an upgrade of uvicorn
    changes what they rest on.
    """

    _is_within_message = False

    def on_message_begin(self) -> None:
        self._is_within_message = True
        super().on_message_begin()
        self.scope.setdefault("extensions", {})["askfirst.transport"] = self.transport  # type: ignore[typeddict-item]

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._is_within_message = False

    def data_received(self, data: bytes) -> None:
        target = data[4 : data.find(b" ", 4)]
        if target in unchanged and self._is_plain_get(data):
            self.transport.write(UNCHANGED)
            self._unset_keepalive_if_required()
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )
            return
        super().data_received(data)

    def _is_plain_get(self, data: bytes) -> bool:
        """Whether this is one whole request without a body, on a connection that is doing nothing else."""
        return (
            data.startswith(b"GET ")
            and data.find(b"\r\n\r\n") == len(data) - 4
            and b"onnection: close" not in data
            and not self._is_within_message
            and (self.cycle is None or self.cycle.response_complete)
        )


# Addresses (path and query, as sent) whose answer is known to be "nothing new"; kept by askfirst.base.live. Thousands of
# phones that poll ask for the same few, and get their answer before anything is parsed.
unchanged: set[bytes] = set()
UNCHANGED = b"HTTP/1.1 204 No Content\r\ncache-control: no-store\r\nx-content-type-options: nosniff\r\n\r\n"


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


def refusal(host: str, port: int) -> str:
    """Why nobody can listen there; empty if one can. Asked before anything is started that would have to be ended."""
    try:
        kind, _type, _protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(kind, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (OSError, OverflowError) as error:
        return getattr(error, "strerror", None) or str(error)
    return ""


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


async def trickle(send: Any) -> None:
    """Send a few server-sent events one after another: if they arrive together, something between holds streams back."""
    headers = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store"), (b"x-accel-buffering", b"no")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    for number in range(DROPS):
        await send({"type": "http.response.body", "body": b"data: %d\n\n" % number, "more_body": True})
        await asyncio.sleep(DROP_SECONDS)
    await send({"type": "http.response.body", "body": b""})


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

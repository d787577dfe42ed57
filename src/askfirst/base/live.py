"""Tell the room: what everybody sees is prepared once and the same bytes go to every open stream.

An action calls `touch` in its own transaction. A part's door describes what to send as a `Feed` and hands each
connection to `Live.open`. Nothing else notifies. How it works and what was measured: docs/why/live.md.
"""

import asyncio
import contextlib
import itertools
import logging
import os
import random
import socket
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError, close_old_connections, connection

from askfirst.base import server, waking
from askfirst.base.hub import Hub, RemoteHub
from askfirst.base.models import Topic

logger = logging.getLogger(__name__)

TICK = 0.25
COUNT_SECONDS = 2
RING = 64
POLLED_SECONDS = 10
PADDING = b":" + b" " * 2048 + b"\n"
HEAD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nX-Accel-Buffering: no\r\n"
    b"X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
)


def touch(topic: int) -> int:
    """Raise the topic's revision inside the caller's transaction and return the new one.

    Streams of every process see it at their next tick. The row's lock makes the order of revisions the order of
    commits, so a reader never steps over a hole.
    """
    with connection.cursor() as cursor:
        cursor.execute("UPDATE base_topic SET revision = revision + 1 WHERE id = %s RETURNING revision", [topic])
        revision = int(cursor.fetchone()[0])
    waking.announce()
    return revision


@dataclass(frozen=True)
class Feed:
    """What one audience of a topic sees.

    Args:
        topic: primary key of the Topic.
        variant: what tells audiences of one topic apart, such as the language.
        changes: `changes(since)` returns one line of JSON with everything that changed after revision `since`;
            absolute values, so that applying it twice does no harm. -1 asks for everything. Runs in a thread.
        is_counted: whether who follows it takes part; a screen on the wall does not.
    """

    topic: int
    variant: str
    changes: Callable[[int], str]
    is_counted: bool = True


@dataclass
class _Channel:
    number: int
    feed: Feed
    revision: int
    hub: Any
    ring: deque[tuple[int, bytes]] = field(default_factory=lambda: deque(maxlen=RING))
    here: int = 0
    told: int = 0


class Live:
    """The streams of one serving process.

    Args:
        hubs: processes that write to streams; 0 lets this process do it.
        redis_url: Redis or Valkey through which processes wake each other; empty: each looks at every tick.
    """

    def __init__(self, hubs: int = 0, redis_url: str = "") -> None:
        self._waker = waking.Waker(redis_url) if redis_url else None
        self._hubs: list[Any] = [RemoteHub() for _ in range(hubs)] or [Hub()]
        self._channels: dict[tuple[int, str, int], _Channel] = {}
        self._deltas: dict[tuple[int, str, int, int], asyncio.Future[str]] = {}
        self._asked: dict[int, asyncio.Future[tuple[str, int]]] = {}
        # Topics that are polled: until when the ticker keeps their state in memory, and that state.
        self._polled: dict[int, tuple[float, tuple[str, int]]] = {}
        self._unchanged: dict[int, set[bytes]] = {}
        self._numbers = itertools.count(1)
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="live-reader")
        self._ticker: asyncio.Task[None] | None = None
        self._draining: set[int] = set()
        self._counted_at = 0.0
        self._extra: dict[int, list[bytes]] = {}

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        for hub in self._hubs:
            loop.add_reader(hub.fileno(), hub.poll)
        if self._waker:
            self._waker.start()
        self._ticker = asyncio.create_task(self._run())

    async def stop(self) -> None:
        if self._waker:
            self._waker.stop()
        if self._ticker:
            self._ticker.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._ticker
        for hub in self._hubs:
            asyncio.get_running_loop().remove_reader(hub.fileno())
            hub.close()
        self._reader.shutdown(wait=True, cancel_futures=True)

    def here(self, topic: int) -> int:
        """How many streams of this process take part in the topic."""
        feeds = ((channel.feed, channel.here) for channel in self._channels.values())
        return sum(here for feed, here in feeds if feed.topic == topic and feed.is_counted)

    def streams(self) -> int:
        """How many streams of this process are open."""
        return sum(channel.here for channel in self._channels.values())

    async def open(self, scope: Any, receive: Any, feed: Feed, since: str) -> None:
        """Take over the connection of an ASGI request and stream the feed to it until it hangs up.

        Args:
            since: `epoch-revision` of the state that the client shows; anything else gets the whole state.
        """
        epoch, revision, payload = await self.delta(feed, since)
        transport = scope["extensions"]["askfirst.transport"]
        sock = transport.get_extra_info("socket")
        fd = os.dup(sock.fileno())
        _limit_buffer(fd)
        channel = self._channel(feed, revision)
        first = HEAD + PADDING + b"retry: %d\n\n" % random.randint(1000, 5000) + _frame(epoch, revision, payload)
        # Frames that went out while the payload was being prepared; absolute values, so an overlap does no harm.
        first += b"".join(frame for number, frame in channel.ring if number > revision)
        if channel.here:
            first += _here(self.here(feed.topic))
        channel.hub.attach(fd, channel.number, first)
        transport.abort()
        while (await receive())["type"] != "http.disconnect":
            pass

    async def revision(self, topic: int) -> tuple[str, int]:
        """(epoch, revision) of a topic as committed; at most one read a moment however many ask."""
        pending = self._asked.get(topic)
        if pending is None:
            pending = self._asked[topic] = asyncio.ensure_future(self.read(_revision, topic))
            pending.add_done_callback(lambda _done: self._asked.pop(topic, None))
        return await asyncio.shield(pending)

    async def recent(self, topic: int) -> tuple[str, int]:
        """The same, at most a tick old and mostly from memory: for those who poll."""
        known = self._polled.get(topic)
        state = known[1] if known else await self.revision(topic)
        self._polled[topic] = (time.monotonic() + POLLED_SECONDS, state)
        return state

    def remember_unchanged(self, topic: int, state: tuple[str, int], target: bytes) -> None:
        """Let the server answer this address with "nothing new" until the topic changes, or is not polled for a while."""
        known = self._polled.get(topic)
        if known and known[1] == state:
            self._unchanged.setdefault(topic, set()).add(target)
            server.unchanged.add(target)

    def _forget_unchanged(self, states: dict[int, tuple[str, int]]) -> None:
        """Drop the addresses of topics that are not in this state any more."""
        for topic in [topic for topic in self._unchanged if states.get(topic) != self._polled.get(topic, (0, None))[1]]:
            server.unchanged -= self._unchanged.pop(topic)

    async def delta(self, feed: Feed, since: str) -> tuple[str, int, str]:
        """(epoch, revision, JSON) of what changed after `since`. Callers who ask for the same share one answer."""
        epoch, revision = await self.revision(feed.topic)
        known = _known(since, epoch, revision)
        key = (feed.topic, feed.variant, known, revision)
        answer = self._deltas.get(key)
        if answer is None:
            answer = self._deltas[key] = asyncio.ensure_future(self.read(feed.changes, known))
            asyncio.get_running_loop().call_later(2, self._deltas.pop, key, None)
        return epoch, revision, await answer

    def publish_raw(self, topic: int, data: bytes, *, with_frame: bool) -> None:
        """For benchmarks: send bytes to everybody who follows the topic, at once or in front of the next frame."""
        if with_frame:
            self._extra.setdefault(topic, []).append(b"data: %s\n\n" % data)
            return
        for channel in self._channels.values():
            if channel.feed.topic == topic:
                self._send(channel, b"data: %s\n\n" % data)

    def _channel(self, feed: Feed, revision: int) -> _Channel:
        slot = random.randrange(len(self._hubs))
        key = (feed.topic, feed.variant, slot)
        channel = self._channels.get(key)
        if channel is None:
            channel = _Channel(next(self._numbers), feed, revision, self._hubs[slot])
            self._channels[key] = channel
        return channel

    async def read(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Run a read in the one thread that reads for the streams."""
        return await asyncio.get_running_loop().run_in_executor(self._reader, _in_thread, function, arguments)

    async def _run(self) -> None:
        last = time.monotonic()
        while True:
            pause = max([TICK, *(2 * hub.last_fan_out for hub in self._hubs)])
            await asyncio.sleep(max(0.05, pause - (time.monotonic() - last)))
            now = time.monotonic()
            try:
                await self._tick(now - last)
            except DatabaseError:
                # The next tick asks again from the same revision, so nothing is lost.
                logger.exception("The board could not be read for the streams.")
            last = now

    async def _tick(self, elapsed: float) -> None:
        for hub in self._hubs:
            hub.keep_alive(elapsed)
        self._count()
        polled = {topic: until for topic, (until, _state) in self._polled.items() if until > time.monotonic()}
        topics = polled.keys() | {channel.feed.topic for channel in self._channels.values()}
        if not topics:
            self._forget_unchanged({})
            self._polled.clear()
            return
        if self._waker and not self._extra and not self._waker.is_due():
            return
        extras, self._extra = self._extra, {}
        revisions = await self.read(_revisions, topics)
        self._forget_unchanged({topic: revisions[topic] for topic in polled if topic in revisions})
        self._polled = {topic: (until, revisions[topic]) for topic, until in polled.items() if topic in revisions}
        for channel in list(self._channels.values()):
            epoch, revision = revisions.get(channel.feed.topic, ("", channel.revision))
            extra = extras.get(channel.feed.topic, [])
            if revision != channel.revision or extra:
                await self._publish(channel, epoch, revision, b"".join(extra))

    async def _publish(self, channel: _Channel, epoch: str, revision: int, extra: bytes) -> None:
        payload = await self.read(channel.feed.changes, channel.revision)
        frame = extra + _frame(epoch, revision, payload)
        channel.revision = revision
        channel.ring.append((revision, frame))
        self._send(channel, frame)

    def _count(self) -> None:
        counts: dict[int, int] = {}
        for hub in self._hubs:
            counts.update(hub.counts())
        for key, channel in list(self._channels.items()):
            here = counts.get(channel.number, 0)
            channel.here, before = here, channel.here
            if here == before == 0 and isinstance(channel.hub, Hub):
                # Nobody watches: the next one starts the channel anew from the database.
                del self._channels[key]
        self._tell_count()

    def _tell_count(self) -> None:
        if time.monotonic() - self._counted_at < COUNT_SECONDS:
            return
        self._counted_at = time.monotonic()
        for channel in self._channels.values():
            here = self.here(channel.feed.topic)
            if here != channel.told:
                channel.told = here
                self._send(channel, _here(here))

    def _send(self, channel: _Channel, data: bytes) -> None:
        channel.hub.publish(channel.number, data)
        slot = id(channel.hub)
        if slot not in self._draining:
            self._draining.add(slot)
            self._drain(channel.hub)

    def _drain(self, hub: Any) -> None:
        if hub.step():
            # A slice, then the loop's other work (votes), then the next slice.
            asyncio.get_running_loop().call_soon(self._drain, hub)
        else:
            self._draining.discard(id(hub))


def _in_thread(function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    close_old_connections()
    return function(*arguments)


def _revision(topic: int) -> tuple[str, int]:
    return Topic.objects.values_list("epoch", "revision").get(pk=topic)


def _revisions(topics: set[int]) -> dict[int, tuple[str, int]]:
    rows = Topic.objects.filter(pk__in=topics).values_list("pk", "epoch", "revision")
    return {pk: (epoch, revision) for pk, epoch, revision in rows}


def _known(since: str, epoch: str, revision: int) -> int:
    theirs, _, number = since.rpartition("-")
    if theirs == epoch and number.isascii() and number.isdigit() and int(number) <= revision:
        return int(number)
    return -1


def _frame(epoch: str, revision: int, payload: str) -> bytes:
    return f"id: {epoch}-{revision}\ndata: {payload}\n\n".encode()


def _here(number: int) -> bytes:
    return b"event: here\ndata: %d\n\n" % number


def _limit_buffer(fd: int) -> None:
    # Stalled phones must not hold megabytes of kernel memory each.
    with socket.socket(fileno=os.dup(fd)) as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 32 * 1024)

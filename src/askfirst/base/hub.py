"""The write end of live streams: hands one and the same frame to every open connection, and does nothing else.

A hub owns plain sockets, parses nothing and keeps no queue per phone beyond what its socket refused to take. It has no
thread and no loop of its own: an event loop drives it in the serving process, `run` drives it in a process of its own.
"""

import contextlib
import ctypes
import os
import selectors
import socket
import struct
import time
from collections import deque
from collections.abc import Iterator
from itertools import islice

# A phone that does not read is cut once this much waits for it; it comes back with the id of its last frame.
MOST_WAITING = 64 * 1024
SLICE = 200
KEEPALIVE_SECONDS = 20
# An event, not a comment: only events reach a page's script, which hangs up when none has come for long.
ALIVE = b"event: alive\ndata: 1\n\n"


def _keeping_the_interpreter(fd: int, data: bytes) -> int:
    """Write without letting another thread run.

    os.write gives the interpreter away for each of thousands of writes of a few microseconds, and has to wait for it
    each time while votes are being written; measured in docs/why/live.md.
    """
    sent = _send(fd, data, len(data), _FLAGS)
    if sent >= 0:
        return sent
    number = ctypes.get_errno()
    raise OSError(number, os.strerror(number))


_send = ctypes.PyDLL(None, use_errno=True).send
_send.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_int)
_send.restype = ctypes.c_ssize_t
_FLAGS = socket.MSG_DONTWAIT


class _Subscriber:
    __slots__ = ("channel", "fd", "waiting")

    def __init__(self, fd: int, channel: int) -> None:
        self.fd = fd
        self.channel = channel
        self.waiting: bytes | None = None


class Hub:
    """Open connections by channel; a channel is a number that the caller chose.

    Args:
        is_alone: no other thread of this process has anything to do.
    """

    def __init__(self, *, is_alone: bool = False) -> None:
        self._put = os.write if is_alone else _keeping_the_interpreter
        self._selector = selectors.DefaultSelector()
        self._subscribers: dict[int, _Subscriber] = {}
        self._channels: dict[int, dict[int, _Subscriber]] = {}
        self._work: deque[tuple[bytes, Iterator[_Subscriber], float]] = deque()
        self._keepalive: Iterator[_Subscriber] = iter(())
        self._next_keepalive = 0.0
        self.last_fan_out = 0.0

    def fileno(self) -> int:
        """A descriptor that becomes readable when `poll` has something to do."""
        return self._selector.fileno()  # type: ignore[attr-defined]

    def counts(self) -> dict[int, int]:
        """Number of connections by channel."""
        return {channel: len(members) for channel, members in self._channels.items()}

    def attach(self, fd: int, channel: int, first: bytes) -> None:
        """Own the connected socket `fd` from now on; `first` is sent before any frame."""
        os.set_blocking(fd, False)
        subscriber = _Subscriber(fd, channel)
        self._subscribers[fd] = subscriber
        self._channels.setdefault(channel, {})[fd] = subscriber
        self._selector.register(fd, selectors.EVENT_READ, subscriber)
        self._write(subscriber, first)

    def publish(self, channel: int, frame: bytes) -> None:
        """Queue one frame for everybody on the channel; `step` writes it."""
        self._work.append((frame, iter(list(self._channels.get(channel, {}).values())), time.monotonic()))

    def step(self, budget: int = SLICE) -> bool:
        """Write to at most `budget` connections; True while more is to be done."""
        write = self._put
        while self._work and budget > 0:
            frame, subscribers, begun = self._work[0]
            length = len(frame)
            for subscriber in islice(subscribers, budget):
                budget -= 1
                # The usual case in one line, this is the innermost loop; _write sees to all others.
                if subscriber.waiting is None and subscriber.fd >= 0:
                    try:
                        sent = write(subscriber.fd, frame)
                    except BlockingIOError:
                        sent = 0
                    except OSError:
                        self._drop(subscriber)
                        continue
                    if sent < length:
                        self._keep(subscriber, frame[sent:])
                elif subscriber.fd >= 0:
                    self._write(subscriber, frame)
            if budget > 0:
                self.last_fan_out = time.monotonic() - begun
                self._work.popleft()
        return bool(self._work)

    def keep_alive(self, elapsed: float) -> None:
        """Send a sign of life to the share of connections whose turn it is after `elapsed` seconds."""
        share = int(len(self._subscribers) * elapsed / KEEPALIVE_SECONDS) + 1
        for _ in range(share):
            subscriber = next(self._keepalive, None)
            if subscriber is None:
                self._keepalive = iter(list(self._subscribers.values()))
                return
            if subscriber.fd >= 0 and subscriber.waiting is None:
                self._write(subscriber, ALIVE)

    def poll(self, timeout: float = 0) -> list[int]:
        """Serve hang-ups and sockets that take data again. Returns readable descriptors that are not connections."""
        foreign = []
        for key, events in self._selector.select(timeout):
            subscriber = key.data
            if subscriber is None:
                foreign.append(key.fd)
            elif subscriber.fd >= 0 and events & selectors.EVENT_WRITE:
                self._drain(subscriber)
            elif subscriber.fd >= 0:
                self._read(subscriber)
        return foreign

    def watch(self, fd: int) -> None:
        """Let `poll` also report this descriptor."""
        self._selector.register(fd, selectors.EVENT_READ, None)

    def close(self) -> None:
        """End every connection; browsers come back by themselves after their retry time."""
        for subscriber in list(self._subscribers.values()):
            self._drop(subscriber)

    def _write(self, subscriber: _Subscriber, data: bytes) -> None:
        if subscriber.waiting is not None:
            if len(subscriber.waiting) + len(data) > MOST_WAITING:
                self._drop(subscriber)
            else:
                subscriber.waiting += data
            return
        try:
            sent = self._put(subscriber.fd, data)
        except BlockingIOError:
            sent = 0
        except OSError:
            self._drop(subscriber)
            return
        if sent < len(data):
            self._keep(subscriber, data[sent:])

    def _keep(self, subscriber: _Subscriber, data: bytes) -> None:
        subscriber.waiting = data
        self._selector.modify(subscriber.fd, selectors.EVENT_READ | selectors.EVENT_WRITE, subscriber)

    def _drain(self, subscriber: _Subscriber) -> None:
        data, subscriber.waiting = subscriber.waiting or b"", None
        self._selector.modify(subscriber.fd, selectors.EVENT_READ, subscriber)
        if data:
            self._write(subscriber, data)

    def _read(self, subscriber: _Subscriber) -> None:
        # Nothing is expected on a stream: an end or an error means that the phone is gone.
        try:
            gone = not os.read(subscriber.fd, 4096)
        except BlockingIOError:
            return
        except OSError:
            gone = True
        if gone:
            self._drop(subscriber)

    def _drop(self, subscriber: _Subscriber) -> None:
        fd, subscriber.fd = subscriber.fd, -1
        if fd < 0:
            return
        self._selector.unregister(fd)
        del self._subscribers[fd]
        members = self._channels[subscriber.channel]
        del members[fd]
        if not members:
            del self._channels[subscriber.channel]
        os.close(fd)


# The scaled form: the serving process talks to a hub process over a socket pair that keeps message borders.
# b"A" channel first-bytes (+ the descriptor), b"P" channel frame; back: b"C" and pairs of channel and count.
HEAD = struct.Struct("!cq")
PAIR = struct.Struct("!qq")
MESSAGE_LIMIT = 1024 * 1024


class RemoteHub:
    """The same calls as Hub, carried out by a process of its own (Linux: needs SOCK_SEQPACKET)."""

    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        for end in (self._socket, theirs):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, MESSAGE_LIMIT)
        self._counts: dict[int, int] = {}
        self._fan_out = 0.0
        self.pid = os.fork()
        if self.pid == 0:
            self._socket.close()
            _run_child(theirs)
        theirs.close()

    @property
    def last_fan_out(self) -> float:
        return self._fan_out

    def fileno(self) -> int:
        return self._socket.fileno()

    def counts(self) -> dict[int, int]:
        return self._counts

    def attach(self, fd: int, channel: int, first: bytes) -> None:
        socket.send_fds(self._socket, [HEAD.pack(b"A", channel) + first], [fd])
        os.close(fd)

    def publish(self, channel: int, frame: bytes) -> None:
        self._socket.sendall(HEAD.pack(b"P", channel) + frame)

    def step(self, budget: int = SLICE) -> bool:
        return False

    def keep_alive(self, elapsed: float) -> None:
        """The process does this by itself."""

    def poll(self, timeout: float = 0) -> list[int]:
        with contextlib.suppress(BlockingIOError):
            data = self._socket.recv(MESSAGE_LIMIT, socket.MSG_DONTWAIT)
            pairs = dict(PAIR.iter_unpack(data))
            self._fan_out = pairs.pop(-1, 0) / 1e6
            self._counts = pairs
        return []

    def close(self) -> None:
        self._socket.close()
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)


def _run_child(pipe: socket.socket) -> None:
    status = 1
    try:
        run(pipe)
        status = 0
    finally:
        os._exit(status)


def run(pipe: socket.socket) -> None:
    """Drive a hub until the other end of `pipe` is closed."""
    # Not MSG_DONTWAIT: before Python 3.12 recv_fds drops its flags.
    pipe.setblocking(False)
    hub = Hub(is_alone=True)
    hub.watch(pipe.fileno())
    reported: dict[int, int] = {}
    last = last_report = time.monotonic()
    while True:
        busy = hub.step(1000)
        if hub.poll(0 if busy else 0.5) and not _take(hub, pipe):
            hub.close()
            return
        now = time.monotonic()
        if now - last >= 0.5:
            hub.keep_alive(now - last)
            last = now
        if now - last_report >= 1:
            last_report = now
            counts = hub.counts()
            if counts != reported:
                reported = counts
                pairs = [*counts.items(), (-1, int(hub.last_fan_out * 1e6))]
                pipe.sendall(b"".join(PAIR.pack(*pair) for pair in pairs))


def _take(hub: Hub, pipe: socket.socket) -> bool:
    """Carry out messages until none is left; False when the other end is gone."""
    while True:
        try:
            data, fds, _flags, _address = socket.recv_fds(pipe, MESSAGE_LIMIT, 1)
        except BlockingIOError:
            return True
        if not data:
            return False
        kind, channel = HEAD.unpack_from(data)
        if kind == b"A" and fds:
            hub.attach(fds[0], channel, data[HEAD.size :])
        elif kind == b"P":
            hub.publish(channel, data[HEAD.size :])

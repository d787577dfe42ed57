"""Phones for measuring: many open streams and many votes, from one process, on loopback only.

Each published event carries `~SEQ:NS~` (a number and a clock in nanoseconds); every phone's gaps and repeats are
counted, and the time from publishing to reading is kept.
"""

import array
import gc
import json
import multiprocessing
import os
import re
import select
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MARK = re.compile(rb"~(\d+):(\d+)~")


@dataclass(frozen=True)
class Heard:
    """What all phones together heard."""

    connected: int
    connect_seconds: float
    deliveries: int
    gaps: int
    repeats: int
    dropped: int
    latencies_ms: list[float]


def listen(port: int, requests: list[bytes], ready: Any, stop: Any, answer: Any) -> None:
    """Open one stream a request, report on `ready`, read until `stop` is set, then put a Heard into `answer`."""
    poll = select.epoll()
    phones: dict[int, socket.socket] = {}
    begun = time.monotonic()
    for request in requests:
        phone = connect(port)
        phone.sendall(request)
        phones[phone.fileno()] = phone
        poll.register(phone.fileno(), select.EPOLLIN)
    heard_from: set[int] = set()
    last: dict[int, int] = {}
    tails: dict[int, bytes] = {}
    latencies = array.array("f")
    gaps = repeats = dropped = 0
    connect_seconds = 0.0
    is_ready = False
    while not stop.is_set():
        for fd, _event in poll.poll(0.2):
            try:
                data = phones[fd].recv(65536)
            except OSError:
                data = b""
            if not data:
                poll.unregister(fd)
                dropped += 1
                continue
            heard_from.add(fd)
            now = time.time_ns()
            text = tails.pop(fd, b"") + data
            end = 0
            for mark in MARK.finditer(text):
                number = int(mark[1])
                before = last.get(fd)
                end = mark.end()
                if before is not None and number <= before:
                    repeats += 1
                    continue
                if before is not None:
                    gaps += number - before - 1
                last[fd] = number
                latencies.append((now - int(mark[2])) / 1e6)
            cut = text.find(b"~", end)
            if cut >= 0:
                tails[fd] = text[cut:]
        if not is_ready and len(heard_from) == len(phones):
            is_ready = True
            connect_seconds = time.monotonic() - begun
            ready.set()
    answer.put(Heard(len(heard_from), connect_seconds, len(latencies), gaps, repeats, dropped, list(latencies)))


def connect(port: int) -> socket.socket:
    for attempt in range(50):
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=30)
        except OSError:
            time.sleep(0.05 * (attempt + 1))
    raise OSError("The server takes no connections.")


@dataclass(frozen=True)
class Voted:
    """What became of the votes: acknowledged, refused, and the milliseconds each took."""

    acknowledged: int
    failed: int
    latencies_ms: list[float]


def vote(port: int, requests: list[bytes], per_second: float, answer: Any, connections: int = 100) -> None:
    """Send the requests in order over kept-alive connections, open loop: late answers do not slow the next vote."""
    poll = select.epoll()
    by_fd: dict[int, socket.socket] = {}
    idle: list[int] = []

    def join() -> None:
        phone = connect(port)
        by_fd[phone.fileno()] = phone
        idle.insert(0, phone.fileno())
        poll.register(phone.fileno(), select.EPOLLIN)

    for _ in range(connections):
        join()
    due_of: dict[int, float] = {}
    latencies: list[float] = []
    failed = sent = 0
    begun = time.monotonic()
    while len(latencies) + failed < len(requests) and time.monotonic() - begun < len(requests) / per_second + 30:
        now = time.monotonic()
        while idle and sent < len(requests) and begun + sent / per_second <= now:
            fd = idle.pop()
            by_fd[fd].sendall(requests[sent])
            due_of[fd] = begun + sent / per_second
            sent += 1
        wait = max(0.0, begun + sent / per_second - time.monotonic()) if sent < len(requests) and idle else 0.05
        for fd, _event in poll.poll(min(wait, 0.05)):
            data = by_fd[fd].recv(65536)
            if not data:
                # A connection that nothing was sent on for long is closed by the server: no vote was lost by that.
                poll.unregister(fd)
                by_fd.pop(fd).close()
                if fd in idle:
                    idle.remove(fd)
                else:
                    due_of.pop(fd)
                    failed += 1
                join()
                continue
            if not data.startswith(b"HTTP/1.1 "):
                continue  # the body of an answer whose head was counted
            if data.startswith((b"HTTP/1.1 200", b"HTTP/1.1 204", b"HTTP/1.1 304")):
                latencies.append((time.monotonic() - due_of.pop(fd)) * 1000)
            else:
                due_of.pop(fd, None)
                failed += 1
            idle.append(fd)
    answer.put(Voted(len(latencies), failed, latencies))


def start(target: Any, *arguments: Any) -> tuple[multiprocessing.Process, Any]:
    """Run one of the above in a process of its own; its last argument, the answer's queue, is added here."""
    answer: Any = multiprocessing.Queue()
    process = multiprocessing.Process(target=target, args=(*arguments, answer), daemon=True)
    process.start()
    return process, answer


def quantile(values: list[float], share: float) -> float:
    """The value below which `share` of the values lie; 0 for none."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else 0.0


def resident() -> float:
    """Megabytes of this process, after everything that can be let go is gone."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


def write(path: Any, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(rows, indent=1))

"""What a room costs at rest, after a crash, with streams blocked, and vote by vote: `python -m benchmarks.room`.

Loopback only; bounded; ends by itself. The polling row is measured beside plain nginx where that is installed.
"""

import argparse
import os
import select
import shutil
import signal
import socket
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks import phones
from benchmarks.live import RESULTS, WARM_SECONDS, Askfirst, Served, free_port, show

NGINX = """daemon off; master_process on; worker_processes 1; pid {folder}/static.pid; error_log /dev/null;
events {{ worker_connections 1000; }}
http {{ access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; keepalive_requests 10000000;
  server {{ listen 127.0.0.1:{port}; root {folder}; }} }}
"""


class Crowd:
    """Open streams that can all be opened again."""

    def __init__(self, port: int, request: bytes, number: int) -> None:
        self._port, self._request, self._number = port, request, number
        self._sockets: dict[int, socket.socket] = {}
        self._poll = select.epoll()

    def open(self) -> float:
        """Connect everybody; returns the seconds until each has had its first frame."""
        begun = time.monotonic()
        waiting = set()
        for _ in range(self._number):
            phone = phones.connect(self._port)
            phone.sendall(self._request)
            self._sockets[phone.fileno()] = phone
            self._poll.register(phone.fileno(), select.EPOLLIN)
            waiting.add(phone.fileno())
            if len(waiting) % 100 == 0:
                self._hear(waiting, 0)
        while waiting and time.monotonic() - begun < 120:
            self._hear(waiting, 0.2)
        if waiting:
            raise SystemExit(f"{len(waiting)} phones were not served within two minutes.")
        return time.monotonic() - begun

    def _hear(self, waiting: set[int], timeout: float) -> None:
        for fd, _event in self._poll.poll(timeout):
            if not self._sockets[fd].recv(65536):
                raise SystemExit("A stream ended.")
            waiting.discard(fd)

    def hang_up(self) -> None:
        for phone in self._sockets.values():
            phone.close()
        self._sockets.clear()
        self._poll = select.epoll()


def at_rest(served: Served, crowd: Crowd, seconds: float = 15) -> dict[str, Any]:
    """Processor time while everybody watches and nothing happens."""
    connected = crowd.open()
    time.sleep(3)
    before = served.cpu_seconds()
    time.sleep(seconds)
    used = served.cpu_seconds() - before
    return {"connected in s": round(connected, 2), "% of a core": round(100 * used / seconds, 2)}


def crash(ours: Askfirst, served: Served, crowd: Crowd, hubs: int) -> tuple[Served, dict[str, Any]]:
    """kill -9 with everybody on, start again, until everybody is back."""
    for pid in served.pids():
        os.kill(pid, signal.SIGKILL)
    served.process.wait()
    crowd.hang_up()
    begun = time.monotonic()
    again = ours.serve(hubs, served.port)
    started = time.monotonic() - begun
    crowd.open()
    return again, {"server up after s": round(started, 2), "all back after s": round(time.monotonic() - begun, 2)}


def polling(served: Served, request: bytes, number: int = 10_000, per_second: float = 1000) -> dict[str, Any]:
    """Processor time of one answer that says nothing is new."""
    before = served.cpu_seconds()
    process, answer = phones.start(phones.vote, served.port, [request] * number, per_second)
    heard: phones.Voted = answer.get(timeout=120)
    process.join(10)
    used = served.cpu_seconds() - before
    return {
        "answers": heard.acknowledged,
        "us per answer": round(used / max(1, heard.acknowledged) * 1e6),
        "p99 ms": round(phones.quantile(heard.latencies_ms, 0.99), 1),
    }


def plain_nginx(folder: Path) -> tuple[Served, bytes] | None:
    """nginx with a file that the client has already, as the anchor for polling."""
    if not shutil.which("nginx"):
        return None
    port = free_port()
    (folder / "board.json").write_text("x" * 6000)
    folder.chmod(0o755)
    conf = folder / "static.conf"
    conf.write_text(NGINX.format(folder=folder, port=port))
    served = Served(["nginx", "-c", str(conf), "-p", str(folder)], port)
    with socket.create_connection(("127.0.0.1", port)) as probe:
        probe.sendall(b"GET /board.json HTTP/1.1\r\nHost: localhost\r\n\r\n")
        head = probe.recv(65536).split(b"\r\n\r\n")[0].decode()
    tag = next(line.split(": ", 1)[1] for line in head.splitlines() if line.lower().startswith("etag"))
    return served, f"GET /board.json HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: {tag}\r\n\r\n".encode()


def votes_without_http(ours: Askfirst, seconds: float = 5, people: int = 200) -> dict[str, Any]:
    """Votes a second that are on disk: group commit, and beside it one ORM transaction a vote."""
    from django.db import transaction
    from django.db.models import F

    from askfirst.base.commit import GroupCommit
    from askfirst.base.models import Topic
    from askfirst.jam.models import Group, Jam, Vote
    from askfirst.jam.voting import Ballot, cast_votes

    jam = Jam.objects.get()
    leads = dict(Group.objects.filter(pk__in=ours.groups).values_list("pk", "lead_id"))

    def one_by_one(group: int, voter: str) -> None:
        with transaction.atomic():
            Topic.objects.filter(pk=jam.topic_id).update(revision=F("revision") + 1)
            Vote.objects.get_or_create(group_id=group, voter=voter, defaults={"contribution_id": leads[group]})
            Group.objects.filter(pk=group).update(votes=F("votes") + 1)

    commits = GroupCommit(cast_votes)
    rates = {}
    for name, cast in (
        ("orm", one_by_one),
        ("ours", lambda group, voter: commits.submit(Ballot(jam.pk, group, voter)).result()),
    ):
        ours.clear()
        end, counts = time.monotonic() + seconds, [0] * people

        def work(me: int, cast: Any = cast, end: float = end, counts: list[int] = counts, name: str = name) -> None:
            while time.monotonic() < end:
                cast(ours.groups[counts[me] % len(ours.groups)], f"{name}-{me}-{counts[me]}")
                counts[me] += 1

        threads = [threading.Thread(target=work, args=(me,)) for me in range(people if name == "ours" else 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        rates[name] = sum(counts) / seconds
    commits.stop()
    return {
        "votes/s": round(rates["ours"]),
        "one ORM transaction a vote": round(rates["orm"]),
        "times": round(rates["ours"] / rates["orm"], 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phones", type=int, default=2000)
    parser.add_argument("--hubs", type=int, default=1)
    args = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = Askfirst(folder)
        served = ours.serve(args.hubs)
        crowd = Crowd(served.port, ours.stream(), args.phones)
        rows.append(show(f"{args.phones} watch, at rest", at_rest(served, crowd)))
        served, row = crash(ours, served, crowd, args.hubs)
        rows.append(show(f"{args.phones} on, kill -9", row))
        crowd.hang_up()
        time.sleep(WARM_SECONDS)
        rows.append(show("polling, nothing new", polling(served, ours.poll())))
        served.stop()
        anchor = plain_nginx(folder)
        if anchor:
            rows.append(show("nginx, nothing new", polling(*anchor)))
            anchor[0].stop()
            print(f"ratio {rows[-2]['us per answer'] / max(1, rows[-1]['us per answer']):.2f}")
        rows.append(show("votes on disk", votes_without_http(ours)))
    phones.write(RESULTS / "room.json", rows)


if __name__ == "__main__":
    main()

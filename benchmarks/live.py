"""Live streams and votes: `python -m benchmarks.live [--phones N …]` starts the server, drives it, prints a table.

Where nginx with nchan is installed, each row is measured beside it in the same run and the ratio is printed. Loopback
only; every run is bounded and ends by itself. The generator works on the same cores.
"""

import argparse
import http.client
import multiprocessing
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import phones

RESULTS = Path(__file__).parent / "results"
TICKS = os.sysconf("SC_CLK_TCK")
QUESTIONS = 50
# A server that has just started loads its sentence vectors; a room is measured after that.
WARM_SECONDS = 7
NCHAN = """daemon off; master_process on; worker_processes {workers}; pid {folder}/nginx.pid; error_log /dev/null;
load_module {module}; worker_rlimit_nofile 20000;
events {{ worker_connections 19990; }}
http {{ access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; nchan_shared_memory_size 256M;
  server {{ listen 127.0.0.1:{port} backlog=4096; keepalive_timeout 75s;
    location = /sub {{ nchan_subscriber eventsource; nchan_channel_id a; }}
    location = /pub {{ nchan_publisher; nchan_channel_id a; nchan_message_buffer_length 5; }} }} }}
"""


class Served:
    """A server under measurement: its port, its processes, how to publish and how to subscribe."""

    def __init__(self, command: list[str], port: int, environ: dict[str, str] | None = None) -> None:
        self.port = port
        self.process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(1500):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.02)
        raise SystemExit(f"{command[0]} did not start.")

    def pids(self) -> list[int]:
        found = [self.process.pid]
        for pid in found:
            listed = Path(f"/proc/{pid}/task/{pid}/children")
            found += [int(child) for child in listed.read_text().split()] if listed.exists() else []
        return found

    def cpu_seconds(self) -> float:
        total = 0.0
        for pid in self.pids():
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            total += (int(fields[11]) + int(fields[12])) / TICKS
        return total

    def memory_kb(self) -> int:
        """Proportional set size: what processes share is counted once."""
        total = 0
        for pid in self.pids():
            found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
            total += int(found[1]) if found else 0
        return total

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Askfirst:
    """Our server with one jam of 50 questions in a directory of its own."""

    def __init__(self, folder: Path) -> None:
        os.environ |= {"ASKFIRST_DATA": str(folder / "data"), "ASKFIRST_BENCH": "yes"}
        self._run("init", "--email", "ada@example.org", "--name", "Ada")
        self.code = self._run("jam", "open", "Bench").split()[-1]
        (folder / "q.txt").write_text("\n".join(f"Question {n} about {word}?" for n, word in enumerate(WORDS)))
        self._run("jam", "import", self.code, str(folder / "q.txt"))
        from askfirst.setting_up import setup

        setup()
        from askfirst.jam import access, seat
        from askfirst.jam.models import Group

        self.key = access.watch_key(self.code)
        self.issue = seat.issue
        self.groups = list(Group.objects.filter(merged_into=None).values_list("pk", flat=True))

    def _run(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "askfirst", *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ).stdout.strip()

    def serve(self, hubs: int, port: int = 0) -> Served:
        port = port or free_port()
        environ = os.environ | {"ASKFIRST_HUBS": str(hubs), "ASKFIRST_BIND": f"127.0.0.1:{port}"}
        return Served([sys.executable, "-m", "askfirst", "serve"], port, environ)

    def stream(self) -> bytes:
        """A phone opens its stream."""
        return self._watching("")

    def poll(self) -> bytes:
        """A phone whose streams are blocked asks whether anything is new."""
        return self._watching("/poll")

    def _watching(self, verb: str) -> bytes:
        from askfirst.base.models import Topic

        address = f"/live/{self.code}{verb}?lang=en&key={self.key}&since={Topic.objects.get()}"
        return f"GET {address} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()

    def votes(self, number: int) -> list[bytes]:
        """One vote each from `number` people."""
        made = []
        for at in range(number):
            body = f"group={self.groups[at % len(self.groups)]}"
            head = (
                f"POST /live/{self.code}/vote HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n"
                f"Cookie: askfirst_seat_{self.code}={self.issue(self.code)}\r\n\r\n"
            )
            made.append((head + body).encode())
        return made

    def counted(self) -> int:
        from askfirst.jam.models import Vote

        return Vote.objects.count()

    def clear(self) -> None:
        from askfirst.jam.models import Group, Vote

        Vote.objects.all().delete()
        Group.objects.update(votes=0)


WORDS = [f"topic {chr(97 + n % 26)}{chr(97 + n * 7 % 26)}{chr(97 + n * 3 % 26)}" for n in range(QUESTIONS)]


def nchan(folder: Path, workers: int) -> Served | None:
    """The anchor, where it is installed."""
    module = next((p for p in map(Path, ("/usr/lib/nginx/modules/ngx_nchan_module.so",)) if p.exists()), None)
    if not shutil.which("nginx") or module is None:
        return None
    port = free_port()
    conf = folder / "nchan.conf"
    conf.write_text(NCHAN.format(workers=workers, folder=folder, module=module, port=port))
    return Served(["nginx", "-c", str(conf), "-p", str(folder)], port)


def settle(served: Served, request: bytes) -> None:
    """Have one phone watch until the server has loaded what it loads for a room in use, at most a minute."""
    with socket.create_connection(("127.0.0.1", served.port)) as phone:
        phone.sendall(request)
        before, steady = 0, 0
        for _second in range(60):
            time.sleep(1)
            now = served.memory_kb()
            steady = steady + 1 if abs(now - before) < 1024 else 0
            before = now
            # It looks every few seconds whether anybody is there.
            if steady >= 10:
                return


def fan_out(
    served: Served, request: bytes, path: str, args: argparse.Namespace, votes: list[bytes] | None = None
) -> dict[str, Any]:
    """Open the phones, publish at the rate, measure."""
    settle(served, request)
    idle_kb = served.memory_kb()
    ready, stop = multiprocessing.Event(), multiprocessing.Event()
    listener, heard_queue = phones.start(phones.listen, served.port, [request] * args.phones, ready, stop)
    if not ready.wait(120):
        raise SystemExit("Not all phones were connected within two minutes.")
    time.sleep(1)
    grown = served.memory_kb() - idle_kb
    voter = phones.start(phones.vote, served.port, votes, args.votes) if votes else None
    before, begun = served.cpu_seconds(), time.monotonic()
    publisher = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
    filler = "x" * 260
    for number in range(int(args.events * args.seconds)):
        wait = begun + number / args.events - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        publisher.request("POST", path, f"~{number}:{time.time_ns()}~{filler}")
        publisher.getresponse().read()
    time.sleep(2)
    cpu = served.cpu_seconds() - before
    stop.set()
    heard: phones.Heard = heard_queue.get(timeout=60)
    listener.join(10)
    expected = args.phones * int(args.events * args.seconds)
    row = {
        "phones": heard.connected,
        "connected in s": round(heard.connect_seconds, 1),
        "lost": expected - heard.deliveries,
        "repeated": heard.repeats,
        "CPU s per 1M": round(cpu / max(1, heard.deliveries) * 1e6, 1),
        "p50 ms": round(phones.quantile(heard.latencies_ms, 0.5)),
        "p99 ms": round(phones.quantile(heard.latencies_ms, 0.99)),
        "kB per phone": round(grown / args.phones, 2),
    }
    if voter:
        voted: phones.Voted = voter[1].get(timeout=90)
        row |= {
            "votes": voted.acknowledged,
            "votes failed": voted.failed,
            "ack p50 ms": round(phones.quantile(voted.latencies_ms, 0.5), 1),
            "ack p99 ms": round(phones.quantile(voted.latencies_ms, 0.99), 1),
        }
    return row


def show(name: str, row: dict[str, Any]) -> dict[str, Any]:
    print(f"{name:28}", "  ".join(f"{key} {value}" for key, value in row.items()), flush=True)
    return {"name": name, **row}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phones", type=int, default=2000)
    parser.add_argument("--events", type=float, default=4, help="events a second")
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--votes", type=float, default=0, help="votes a second while events go out")
    parser.add_argument("--hubs", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--no-anchor", action="store_true")
    args = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = Askfirst(folder)
        for _ in range(args.rounds):
            served = ours.serve(args.hubs)
            time.sleep(WARM_SECONDS)
            ours.clear()
            votes = ours.votes(int(args.votes * args.seconds)) if args.votes else None
            door = f"/live/{ours.code}/bench" + ("?with_frame" if votes else "")
            row = fan_out(served, ours.stream(), door, args, votes)
            if votes:
                row["votes lost"] = row["votes"] - ours.counted()
            rows.append(show(f"askfirst, {args.hubs or 'no'} hub processes", row))
            served.stop()
            anchor = None if args.no_anchor else nchan(folder, 2 if args.phones > 15_000 or args.hubs > 1 else 1)
            if anchor:
                request = b"GET /sub HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
                rows.append(show("nchan", prime(anchor, request, args)))
                anchor.stop()
                print(
                    f"{'ratio':28} CPU {rows[-2]['CPU s per 1M'] / rows[-1]['CPU s per 1M']:.2f}"
                    f"  p99 {rows[-2]['p99 ms'] / rows[-1]['p99 ms']:.2f}"
                )
    phones.write(RESULTS / "live.json", rows)


def prime(anchor: Served, request: bytes, args: argparse.Namespace) -> dict[str, Any]:
    """nchan sends its headers with the first message only, so one is there before anybody comes."""
    first = http.client.HTTPConnection("127.0.0.1", anchor.port, timeout=30)
    first.request("POST", "/pub", "first")
    first.getresponse().read()
    return fan_out(anchor, request, "/pub", args)


if __name__ == "__main__":
    main()

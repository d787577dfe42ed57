"""One serving process and four, on PostgreSQL: `python -m benchmarks.processes --database URL --redis URL`.

Pages a second, people created and patched by SCIM, and how late a phone at one process hears what happened at another. The load
comes from a process of its own over kept-alive connections on loopback; ends by itself.
"""

import argparse
import json
import multiprocessing
import os
import re
import socket
import tempfile
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks import phones
from benchmarks.live import RESULTS, WARM_SECONDS, Askfirst, Served, show
from benchmarks.roster import drop, fill, scratch

SECONDS, AT_ONCE = 10.0, 8
SCIM = "application/scim+json"
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
CHUNKED = re.compile(rb"transfer-encoding: chunked", re.IGNORECASE)


def ask(port: int, requests: list[bytes], seconds: float, begin: Any, answer: Any) -> None:
    """Put the requests one after the other over one connection, round and round, for so long; answers (200 or 201, others)."""
    phone = phones.connect(port)
    phone.settimeout(30)
    begin.wait()
    end, good, bad, at = time.monotonic() + seconds, 0, 0, 0
    while time.monotonic() < end and at < len(requests):
        phone.sendall(requests[at])
        at += 1
        is_good = _read(phone)
        good, bad = good + is_good, bad + (not is_good)
    answer.put((good, bad))


def _read(phone: socket.socket) -> bool:
    data = b""
    while b"\r\n\r\n" not in data:
        data += phone.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    if found := LENGTH.search(head):
        while len(body) < int(found[1]):
            body += phone.recv(65536)
    elif CHUNKED.search(head):
        while not body.endswith(b"0\r\n\r\n"):
            body += phone.recv(65536)
    return head.split(b" ", 2)[1] in {b"200", b"201", b"204"}


def rate(ports: list[int], each: list[list[bytes]], seconds: float = SECONDS) -> dict[str, Any]:
    """Answers a second of all connections together, spread over the ports."""
    begin, answer = multiprocessing.Event(), multiprocessing.Queue()  # type: ignore[var-annotated]
    asking = [
        multiprocessing.Process(target=ask, args=(ports[at % len(ports)], own, seconds, begin, answer), daemon=True)
        for at, own in enumerate(each)
    ]
    for process in asking:
        process.start()
    time.sleep(0.5)
    begun = time.monotonic()
    begin.set()
    counts = [answer.get(timeout=seconds + 60) for _ in asking]
    took = time.monotonic() - begun
    return {
        "a second": round(sum(good for good, _bad in counts) / took, 1),
        "failed": sum(bad for _good, bad in counts),
    }


def request(method: str, path: str, headers: str, body: str = "") -> bytes:
    length = f"Content-Length: {len(body)}\r\n" if body else ""
    return f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{headers}{length}\r\n{body}".encode()


def people(token: str, at: int, number: int, mark: str) -> list[bytes]:
    """SCIM requests that create people."""
    headers = f"Authorization: Bearer {token}\r\nContent-Type: {SCIM}\r\n"
    made = []
    for count in range(number):
        name = f"{mark}-{at}-{count}@halden.example"
        user = {
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": name, "name": {"formatted": f"New {count}"},
            "emails": [{"value": name, "primary": True}], "active": True,
        }  # fmt: skip
        made.append(request("POST", "/scim/v2/Users", headers, json.dumps(user)))
    return made


def patches(token: str, ids: list[str]) -> list[bytes]:
    """SCIM requests that give people another name."""
    headers = f"Authorization: Bearer {token}\r\nContent-Type: {SCIM}\r\n"
    body = {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
        "Operations": [{"op": "replace", "path": "displayName", "value": "Somebody Else"}],
    }
    return [request("PATCH", f"/scim/v2/Users/{pk}", headers, json.dumps(body)) for pk in ids]


def across(ours: Askfirst, here: int, there: int, events: int = 100) -> dict[str, Any]:
    """How late a phone at one process hears of a vote at another."""
    phone = phones.connect(there)
    phone.sendall(ours.stream())
    heard: list[float] = []
    stop = threading.Event()

    def listen() -> None:
        phone.settimeout(0.5)
        while not stop.is_set():
            try:
                if phone.recv(65536).strip():
                    heard.append(time.monotonic())
            except TimeoutError:
                continue

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    time.sleep(3)
    late = []
    voter = phones.connect(here)
    for vote in ours.votes(events):
        before = len(heard)
        voter.sendall(vote)
        _read(voter)
        acknowledged = time.monotonic()
        while len(heard) == before and time.monotonic() - acknowledged < 5:
            time.sleep(0.001)
        late.append(1000 * (time.monotonic() - acknowledged))
        time.sleep(0.35)
    stop.set()
    return {
        "events": events,
        "p50 ms": round(phones.quantile(late, 0.5)),
        "p99 ms": round(phones.quantile(late, 0.99)),
        "worst ms": round(max(late)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", required=True)
    parser.add_argument("--redis", default="redis://127.0.0.1:6379/8")
    args = parser.parse_args()
    os.environ |= {"ASKFIRST_DATABASE_URL": scratch(args.database), "ASKFIRST_REDIS_URL": args.redis}
    try:
        with tempfile.TemporaryDirectory() as name:
            phones.write(RESULTS / "processes.json", measure(Path(name)))
    finally:
        drop(args.database)


def measure(folder: Path) -> list[dict[str, Any]]:
    ours = Askfirst(folder)
    from django.test import Client
    from django.utils import timezone

    from askfirst.people import tokens
    from askfirst.people.models import Person, Provisioned

    admin = Person.objects.get()
    fill(1000, admin)
    token = tokens.make_token(
        by=admin, name="directory", scopes=["scim"], expires_on=timezone.localdate() + timedelta(days=30)
    )
    browser = Client()
    browser.force_login(admin)
    cookie = "; ".join(f"{key}={value.value}" for key, value in browser.cookies.items())
    page = [request("GET", "/people/", f"Cookie: {cookie}\r\n")] * 100_000
    rows: list[dict[str, Any]] = []
    found: dict[str, list[float]] = {}
    servers: list[Served] = []
    try:
        for number in (1, 4):
            servers += [ours.serve(0) for _ in range(number - len(servers))]
            time.sleep(WARM_SECONDS)
            ports = [own.port for own in servers]
            created = [people(token, at, 3000, f"{number}-{time.time_ns()}") for at in range(AT_ONCE)]
            measured = {
                "pages": rate(ports, [page] * AT_ONCE),
                "SCIM created": rate(ports, created),
            }
            ids = list(Provisioned.objects.filter(kind="User").values_list("pk", flat=True))
            measured["SCIM patched"] = rate(ports, [patches(token, ids[at::AT_ONCE]) for at in range(AT_ONCE)])
            for name, row in measured.items():
                found.setdefault(name, []).append(row["a second"])
                rows.append(
                    show(
                        f"{name}, {number}",
                        row | ({"times one": round(found[name][1] / found[name][0], 2)} if number > 1 else {}),
                    )
                )
        rows.append(show("heard at another", across(ours, servers[0].port, servers[3].port)))
    finally:
        for own in servers:
            own.stop()
    return rows


if __name__ == "__main__":
    main()

"""Plays a timeline into a running jam over HTTP, as that many phones would: for rehearsal and measurement.

A timeline is JSON lines: {"second": 12.5, "person": 17, "act": "ask", "text": "…"}; act is ask, vote or withdraw, and
a vote or a withdrawal names the question by its text.
"""

import html
import http.client
import random
import re
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import click

from askfirst.base.texts import from_json

ACTS = {"ask", "vote", "withdraw"}
THREADS = 32
TIMEOUT = 30
OWN = re.compile(r'<p dir="auto">([^<]*)</p>(?:(?!<p dir).)*?/withdraw/(\d+)', re.DOTALL)


@dataclass(frozen=True)
class Event:
    """One thing that one person does at one second."""

    second: float
    person: int
    act: str
    text: str


def read_timeline(path: Path) -> list[Event]:
    """The events of a timeline file in order of time.

    Raises:
        click.ClickException: a line is not as it should be.
    """
    events = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = from_json(line)
            event = Event(float(row["second"]), int(row["person"]), str(row["act"]), str(row["text"]))
        except (ValueError, KeyError, TypeError) as error:
            raise click.ClickException(f"{path.name}, line {number}: needs second, person, act and text.") from error
        if event.act not in ACTS:
            raise click.ClickException(f"{path.name}, line {number}: act is {event.act!r}; use ask, vote or withdraw.")
        events.append(event)
    if not events:
        raise click.ClickException(f"{path.name} holds no event.")
    return sorted(events, key=lambda event: event.second)


def imagine(*, questions: int, voters: int, seconds: int, seed: int) -> Iterator[dict[str, Any]]:
    """A session as at a large all-hands: most questions come early, votes gather on few of them."""
    chance = random.Random(seed)
    texts = [_question(chance, number) for number in range(questions)]
    asked_at = sorted(chance.betavariate(1.2, 2.5) * seconds * 0.9 for _ in texts)
    events = [
        {"second": round(second, 2), "person": chance.randrange(voters), "act": "ask", "text": text}
        for second, text in zip(asked_at, texts, strict=True)
    ]
    for person in range(voters):
        second = chance.betavariate(1.5, 2) * seconds
        known = sum(1 for at in asked_at if at < second - 5)
        for _ in range(min(known, chance.choice((1, 1, 2, 3, 5)))):
            text = texts[min(int(chance.paretovariate(0.9)) - 1, known - 1)]
            events.append({"second": round(second, 2), "person": person, "act": "vote", "text": text})
            second += chance.uniform(1, 20)
    yield from sorted(events, key=lambda event: event["second"])


OPENINGS = (
    "May I",
    "Can we",
    "Am I allowed to",
    "Who decides whether we",
    "What happens if I",
    "Do I have to",
    "When should I",
)
DOINGS = ("post", "film", "share", "comment on", "photograph", "like", "write about", "tag", "answer", "delete")
THINGS = (
    "our new product", "a colleague", "the workshop", "a customer's question", "the summer party", "a competitor's post",
    "our prices", "the night shift", "my own project", "a fake account", "an angry review", "the trade fair",
)  # fmt: skip
PLACES = (
    "on LinkedIn",
    "in a story",
    "on my private account",
    "in a closed group",
    "during work",
    "at the weekend",
    "in the shop",
)


def _question(chance: random.Random, number: int) -> str:
    words = (chance.choice(OPENINGS), chance.choice(DOINGS), chance.choice(THINGS), chance.choice(PLACES))
    return f"{' '.join(words)}? ({number})" if number % 9 == 0 else f"{' '.join(words)}?"


@dataclass
class _Phone:
    """One person's browser: a seat and the connection it keeps."""

    seat: str = ""
    token: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)


class _Room:
    """The jam as seen over HTTP."""

    def __init__(self, url: str, code: str) -> None:
        parts = urlsplit(url)
        self._is_secure, self._path = parts.scheme == "https", parts.path.rstrip("/")
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port
        self._code = code
        self._local = threading.local()
        self.groups: dict[str, int] = {}

    def request(
        self, method: str, path: str, phone: _Phone, body: dict[str, str] | None = None
    ) -> tuple[int, str, Any]:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            kind = http.client.HTTPSConnection if self._is_secure else http.client.HTTPConnection
            connection = self._local.connection = kind(self._host, self._port, timeout=TIMEOUT)
        headers = {"Cookie": f"askfirst_seat_{self._code}={phone.seat}; askfirst_csrf={phone.token}"}
        if body is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "X-CSRFToken": phone.token,
                "HX-Request": "true",
            }
        try:
            connection.request(method, self._path + path, urlencode(body) if body is not None else None, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), answer.headers
        except (OSError, http.client.HTTPException):
            self._local.connection = None
            raise

    def join(self, phone: _Phone) -> None:
        status, _page, headers = self.request("GET", f"/j/{self._code}", phone)
        cookies = " ".join(headers.get_all("Set-Cookie", []))
        found = re.search(rf"askfirst_seat_{self._code}=([0-9a-f]+)", cookies)
        token = re.search(r"askfirst_csrf=(\w+)", cookies)
        if status != 200 or not found or not token:
            raise click.ClickException(f"Nobody can join the jam {self._code} at {self._host}: status {status}.")
        phone.seat, phone.token = found[1], token[1]

    def ask(self, phone: _Phone, text: str) -> int:
        status, _body, _headers = self.request("POST", f"/j/{self._code}/ask", phone, {"text": text})
        return status

    def vote(self, phone: _Phone, text: str) -> int:
        group = self.groups.get(text) or self._find(phone, text)
        if group is None:
            return 404
        self.groups[text] = group
        return self.request("POST", f"/live/{self._code}/vote", phone, {"group": str(group)})[0]

    def withdraw(self, phone: _Phone, text: str) -> int:
        """Take back one's own contribution with this text."""
        _status, page, _headers = self.request("GET", f"/j/{self._code}/mine", phone)
        found = [number for own, number in OWN.findall(page) if html.unescape(own) == text]
        return self.request("POST", f"/j/{self._code}/withdraw/{found[0]}", phone, {})[0] if found else 404

    def _find(self, phone: _Phone, text: str) -> int | None:
        _status, page, _headers = self.request("GET", f"/j/{self._code}/similar?text={quote(text)}", phone)
        found = re.search(r'data-add-voice="(\d+)"', page)
        return int(found[1]) if found else None


def play(events: Iterable[Event], *, url: str, code: str, speed: float) -> dict[str, Any]:
    """Play the events at `speed` times real time. Returns counts by act and status, and the seconds it took.

    Raises:
        click.ClickException: nothing answers there, or has such a jam; nothing was played.
    """
    room = _Room(url, code)
    try:
        room.join(_Phone())
    except (OSError, http.client.HTTPException) as error:
        raise click.ClickException(f"Nothing answers at {url} ({error}).") from error
    phones: dict[int, _Phone] = {}
    counts: dict[str, int] = {}
    counting = threading.Lock()
    begun = time.monotonic()

    def act(event: Event, phone: _Phone) -> None:
        try:
            with phone.lock:
                if not phone.seat:
                    room.join(phone)
                status = getattr(room, event.act)(phone, event.text)
            key = f"{event.act} {status}"
        except (OSError, http.client.HTTPException, click.ClickException) as error:
            key = f"{event.act} {type(error).__name__}"
        with counting:
            counts[key] = counts.get(key, 0) + 1

    with ThreadPoolExecutor(THREADS) as pool:
        for event in events:
            wait = event.second / speed - (time.monotonic() - begun)
            if wait > 0:
                time.sleep(wait)
            pool.submit(act, event, phones.setdefault(event.person, _Phone()))
    return {"seconds": round(time.monotonic() - begun, 1), **counts}

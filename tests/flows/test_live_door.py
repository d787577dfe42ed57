"""The live door of a served site: streams that resume, votes that are on disk before they are confirmed, and faults."""

import http.client
import json
import re
import resource
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.conftest import Site


class Phone:
    """A browser's connection and cookie, without a browser."""

    def __init__(self, site: Site, code: str) -> None:
        self.site, self.code = site, code
        self.connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
        page = self._get(f"/j/{code}")
        self.cookie = re.search(rf"askfirst_seat_{code}=[0-9a-f]+", str(page.headers["Set-Cookie"]))[0]
        body = page.read().decode()
        self.live = re.search(r'data-live="([^"]+)"', body)[1].replace("&amp;", "&")
        self.since = re.search(r'data-since="([^"]+)"', body)[1]
        self.groups = [int(number) for number in re.findall(r'data-group="(\d+)"', body)]

    def _get(self, path: str) -> http.client.HTTPResponse:
        self.connection.request("GET", path, headers={"Host": "localhost"})
        return self.connection.getresponse()

    def vote(self, group: int | str, **headers: str) -> tuple[int, dict]:
        own = {"Cookie": self.cookie, "Host": "localhost", **headers}
        self.connection.request("POST", f"/live/{self.code}/vote", f"group={group}", own)
        answer = self.connection.getresponse()
        return answer.status, json.loads(answer.read())

    def stream(self, since: str, **headers: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=10)
        connection.request("GET", f"{self.live}&since={since}", headers={"Host": "localhost", **headers})
        return connection.getresponse()

    def poll(self, since: str) -> tuple[int, bytes]:
        answer = self._get(f"{self.live.replace('?', '/poll?')}&since={since}")
        return answer.status, answer.read()


def next_frame(stream: http.client.HTTPResponse) -> tuple[str, dict]:
    """(id, frame) of the next message; comments and head counts are passed over."""
    identity, kind = "", "message"
    while True:
        line = stream.readline().decode().rstrip("\n")
        if line.startswith("id: "):
            identity = line[4:]
        elif line.startswith("event: "):
            kind = line[7:]
        elif line.startswith("data: ") and kind == "message":
            return identity, json.loads(line[6:])
        elif not line:
            kind = "message"


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[Site]:
    """A served site; every test opens a jam of its own and leaves the site running."""
    made = Site(tmp_path_factory.mktemp("door") / "data")
    made.init()
    made.start()
    yield made
    made.stop()


@pytest.fixture
def jam(site) -> str:
    return opened(site)


def opened(site: Site) -> str:
    """Open a jam with three questions; returns its code."""
    code = """
from askfirst.jam import actions
jam = actions.create_jam(by=None, title="Faults", prompt="What do you want to know?")
actions.import_texts(jam, ["Who answers at the weekend?", "May I bring my dog?", "How do I report a fake account?"], by=None)
print(jam.code)
"""
    return site.run("manage", "shell", "-v0", "-c", code).split()[-1]


def stored_votes(site: Site, code: str) -> int:
    votes = "SELECT count(*) FROM jam_vote JOIN jam_contribution ON contribution_id = jam_contribution.id JOIN jam_jam ON jam_id = jam_jam.id WHERE code = ?"
    with closing(sqlite3.connect(f"{site.environ['ASKFIRST_DATA']}/askfirst.sqlite3")) as own:
        return own.execute(votes, (code,)).fetchone()[0]


def test_stream_begins_with_what_changed_and_resumes_without_a_gap(site, jam):
    phone = Phone(site, jam)
    stream = phone.stream(phone.since)
    assert stream.headers["Content-Type"] == "text/event-stream"
    first_id, first = next_frame(stream)
    assert (first["cards"], first["votes"]) == ({}, {})

    phone.vote(phone.groups[0])
    second_id, second = next_frame(stream)
    stream.close()
    Phone(site, jam).vote(phone.groups[1])
    resumed_id, resumed = next_frame(phone.stream(phone.since, **{"Last-Event-ID": second_id}))

    assert second["votes"] == {str(phone.groups[0]): 1}
    assert resumed["votes"] == {str(phone.groups[1]): 1}
    assert first_id != second_id != resumed_id


def test_unknown_state_gets_the_whole_board(site, jam):
    phone = Phone(site, jam)

    for since in ("", "x", "feedbeef-3", f"{phone.since}999"):
        _identity, frame = next_frame(phone.stream(since))
        assert frame["whole"]
        assert len(frame["cards"]) == 3


def test_screen_hears_of_changes_and_is_not_counted(site, jam):
    phone = Phone(site, jam)
    with closing(phone.stream(phone.since)) as own:
        next_frame(own)
        phone.live = phone.live.replace("lang=en", "looks=yes")
        with closing(phone.stream(phone.since)) as screen:
            assert next_frame(screen)[1] == {}
            assert b"event: here\n" in iter(screen.readline, b"")
            assert screen.readline() == b"data: 1\n"


def test_polling_says_nothing_new_in_one_word(site, jam):
    phone = Phone(site, jam)
    # The first answer is the application's, the others come from memory.
    assert [phone.poll(phone.since) for _ in range(3)] == [(204, b"")] * 3

    phone.vote(phone.groups[0])
    status, body = 204, b""
    for _ in range(20):
        # The answer is at most a tick old.
        if status == 204:
            time.sleep(0.1)
            status, body = phone.poll(phone.since)

    assert status == 200
    assert json.loads(body)["frame"]["votes"] == {str(phone.groups[0]): 1}


def test_votes_that_cannot_count_are_refused_with_a_reason(site, jam):
    phone = Phone(site, jam)

    assert phone.vote("nonsense")[0] == 422
    assert phone.vote(999_999)[0] == 409
    assert phone.vote(phone.groups[0], Cookie="")[0] == 403
    assert phone.vote(phone.groups[0], Cookie=phone.cookie[:-2] + "00")[0] == 403
    assert phone.vote(phone.groups[0], **{"Sec-Fetch-Site": "cross-site"})[0] == 403
    assert phone.vote(phone.groups[0], Origin="https://evil.example")[0] == 403
    assert stored_votes(site, jam) == 0


def test_script_on_one_phone_is_slowed_down(site, jam):
    phone = Phone(site, jam)

    statuses = [phone.vote(phone.groups[0])[0] for _ in range(60)]

    assert statuses[:30] == [200] * 30
    assert 429 in statuses
    assert stored_votes(site, jam) == 1


def test_acknowledged_votes_survive_kill_9(site, jam):
    phones = [Phone(site, jam) for _ in range(40)]
    acknowledged = []

    def vote(phone: Phone) -> None:
        for group in phone.groups:
            try:
                if phone.vote(group)[0] == 200:
                    acknowledged.append(1)
            except (OSError, http.client.HTTPException):
                return

    threads = [threading.Thread(target=vote, args=(phone,)) for phone in phones]
    for thread in threads:
        thread.start()
    while len(acknowledged) < 30:
        time.sleep(0.001)
    site.kill()
    for thread in threads:
        thread.join()
    site.start()

    assert 30 <= len(acknowledged) <= stored_votes(site, jam) <= 120


def test_same_vote_after_a_crash_counts_once(site, jam):
    phone = Phone(site, jam)
    phone.vote(phone.groups[0])
    site.kill()
    site.start()

    phone.connection.close()
    assert phone.vote(phone.groups[0])[0] == 200
    assert stored_votes(site, jam) == 1


def test_locked_database_delays_a_vote_and_loses_nothing(site, jam):
    phone = Phone(site, jam)
    other = sqlite3.connect(
        f"{site.environ['ASKFIRST_DATA']}/askfirst.sqlite3", isolation_level=None, check_same_thread=False
    )
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(1.5, lambda: other.execute("COMMIT")).start()

    assert phone.vote(phone.groups[0])[0] == 200
    assert stored_votes(site, jam) == 1


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="needs Linux to fill up one process's disk")
def test_full_disk_is_said_and_nothing_is_half_kept(site, jam):
    phone = Phone(site, jam)
    _soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    # No file of the server may grow any more.
    resource.prlimit(site.process.pid, resource.RLIMIT_FSIZE, (1024, hard))

    assert {phone.vote(group)[0] for group in phone.groups} == {503}
    assert stored_votes(site, jam) == 0
    resource.prlimit(site.process.pid, resource.RLIMIT_FSIZE, (hard, hard))
    assert phone.vote(phone.groups[0])[0] == 200
    assert stored_votes(site, jam) == 1

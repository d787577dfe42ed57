"""What is heard, shared among processes through a real Redis: nothing lost, nothing doubled, whatever is killed."""

import base64
import hashlib
import hmac
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from tests.conftest import Site, redis_address, redis_here

REDIS = redis_address(9)


@pytest.fixture
def redis():
    address = redis_here(9)
    client = pytest.importorskip("redis").Redis.from_url(address, decode_responses=True)
    client.flushdb()
    yield client
    client.flushdb()


class Heard:
    """A served site that hands what it hears to Redis, and its workers."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.database = f"{site.environ['ASKFIRST_DATA']}/askfirst.sqlite3"
        self.workers: list[subprocess.Popen[bytes]] = []
        self.source, self.secret = self._set_up()

    def _set_up(self) -> tuple[int, str]:
        code = (
            "from askfirst.listen import actions; s = actions.add_source(by=None, kind='webhook', name='In');"
            "actions.switch_source(s, by=None, is_on=True); actions.save_query(by=None, name='Brand', text='halden');"
            "print('|', s.pk, s.secret)"
        )
        said = self.site.run("manage", "shell", "-c", code).rpartition("|")[2].split()
        return int(said[0]), said[1]

    def work(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "askfirst", "listen", "work", "--take-over-after", "2"]
        worker = subprocess.Popen(command, env=self.site.environ, stdout=subprocess.PIPE)
        assert worker.stdout
        worker.stdout.readline()
        self.workers.append(worker)
        return worker

    def send(self, number: int, posts: list[dict], deleted: tuple[str, ...] = ()) -> int:
        body = json.dumps({"posts": posts, "deleted": list(deleted)}).encode()
        key, now = f"m{number}", str(int(time.time()))
        signed = base64.b64encode(
            hmac.digest(self.secret.encode(), f"{key}.{now}.".encode() + body, hashlib.sha256)
        ).decode()
        head = {"webhook-id": key, "webhook-timestamp": now, "webhook-signature": f"v1,{signed}"}
        request = urllib.request.Request(f"{self.site.url}/listen/in/{self.source}", body, head, method="POST")
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status

    def count(self, what: str) -> int:
        with sqlite3.connect(self.database, timeout=20) as own:
            return own.execute(what).fetchone()[0] or 0

    def stop(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                worker.terminate()
                worker.wait(timeout=20)


@pytest.fixture
def heard(redis, tmp_path):
    site = Site(tmp_path / "data", redis_url=REDIS)
    site.init()
    made = Heard(site)
    site.start()
    yield made
    made.stop()
    site.stop()


MENTIONS = "SELECT count(*) FROM listen_mention"


def posts(batch, number=100):
    """Every second one speaks of us."""
    return [
        {"id": f"{batch}-{at}", "text": f"{'halden' if at % 2 else 'another'} tent number {batch} {at}"}
        for at in range(number)
    ]


def until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "It did not happen in time."
        time.sleep(0.1)


def test_workers_share_the_work_and_a_killed_one_loses_and_doubles_nothing(heard, redis):
    first, _second = heard.work(), heard.work()
    for number in range(20):
        assert heard.send(number, posts(number)) == 204
        if number == 8:
            # In the middle of its work.
            first.send_signal(signal.SIGKILL)
    # Sent twice, as a sender does that did not hear our answer.
    heard.send(3, posts(3))
    heard.work()

    until(lambda: redis.xlen("askfirst:heard") == 0)

    assert heard.count(MENTIONS) == 20 * 50
    assert heard.count("SELECT sum(number) FROM listen_step") == 20 * 50
    assert redis.xpending("askfirst:heard", "matchers")["pending"] == 0


def test_post_that_is_worked_on_after_its_deletion_does_not_come_back(heard, redis):
    heard.send(1, [], deleted=("1-1", "1-3"))
    heard.send(2, posts(1, 6))
    # The post of a batch whose worker died, after its deletion was worked on.
    heard.work()

    until(lambda: redis.xlen("askfirst:heard") == 0)

    assert heard.count(MENTIONS) == 1


def test_a_strange_post_and_a_redis_that_forgot_all_stop_no_worker(heard, redis):
    worker = heard.work()
    redis.flushdb()
    strange = {"source": heard.source, "rows": ["no post", {"id": "1", "text": "halden tent"}], "gone": []}
    redis.xadd("askfirst:heard", {"batch": json.dumps(strange)})

    until(lambda: redis.xlen("askfirst:heard") == 0)

    assert heard.count(MENTIONS) == 1
    assert worker.poll() is None


def test_full_stream_is_refused_with_a_time_to_come_back(heard, redis):
    pipe = redis.pipeline()
    for _ in range(20_001):
        pipe.xadd("askfirst:heard", {"batch": "{}"})
    pipe.execute()

    with pytest.raises(urllib.error.HTTPError) as refused:
        heard.send(1, posts(1, 2))

    assert (refused.value.code, refused.value.headers["Retry-After"]) == (503, "60")


def test_worker_without_redis_says_what_to_set(tmp_path):
    site = Site(tmp_path / "data")
    site.init()

    done = subprocess.run(
        [sys.executable, "-m", "askfirst", "listen", "work"], env=site.environ | {"PATH": os.environ["PATH"]}, capture_output=True,
        text=True, timeout=60, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert "ASKFIRST_REDIS_URL is not set" in done.stderr

"""The cast: the same five people everywhere, and the clients they use."""

import atexit
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.core.cache import cache as django_cache
from django.test import Client
from django.utils import translation

from askfirst.coach import queries as coach
from askfirst.jam import grouping, limits
from askfirst.listen import queries as listen
from askfirst.listen import saved
from askfirst.people.models import Person
from tests import makers


def pytest_configure() -> None:
    """The slow password hash is Django's to test; here it would cost a third of a second a person."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def fresh_memory() -> None:
    """What a process keeps in memory must not travel from one test's database to the next."""
    django_cache.clear()
    translation.activate(settings.LANGUAGE_CODE)
    grouping._known.clear()
    limits.limiter._buckets.clear()
    for known in (coach._lists, coach._people, saved.queries, listen._roster_names):
        known.cache_clear()


@pytest.fixture
def ada(db) -> Person:
    """Runs the site."""
    return makers.make_person("ada", is_admin=True)


@pytest.fixture
def fay(db) -> Person:
    """Leads jams."""
    return makers.make_person("fay", is_facilitator=True)


@pytest.fixture
def eli(db) -> Person:
    """Works here."""
    return makers.make_person("eli")


@pytest.fixture
def amba(db) -> Person:
    """Wants to be an ambassador."""
    return makers.make_person("amba", stance="ambassador")


@pytest.fixture
def edith(db) -> Person:
    return makers.make_person("edith", is_editor=True)


@pytest.fixture
def nobody() -> Client:
    """A browser in which nobody is signed in."""
    return Client()


@pytest.fixture
def browser_of():
    """A browser in which this person is signed in."""

    def signed_in(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in


ADA = ("--organisation", "Test", "--email", "ada@example.org", "--name", "Ada", "--password", "a-long-password-1")
ROOT = ("--organisation", "Halden Outdoor", "--email", "root@halden.example", "--name", "Root")


class Site:
    """A served site in a process of its own, as `askfirst init`, `demo` and `serve` make it."""

    def __init__(self, data: Path, path: str = "", **options: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://localhost:{self.port}{path}"
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ASKFIRST_", "DJANGO_"))}
        self.environ = kept | {
            "ASKFIRST_DATA": str(data),
            "ASKFIRST_URL": self.url,
            "ASKFIRST_BIND": f"127.0.0.1:{self.port}",
            "ASKFIRST_DEBUG": "yes",
            **{f"ASKFIRST_{name.upper()}": value for name, value in options.items()},
        }
        self.log = data.parent / f"{data.name}.log"
        self.process: subprocess.Popen[bytes] | None = None

    def run(self, *arguments: str) -> str:
        """Run one askfirst command and return what it printed."""
        command = [sys.executable, "-m", "askfirst", *arguments]
        done = subprocess.run(command, env=self.environ, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def refused(self, *arguments: str) -> str:
        """Run one askfirst command that ends with a sentence of its own, and return that."""
        command = [sys.executable, "-m", "askfirst", *arguments]
        done = subprocess.run(command, env=self.environ, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode in {1, 2}, done.stdout
        assert "Traceback" not in done.stderr
        return done.stderr

    def init(self) -> None:
        """A new installation with one administrator, ada@example.org."""
        if "ASKFIRST_DATABASE_URL" in self.environ:
            self.run("init", *ADA)
        else:
            shutil.copytree(_made_once(*ADA), self.environ["ASKFIRST_DATA"], dirs_exist_ok=True)

    def init_demo(self) -> None:
        """The sample organisation; its administrator is root@halden.example."""
        shutil.copytree(_made_once(*ROOT, demo=True), self.environ["ASKFIRST_DATA"], dirs_exist_ok=True)

    def start(self, *options: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "askfirst", "serve", *options],
            env=self.environ,
            stdout=self.log.open("ab"),
            stderr=subprocess.STDOUT,
        )
        for _ in range(150):
            try:
                urlopen(f"{self.url}/livez", timeout=1).close()
                return
            except OSError:
                time.sleep(0.2)
        raise AssertionError(self.log.read_text())

    def kill(self) -> None:
        """End the server as a power cut would."""
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=30)
            assert "shutdown failed" not in self.log.read_text()


@contextmanager
def served_sample(folder: Path, path: str = "", **options: str) -> Iterator[Site]:
    """The sample organisation, served from a data directory in `folder`."""
    site = Site(folder / "data", path, **options)
    site.init_demo()
    site.start()
    try:
        yield site
    finally:
        site.stop()


def redis_address(number: int) -> str:
    """A database of a Redis on this machine; another one on PostgreSQL, so that both runs of the suite may go on at once."""
    return f"redis://127.0.0.1:6379/{number + (4 if os.environ.get('TEST_DATABASE_URL') else 0)}"


def redis_here(number: int) -> str:
    """As redis_address; the test is skipped where there is no Redis."""
    package = pytest.importorskip("redis")
    address = redis_address(number)
    try:
        package.Redis.from_url(address).ping()
    except package.exceptions.ConnectionError:
        pytest.skip("Redis is not running here.")
    return address


@cache
def _made_once(*person: str, demo: bool = False) -> Path:
    """A data directory as `askfirst init` (and `demo`) leave it, to be copied: making one takes ten seconds."""
    site = Site(Path(tempfile.mkdtemp(prefix="askfirst-test-")) / "data")
    site.run("init", *person)
    if demo:
        assert re.search(r"code HALDEN", site.run("demo"))
    made = Path(site.environ["ASKFIRST_DATA"])
    atexit.register(shutil.rmtree, made.parent)
    return made


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory) -> Iterator[Site]:
    """The sample organisation, served."""
    with served_sample(tmp_path_factory.mktemp("demo")) as site:
        yield site


@pytest.fixture
def empty_site(tmp_path) -> Iterator[Site]:
    """A new installation with one administrator, not yet started."""
    site = Site(tmp_path / "data")
    site.init()
    yield site
    site.stop()

"""Options, colours, group commit, the log, health."""

import os
import subprocess
import sys
import threading

import pytest

from askfirst import options
from askfirst.base import charts, colour, log
from askfirst.base.commit import Busy, GroupCommit
from askfirst.base.models import AppendOnly
from askfirst.base.templatetags.house import shortened
from askfirst.base.web import client_address


def test_options_are_typed():
    read = options.read({"ASKFIRST_THREADS": "3", "ASKFIRST_DEBUG": "yes"})

    assert (read.threads, read.debug, read.url) == (3, True, "http://localhost:8000")


@pytest.mark.parametrize(
    ("environ", "url"),
    [
        ({"ASKFIRST_BIND": "127.0.0.1:8123"}, "http://localhost:8123"),
        ({"ASKFIRST_BIND": "0.0.0.0:8123", "ASKFIRST_URL": "https://ask.example.org"}, "https://ask.example.org"),
    ],
)
def test_address_follows_the_port_unless_it_is_given(environ, url):
    assert options.read(environ).url == url


def test_option_may_stand_in_a_file(tmp_path):
    (tmp_path / "key").write_text("secret\n")

    assert options.read({"ASKFIRST_SECRET_KEY_FILE": str(tmp_path / "key")}).secret_key == "secret"


@pytest.mark.parametrize(
    "environ",
    [
        {"ASKFIRST_THREADS": "many"},
        {"ASKFIRST_DEBUG": "perhaps"},
        {"ASKFIRST_TYPO": "1"},
        {"ASKFIRST_SECRET_KEY_FILE": "/nowhere"},
        {"ASKFIRST_URL": "ask.example.org"},
        {"ASKFIRST_BIND": "here"},
        {"ASKFIRST_DATABASE_URL": "mysql://host/name"},
        {"ASKFIRST_REDIS_URL": "host:6379"},
        {"ASKFIRST_MAIL_URL": "mail.example.org"},
        {"ASKFIRST_TIME_ZONE": "Mars/Base"},
        {"ASKFIRST_LANGUAGE": "Deutsch"},
        {"ASKFIRST_LOG": "xml"},
    ],
)
def test_unusable_options_are_named(environ):
    with pytest.raises(options.OptionError, match=next(iter(environ))):
        options.read(environ)


def test_examples_of_options_look_as_they_must():
    for option in options.OPTIONS:
        if option.shape and " or " not in option.example:
            options.read({option.variable: option.example})


@pytest.mark.parametrize("brand", ["#ffcc00", "#000000", "#ffffff", "#808080", "#e4483b", "#00ff00", "#1a237e"])
def test_text_in_any_brand_colour_can_be_read(brand):
    found = colour.brand(brand)

    assert colour.contrast(found.fill, found.on_fill) >= 4.5
    assert colour.contrast(found.text_light, colour.PAPER) >= 4.5
    assert colour.contrast(found.text_dark, colour.NIGHT) >= 4.5


def test_chart_says_in_words_what_it_shows():
    chart = charts.bars("Outcomes", [("answered", 3), ("parked", 1)])

    assert chart.summary == "4 in all; most are “answered” with 3."
    assert [bar.width for bar in chart.bars] == [charts.WIDTH, charts.WIDTH / 3]


def test_writes_that_wait_together_become_one_batch():
    batches = []
    gate = threading.Event()

    def apply(items):
        gate.wait(5)
        batches.append(items)
        return [item * 2 for item in items]

    writer = GroupCommit(apply)
    futures = [writer.submit(1)]
    while not writer._thread or writer._waiting:
        pass
    futures += [writer.submit(number) for number in (2, 3, 4)]
    gate.set()

    assert [future.result(5) for future in futures] == [2, 4, 6, 8]
    assert batches == [[1], [2, 3, 4]]
    writer.stop()


def test_one_bad_write_does_not_cost_the_others_theirs():
    def apply(items):
        if "bad" in items:
            raise ValueError("bad")
        return items

    writer = GroupCommit(apply)
    good, bad, other = writer.submit("good"), writer.submit("bad"), writer.submit("other")

    assert (good.result(5), other.result(5)) == ("good", "other")
    with pytest.raises(ValueError):
        bad.result(5)
    writer.stop()


def test_full_queue_is_said_and_not_hidden():
    writer = GroupCommit(lambda items: items, most=0)

    with pytest.raises(Busy):
        writer.submit(1)


def test_log_entries_cannot_be_changed_or_deleted(ada):
    entry = log.record("base.tried", actor=ada)

    with pytest.raises(AppendOnly):
        entry.save()
    with pytest.raises(AppendOnly):
        entry.delete()


def test_forwarded_addresses_count_only_as_far_as_proxies_are_ours(settings):
    assert client_address("6.6.6.6, 203.0.113.9", "127.0.0.1") == "127.0.0.1"


def test_health(db, nobody):
    assert nobody.get("/livez").content == b"ok"
    assert nobody.get("/readyz").json() == {"database": "ok", "pending_migrations": 0}


def test_unknown_page_shows_a_way_on(db, nobody):
    page = nobody.get("/no/such/page")

    assert page.status_code == 404
    assert 'class="button" href="/"' in page.content.decode()


def test_every_answer_carries_the_security_headers(db, nobody):
    page = nobody.get("/")

    assert "default-src 'self'" in page["Content-Security-Policy"].split("; ")
    assert "unsafe" not in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    assert page["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in page["Permissions-Policy"]
    assert page["X-Request-Id"]


@pytest.mark.parametrize("command", [["demo"], ["listen", "fetch"], ["backup", "to.tar"], ["serve"]])
def test_command_before_init_says_what_to_do(tmp_path, command):
    done = subprocess.run(
        [sys.executable, "-m", "askfirst", *command],
        env={"ASKFIRST_DATA": str(tmp_path / "none"), "PATH": os.environ["PATH"]},
        cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert "Run `askfirst init` first" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("whole", "said"),
    [
        ("short enough", "short enough"),
        ("unannounced products, customers and prices", "unannounced products…"),
        ("unannounced products and customers", "unannounced products…"),
        ("Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffahrts…"),
    ],
)
def test_what_is_too_long_is_cut_between_words(whole, said):
    assert shortened(whole, 23) == said

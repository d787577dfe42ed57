"""The set-up in words: what is fine, what is not and how to mend it, and what a request tells of the proxies in front."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from askfirst.options import Options
from askfirst.plan import checkup
from tests.conftest import Site


@pytest.fixture
def options(settings):
    """Change options as an operator would: they are read once, so a copy takes their place."""

    def changed(**values) -> None:
        settings.OPTIONS = Options(**{**vars(settings.OPTIONS), **values})

    return changed


def mend(topic: str) -> list[str]:
    return [fact.mend for fact in checkup.facts() if fact.topic == topic and fact.mend]


def test_fresh_installation_is_explained_and_says_what_is_missing(ada, settings):
    topics = [fact.topic for fact in checkup.facts()]

    assert {"Address", "Data", "Database", "Mail", "Background tasks", "Administrators", "Signing in", "Time"} <= {
        *topics
    }
    assert mend("Database") == []
    assert "ASKFIRST_MAIL_URL" in mend("Mail")[0]
    assert "second one" in mend("Administrators")[0]


def test_address_without_tls_and_uncounted_proxy_are_named(ada, settings, options):
    settings.SITE_URL, settings.IS_SECURE = "http://ask.example.org", False
    assert "TLS" in mend("Address")[0]

    settings.SITE_URL, settings.IS_SECURE = "https://ask.example.org", True
    assert "ASKFIRST_PROXIES" in mend("Proxies")[0]
    options(proxies=1)
    assert (mend("Address"), mend("Proxies")) == ([], [])


def test_mail_server_that_does_not_answer_is_named_with_its_port(ada, settings, options):
    options(mail_url="smtp://127.0.0.1:9", mail_from="ask@example.org")
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend",
        "127.0.0.1",
        9,
    )

    [said] = [fact for fact in checkup.facts() if fact.topic == "Mail"]

    assert "127.0.0.1:9 does not take mails" in said.text
    assert "ASKFIRST_MAIL_URL" in said.mend


def test_tasks_that_nobody_runs_are_noticed(ada):
    task = DBTaskResult.objects.create(
        task_path="askfirst.share.tasks.x", args_kwargs={"args": [], "kwargs": {}}, backend_name="default", queue_name="default",
    )  # fmt: skip
    assert mend("Background tasks") == []

    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=timezone.now() - timedelta(hours=1))
    assert "askfirst work" in mend("Background tasks")[0]


def came(settings, **meta) -> list[str]:
    return [fact.mend for fact in checkup.visit(RequestFactory().get("/plan/setup", **meta))]


def test_request_tells_what_the_proxy_leaves_out(settings, options):
    settings.SITE_URL, settings.IS_SECURE = "http://testserver", False
    assert came(settings, HTTP_HOST="testserver", REMOTE_ADDR="203.0.113.9") == ["", ""]
    assert "Host as it came" in came(settings, HTTP_HOST="inner:8000")[0]

    uncounted = came(settings, HTTP_HOST="testserver", HTTP_X_FORWARDED_FOR="203.0.113.9", REMOTE_ADDR="127.0.0.1")
    assert "ASKFIRST_PROXIES=1" in uncounted[1]
    options(proxies=1)
    assert "X-Forwarded-For" in came(settings, HTTP_HOST="testserver", REMOTE_ADDR="127.0.0.1")[1]
    settings.SITE_URL, settings.IS_SECURE = "https://testserver", True
    assert "X-Forwarded-Proto" in came(settings, HTTP_HOST="testserver", HTTP_X_FORWARDED_FOR="203.0.113.9")[0]


def test_terminal_explains_and_its_exit_status_tells(tmp_path):
    site = Site(tmp_path / "data")
    site.init()
    command = [sys.executable, "-m", "askfirst", "check"]

    before = subprocess.run(command, env=site.environ, capture_output=True, text=True, check=False)
    os.chmod(tmp_path / "data/secret-key", 0o644)
    after = subprocess.run(command, env=site.environ, capture_output=True, text=True, check=False)

    assert before.returncode == 1, before.stderr
    assert f"fine  Data: Data are in {tmp_path / 'data'}" in before.stdout
    assert "look  Mail:" in before.stdout
    assert "chmod 600" in after.stdout


def test_connections_that_can_be_read_on_the_way_are_named(ada, options, monkeypatch):
    assert [checkup._is_this_machine(own) for own in (None, "127.0.0.1", "::1", "10.0.0.7")] == [
        True,
        True,
        True,
        False,
    ]
    monkeypatch.setattr(checkup, "is_reachable", lambda _url: True)

    options(redis_url="redis://redis.example:6379/0")
    assert "rediss://" in " ".join(fact.mend for fact in checkup.facts())
    for url in ("redis://127.0.0.1:6379/0", "rediss://redis.example:6379/0"):
        options(redis_url=url)
        assert "rediss://" not in " ".join(fact.mend for fact in checkup.facts())

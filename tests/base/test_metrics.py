"""Numbers for whoever watches the machine: only with the token, and nothing of people in them or in the log."""

import logging

import pytest
from django.conf import settings
from django.core.cache import cache

from askfirst.people.models import Person


@pytest.fixture
def options(monkeypatch):
    def change(**more):
        monkeypatch.setattr(settings, "OPTIONS", settings.OPTIONS.__class__(**{**vars(settings.OPTIONS), **more}))

    return change


def test_numbers_need_the_token(options, nobody, eli, browser_of):
    assert nobody.get("/metrics").status_code == 404
    options(metrics="secret-token")
    assert nobody.get("/metrics").status_code == 404
    assert nobody.get("/metrics", headers={"Authorization": "Bearer other"}).status_code == 404
    browser_of(eli).get(f"/people/{eli.pk}")
    nobody.get("/j/NOSUCH")

    page = nobody.get("/metrics", headers={"Authorization": "Bearer secret-token"})

    text = page.content.decode()
    assert page["Content-Type"].startswith("text/plain")
    assert 'askfirst_page_seconds_count{method="GET",page="people:person",status="4xx"} 1.0' in text
    assert "askfirst_tasks_waiting" in text
    assert "NOSUCH" not in text
    assert eli.email not in text


def test_slow_query_is_logged_without_its_values(options, eli, browser_of, caplog, monkeypatch):
    options(slow_query_ms=1)
    ticks = iter(range(100_000))
    monkeypatch.setattr("askfirst.base.metrics.time.perf_counter", lambda: next(ticks))
    browser = browser_of(eli)
    cache.clear()

    with caplog.at_level(logging.WARNING, "askfirst.base.metrics"):
        browser.get("/people/me")

    said = [record.getMessage() for record in caplog.records]
    assert any("took 1000 ms: SELECT" in line for line in said)
    assert all(eli.email not in line for line in said)
    assert Person.objects.count() == 1


def test_security_txt_is_there_when_somebody_is_named(options, nobody, db):
    assert nobody.get("/.well-known/security.txt").status_code == 404
    options(security_contact="mailto:security@example.org")

    lines = nobody.get("/.well-known/security.txt").content.decode().splitlines()

    assert [line.partition(":")[0] for line in lines] == ["Contact", "Expires", "Preferred-Languages", "Canonical"]
    assert lines[0] == "Contact: mailto:security@example.org"

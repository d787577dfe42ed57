"""Processes wake each other through a real Redis, and do without it when it is away."""

import time
from dataclasses import replace

import pytest
from django.conf import settings
from django.db import transaction

from askfirst.base import live, waking
from askfirst.base.models import Topic
from tests.conftest import redis_address

REDIS = redis_address(8)
NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture
def waker():
    package = pytest.importorskip("redis")
    try:
        package.Redis.from_url(REDIS).ping()
    except package.exceptions.ConnectionError:
        pytest.skip("Redis is not running here.")
    made = waking.Waker(REDIS)
    made.start()
    yield made
    made.stop()


def becomes(expected: bool, waker: waking.Waker, seconds: float = 1.5) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if waker.is_due() is expected:
            return True
        time.sleep(0.02)
    return False


@pytest.mark.django_db(transaction=True)
def test_change_wakes_after_the_commit_and_not_before(waker, monkeypatch):
    monkeypatch.setattr(settings, "OPTIONS", replace(settings.OPTIONS, redis_url=REDIS))
    topic = Topic.objects.create()
    assert becomes(False, waker)

    with transaction.atomic():
        live.touch(topic.pk)
        assert not becomes(True, waker, 0.3)

    assert becomes(True, waker, 1)
    assert becomes(False, waker)


def test_board_is_looked_at_every_two_seconds_all_the_same(waker):
    assert becomes(False, waker)

    assert becomes(True, waker, waking.LOOK_ANYWAY + 0.5)


@pytest.mark.django_db(transaction=True)
def test_without_redis_every_tick_looks_and_every_change_is_kept(monkeypatch):
    pytest.importorskip("redis")
    monkeypatch.setattr(settings, "OPTIONS", replace(settings.OPTIONS, redis_url=NOWHERE))
    waker = waking.Waker(NOWHERE)
    waker.start()
    topic = Topic.objects.create()

    with transaction.atomic():
        assert live.touch(topic.pk) == 1

    assert all(waker.is_due() for _tick in range(20))
    assert Topic.objects.get().revision == 1
    waker.stop()

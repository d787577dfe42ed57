"""The cache that processes share: through a real Redis, and without it once it is away."""

import pytest
from django.core.cache.backends.redis import RedisCache

from tests.conftest import redis_here

caching = pytest.importorskip("askfirst.base.caching")

SHORT = {"OPTIONS": {"socket_connect_timeout": 0.2, "socket_timeout": 0.2}, "KEY_PREFIX": "askfirst-test"}


def test_what_one_process_keeps_another_reads():
    one, other = (caching.SharedCache(redis_here(8), dict(SHORT)) for _ in range(2))
    one.delete("n")

    assert one.add("n", 1, 30)
    assert not other.add("n", 5, 30)
    other.incr("n")

    assert (one.get("n"), one.has_key("n")) == (2, True)
    other.set_many({"a": [1, 2], "b": "x"}, 30)
    assert one.get_many(["a", "b", "c"]) == {"a": [1, 2], "b": "x"}
    # Redis also holds what is heard: emptying the cache of a process leaves it alone.
    other.clear()
    assert one.get("n") == 2
    one.delete_many(["n", "a", "b"])
    assert other.get("n", "gone") == "gone"


def test_without_redis_a_process_goes_on_alone_and_does_not_wait_each_time(monkeypatch, caplog):
    cache = caching.SharedCache("redis://127.0.0.1:1/0", dict(SHORT))
    asked = []
    monkeypatch.setattr(RedisCache, "get", lambda self, *arguments: asked.append(arguments))

    cache.set("n", 1, 30)

    assert [cache.get("n") for _ in range(3)] == [1, 1, 1]
    assert asked == []
    assert "goes on with a cache of its own" in caplog.text

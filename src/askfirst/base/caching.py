"""A cache shared by all serving processes through Redis, which goes on in this process alone while Redis is away.

What lies in it is never more than a help: counts of the last minute, how far an import is, attempts to sign in.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
# Seconds for which Redis is left alone after it did not answer, so that not every request waits for it.
AWAY = 10


class SharedCache(RedisCache):
    """Django's cache in Redis; what it does not answer is answered by a cache of this process."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._own = LocMemCache("shared", params)
        self._away_until = 0.0

    def _ask(self, there: Callable[..., Any], here: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        if time.monotonic() >= self._away_until:
            try:
                return there(*arguments, **options)
            except RedisError as error:
                self._away_until = time.monotonic() + AWAY
                logger.warning("Redis does not answer (%s); this process goes on with a cache of its own.", error)
        return here(*arguments, **options)

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> Any:
        return self._ask(super().add, self._own.add, key, value, timeout, version)

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        return self._ask(super().get, self._own.get, key, default, version)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> None:
        self._ask(super().set, self._own.set, key, value, timeout, version)

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> Any:
        return self._ask(super().touch, self._own.touch, key, timeout, version)

    def delete(self, key: Any, version: Any = None) -> Any:
        return self._ask(super().delete, self._own.delete, key, version)

    def has_key(self, key: Any, version: Any = None) -> Any:
        return self._ask(super().has_key, self._own.has_key, key, version)

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> Any:
        return self._ask(super().incr, self._own.incr, key, delta, version)

    def get_many(self, keys: Any, version: Any = None) -> Any:
        return self._ask(super().get_many, self._own.get_many, keys, version)

    def set_many(self, data: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> Any:
        return self._ask(super().set_many, self._own.set_many, data, timeout, version)

    def delete_many(self, keys: Any, version: Any = None) -> None:
        self._ask(super().delete_many, self._own.delete_many, keys, version)

    def clear(self) -> None:
        """Forget what this process keeps. Redis also holds what is heard, so it is never emptied as a whole."""
        self._own.clear()

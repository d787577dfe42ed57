"""Numbers that take longer the more there are: among many, at most a minute old; among few, as they are now."""

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache

T = TypeVar("T")
MANY = 5000
SECONDS = 60


def lately(key: str, read: Callable[[], T], size: Callable[[T], int], seconds: int = SECONDS) -> T:
    """What `read` gives, or gave up to `seconds` ago.

    Args:
        key: names the answer in the cache, with all that it depends on.
        size: how many rows the answer stands for; below MANY it is not kept.
    """
    found: T | None = cache.get(key)
    if found is None:
        found = read()
        if size(found) >= MANY:
            cache.set(key, found, seconds)
    return found

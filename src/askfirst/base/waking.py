"""With Redis, processes that show a board are woken by the one that changed it, and leave the database alone meanwhile.

Redis carries no board and nothing is lost with it: whoever is not connected looks at the database at every tick, as
without Redis, and whoever is looks every two seconds all the same.
"""

import logging
import threading
import time
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from askfirst.base.later import later

redis = later("redis")  # an extra: pip install askfirst[redis]
logger = logging.getLogger(__name__)

LOOK_ANYWAY = 2.0
TRY_AGAIN = 1.0
TIMEOUT = 1.0


def announce() -> None:
    """Wake every process that shows boards, once the caller's transaction is committed."""
    if settings.OPTIONS.redis_url:
        transaction.on_commit(_tell, robust=True)


def _tell() -> None:
    try:
        _client(settings.OPTIONS.redis_url).publish(_channel(settings.OPTIONS.redis_url), "")
    except redis.exceptions.RedisError:
        logger.warning("Redis does not answer; streams look at the database instead.")


def _channel(url: str) -> str:
    """Channels are common to all databases of a Redis, so the database is part of the name."""
    return f"askfirst:live:{urlsplit(url).path.strip('/') or 0}"


@lru_cache(maxsize=1)
def _client(url: str) -> Any:
    return redis.Redis.from_url(url, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT)


def is_reachable(url: str) -> bool:
    """Whether Redis answers now."""
    try:
        return bool(_client(url).ping())
    except redis.exceptions.RedisError:
        return False


class Waker:
    """Whether it is worth looking at the database now.

    Args:
        url: of Redis or Valkey.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._is_connected = False
        self._is_woken = True
        self._looked_at = 0.0
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="waker", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()

    def is_due(self) -> bool:
        """True once for each change, every two seconds, and always while Redis is away."""
        woken, self._is_woken = self._is_woken, False
        now = time.monotonic()
        if self._is_connected and not woken and now - self._looked_at < LOOK_ANYWAY:
            return False
        self._looked_at = now
        return True

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                with redis.Redis.from_url(self._url, socket_connect_timeout=TIMEOUT).pubsub() as heard:
                    heard.subscribe(_channel(self._url))
                    while not self._stopped.is_set():
                        message = heard.get_message(timeout=TIMEOUT)
                        if message is None:
                            continue
                        # The subscription itself is a message too: what changed before it must be looked at.
                        self._is_woken = self._is_connected = True
            except redis.exceptions.RedisError:
                self._is_connected = False
                self._stopped.wait(TRY_AGAIN)

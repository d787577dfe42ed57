"""How often one seat, and one network address, may do something; counted in memory only, under keys that say nothing."""

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Rate:
    """A token bucket: `burst` at once, then `per_second`."""

    burst: float
    per_second: float


VOTES = Rate(burst=30, per_second=2)
ASKS = Rate(burst=5, per_second=1 / 12)


class Limiter:
    """Token buckets by key. Keys are mixed with a salt of this process, so that they mean nothing outside it.

    Args:
        clock: seconds, monotonic.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, most: int = 200_000) -> None:
        self._clock = clock
        self._most = most
        self._salt = secrets.token_bytes(16)
        self._buckets: dict[bytes, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def wait(self, rate: Rate, *key: str) -> int:
        """Take one token; 0 when there was one, otherwise the seconds until there is."""
        digest = hashlib.blake2b("\x00".join(key).encode(), key=self._salt, digest_size=12).digest()
        now = self._clock()
        with self._lock:
            tokens, at = self._buckets.get(digest, (rate.burst, now))
            tokens = min(rate.burst, tokens + (now - at) * rate.per_second)
            if tokens < 1:
                return int((1 - tokens) / rate.per_second) + 1
            if len(self._buckets) >= self._most:
                self._forget(now)
            self._buckets[digest] = (tokens - 1, now)
            return 0

    def _forget(self, now: float) -> None:
        """Drop what has not been used for ten minutes, or everything when a flood leaves nothing old."""
        kept = {key: bucket for key, bucket in self._buckets.items() if now - bucket[1] < 600}
        self._buckets = kept if len(kept) < self._most else {}


limiter = Limiter()

"""A seat: the secret with which a browser takes part in one jam without anybody knowing whose browser it is.

The cookie holds a random secret and a signature that says "issued for this jam". The secret is never stored. What is
stored are digests of it: one for all votes in the jam (so that a voice counts once), another for each question (so
that its asker can withdraw it); none can be turned into another or into the secret. See docs/why/anonymity.md.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from functools import cache

from django.conf import settings

COOKIE_PREFIX = "askfirst_seat_"
SECRET_BYTES = 16


@dataclass(frozen=True)
class Seat:
    """A genuine seat in one jam."""

    secret: bytes

    @property
    def voter(self) -> str:
        return _digest(self.secret, b"vote")

    def proof(self, salt: str) -> str:
        """What shows that this seat asked the question with this salt."""
        return _digest(self.secret, b"ask" + salt.encode())


def cookie_name(code: str) -> str:
    return f"{COOKIE_PREFIX}{code}"


def issue(code: str) -> str:
    """A new cookie value for the jam."""
    secret = secrets.token_bytes(SECRET_BYTES)
    return (secret + _signature(code, secret)).hex()


def read(code: str, value: str) -> Seat | None:
    """The seat in a cookie, or None when the value was not issued by us for this jam."""
    try:
        raw = bytes.fromhex(value)
    except ValueError:
        return None
    secret, signature = raw[:SECRET_BYTES], raw[SECRET_BYTES:]
    return Seat(secret) if hmac.compare_digest(signature, _signature(code, secret)) else None


@cache
def _key() -> bytes:
    return hashlib.sha256(b"seat" + settings.SECRET_KEY.encode()).digest()


def _signature(code: str, secret: bytes) -> bytes:
    return hashlib.blake2b(code.encode() + secret, key=_key(), digest_size=16).digest()


def _digest(secret: bytes, purpose: bytes) -> str:
    return hashlib.blake2b(purpose, key=secret, digest_size=16).hexdigest()

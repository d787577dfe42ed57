"""Seals what the database must not say in plain words (Fernet: AES-128-CBC with HMAC-SHA256), under a key from the secret key."""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class CannotUnseal(Exception):
    """What is sealed was sealed with another secret key. `message` says what to do."""

    status = 409
    message = _(
        "What is sealed cannot be read: the secret key is not the one it was sealed with. Restore the file secret-key."
    )


@lru_cache(maxsize=4)
def _fernet(secret: str, purpose: str) -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"askfirst {purpose}".encode()).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(key))


def seal(text: str, purpose: str) -> str:
    """Seal a text; one purpose cannot read what another has sealed."""
    return _fernet(settings.SECRET_KEY, purpose).encrypt(text.encode()).decode("ascii")


def unseal(sealed: str, purpose: str) -> str:
    """The text again.

    Raises:
        CannotUnseal: the secret key is not the one that sealed it.
    """
    try:
        return _fernet(settings.SECRET_KEY, purpose).decrypt(sealed.encode("ascii")).decode()
    except InvalidToken as error:
        raise CannotUnseal from error

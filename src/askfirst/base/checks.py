"""System checks that catch what operators get wrong, each with the way out."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register


def is_local(address: str) -> bool:
    """Whether only this machine can open an address."""
    return urlsplit(address).hostname in {"localhost", "127.0.0.1", "::1"}


@register(Tags.security)
def check_initialised(**kwargs: Any) -> list[Error]:
    """There must be a secret key of this installation."""
    if settings.IS_INITIALISED:
        return []
    return [
        Error(
            "There is no secret key yet.", hint="Run `askfirst init`, or set ASKFIRST_SECRET_KEY.", id="askfirst.E001"
        )
    ]


@register(Tags.urls)
def check_url(**kwargs: Any) -> list[Error]:
    """ASKFIRST_URL must be an address."""
    parts = urlsplit(settings.OPTIONS.url)
    if parts.scheme in {"http", "https"} and parts.hostname:
        return []
    return [
        Error(
            f"ASKFIRST_URL is {settings.OPTIONS.url!r}.",
            hint="Write it like https://ask.example.org.",
            id="askfirst.E002",
        )
    ]


@register(Tags.security)
def check_plain_http(**kwargs: Any) -> list[Warning]:
    """Sign-in over plain HTTP is for trying out on one's own machine only."""
    if settings.IS_SECURE or is_local(settings.OPTIONS.url):
        return []
    hint = "Put a proxy with TLS in front, set ASKFIRST_URL to https://… and ASKFIRST_PROXIES=1. Passkeys need it too."
    return [Warning("People would sign in over an unencrypted connection.", hint=hint, id="askfirst.W001")]

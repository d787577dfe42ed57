"""Named writes and reads over API tokens: make, revoke, recognise, and answer a repeated request as the first time."""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from askfirst.base import log
from askfirst.people.errors import PeopleError
from askfirst.people.models import Person, Reply, Token

MARK = "askfirst_"
SCOPES = (
    "jam:read",
    "jam:write",
    "library:read",
    "library:write",
    "policy:read",
    "policy:write",
    "people:read",
    "people:write",
    "learn:read",
    "learn:write",
    "scim",
)
LONGEST_DAYS = 366
# After so long without an answer the process that had a request is gone, and the next one with its key carries it out.
UNDER_WAY = timedelta(minutes=10)


def make_token(*, by: Person, name: str, scopes: Iterable[str], expires_on: date | None = None) -> str:
    """Make a token and return it; it is shown this once and kept as a hash.

    Raises:
        PeopleError: no scope, an unknown one, or a day that is past or more than a year away.
    """
    wanted = sorted(set(scopes))
    if not wanted or set(wanted) - set(SCOPES):
        raise PeopleError(_("Choose what the token may do."))
    until = expires_on or timezone.localdate() + timedelta(days=90)
    if not timezone.localdate() <= until <= timezone.localdate() + timedelta(days=LONGEST_DAYS):
        raise PeopleError(_("A token is valid for a year at most."))
    raw = MARK + secrets.token_urlsafe(32)
    with transaction.atomic():
        Token.objects.create(
            name=name[:80],
            prefix=raw[len(MARK) : len(MARK) + 8],
            digest=_digest(raw),
            scopes=wanted,
            made_by=by,
            expires_on=until,
        )
        log.record("people.token_made", actor=by, subject=name[:80], scopes=wanted)
    return raw


def revoke_token(token: Token, *, by: Person) -> None:
    with transaction.atomic():
        log.record("people.token_revoked", actor=by, subject=token.name)
        token.delete()


def recognise(raw: str) -> Token | None:
    """The token behind what a request brought, while it is valid and its maker still runs the site."""
    if not raw.startswith(MARK):
        return None
    today = timezone.localdate()
    found = Token.objects.filter(
        digest=_digest(raw), expires_on__gte=today, made_by__is_active=True, made_by__is_admin=True
    ).first()
    if found and found.used_on != today:
        Token.objects.filter(pk=found.pk).update(used_on=today)
    return found


def tokens() -> Any:
    return Token.objects.select_related("made_by")


def once(token: Token, key: str, request: Any, act: Callable[[], tuple[int, Any]]) -> tuple[int, Any]:
    """Carry out a request once for its key, and answer it again the same way.

    Raises:
        PeopleError: the key was used for another request, or the first one is still under way.
    """
    if not key:
        return act()
    digest = hashlib.sha256(json.dumps(request, sort_keys=True, default=str).encode()).hexdigest()
    try:
        with transaction.atomic():
            reply = Reply.objects.create(token=token, key=key[:80], request=digest)
    except IntegrityError:
        reply = Reply.objects.get(token=token, key=key[:80])
        if reply.request != digest:
            raise PeopleError(_("This idempotency key was used for another request.")) from None
        if reply.status:
            return reply.status, reply.body
        # What was carried out is kept together with its answer, so a request that was cut off has changed nothing.
        now = timezone.now()
        if not Reply.objects.filter(pk=reply.pk, status=0, at__lt=now - UNDER_WAY).update(at=now):
            raise PeopleError(_("The first request with this key is still under way.")) from None
    try:
        with transaction.atomic():
            status, body = act()
            Reply.objects.filter(pk=reply.pk).update(status=status, body=body)
    except Exception:
        reply.delete()
        raise
    return status, body


def tidy() -> int:
    """Forget answers that were kept for requests sent again, after two days. Returns how many."""
    return Reply.objects.filter(at__lt=timezone.now() - timedelta(days=2)).delete()[0]


def _digest(raw: str) -> str:
    return hashlib.sha256(raw.encode()).hexdigest()

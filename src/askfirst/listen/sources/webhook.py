"""Posts sent to us, signed after Standard Webhooks: HMAC-SHA256 over id.timestamp.body, at most five minutes old."""

import base64
import hashlib
import hmac
from typing import Any

from django.utils.translation import gettext as _

from askfirst.base import texts
from askfirst.listen.sources.rows import SourceError

TOLERANCE = 300


def verify(secret: str, *, webhook_id: str, timestamp: str, signature: str, body: bytes, now: float) -> None:
    """Check a delivery.

    Raises:
        SourceError: not signed with our secret, or too old.
    """
    if not timestamp.isdigit() or abs(now - int(timestamp)) > TOLERANCE:
        raise SourceError(_("The timestamp is missing or more than five minutes away."))
    expected = sign(secret, webhook_id=webhook_id, timestamp=timestamp, body=body)
    given = [part.partition(",")[2] for part in signature.split() if part.startswith("v1,")]
    if not any(hmac.compare_digest(expected, own) for own in given):
        raise SourceError(_("The signature is not right."))


def sign(secret: str, *, webhook_id: str, timestamp: str, body: bytes) -> str:
    signed = f"{webhook_id}.{timestamp}.".encode() + body
    return base64.b64encode(hmac.new(secret.encode(), signed, hashlib.sha256).digest()).decode()


def rows(body: bytes) -> tuple[list[dict[str, Any]], list[str]]:
    """(posts, ids that are gone) of a delivery: one post, a list, or an object with posts and deleted.

    Raises:
        SourceError: it is something else.
    """
    try:
        value = texts.from_json(body)
    except ValueError as error:
        raise SourceError(_("The body is no JSON.")) from error
    if isinstance(value, dict) and ("posts" in value or "deleted" in value):
        posts, gone = value.get("posts", []), value.get("deleted", [])
    else:
        posts, gone = value if isinstance(value, list) else [value], []
    if not isinstance(posts, list) or not isinstance(gone, list):
        raise SourceError(_("Posts and deleted are lists."))
    if not all(isinstance(post, dict) and post.get("id") and isinstance(post.get("text"), str) for post in posts):
        raise SourceError(_("Each post needs an id and a text."))
    return posts, [str(own) for own in gone]

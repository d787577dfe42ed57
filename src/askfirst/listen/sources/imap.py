"""Mails that others forward to one mailbox: read by IMAP, never changed there; each mail is a post.

Address: imaps://user@host/folder (imap:// without TLS, for a server on this machine). The password is kept sealed.
"""

import email
import imaplib
import logging
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from askfirst.base import fetch
from askfirst.listen.sources.feed import plain
from askfirst.listen.sources.rows import Fetched, SourceError

logger = logging.getLogger(__name__)

AT_ONCE = 100
MOST_BYTES = 512 * 1024
SECONDS = 15


def read(address: str, cursor: dict[str, Any], password: str) -> Fetched:
    """Mails that came since the last time, the oldest first, at most a hundred.

    Raises:
        SourceError: the server, the folder or the password is not right, or the answer is strange.
    """
    parts = urlsplit(address)
    if parts.scheme not in {"imap", "imaps"} or not parts.hostname or not parts.username:
        raise SourceError(_("The address looks like imaps://user@host/INBOX."))
    folder = unquote(parts.path.strip("/")) or "INBOX"
    try:
        with _connection(address, parts.scheme, parts.hostname) as box:
            box.login(unquote(parts.username), password)
            box.select(f'"{folder}"', readonly=True)
            validity = _number(box.response("UIDVALIDITY")[1])
            since = int(cursor.get("uid", 0)) if cursor.get("validity") == validity else 0
            found = box.uid("SEARCH", f"UID {since + 1}:*")[1]
            uids = sorted(int(uid) for uid in (found[0] or b"").split() if int(uid) > since)[:AT_ONCE]
            rows = [row for uid in uids if (row := _read(_raw(box, uid), validity, uid))]
    except fetch.CannotFetch as error:
        raise SourceError(str(error)) from error
    except imaplib.IMAP4.error as error:
        raise SourceError(_("The mail server says no: %s") % str(error)[:120]) from error
    except (OSError, ValueError, IndexError) as error:
        raise SourceError(_("The mail server did not answer as expected (%s).") % type(error).__name__) from error
    return Fetched(rows, {"validity": validity, "uid": max([since, *uids])})


def _connection(address: str, scheme: str, host: str) -> imaplib.IMAP4:
    """A connection to exactly the address that was checked to be a public one."""
    usual = imaplib.IMAP4_SSL_PORT if scheme == "imaps" else imaplib.IMAP4_PORT

    def open_socket(_self: Any, _timeout: Any) -> Any:
        return fetch.open_socket(
            address,
            allow_private=settings.OPTIONS.listen_private,
            port=urlsplit(address).port or usual,
            has_tls=scheme == "imaps",
        )

    return type("Checked", (imaplib.IMAP4,), {"_create_socket": open_socket})(host, usual, SECONDS)


def _number(values: list[Any]) -> int:
    return int(values[0]) if values and values[0] else 0


def _raw(box: imaplib.IMAP4, uid: int) -> bytes:
    parts = box.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{MOST_BYTES}>)")[1]
    return next((part[1] for part in parts if isinstance(part, tuple)), b"")


def _read(raw: bytes, validity: int, uid: int) -> dict[str, Any] | None:
    try:
        return _row(email.message_from_bytes(raw, policy=default), validity, uid)
    except Exception:  # noqa: BLE001 - a mail that is no mail makes the library fail in many ways, and must not stand in front of the others
        logger.warning("Mail %d of a mailbox is broken; its text is taken as it stands.", uid)
        text = " ".join(raw.partition(b"\r\n\r\n")[2].decode("utf-8", "replace").split())
        return {"id": f"{validity}.{uid}", "text": text, "source": "mail"} if text else None


def _row(mail: EmailMessage, validity: int, uid: int) -> dict[str, Any] | None:
    body = mail.get_body(("plain", "html"))
    try:
        text = body.get_content() if body else ""
    except (LookupError, ValueError):
        text = ""
    text = plain(text) if body and body.get_content_subtype() == "html" else " ".join(str(text).split())
    if not text:
        return None
    try:
        posted_at = parsedate_to_datetime(str(mail["Date"])).isoformat()
    except (TypeError, ValueError):
        posted_at = ""
    # The name only: who wrote a forwarded mail is a person with an address that nobody here needs.
    return {
        "id": str(mail["Message-ID"] or f"{validity}.{uid}").strip(), "title": str(mail["Subject"] or ""), "text": text,
        "author": parseaddr(str(mail["From"] or ""))[0], "posted_at": posted_at, "source": "mail",
    }  # fmt: skip

"""Mails to a mail server: one that is refused holds up nobody else's, and what cannot go now is kept and goes later.

Kept mails are rows in the database (RFC 5322 bytes with sender and recipient), tried again with longer and longer waits.
"""

import logging
import smtplib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends import smtp
from django.core.mail.message import sanitize_address
from django.db.models import QuerySet
from django.utils import timezone

from askfirst.base.models import KeptMail

logger = logging.getLogger(__name__)

# Seconds from one attempt to the next; after the last the mail is given up, and shown.
RETRIES = (60, 300, 900, 3600, 10_800, 21_600, 43_200, 86_400)
# While one attempt is under way nobody else makes one; a killed process's attempt is made again after this.
LEASE = timedelta(minutes=5)
# After the server could not be reached, mails are kept at once for so many seconds.
QUIET = 60
BATCH = 500
SHOWN = timedelta(days=14)
ADDRESSES_SHOWN = 5
_THIS_MAIL = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)

_unreachable_until = 0.0


class EmailBackend(smtp.EmailBackend):
    """Django's SMTP backend, but nothing is lost: `send_messages` returns how many went out or are kept."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        kept: list[KeptMail] = []
        for message in email_messages:
            try:
                mails = _mails_of(message)
            except ValueError as error:
                recipient, subject = ", ".join(message.to)[:320], message.subject[:200]
                kept.append(KeptMail(recipient=recipient, subject=subject, problem=str(error)[:200]))
                continue
            for mail in mails:
                problem = self._try(mail)
                if problem:
                    kept.append(_later(mail, problem))
        self.close()
        KeptMail.objects.bulk_create(kept, batch_size=BATCH)
        return len(email_messages)

    def send_kept(self, mail: KeptMail) -> bool:
        """Try a kept mail again; what became of it is noted."""
        problem = self._try(mail)
        if problem:
            _later(mail, problem).save()
        else:
            mail.delete()
        return not problem

    @property
    def is_reachable(self) -> bool:
        return time.monotonic() >= _unreachable_until

    def _try(self, mail: KeptMail) -> str:
        """Send one mail; empty, or why it could not be sent."""
        global _unreachable_until
        if not self.is_reachable:
            return "The mail server could not be reached."
        try:
            self.open()
            self.connection.sendmail(mail.sender, [mail.recipient], bytes(mail.content))
        except _THIS_MAIL as error:
            return _said(error)
        except OSError as error:
            _unreachable_until = time.monotonic() + QUIET
            self.close()
            logger.warning("The mail server cannot be used (%s); mails are kept and sent later.", _said(error))
            return _said(error)
        return ""

    def close(self) -> None:
        """As in Django, but a server that is gone already is no error."""
        try:
            super().close()
        except OSError:
            self.connection = None


def send_due() -> int:
    """Send kept mails that are due. Returns how many went out. Several processes may do this at once."""
    backend: Any = get_connection()
    due = KeptMail.objects.filter(due_at__lte=timezone.now()).order_by("due_at", "id")
    if not isinstance(backend, EmailBackend) or not backend.is_reachable:
        return 0
    sent = 0
    for mail in due[:BATCH]:
        if not backend.is_reachable:
            break
        if KeptMail.objects.filter(pk=mail.pk, due_at=mail.due_at).update(due_at=timezone.now() + LEASE):
            sent += backend.send_kept(mail)
    backend.close()
    return sent


@dataclass(frozen=True)
class Kept:
    """Mails that wait for another attempt, or were given up in the last two weeks; `addresses`: a few they were for."""

    number: int
    addresses: list[str]
    problem: str


def waiting() -> Kept:
    return _counted(KeptMail.objects.exclude(due_at=None))


def given_up() -> Kept:
    return _counted(KeptMail.objects.filter(due_at=None))


def _counted(rows: QuerySet[KeptMail]) -> Kept:
    newest = list(rows.order_by("-id").values_list("recipient", "problem")[:ADDRESSES_SHOWN])
    return Kept(rows.count(), list(dict.fromkeys(own for own, _ in newest)), newest[0][1] if newest else "")


def tidy() -> int:
    """Forget mails that were given up two weeks ago."""
    return KeptMail.objects.filter(due_at=None, at__lt=timezone.now() - SHOWN).delete()[0]


def forget(address: str) -> None:
    """Throw kept mails to an address away."""
    KeptMail.objects.filter(recipient__iexact=address).delete()


def expires(message: EmailMessage, moment: datetime) -> None:
    """Say until when a mail is of use, such as one with a code; kept later than that it is thrown away."""
    message.of_use_until = moment  # type: ignore[attr-defined]


def _mails_of(message: EmailMessage) -> list[KeptMail]:
    """One mail for each recipient, as it goes to the server."""
    encoding = message.encoding or "utf-8"
    content = message.message().as_bytes(linesep="\r\n")
    sender = sanitize_address(message.from_email, encoding)
    until = getattr(message, "of_use_until", None)
    return [
        KeptMail(
            sender=sender, recipient=sanitize_address(address, encoding), subject=message.subject[:200], content=content,
            until=until,
        )
        for address in message.recipients()
    ]  # fmt: skip


def _later(mail: KeptMail, problem: str) -> KeptMail:
    """The mail, put off until its next attempt or given up."""
    due = timezone.now() + timedelta(seconds=RETRIES[min(mail.attempts, len(RETRIES) - 1)])
    is_over = mail.attempts >= len(RETRIES) or (mail.until is not None and due > mail.until)
    mail.due_at = None if is_over else due
    mail.attempts += 1
    mail.problem = problem[:200]
    if is_over:
        # What it said is of no use any more; that it did not arrive is still shown.
        mail.content = b""
    return mail


def _said(error: Exception) -> str:
    """What the server said, without the address that the mail was for."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        return f"{code} {_text(words)}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return str(error) or type(error).__name__


def _text(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words

"""Background work of the listen part."""

from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from askfirst.base import queries as base
from askfirst.base.web import absolute
from askfirst.listen import heard, queries, taking
from askfirst.listen.errors import ListenError


@task()
def mail_alert(pk: int) -> int:
    """Tell everybody who listens that a burst has begun. Returns how many mails went out."""
    alert = queries.alert(pk)
    if alert is None or alert.ended_at is not None:
        return 0
    mails = []
    for person in queries.listeners():
        with translation.override(person.language or settings.LANGUAGE_CODE):
            subject = _("Burst: “%(name)s”, %(seen)s posts in half an hour.") % {
                "name": alert.query.name,
                "seen": alert.seen,
            }
            lines = [
                subject,
                *([_("About:") + " " + ", ".join(alert.terms)] if alert.terms else []),
                absolute(reverse("listen:alerts")),
                f"--\n{base.sender()}",
            ]
            mails.append(EmailMessage(subject, "\n\n".join(lines), to=[person.email]))
    return get_connection().send_messages(mails) or 0


@task()
def back_fill(pk: int, version: int) -> int:
    """Look among what is kept for what a new or changed query would have found. Returns how many mentions it has now."""
    query = queries.saved_query(pk, version)
    return heard.back_fill(query) if query else 0


@task()
def bring_posts(path: str, source: int, language: str) -> tuple[int, int]:
    """Take in a large file of posts; running twice doubles nothing. What is wrong with it stands beside its source."""
    row, file = queries.source(source), Path(path)
    try:
        with translation.override(language):
            return taking.take_file(file, source=row) if row else (0, 0)
    except ListenError:
        return 0, 0
    finally:
        file.unlink(missing_ok=True)

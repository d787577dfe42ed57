"""The week's digest: opportunities beside risks, what waits, and the themes; on Monday mornings to everybody who listens."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from askfirst.base.web import absolute
from askfirst.listen import actions, queries, themes
from askfirst.listen.models import OPPORTUNITIES, RISKS
from askfirst.people import mails as mailing
from askfirst.people.models import MailKind

MONDAY, FROM_HOUR, SHOWN = 0, 7, 5


def send_digest(now: timezone.datetime | None = None) -> int:
    """Send the digest, once a week. Returns how many mails went out; nothing was said, nothing is sent."""
    moment = timezone.localtime(now)
    if moment.weekday() != MONDAY or moment.hour < FROM_HOUR:
        return 0
    readers = mailing.wanting(queries.listeners(), MailKind.DIGEST)
    week = moment.date() - timedelta(days=7)
    opportunities, risks = queries.sides(7)
    if not readers or not (opportunities or risks) or queries.has_digest(week):
        return 0
    found = themes.week()
    facts = {
        "opportunities": opportunities, "risks": risks, "numbers": queries.numbers(7), "themes": found.themes[:SHOWN],
        "best": queries.foremost(OPPORTUNITIES, 7, SHOWN), "worst": queries.foremost(RISKS, 7, SHOWN),
    }  # fmt: skip
    mails = []
    for person in readers:
        with translation.override(person.language or settings.LANGUAGE_CODE):
            context = {
                **facts, "person": person, "address": absolute(reverse("listen:desk")),
                "themes_address": absolute(reverse("listen:themes")), "stop": mailing.address(person, MailKind.DIGEST),
            }  # fmt: skip
            subject = _("Heard last week: %(good)d opportunities, %(bad)d risks") % {
                "good": opportunities,
                "bad": risks,
            }
            mails.append(
                EmailMultiAlternatives(
                    subject, render_to_string("listen/digest.txt", context), to=[person.email],
                    headers=mailing.headers(context["stop"]),
                )
            )  # fmt: skip
    # Claimed when all is written, so that what fails before is tried again in an hour.
    return (get_connection().send_messages(mails) or 0) if actions.claim_digest(week) else 0

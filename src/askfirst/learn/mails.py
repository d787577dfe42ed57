"""A mail to those who want one when a question is due: once a week at most, in working hours."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from askfirst.base.web import absolute
from askfirst.learn import refreshers
from askfirst.learn.models import Wish
from askfirst.people import mails
from askfirst.people.models import MailKind

FROM_HOUR, UNTIL_HOUR = 9, 17
WEEK = timedelta(days=7)
BATCH = 500


def send_due(now: timezone.datetime | None = None) -> int:
    """Send what is due. Returns how many mails went out; a kill between sending and noting repeats one batch at most."""
    moment = timezone.localtime(now)
    if not FROM_HOUR <= moment.hour < UNTIL_HOUR or moment.weekday() > 4:
        return 0
    wishes = Wish.objects.filter(Q(mailed_at=None) | Q(mailed_at__lte=moment - WEEK), person__is_active=True)
    sent = 0
    for batch in _batches(wishes.select_related("person").iterator(BATCH), BATCH):
        wanting = mails.wanting((wish.person for wish in batch), MailKind.REFRESHERS)
        due = refreshers.people_with_due(wanting)
        sent += _send([wish for wish in batch if wish.person_id in due], moment)
    return sent


def _batches(rows: Iterable[Wish], size: int) -> Iterator[list[Wish]]:
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        yield batch


def _send(wishes: list[Wish], moment: timezone.datetime) -> int:
    if not wishes:
        return 0
    get_connection().send_messages([_mail(wish) for wish in wishes])
    return Wish.objects.filter(pk__in=[wish.pk for wish in wishes]).update(mailed_at=moment)


def _mail(wish: Wish) -> EmailMessage:
    person = wish.person
    with translation.override(person.language or settings.LANGUAGE_CODE):
        stop = mails.address(person, MailKind.REFRESHERS)
        body = render_to_string(
            "learn/mail.txt", {"person": person, "address": absolute(reverse("learn:refresh")), "stop": stop}
        )
        return EmailMessage(_("Do you still know?"), body, to=[person.email], headers=mails.headers(stop))

"""Mails to those who were asked to read: at the start, a week before, a day before, on the day, and once after."""

from datetime import date

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from askfirst.base import outbox
from askfirst.base.web import absolute
from askfirst.people import mails
from askfirst.people.models import MailKind
from askfirst.policy import knowing
from askfirst.policy.models import Asked

QUIET_BEFORE, QUIET_FROM = 7, 19
BATCH = 200


def stage_of(asked_on: date, due_on: date, today: date) -> str:
    """Which reminder belongs to a day: start, week, day, due or after; empty for none."""
    left = (due_on - today).days
    if left < 0:
        return "after" if left <= -3 else ""
    if left == 0:
        return "due"
    if left == 1:
        return "day"
    if left <= 7 and (today - asked_on).days >= 2:
        return "week"
    return "start"


def send_due(now: timezone.datetime | None = None) -> int:
    """Send what is due, one mail a person for all policies together. Returns how many mails went out.

    Whoever stopped the reminders still gets the first mail and those from the last day on. Nothing goes out in the
    quiet hours. A stage that was sent, or passed, is never sent later; a kill between sending and noting repeats at
    most one batch.
    """
    moment = timezone.localtime(now)
    if not QUIET_BEFORE <= moment.hour < QUIET_FROM:
        return 0
    today, sent = moment.date(), 0
    due: list[Asked] = []
    for asked in knowing.unread().order_by("person_id").iterator(chunk_size=2000):
        stage = stage_of(timezone.localtime(asked.at).date(), asked.version.due_on, today)
        if not stage or stage in asked.reminded.split():
            continue
        asked.reminded = f"{asked.reminded} {stage}".strip()
        if due and due[-1].person_id != asked.person_id and len(due) >= BATCH:
            sent += _send(due)
            due = []
        due.append(asked)
    sent += _send(due)
    if sent:
        outbox.announce("policy.reminded", people=sent)
    return sent


def _send(due: list[Asked]) -> int:
    people: dict[int, list[Asked]] = {}
    for asked in due:
        people.setdefault(asked.person_id, []).append(asked)
    if not people:
        return 0
    off = mails.stopped([rows[0].person for rows in people.values()], MailKind.REMINDERS)
    sent = [rows for pk, rows in people.items() if pk not in off or any(_must_come(own) for own in rows)]
    get_connection().send_messages([_mail(rows) for rows in sent])
    Asked.objects.bulk_update(due, ["reminded"])
    return len(sent)


def _must_come(asked: Asked) -> bool:
    """The first mail and those from the last day on are part of being asked; those between can be stopped."""
    return asked.reminded.split()[-1] not in {"week", "day"}


def _mail(rows: list[Asked]) -> EmailMultiAlternatives:
    person = rows[0].person
    with translation.override(person.language or settings.LANGUAGE_CODE):
        items = [(asked, absolute(reverse("policy:know", args=[asked.version.policy_id]))) for asked in rows]
        context = {
            "person": person, "items": items, "today": absolute(reverse("plan:today")),
            "stop": mails.address(person, MailKind.REMINDERS),
        }  # fmt: skip
        subject = _("Please read: %s") % ", ".join(str(asked.version.policy) for asked in rows)
        mail = EmailMultiAlternatives(
            " ".join(subject.split())[:200], render_to_string("policy/mail.txt", context), to=[person.email],
            headers=mails.headers(context["stop"]),
        )  # fmt: skip
        mail.attach_alternative(render_to_string("policy/mail.html", context), "text/html")
    return mail

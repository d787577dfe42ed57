"""Background work of the share part."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks import task

from askfirst.base.web import absolute
from askfirst.people.models import Person
from askfirst.share import queries
from askfirst.share.models import Briefing

BATCH = 200


@task()
def mail_briefing(pk: int) -> int:
    """Mail a briefing to everybody it is for who has not read it yet. Returns how many mails went out."""
    briefing = Briefing.objects.filter(pk=pk, expires_at__gt=timezone.now()).first()
    if briefing is None:
        return 0
    people = (
        queries.addressed(briefing).filter(pk__gt=briefing.mailed_to).exclude(pk__in=briefing.reads.values("person"))
    )
    sent = 0
    # In batches, so that a briefing that is ended meanwhile stops, and a killed process mails nobody twice but the last batch.
    while batch := list(people.filter(pk__gt=briefing.mailed_to).order_by("pk")[:BATCH]):
        if not Briefing.objects.filter(pk=pk, expires_at__gt=timezone.now()).exists():
            break
        sent += get_connection().send_messages([_mail(briefing, person) for person in batch]) or 0
        briefing.mailed_to = batch[-1].pk
        briefing.save(update_fields=["mailed_to"])
    return sent


def _mail(briefing: Briefing, person: Person) -> EmailMultiAlternatives:
    with translation.override(person.language or settings.LANGUAGE_CODE):
        address = absolute(reverse("share:briefing", args=[briefing.pk]))
        context = {"briefing": briefing, "person": person, "address": address}
        mail = EmailMultiAlternatives(briefing.headline, render_to_string("share/mail.txt", context), to=[person.email])
        mail.attach_alternative(render_to_string("share/mail.html", context), "text/html")
    return mail

"""Background work of the share part."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks import task

from askfirst.base.web import absolute
from askfirst.share import queries
from askfirst.share.models import Briefing

BATCH = 200


@task()
def mail_briefing(pk: int) -> int:
    """Mail a briefing to everybody it is for who has not read it yet. Returns how many mails went out."""
    briefing = Briefing.objects.filter(pk=pk, expires_at__gt=timezone.now()).first()
    if briefing is None:
        return 0
    people = queries.addressed(briefing).exclude(pk__in=briefing.reads.values("person")).order_by("pk")
    address = absolute(reverse("share:briefing", args=[pk]))
    sent, batch = 0, []
    for person in people.iterator(chunk_size=2000):
        with translation.override(person.language or settings.LANGUAGE_CODE):
            context = {"briefing": briefing, "person": person, "address": address}
            mail = EmailMultiAlternatives(
                briefing.headline, render_to_string("share/mail.txt", context), to=[person.email]
            )
            mail.attach_alternative(render_to_string("share/mail.html", context), "text/html")
        batch.append(mail)
        if len(batch) >= BATCH:
            sent += get_connection().send_messages(batch) or 0
            batch = []
    return sent + (get_connection().send_messages(batch) or 0 if batch else 0)

"""Background work of the jam part."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_tasks import task

from askfirst.base import queries as base
from askfirst.base.web import absolute
from askfirst.jam import queries


@task()
def mail_handed(pk: int, number: int = 1) -> int:
    """Tell somebody that a group was put into their hands, the first of `number`. Returns how many mails went out."""
    group = queries.in_somebodys_hands(pk)
    if group is None:
        return 0
    title = group.name
    with translation.override(group.owner.language or settings.LANGUAGE_CODE):
        due = _("Until %s.") % date_format(group.due_on, "DATE_FORMAT") if group.due_on else ""
        more = _("With it %d more of this jam.") % (number - 1) if number > 1 else ""
        lines = [
            title, group.reason or group.answer, due, more, _("What you answer is read by those who asked."),
            absolute(reverse("jam:handed", args=[pk])), f"--\n{base.sender()}",
        ]  # fmt: skip
        subject = " ".join((_("In your hands: %s") % title[:120]).split())
        return EmailMessage(subject, "\n\n".join(filter(None, lines)), to=[group.owner.email]).send()

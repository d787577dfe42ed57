"""Mails that can be stopped: from the mail itself, in one click, and on one's own page; what has to be known still comes."""

from datetime import timedelta

from django.core import mail
from django.test import Client
from django.utils import timezone

from askfirst.people import mails
from askfirst.people.models import MailKind, StoppedMail
from askfirst.policy import actions as policies
from askfirst.policy import reminders
from askfirst.policy.models import Asked
from tests import makers


def path_of(address: str) -> str:
    return address.removeprefix("http://localhost:8000")


def test_mail_program_stops_a_mail_in_one_click_without_signing_in(eli):
    address = path_of(mails.headers(mails.address(eli, MailKind.REMINDERS))["List-Unsubscribe"].strip("<>"))
    strict = Client(enforce_csrf_checks=True)

    assert "Stop these mails" in strict.get(address).content.decode()
    assert not StoppedMail.objects.exists()
    assert strict.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert mails.stopped([eli], MailKind.REMINDERS) == {eli.pk}
    assert "have stopped" in strict.get(address).content.decode()

    strict.post(address, {"again": "1"})
    assert not StoppedMail.objects.exists()


def test_forged_address_and_that_of_a_leaver_stop_nothing(eli):
    address = path_of(mails.address(eli, MailKind.REMINDERS))
    eli.is_active = False
    eli.save()

    assert Client().post(address).status_code == 404
    assert Client().post(address.replace(":", ".", 1)).status_code == 404
    assert not StoppedMail.objects.exists()


def test_own_page_lists_what_may_come_and_nobody_stops_what_is_not_theirs(eli, amba, browser_of):
    browser = browser_of(eli)
    assert "monthly report" not in browser.get("/people/me").content.decode()

    browser.post("/people/me/mails", {"kind": "reminders"})
    browser.post("/people/me/mails", {"kind": "report"})
    # A second press, or that of another tab, says the same again.
    browser.post("/people/me/mails", {"kind": "reminders"})

    assert [(row.person, row.kind) for row in StoppedMail.objects.all()] == [(eli, "reminders")]
    browser.post("/people/me/mails", {"kind": "reminders", "come": "1"})
    assert not StoppedMail.objects.exists()


def test_who_stopped_reminders_gets_the_first_mail_and_the_last_day_only(eli, ada):
    version = policies.publish(makers.make_policy(ada), by=ada)
    mails.stop(eli, MailKind.REMINDERS)
    Asked.objects.exclude(person=eli).delete()
    start = timezone.localtime().replace(hour=12)
    due = (version.due_on - start.date()).days

    came = [day for day in (0, due - 7, due - 1, due, due + 3) if reminders.send_due(start + timedelta(days=day))]

    assert came == [0, due, due + 3]
    first = mail.outbox[0]
    assert first.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stopping = first.extra_headers["List-Unsubscribe"].strip("<>")
    assert mails.read(stopping.rpartition("/")[2]) == (eli, MailKind.REMINDERS)
    assert all(stopping in body for body in (first.body, *(body for body, _kind in first.alternatives)))

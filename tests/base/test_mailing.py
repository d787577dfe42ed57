"""Mails to a real mail server on loopback: refused addresses, a server that is gone or gives up, and what is kept."""

import socketserver
import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.mail import EmailMessage, get_connection
from django.utils import timezone

from askfirst.base import mailing
from askfirst.base.models import KeptMail
from askfirst.plan import actions as plan
from askfirst.plan import checkup

pytestmark = pytest.mark.django_db


class Sink(socketserver.ThreadingTCPServer):
    """Takes mails; refuses addresses in `refused` with the answer there, and hangs up at one called `hangup`."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, address):
        super().__init__(address, _Talk)
        self.refused, self.taken = {}, []


class _Talk(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 sink")
        recipient = ""
        while line := self.rfile.readline().decode().strip():
            verb = line.upper()
            if verb.startswith("RCPT"):
                recipient = line.split("<")[1].split(">")[0]
                if recipient.startswith("hangup"):
                    return
                self.say(self.server.refused.get(recipient, "250 ok"))
            elif verb == "DATA":
                self.say("354 go on")
                self.server.taken.append((recipient, self.data()))
                self.say("250 kept")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def data(self):
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        return b"".join(lines).decode()

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def sink(settings, monkeypatch):
    monkeypatch.setattr(mailing, "_unreachable_until", 0.0)
    with Sink(("127.0.0.1", 0)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "askfirst.base.mailing.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        yield server
        server.shutdown()


def mails(*names):
    return [EmailMessage("Hello", f"To {name}.", to=[f"{name}@example.org"]) for name in names]


def due_now():
    KeptMail.objects.exclude(due_at=None).update(due_at=timezone.now())


def names(sink):
    return [recipient.partition("@")[0] for recipient, _ in sink.taken]


def test_refused_address_holds_up_nobody_elses_mail_and_is_tried_again(sink):
    sink.refused = {"gone@example.org": "550 5.1.1 No such mailbox", "full@example.org": "452 4.2.2 Mailbox full"}

    assert get_connection().send_messages(mails("one", "gone", "two", "full", "three")) == 5

    assert names(sink) == ["one", "two", "three"]
    assert list(KeptMail.objects.values_list("recipient", "problem")) == [
        ("gone@example.org", "550 5.1.1 No such mailbox"), ("full@example.org", "452 4.2.2 Mailbox full"),
    ]  # fmt: skip
    assert mailing.send_due() == 0
    sink.refused.pop("full@example.org")
    due_now()
    assert mailing.send_due() == 1
    assert names(sink)[-1] == "full"
    assert "To full." in sink.taken[-1][1]


def test_server_that_hangs_up_or_is_gone_loses_and_doubles_nothing(sink, monkeypatch):
    get_connection().send_messages(mails("one", "hangup", "two"))

    # Not tried again at once for each mail: the server is left in peace for a minute.
    assert names(sink) == ["one"]
    assert sorted(KeptMail.objects.values_list("recipient", flat=True)) == ["hangup@example.org", "two@example.org"]
    due_now()
    assert mailing.send_due() == 0
    monkeypatch.setattr(mailing, "_unreachable_until", 0.0)
    KeptMail.objects.filter(recipient__startswith="hangup").update(recipient="well@example.org")
    assert mailing.send_due() == 2
    assert sorted(names(sink)) == ["one", "two", "well"]
    assert not KeptMail.objects.exists()


def test_mail_that_nobody_takes_is_given_up_and_named_where_the_setup_is_explained(sink, settings):
    settings.OPTIONS = SimpleNamespace(mail_url="smtp://mail.example.org", mail_from="ask@example.org")
    sink.refused = {"gone@example.org": "550 5.1.1 No such mailbox"}
    get_connection().send_messages(mails("gone"))
    assert any("1 mail waits to be sent: 550" in fact.text for fact in checkup._mail())

    for _attempt in mailing.RETRIES:
        due_now()
        mailing.send_due()

    [kept] = KeptMail.objects.all()
    assert (kept.due_at, bytes(kept.content)) == (None, b"")
    assert any("given up, to gone@example.org: 550" in fact.text for fact in checkup._mail())
    KeptMail.objects.update(at=timezone.now() - timedelta(days=15))
    assert mailing.tidy() == 1


def test_code_is_not_sent_when_it_is_of_no_use_any_more(sink, eli, nobody):
    sink.refused = {eli.email: "451 4.7.1 Later"}

    answer = nobody.post("/account/login/code/", {"email": eli.email})

    assert answer.status_code == 302
    KeptMail.objects.update(until=timezone.now() + timedelta(seconds=30))
    due_now()
    mailing.send_due()
    assert KeptMail.objects.get().due_at is None
    assert sink.taken == []


def test_mail_to_somebody_who_is_erased_is_thrown_away(sink, eli, ada):
    sink.refused = {eli.email: "451 4.7.1 Later"}
    get_connection().send_messages([EmailMessage("Hello", "You.", to=[eli.email])])

    plan.erase(eli, by=ada)

    assert not KeptMail.objects.exists()


def test_words_beyond_ascii_arrive(sink):
    get_connection().send_messages(
        [EmailMessage("Grüße – 你好", "Schön, dass du da bist.\n.\nEnde", to=["Ünal <u@example.org>"])]
    )

    [(recipient, content)] = sink.taken
    assert recipient == "u@example.org"
    assert "utf-8" in content

"""Other systems: told of what happened after it happened, signed, again until it arrives, and never of more than was ticked."""

import base64
import hashlib
import hmac
import json
import socket
import threading
import uuid
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

import askfirst
from askfirst import events
from askfirst.base import actions, log, outbox
from askfirst.base.models import Delivery
from askfirst.engines.lessons import right_answer
from askfirst.learn import actions as learn
from askfirst.learn import practice
from askfirst.learn.models import Drill
from tests import makers


class Receiver(ThreadingHTTPServer):
    """Another system on loopback: answers with `statuses` in turn, then 200; keeps what it was sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.statuses: list[int] = []
        self.heard: list[tuple[dict[str, str], bytes]] = []
        self.address = f"http://127.0.0.1:{self.server_port}/in"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(self.server.statuses.pop(0) if self.server.statuses else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def receiver(monkeypatch):
    inside = settings.OPTIONS.__class__(**{**vars(settings.OPTIONS), "listen_private": True})
    monkeypatch.setattr(settings, "OPTIONS", inside)
    server = Receiver()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


def hook(ada, receiver, *names, shape="signed", secret=""):
    return actions.add_webhook(
        by=ada, name="Intranet", address=receiver.address, shape=shape, events=list(names), secret=secret
    )


def test_event_arrives_signed_so_that_others_can_check_it(ada, receiver):
    _hook, secret = hook(ada, receiver, "jam.closed")
    jam = makers.make_jam()

    log.record("jam.closed", actor=ada, subject=jam.code)
    log.record("jam.changed", actor=ada, subject=jam.code)

    assert outbox.send_due() == 1
    [(headers, body)] = receiver.heard
    data = json.loads(body)
    assert data["type"] == "jam.closed"
    assert data["data"] == {"subject": jam.code, "address": f"{settings.SITE_URL}/j/{jam.code}/ledger"}
    # As the specification says, and without our code.
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert abs(int(headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60


def test_nothing_goes_out_for_what_was_rolled_back(ada, receiver):
    hook(ada, receiver, "jam.closed")

    with transaction.atomic():
        log.record("jam.closed", actor=ada, subject="ABCDEF")
        transaction.set_rollback(True)

    assert Delivery.objects.count() == 0


def test_what_does_not_arrive_is_sent_again_with_the_same_id_and_given_up_at_last(ada, receiver):
    hook(ada, receiver, "jam.closed")
    receiver.statuses = [503, 500]
    log.record("jam.closed", actor=ada, subject=makers.make_jam().code)

    for _ in range(3):
        outbox.send_due()
        assert outbox.send_due() == 0
        Delivery.objects.exclude(due_at=None).update(due_at=timezone.now() - timedelta(seconds=1))

    assert Delivery.objects.get().arrived_at is not None
    assert len({headers["webhook-id"] for headers, _body in receiver.heard}) == 1
    assert len(receiver.heard) == 3

    receiver.statuses = [500] * 20
    log.record("jam.closed", actor=ada, subject=makers.make_jam().code)
    for _ in range(12):
        outbox.send_due()
        Delivery.objects.exclude(due_at=None).update(due_at=timezone.now() - timedelta(seconds=1))
    lost = Delivery.objects.first()
    assert (lost.attempts, lost.due_at, lost.arrived_at) == (len(outbox.RETRIES) + 1, None, None)
    assert lost.problem == "The answer was 500."


def test_system_that_is_away_is_asked_once_and_holds_up_no_other(ada, receiver):
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        free = deaf.getsockname()[1]
    gone, _secret = actions.add_webhook(
        by=ada, name="Gone", address=f"http://127.0.0.1:{free}/", shape="signed", events=["jam.closed"]
    )
    there, _secret = hook(ada, receiver, "jam.closed")
    for _ in range(5):
        log.record("jam.closed", actor=ada, subject=makers.make_jam().code)

    assert outbox.send_due() == 5

    waiting = gone.deliveries.values_list("attempts", "arrived_at")
    assert list(waiting) == [(1, None)] * 5
    assert len({own.due_at for own in gone.deliveries.all()}) <= 2
    assert all(own.problem for own in gone.deliveries.all())
    assert there.deliveries.exclude(arrived_at=None).count() == 5


def test_event_that_nobody_foresaw_is_named_and_holds_up_no_other(ada, receiver):
    wrong, _secret = hook(ada, receiver, "jam.closed")
    Delivery.objects.create(webhook=wrong, event="jam.of_a_later_version", due_at=timezone.now() - timedelta(days=1))
    log.record("jam.closed", actor=ada, subject=makers.make_jam().code)

    assert outbox.send_due() == 1

    left = Delivery.objects.get(event="jam.of_a_later_version")
    assert left.attempts == 1
    assert "KeyError" in left.problem


def test_process_that_dies_while_sending_loses_nothing(ada, receiver, monkeypatch):
    hook(ada, receiver, "jam.closed")
    log.record("jam.closed", actor=ada, subject=makers.make_jam().code)

    def power_cut(*arguments, **more):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(outbox.fetch, "post", power_cut)
        with pytest.raises(KeyboardInterrupt):
            outbox.send_due()
    # Nobody else sends while an attempt may be under way; after its time it is sent.
    assert outbox.send_due() == 0
    Delivery.objects.update(due_at=timezone.now())
    assert outbox.send_due() == 1


def test_chat_is_told_in_a_sentence_with_a_link(ada, receiver):
    hook(ada, receiver, "jam.created", shape="chat")
    jam = makers.make_jam()
    log.record("jam.created", actor=ada, subject=jam.code)

    outbox.send_due()

    assert json.loads(receiver.heard[0][1]) == {"text": f"Askfirst: A jam was made. {settings.SITE_URL}/j/{jam.code}"}


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("https://halden.webhook.office.com/webhookb2/1", "attachments.0.content.body.0.text"),
        ("https://prod-12.westeurope.logic.azure.com/workflows/1", "attachments.0.content.body.0.text"),
        ("https://discord.com/api/webhooks/1/x", "content"),
        ("https://hooks.slack.com/services/T/B/x", "text"),
    ],
)
def test_each_chat_is_told_in_the_shape_that_it_takes(ada, address, says):
    made, _secret = actions.add_webhook(by=ada, name="Chat", address=address, shape="chat", events=["jam.created"])
    jam = makers.make_jam()

    _headers, body = outbox.SHAPES["chat"](Delivery.objects.get(webhook=made), "")

    found = json.loads(body)
    for step in says.split("."):
        found = found[int(step) if step.isdigit() else step]
    assert found.startswith("Askfirst: A jam was made.")
    assert f"{settings.SITE_URL}/j/{jam.code}" in body.decode()


def test_every_choice_of_a_drill_becomes_a_statement_without_a_name(ada, eli, receiver):
    practice.load_drills()
    learn.load_starter()
    hook(ada, receiver, *outbox.xapi.VERBS, shape="xapi", secret="store:pass")
    play = practice.begin_play(Drill.objects.first(), person=eli)
    practice.choose(play, scene=play.scene, number=0)
    lesson = next(own for own in learn.Lesson.objects.all() if own.parsed.questions[0].kind == "choice")
    chosen = {at: right_answer(question) for at, question in enumerate(lesson.parsed.questions)}
    learn.finish_lesson(lesson, person=eli, chosen=chosen)
    # Two had been kept by the store when the answer was lost.
    receiver.statuses = [409]

    assert outbox.send_due() == 2

    statements = [json.loads(body) for _headers, body in receiver.heard]
    assert [own["verb"]["display"]["en"] for own in statements] == ["answered", "completed"]
    for own in statements:
        uuid.UUID(own["id"])
        assert own["actor"] == {
            "objectType": "Agent", "account": {"homePage": settings.SITE_URL.rstrip("/"), "name": str(eli.pk)}
        }  # fmt: skip
        assert own["result"].keys() <= {"success", "score", "completion", "duration", "response"}
    assert statements[1]["result"]["score"]["scaled"] == 1.0
    assert statements[0]["context"]["contextActivities"]["parent"][0]["id"].endswith(f"/drills/{play.drill_id}")
    headers, sent = receiver.heard[0]
    assert headers["x-experience-api-version"] == "1.0.3"
    assert headers["authorization"] == f"Basic {base64.b64encode(b'store:pass').decode()}"
    everything = b"".join(body for _headers, body in receiver.heard)
    assert eli.email.encode() not in everything
    assert eli.name.encode() not in everything


def test_switched_off_system_hears_nothing_and_inside_addresses_need_the_option(ada, receiver, monkeypatch):
    made, _secret = hook(ada, receiver, "jam.closed")
    actions.switch_webhook(made, by=ada, is_on=False)
    log.record("jam.closed", actor=ada, subject="ABCDEF")
    assert Delivery.objects.count() == 0

    actions.switch_webhook(made, by=ada, is_on=True)
    outside = settings.OPTIONS.__class__(**{**vars(settings.OPTIONS), "listen_private": False})
    monkeypatch.setattr(settings, "OPTIONS", outside)
    log.record("jam.closed", actor=ada, subject=makers.make_jam().code)
    assert outbox.send_due() == 0
    assert Delivery.objects.get().problem
    assert receiver.heard == []


def test_every_event_happens_somewhere():
    source = "".join(
        path.read_text() for path in Path(askfirst.__file__).parent.rglob("*.py") if path.name != "events.py"
    )
    for event in events.EVENTS:
        verb = event.name.partition(".")[2]
        assert f'"{event.name}"' in source or (event.name.startswith("jam.") and f'"{verb}"' in source), event.name


def test_pages_set_a_system_up_show_its_secret_once_and_send_again(ada, eli, receiver, browser_of):
    browser = browser_of(ada)
    data = {"name": "Intranet", "address": receiver.address, "shape": "signed", "events": ["jam.closed"]}
    page = browser.post("/people/systems/", data)
    assert "whsec_" in page.content.decode()
    assert "whsec_" not in browser.get("/people/systems/").content.decode()

    receiver.statuses = [500]
    log.record("jam.closed", actor=ada, subject=makers.make_jam().code)
    outbox.send_due()
    delivery = Delivery.objects.get()
    assert "The answer was 500." in browser.get(f"/people/systems/{delivery.webhook_id}/").content.decode()
    browser.post(f"/people/systems/deliveries/{delivery.pk}/again")
    assert outbox.send_due() == 1

    wrong = {**data, "shape": "xapi", "secret": "nocolon"}
    refused = browser.post("/people/systems/", wrong)
    assert refused.status_code == 422
    assert "Write user:password." in refused.content.decode()
    assert browser_of(eli).get("/people/systems/").status_code == 403


def test_system_is_told_of_other_events_from_now_on(ada, browser_of):
    hook, _secret = actions.add_webhook(
        by=ada, name="Chat", shape="chat", address="https://chat.example/", events=["jam.closed"]
    )
    browser, address = browser_of(ada), f"/people/systems/{hook.pk}/"

    browser.post(address, {"name": "Shop chat", "events": ["policy.published", "share.briefing_sent"]})

    hook.refresh_from_db()
    assert (hook.name, hook.events, hook.is_on) == ("Shop chat", ["policy.published", "share.briefing_sent"], True)
    assert browser.post(address, {"name": "Shop chat", "events": ["no.such"]}).status_code == 422
    assert browser.post(address, {"name": "Shop chat"}).status_code == 422
    store, _none = actions.add_webhook(
        by=ada, name="Store", shape="xapi", address="https://chat.example/", events=["learn.lesson_done"], secret="a:b"
    )
    said = browser.post(f"/people/systems/{store.pk}/", {"name": "Store", "events": ["jam.closed"]})
    assert "told of what people do while learning, only" in said.content.decode()

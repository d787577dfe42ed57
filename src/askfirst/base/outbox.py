"""Tell other systems what happened: noted in the transaction in which it happens, sent after it, again until it arrives.

Signed events follow the Standard Webhooks specification 1.0 (webhook-id, webhook-timestamp, webhook-signature: HMAC-SHA256
over all three); the receiver takes what it has seen already, by its id, as said. Order is not promised.
"""

import base64
import hashlib
import hmac
import json
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django_tasks import task

from askfirst import events
from askfirst.base import fetch, queries
from askfirst.base.models import Delivery, Shape
from askfirst.base.sealing import CannotUnseal, unseal
from askfirst.base.web import absolute
from askfirst.engines.packs import xapi

logger = logging.getLogger(__name__)

PURPOSE = "webhook"
# Seconds from one attempt to the next; after the last the delivery is given up, and shown.
RETRIES = (5, 300, 1800, 7200, 18_000, 36_000, 50_400)
# While one attempt is under way nobody else makes one; a killed process's attempt is made again after this.
LEASE = timedelta(seconds=60)
BATCH = 50
KEPT = timedelta(days=30)


def announce(event: str, *, subject: str = "", **detail: object) -> None:
    """Note an event, inside the caller's transaction, for every system that asked for it.

    Args:
        event: a name in askfirst.events; any other is nobody's business.
        detail: JSON values; people by number only, never what participants wrote.
    """
    if event not in events.BY_NAME:
        return
    now = timezone.now()
    wanted = queries.hooks_that_hear(event)
    if wanted:
        Delivery.objects.bulk_create(
            Delivery(webhook=hook, event=event, subject=subject, detail=detail, due_at=now) for hook in wanted
        )
        transaction.on_commit(send.enqueue)


@task()
def send() -> int:
    """Send what has just been noted."""
    return send_due()


def send_due() -> int:
    """Send what is due. Returns how many arrived. Several processes may do this at once: each takes what it claims.

    A system that does not answer is asked once: that attempt counts for all that waits for it, so that it holds up no other.
    """
    arrived, away = 0, set()
    due = Delivery.objects.filter(due_at__lte=timezone.now(), webhook__is_on=True).select_related("webhook")
    for delivery in due.order_by("due_at", "id")[:BATCH]:
        claimed = Delivery.objects.filter(pk=delivery.pk, due_at=delivery.due_at)
        if delivery.webhook_id in away or not claimed.update(due_at=timezone.now() + LEASE):
            continue
        try:
            problem = _deliver(delivery)
        except fetch.CannotFetch as error:
            problem = str(error)
            away.add(delivery.webhook_id)
            _put_off(Delivery.objects.filter(webhook=delivery.webhook_id, due_at__lte=timezone.now()), problem)
        except Exception as error:
            logger.exception("Event %s could not be sent.", delivery.key)
            problem = f"It could not be sent ({type(error).__name__}); the server's log says more."
        if problem:
            _put_off(Delivery.objects.filter(pk=delivery.pk), problem)
        else:
            now = timezone.now()
            Delivery.objects.filter(pk=delivery.pk).update(
                attempts=F("attempts") + 1, arrived_at=now, due_at=None, problem=""
            )
            arrived += 1
    return arrived


def send_again(delivery: Delivery) -> None:
    """Try once more, from the first attempt."""
    Delivery.objects.filter(pk=delivery.pk, arrived_at=None).update(due_at=timezone.now(), attempts=0)
    send.enqueue()


def tidy() -> int:
    """Forget what arrived, or was given up, a month ago."""
    return Delivery.objects.filter(due_at=None, at__lt=timezone.now() - KEPT).delete()[0]


def _deliver(delivery: Delivery) -> str:
    """Make an attempt. Returns what is wrong with the answer; empty where it arrived.

    Raises:
        CannotFetch: there was no answer.
    """
    hook = delivery.webhook
    try:
        secret = unseal(hook.secret, PURPOSE) if hook.secret else ""
    except CannotUnseal as error:
        return str(error.message)
    headers, body = SHAPES[hook.shape](delivery, secret)
    answer = fetch.post(hook.address, body, headers=headers, most=4096, allow_private=settings.OPTIONS.listen_private)
    # 409: a learning record store that has the statement already.
    is_there = 200 <= answer.status < 300 or (hook.shape == Shape.XAPI and answer.status == 409)
    return "" if is_there else f"The answer was {answer.status}."


def _put_off(deliveries: QuerySet[Delivery], problem: str) -> None:
    """Note an attempt that failed, and when the next one is due; after the last there is none."""
    now = timezone.now()
    for made in range(len(RETRIES), -1, -1):
        due_at = now + timedelta(seconds=RETRIES[made]) if made < len(RETRIES) else None
        deliveries.filter(attempts=made).update(attempts=made + 1, due_at=due_at, problem=problem[:200])


def page_of(delivery: Delivery) -> str:
    """The absolute address of the page that an event is about, or of the first page."""
    page = events.BY_NAME[delivery.event].page
    return absolute(reverse(page, args=[delivery.subject]) if page else "/")


def signature(secret: str, key: str, timestamp: int, body: bytes) -> str:
    """What a receiver computes, too, to know that an event is from here and was not changed."""
    own = base64.b64decode(secret.removeprefix("whsec_"))
    signed = b"%s.%d.%s" % (key.encode(), timestamp, body)
    return f"v1,{base64.b64encode(hmac.new(own, signed, hashlib.sha256).digest()).decode()}"


def _signed(delivery: Delivery, secret: str) -> tuple[dict[str, str], bytes]:
    body = json.dumps(
        {"type": delivery.event, "timestamp": delivery.at.isoformat(),
         "data": {"subject": delivery.subject, "address": page_of(delivery), **delivery.detail}}
    ).encode()  # fmt: skip
    now, key = int(timezone.now().timestamp()), str(delivery.key)
    head = {"webhook-id": key, "webhook-timestamp": str(now), "webhook-signature": signature(secret, key, now, body)}
    return {"Content-Type": "application/json", **head}, body


def _chat(delivery: Delivery, _secret: str) -> tuple[dict[str, str], bytes]:
    with translation.override(settings.LANGUAGE_CODE):
        text = f"{queries.organisation().name}: {events.BY_NAME[delivery.event].says}"
        opens = gettext("Open")
    host = urlsplit(delivery.webhook.address).hostname or ""
    body = next((written for ends, written in _CHATS if host.endswith(ends)), _as_text)(text, page_of(delivery), opens)
    return {"Content-Type": "application/json"}, json.dumps(body).encode()


def _as_text(text: str, address: str, _opens: str) -> dict[str, Any]:
    """What Slack, Mattermost, Rocket.Chat, Google Chat and most others take."""
    return {"text": f"{text} {address}"}


def _as_content(text: str, address: str, _opens: str) -> dict[str, Any]:
    return {"content": f"{text} {address}", "allowed_mentions": {"parse": []}}


def _as_card(text: str, address: str, opens: str) -> dict[str, Any]:
    """An Adaptive Card, the only thing that a workflow of Microsoft Teams takes."""
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [{"type": "TextBlock", "text": text, "wrap": True}],
        "actions": [{"type": "Action.OpenUrl", "title": opens, "url": address}],
    }
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return {"type": "message", "attachments": [attachment]}


# Chats that want it otherwise, by the end of their host's name.
_CHATS = (
    (".webhook.office.com", _as_card),
    (".logic.azure.com", _as_card),
    (".powerplatform.com", _as_card),
    ("discord.com", _as_content),
    ("discordapp.com", _as_content),
)


def _xapi(delivery: Delivery, secret: str) -> tuple[dict[str, str], bytes]:
    statement = xapi.statement(
        delivery.event, key=str(delivery.key), at=delivery.at.isoformat(), home=absolute("/").rstrip("/"),
        subject=delivery.subject, detail=delivery.detail, language=settings.LANGUAGE_CODE,
    )  # fmt: skip
    login = base64.b64encode(secret.encode()).decode()
    head = {"Content-Type": "application/json", "X-Experience-API-Version": "1.0.3", "Authorization": f"Basic {login}"}
    return head, json.dumps(statement).encode()


SHAPES: dict[str, Callable[[Delivery, str], tuple[dict[str, str], bytes]]] = {
    Shape.SIGNED: _signed,
    Shape.CHAT: _chat,
    Shape.XAPI: _xapi,
}

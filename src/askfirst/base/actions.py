"""Named writes over the shared tables."""

import base64
import secrets
from typing import Any

from django.core.cache import cache
from django.db import transaction

from askfirst.base import log, outbox, queries
from askfirst.base.models import Organisation, Shape, Webhook
from askfirst.base.sealing import seal


def set_organisation(*, name: str, brand_colour: str, logo: bytes | None = None, actor: Any = None) -> Organisation:
    """Name the organisation, give it its colour, and its logo (a PNG; empty takes it away, None leaves it)."""
    fields: dict[str, Any] = {"name": name, "brand_colour": brand_colour.lower()}
    if logo is not None:
        fields["logo"] = logo
    with transaction.atomic():
        organisation, _created = Organisation.objects.update_or_create(pk=1, defaults=fields)
        log.record("base.organisation_set", actor=actor, name=name, brand_colour=brand_colour)
    cache.delete(queries.ORGANISATION)
    return organisation


def add_webhook(*, by: Any, secret: str = "", **fields: Any) -> tuple[Webhook, str]:
    """Set up another system. Returns it and its secret, which is not shown again.

    Args:
        secret: `user:password` of a learning record store; signed events get one of ours, chats need none.
    """
    shape = fields["shape"]
    if shape == Shape.SIGNED:
        secret = f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"
    with transaction.atomic():
        hook = Webhook.objects.create(secret=seal(secret, outbox.PURPOSE) if secret else "", **fields)
        log.record("base.webhook_added", actor=by, subject=hook.name, shape=hook.shape, events=hook.events)
    return hook, secret if shape == Shape.SIGNED else ""


def change_webhook(hook: Webhook, *, by: Any, name: str, events: list[str]) -> None:
    """Tell a system of other events from now on; what waits for it goes out as it is."""
    with transaction.atomic():
        hook.name, hook.events = name, events
        hook.save(update_fields=["name", "events"])
        log.record("base.webhook_changed", actor=by, subject=name, events=events)


def switch_webhook(hook: Webhook, *, by: Any, is_on: bool) -> None:
    """Stop telling a system, or go on; what happens meanwhile is not told later."""
    with transaction.atomic():
        Webhook.objects.filter(pk=hook.pk).update(is_on=is_on)
        log.record("base.webhook_switched", actor=by, subject=hook.name, is_on=is_on)


def remove_webhook(hook: Webhook, *, by: Any) -> None:
    """Forget a system, with what still waits for it."""
    with transaction.atomic():
        log.record("base.webhook_removed", actor=by, subject=hook.name)
        hook.delete()

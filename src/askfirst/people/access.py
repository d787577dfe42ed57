"""Who may see and change what about people."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from askfirst.base.models import Delivery, Webhook
from askfirst.base.web import whole
from askfirst.people.models import ERASED, Person, Team, Token


class SignInFirst(Exception):
    """Nobody is signed in; the door sends them to sign in and back."""


def signed_in(request: Any) -> Person:
    """The person who asks."""
    if not request.user.is_authenticated:
        raise SignInFirst
    return request.user


def admin(request: Any) -> Person:
    """The person who asks, if they run the site."""
    person = signed_in(request)
    if not person.is_admin:
        raise PermissionDenied
    return person


def editor(request: Any) -> Person:
    """The person who asks, if they write policies and lessons."""
    person = signed_in(request)
    if not person.can_edit:
        raise PermissionDenied
    return person


def person_to_edit(request: Any, pk: int) -> Person:
    """A person whose record the one who asks may change; who was erased has none any more."""
    admin(request)
    return get_object_or_404(Person.objects.select_related("team", "manager").exclude(email__endswith=ERASED), pk=pk)


def team_to_change(request: Any, pk: str) -> Team:
    admin(request)
    return get_object_or_404(Team, pk=whole(pk))


def token_to_revoke(request: Any, pk: int) -> Token:
    admin(request)
    return get_object_or_404(Token, pk=pk)


def webhook_to_change(request: Any, pk: int) -> Webhook:
    admin(request)
    return get_object_or_404(Webhook, pk=pk)


def delivery_to_repeat(request: Any, pk: int) -> Delivery:
    admin(request)
    return get_object_or_404(Delivery.objects.select_related("webhook"), pk=pk)

"""Who listens, and who switches sources."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from askfirst.base.web import whole
from askfirst.listen.models import Alert, Mention, Mute, Query, Source
from askfirst.people import access as people_access
from askfirst.people.models import Person


def listener(request: Any) -> Person:
    """The person who asks, if they work the mentions."""
    person = people_access.signed_in(request)
    if not person.can_listen:
        raise PermissionDenied
    return person


def mention_to_work(request: Any, pk: int) -> Mention:
    listener(request)
    return get_object_or_404(Mention.objects.select_related("source"), pk=pk)


def query_to_change(request: Any, pk: int) -> Query:
    listener(request)
    return get_object_or_404(Query, pk=pk)


def source_to_change(request: Any, pk: int) -> Source:
    listener(request)
    return get_object_or_404(Source, pk=pk)


def source_to_switch(request: Any, pk: int, *, is_on: bool) -> Source:
    """Whoever listens may switch a source off; on, an administrator does, who answers for the network's terms."""
    person = listener(request)
    if is_on and not person.is_admin:
        raise PermissionDenied
    return get_object_or_404(Source, pk=pk)


def mute_to_lift(request: Any, pk: str) -> Mute:
    listener(request)
    return get_object_or_404(Mute, pk=whole(pk))


def source_to_feed(pk: int) -> Source:
    """A webhook that is on; whoever sends proves themselves by the signature."""
    return get_object_or_404(Source, pk=pk, kind="webhook", is_on=True)


def alert_to_act_on(request: Any, pk: str) -> Alert:
    listener(request)
    return get_object_or_404(Alert.objects.select_related("query"), pk=whole(pk))

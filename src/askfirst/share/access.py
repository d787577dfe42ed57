"""Who may tell, share, approve and brief."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from askfirst.base.web import NotHere, whole
from askfirst.people import access as people_access
from askfirst.people.access import editor
from askfirst.people.models import Connection, Person
from askfirst.share import queries
from askfirst.share.models import Briefing, Call, Consent, Link, Story


def volunteer(request: Any) -> Person:
    """The person who asks, if they chose to share; others never meet these pages."""
    person = people_access.signed_in(request)
    if not queries.wants_to_share(person):
        raise Http404
    return person


def account_holder(request: Any) -> Person:
    """A volunteer, or somebody who was one and still has an account connected."""
    person = people_access.signed_in(request)
    if not queries.wants_to_share(person) and not person.connections.exists():
        raise Http404
    return person


def connection_to_use(request: Any, network: str) -> Connection:
    """One's own connection, never another's."""
    return get_object_or_404(Connection, person=people_access.signed_in(request), network=network)


def briefer(request: Any) -> Person:
    """The person who asks, if they may brief everybody: editors and listeners."""
    person = people_access.signed_in(request)
    if not (person.can_edit or person.is_listener):
        raise PermissionDenied
    return person


def call_to_answer(request: Any, pk: str) -> Call | None:
    """The open call that a story is told for; None when there is none of this number any more."""
    people_access.signed_in(request)
    known = Call.objects.filter(until_on__gte=timezone.localdate())
    return known.filter(pk=whole(pk)).first()


def call_to_end(request: Any, pk: int) -> Call:
    editor(request)
    return get_object_or_404(Call, pk=pk)


def story_to_share(request: Any, pk: int) -> Story:
    volunteer(request)
    story = get_object_or_404(Story, pk=pk)
    if not story.is_shareable:
        raise NotHere(
            _(
                "This story is not to be shared, or not any more: it has ended, or somebody in it took their agreement back."
            )
        )
    return story


def story_to_see(request: Any, pk: int) -> Story:
    """One's own story, or any for an editor or, once it may be shared, a volunteer."""
    person = people_access.signed_in(request)
    story = get_object_or_404(Story, pk=pk)
    if story.teller_id == person.pk or person.can_edit or (story.is_shareable and queries.wants_to_share(person)):
        return story
    raise Http404


def story_to_edit(request: Any, pk: int) -> Story:
    editor(request)
    return get_object_or_404(Story, pk=pk)


def story_to_withdraw(request: Any, pk: int) -> Story:
    person = people_access.signed_in(request)
    story = get_object_or_404(Story, pk=pk)
    if story.teller_id != person.pk and not person.can_edit:
        raise Http404
    return story


def consent_to_revoke(request: Any, pk: int) -> Consent:
    """By an editor, or by whoever told the story for somebody in it."""
    person = people_access.signed_in(request)
    consent = get_object_or_404(Consent.objects.select_related("story"), pk=pk)
    if consent.story.teller_id != person.pk and not person.can_edit:
        raise Http404
    return consent


def briefing_to_read(request: Any, pk: int) -> Briefing:
    people_access.signed_in(request)
    return get_object_or_404(Briefing, pk=pk)


def briefing_to_end(request: Any, pk: int) -> Briefing:
    briefer(request)
    return get_object_or_404(Briefing, pk=pk)


def link_to_follow(code: str) -> Link:
    return get_object_or_404(Link.objects.select_related("story"), code=code)

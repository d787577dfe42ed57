"""Who sees the plan (everybody who works here) and who writes it and sees the numbers."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from askfirst.people import access as people_access
from askfirst.people import queries as people
from askfirst.people.access import editor
from askfirst.people.models import Person
from askfirst.plan.models import Entry, Version


def planner(request: Any) -> Person:
    """The person who asks, if they have any role: the numbers are for those who act on them."""
    person = people_access.signed_in(request)
    if not person.has_desk:
        raise PermissionDenied
    return person


def manager(request: Any) -> Person:
    """The person who asks, if anybody reports to them."""
    person = people_access.signed_in(request)
    if not people.has_reports(person):
        raise PermissionDenied
    return person


def version_to_read(request: Any, number: int) -> Version:
    people_access.signed_in(request)
    return get_object_or_404(Version.objects.select_related("kept_by"), number=number)


def entry_to_change(request: Any, pk: int) -> Entry:
    editor(request)
    return get_object_or_404(Entry, pk=pk)

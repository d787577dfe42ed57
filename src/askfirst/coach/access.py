"""Who may use the coach (everybody who works here) and who keeps the glossary."""

from typing import Any

from django.shortcuts import get_object_or_404

from askfirst.coach.models import Entry
from askfirst.people import access as people_access
from askfirst.people.access import editor
from askfirst.people.models import Person


def writer(request: Any) -> Person:
    return people_access.signed_in(request)


def entry_to_remove(request: Any, pk: int) -> Entry:
    editor(request)
    return get_object_or_404(Entry, pk=pk)

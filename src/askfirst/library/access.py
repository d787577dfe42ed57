"""Who may see and change the library."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from askfirst.library.models import Answer, Material
from askfirst.people import access as people_access


def answer_to_read(request: Any, pk: int) -> Answer:
    people_access.signed_in(request)
    return _answer(pk)


def answer_to_edit(request: Any, pk: int) -> Answer:
    person = people_access.signed_in(request)
    if not (person.can_edit or person.can_lead):
        raise PermissionDenied
    return _answer(pk)


def editor(request: Any) -> Any:
    """The person who asks, if they may add to the library."""
    person = people_access.signed_in(request)
    if not (person.can_edit or person.can_lead):
        raise PermissionDenied
    return person


def material_to_read(request: Any, pk: int) -> Material:
    people_access.signed_in(request)
    try:
        return Material.objects.get(pk=pk)
    except Material.DoesNotExist:
        raise Http404 from None


def material_to_edit(request: Any, pk: int) -> Material:
    editor(request)
    return material_to_read(request, pk)


def _answer(pk: int) -> Answer:
    try:
        return Answer.objects.get(pk=pk)
    except Answer.DoesNotExist:
        raise Http404 from None

"""Who may see and change the library."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from askfirst.library.models import Answer, Material
from askfirst.people import access as people_access


def answer_to_read(request: Any, pk: int) -> Answer:
    people_access.signed_in(request)
    return get_object_or_404(Answer, pk=pk)


def answer_to_edit(request: Any, pk: int) -> Answer:
    editor(request)
    return answer_to_read(request, pk)


def editor(request: Any) -> Any:
    """The person who asks, if they may add to the library."""
    person = people_access.signed_in(request)
    if not (person.can_edit or person.can_lead):
        raise PermissionDenied
    return person


def material_to_read(request: Any, pk: int) -> Material:
    people_access.signed_in(request)
    return get_object_or_404(Material, pk=pk)


def material_to_edit(request: Any, pk: int) -> Material:
    editor(request)
    return material_to_read(request, pk)

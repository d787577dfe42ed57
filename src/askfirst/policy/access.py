"""Who may read, write and look into policies."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from askfirst.people import access as people_access
from askfirst.people.access import editor
from askfirst.policy import queries
from askfirst.policy.models import Comment, Dispute, Policy, Question, Reference, Version


def policy_to_edit(request: Any, pk: int) -> Policy:
    editor(request)
    return get_object_or_404(Policy, pk=pk)


def policy_to_approve(request: Any, pk: int) -> Policy:
    """A policy whose draft the one who asks may see: an editor, or somebody who must approve it."""
    person = people_access.signed_in(request)
    policy = get_object_or_404(Policy, pk=pk)
    if not (person.can_edit or policy.approvers.filter(pk=person.pk).exists()):
        raise PermissionDenied
    return policy


def version_to_read(request: Any, pk: int) -> Version:
    """The newest version of a policy."""
    people_access.signed_in(request)
    version = queries.current(get_object_or_404(Policy, pk=pk))
    if version is None:
        raise Http404
    return version


def question_to_edit(request: Any, pk: int) -> Question:
    editor(request)
    return get_object_or_404(Question, pk=pk)


def comment_to_settle(request: Any, pk: int) -> Comment:
    editor(request)
    return get_object_or_404(Comment, pk=pk)


def dispute_to_answer(request: Any, pk: int) -> Dispute:
    editor(request)
    return get_object_or_404(Dispute, pk=pk)


def reference_to_read(request: Any, pk: int) -> Reference:
    people_access.signed_in(request)
    return get_object_or_404(Reference, pk=pk)


def reference_to_edit(request: Any, pk: int) -> Reference:
    editor(request)
    return get_object_or_404(Reference, pk=pk)

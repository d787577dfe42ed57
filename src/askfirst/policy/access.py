"""Who may read, write and look into policies."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from askfirst.people import access as people_access
from askfirst.people.models import Person
from askfirst.policy import queries
from askfirst.policy.models import Comment, Dispute, Policy, Question, Reference, Version


def editor(request: Any) -> Person:
    """The person who asks, if they write policies."""
    person = people_access.signed_in(request)
    if not person.can_edit:
        raise PermissionDenied
    return person


def policy_to_edit(request: Any, pk: int) -> Policy:
    editor(request)
    return _one(Policy, pk)


def policy_to_approve(request: Any, pk: int) -> Policy:
    """A policy whose draft the one who asks may see: an editor, or somebody who must approve it."""
    person = people_access.signed_in(request)
    policy = _one(Policy, pk)
    if not (person.can_edit or policy.approvers.filter(pk=person.pk).exists()):
        raise PermissionDenied
    return policy


def version_to_read(request: Any, pk: int) -> Version:
    """The newest version of a policy."""
    people_access.signed_in(request)
    version = queries.current(_one(Policy, pk))
    if version is None:
        raise Http404
    return version


def question_to_edit(request: Any, pk: int) -> Question:
    editor(request)
    return _one(Question, pk)


def comment_to_settle(request: Any, pk: int) -> Comment:
    editor(request)
    return _one(Comment, pk)


def dispute_to_answer(request: Any, pk: int) -> Dispute:
    editor(request)
    return _one(Dispute, pk)


def reference_to_read(request: Any, pk: int) -> Reference:
    people_access.signed_in(request)
    return _one(Reference, pk)


def reference_to_edit(request: Any, pk: int) -> Reference:
    editor(request)
    return _one(Reference, pk)


def _one(model: Any, pk: int) -> Any:
    try:
        return model.objects.get(pk=pk)
    except model.DoesNotExist:
        raise Http404 from None

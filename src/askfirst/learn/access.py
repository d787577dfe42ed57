"""Who may learn and who may write lessons."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from askfirst.learn.models import Course, Item, Lesson
from askfirst.library.models import Answer
from askfirst.people import access as people_access
from askfirst.people.models import Person


def editor(request: Any) -> Person:
    person = people_access.signed_in(request)
    if not person.can_edit:
        raise PermissionDenied
    return person


def lesson_to_do(request: Any, pk: int) -> Lesson:
    people_access.signed_in(request)
    return _one(Lesson, pk)


def lesson_to_edit(request: Any, pk: int) -> Lesson:
    editor(request)
    return _one(Lesson, pk)


def course_to_edit(request: Any, pk: int) -> Course:
    editor(request)
    return _one(Course, pk)


def item_to_answer(request: Any, pk: int) -> Item:
    people_access.signed_in(request)
    return _one(Item, pk)


def answer_to_teach(request: Any, pk: int) -> Answer:
    editor(request)
    return _one(Answer, pk)


def _one(model: Any, pk: int) -> Any:
    try:
        return model.objects.get(pk=pk)
    except model.DoesNotExist:
        raise Http404 from None

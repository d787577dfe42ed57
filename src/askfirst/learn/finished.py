"""Named reads over completions: who has done which lesson of a course, for spreadsheets and other systems."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from askfirst.learn.models import Course, Done, Place


def rows(course: Course) -> Iterator[list[Any]]:
    """The table of completions for spreadsheets: who, when, which version, how many right of how many."""
    yield ["employee id", "e-mail", "name", "lesson", "version", "at", "right", "questions", "attempts"]
    rows = (
        of_course(course.pk)
        .filter(person__is_active=True)
        .select_related("person", "lesson")
        .order_by("person__name", "lesson__title")
    )
    for row in rows.iterator(2000):
        person = row.person
        yield [
            person.employee_id or "",
            person.email,
            person.name,
            row.lesson.title,
            row.version,
            row.at.isoformat(timespec="seconds"),
            row.right,
            row.questions,
            row.attempts,
        ]


def of_course(course: int) -> QuerySet[Done]:
    """Who has done which lesson of a course."""
    return Done.objects.filter(lesson__in=Place.objects.filter(course=course).values("lesson"))

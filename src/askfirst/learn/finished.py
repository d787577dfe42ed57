"""Named reads over completions: how far people have come, and for spreadsheets and other systems who has done which lesson."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from askfirst.base.lately import lately
from askfirst.learn import queries
from askfirst.learn.models import Course, Done, Lesson, Place
from askfirst.people.models import Person
from askfirst.people.queries import colleagues


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


@dataclass(frozen=True)
class Progress:
    """How far those have come whom a course is for; numbers only.

    Attributes:
        lessons: each with how many have done it, as long as that counts.
        whole: how many have done all of them, of `meant` people; None where the course is for those of one choice, since the
            numbers would show what people chose.
    """

    lessons: list[tuple[Lesson, int]]
    whole: int | None
    meant: int | None


def progress(course: Course) -> Progress:
    """Of everybody who works here; among very many, at most ten minutes old."""
    lessons = [place.lesson for place in course.places.select_related("lesson")]
    facts = [[team.pk for team in course.teams.all()], course.stances, [lesson.pk for lesson in lessons]]
    key = ":".join(["progress", f"{course.pk}-{course.again_months}", *("-".join(map(str, own)) for own in facts)])
    counts, whole, meant = lately(
        key, lambda: _progress(course, colleagues()), lambda found: sum(found[0].values()) + (found[2] or 0), 600
    )
    return Progress([(lesson, counts.get(lesson.pk, 0)) for lesson in lessons], whole, meant)


def _progress(course: Course, people: QuerySet[Person]) -> tuple[dict[int, int], int | None, int | None]:
    """(how many of these people have done each lesson, all of them, whom it is for); see Progress."""
    teams = [team.pk for team in course.teams.all()]
    lessons = [place.lesson_id for place in course.places.all()]
    meant = people.filter(team__in=teams) if teams else people
    done = Done.objects.filter(person__in=meant, lesson__in=lessons)
    if course.again_months:
        done = done.filter(at__gte=queries.lapses_before(course))
    counts = dict(done.values_list("lesson").annotate(Count("pk")))
    if course.stances:
        return counts, None, None
    rows = done.values("person").annotate(number=Count("pk")).filter(number=len(lessons))
    # Whoever has done all has done the rarest.
    nobody = len(counts) < len(lessons) or not lessons
    return counts, 0 if nobody else rows.count(), meant.count()


def done_among(people: QuerySet[Person]) -> list[tuple[Course, int, int]]:
    """For each course that runs now: of these people how many have done every lesson, of how many whom it is for.

    Courses for those of one stance are left out: their number would show what people chose.
    """
    rows = []
    for course in queries.begun_courses().filter(stances=[]).prefetch_related("teams", "places"):
        _counts, whole, meant = _progress(course, people)
        rows.append((course, whole or 0, meant or 0))
    return rows

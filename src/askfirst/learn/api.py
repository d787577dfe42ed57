"""The learn part over the API: courses and completions; never single answers."""

from typing import Any

from ninja import Router, Schema

from askfirst.learn import queries
from askfirst.people import rest

router = Router(tags=["learn"])


class CourseOut(Schema):
    id: int
    title: str
    lessons: int
    starts_on: str


class CoursePage(rest.Page):
    items: list[CourseOut]


class DoneOut(Schema):
    person: int
    lesson: int
    version: int
    at: str
    right: int
    questions: int


class DonePage(rest.Page):
    items: list[DoneOut]


@router.get("/courses", response=rest.answers(CoursePage), auth=rest.Bearer("learn:read"), summary="Courses")
def courses(request: Any, cursor: str = rest.CURSOR, limit: int = rest.LIMIT) -> Any:
    def shown(row: Any) -> dict[str, Any]:
        return {"id": row.pk, "title": row.title, "lessons": row.places.count(), "starts_on": row.starts_on.isoformat()}

    return rest.cut(queries.courses().prefetch_related("places"), cursor, limit, shown)


@router.get(
    "/courses/{pk}/completions",
    response=rest.answers(DonePage),
    auth=rest.Bearer("learn:read"),
    summary="Who has done which lesson of a course",
)
def completions(request: Any, pk: int, cursor: str = rest.CURSOR, limit: int = rest.LIMIT) -> Any:
    def shown(row: Any) -> dict[str, Any]:
        return {
            "person": row.person_id,
            "lesson": row.lesson_id,
            "version": row.version,
            "at": row.at.isoformat(),
            "right": row.right,
            "questions": row.questions,
        }

    rest.must_exist(queries.courses(), pk, "course")
    return rest.cut(queries.completions(pk), cursor, limit, shown)

"""The learn part over the API: lessons, courses and completions; never single answers."""

from typing import Any

from ninja import Router, Schema
from pydantic import Field

from askfirst.learn import actions, finished, queries
from askfirst.learn.errors import LearnError
from askfirst.people import rest

router = Router(tags=["learn"])


class LessonOut(Schema):
    """A lesson with its text in our format (docs/howto/lesson.md)."""

    id: int
    title: str
    language: str
    version: int
    source: str


class LessonPage(rest.Page):
    items: list[LessonOut]


class LessonIn(Schema):
    source: str = Field(min_length=1, max_length=40_000, pattern=rest.SAID)


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


@router.get("/lessons", response=rest.answers(LessonPage), auth=rest.Bearer("learn:read"), summary="Lessons")
def lessons(request: Any, cursor: str = rest.CURSOR, limit: int = rest.LIMIT) -> Any:
    return rest.cut(queries.lessons(), cursor, limit, _shown)


@router.post(
    "/lessons", response=rest.answers(LessonOut, 201), auth=rest.Bearer("learn:write"), summary="Write a lesson"
)
def add_lesson(request: Any, body: LessonIn, idempotency_key: str = rest.IDEMPOTENCY_KEY) -> Any:
    """What is wrong with the text is said with its line; send an `Idempotency-Key` to be able to repeat the request without harm."""

    def act() -> tuple[int, Any]:
        return 201, _shown(_kept(request, body))

    return rest.once(request, idempotency_key, body.dict(), act)


@router.get("/lessons/{pk}", response=rest.answers(LessonOut), auth=rest.Bearer("learn:read"), summary="One lesson")
def lesson(request: Any, pk: int) -> Any:
    return _shown(rest.one(queries.lessons(), pk, "lesson"))


@router.put(
    "/lessons/{pk}",
    response=rest.answers(LessonOut),
    auth=rest.Bearer("learn:write"),
    summary="Keep a new version of a lesson",
)
def change_lesson(request: Any, pk: int, body: LessonIn) -> Any:
    return _shown(_kept(request, body, rest.one(queries.lessons(), pk, "lesson")))


def _kept(request: Any, body: LessonIn, found: Any = None) -> Any:
    answer = found.answer if found else None
    with rest.refusals(LearnError):
        return actions.keep_lesson(found, by=request.auth.made_by, source=body.source, answer=answer)


def _shown(row: Any) -> dict[str, Any]:
    return {"id": row.pk, "title": row.title, "language": row.language, "version": row.version, "source": row.source}


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
    return rest.cut(finished.of_course(pk), cursor, limit, shown)

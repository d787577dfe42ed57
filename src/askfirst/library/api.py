"""The library part over the API."""

from typing import Any

from ninja import Query, Router, Schema

from askfirst.library import queries
from askfirst.people import rest

router = Router(tags=["library"])


class AnswerOut(Schema):
    id: int
    question: str
    answer: str


class AnswerPage(rest.Page):
    items: list[AnswerOut]


class MaterialOut(Schema):
    id: int
    kind: str
    title: str
    address: str
    licence: str
    attribution: str


class MaterialPage(rest.Page):
    items: list[MaterialOut]


@router.get(
    "/library/answers",
    response=rest.answers(AnswerPage),
    auth=rest.Bearer("library:read"),
    summary="Answers, or those that fit some words",
)
def answers(
    request: Any, q: str = Query("", max_length=200), cursor: str = rest.CURSOR, limit: int = rest.LIMIT
) -> Any:
    def shown(row: Any) -> dict[str, Any]:
        return {"id": row.pk, "question": row.question, "answer": row.answer}

    if q.strip():
        return {"items": [shown(row) for row in queries.find_answers(q.replace("\x00", " "), limit)], "next": None}
    return rest.cut(queries.answers(), cursor, limit, shown)


@router.get(
    "/library/materials",
    response=rest.answers(MaterialPage),
    auth=rest.Bearer("library:read"),
    summary="Materials with their licences",
)
def materials(request: Any, cursor: str = rest.CURSOR, limit: int = rest.LIMIT) -> Any:
    def shown(row: Any) -> dict[str, Any]:
        return {
            "id": row.pk,
            "kind": row.kind,
            "title": row.title,
            "address": row.address,
            "licence": row.licence,
            "attribution": row.line,
        }

    return rest.cut(queries.materials(), cursor, limit, shown)

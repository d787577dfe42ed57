"""The library part over the API."""

from enum import StrEnum
from typing import Any

from ninja import Query, Router, Schema
from pydantic import Field

from askfirst.engines import licences
from askfirst.library import actions, queries
from askfirst.people import rest

Licence = StrEnum("Licence", {own: own for own in licences.LICENCES})  # type: ignore[misc]
router = Router(tags=["library"])


class AnswerOut(Schema):
    id: int
    question: str
    answer: str


class AnswerPage(rest.Page):
    items: list[AnswerOut]


class AnswerIn(Schema):
    """A question as staff would ask it, and its answer; `wordings` are other ways to ask, one a line."""

    question: str = Field(min_length=1, max_length=2000, pattern=rest.LINE)
    answer: str = Field(min_length=1, max_length=20_000, pattern=rest.SAID)
    wordings: str = Field("", max_length=4000, pattern=rest.TEXT)
    language: str = Field("en", pattern="^[a-z]{2}$")


class MaterialOut(Schema):
    id: int
    kind: str
    title: str
    address: str
    licence: str
    attribution: str


class MaterialPage(rest.Page):
    items: list[MaterialOut]


class LinkIn(Schema):
    """A link: any licence will do, since nothing is copied. `licence` is an SPDX identifier."""

    title: str = Field(min_length=1, max_length=200, pattern=rest.LINE)
    address: str = Field(max_length=500, pattern=r"^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[!-~]*)?$")
    note: str = Field("", max_length=300, pattern=rest.TEXT)
    author: str = Field("", max_length=200, pattern=rest.TEXT)
    licence: Licence = Licence(licences.RESERVED)
    language: str = Field("en", pattern="^[a-z]{2}$")
    topics: str = Field("", max_length=200, pattern=rest.TEXT)


@router.get(
    "/library/answers",
    response=rest.answers(AnswerPage),
    auth=rest.Bearer("library:read"),
    summary="Answers, or those that fit some words",
)
def answers(
    request: Any, q: str = Query("", max_length=200), cursor: str = rest.CURSOR, limit: int = rest.LIMIT
) -> Any:
    if q.strip():
        found = queries.find_answers(q.replace("\x00", " "), limit)
        return {"items": [_shown_answer(row) for row in found], "next": None}
    return rest.cut(queries.answers(), cursor, limit, _shown_answer)


@router.post(
    "/library/answers",
    response=rest.answers(AnswerOut, 201),
    auth=rest.Bearer("library:write"),
    summary="Add an answer to the library",
)
def add_answer(request: Any, body: AnswerIn, idempotency_key: str = rest.IDEMPOTENCY_KEY) -> Any:
    """Send an `Idempotency-Key` to be able to repeat the request without harm."""

    def act() -> tuple[int, Any]:
        return 201, _shown_answer(actions.keep_answer(actor=request.auth.made_by, **body.dict()))

    return rest.once(request, idempotency_key, body.dict(), act)


@router.put(
    "/library/answers/{pk}",
    response=rest.answers(AnswerOut),
    auth=rest.Bearer("library:write"),
    summary="Change an answer",
)
def change_answer(request: Any, pk: int, body: AnswerIn) -> Any:
    found = rest.one(queries.answers(), pk, "answer")
    return _shown_answer(actions.keep_answer(found, actor=request.auth.made_by, **body.dict()))


def _shown_answer(row: Any) -> dict[str, Any]:
    return {"id": row.pk, "question": row.question, "answer": row.answer}


@router.get(
    "/library/materials",
    response=rest.answers(MaterialPage),
    auth=rest.Bearer("library:read"),
    summary="Materials with their licences",
)
def materials(request: Any, cursor: str = rest.CURSOR, limit: int = rest.LIMIT) -> Any:
    return rest.cut(queries.materials(), cursor, limit, _shown)


@router.post(
    "/library/materials",
    response=rest.answers(MaterialOut, 201),
    auth=rest.Bearer("library:write"),
    summary="Add a link to the library",
)
def add_link(request: Any, body: LinkIn, idempotency_key: str = rest.IDEMPOTENCY_KEY) -> Any:
    """Send an `Idempotency-Key` to be able to repeat the request without harm."""
    fields = body.dict() | {"licence": body.licence.value}

    def act() -> tuple[int, Any]:
        return 201, _shown(actions.keep_material(actor=request.auth.made_by, kind="article", **fields))

    return rest.once(request, idempotency_key, fields, act)


def _shown(row: Any) -> dict[str, Any]:
    return {
        "id": row.pk, "kind": row.kind, "title": row.title, "address": row.address, "licence": row.licence,
        "attribution": row.line,
    }  # fmt: skip

"""The people part over the API."""

from typing import Any

from ninja import Router, Schema
from pydantic import Field

from askfirst.people import actions, queries, rest

router = Router(tags=["people"])


class PersonOut(Schema):
    id: int
    email: str
    name: str
    employee_id: str | None
    team: str | None
    language: str
    is_active: bool


class PeoplePage(rest.Page):
    items: list[PersonOut]


class PersonIn(Schema):
    email: str = Field(
        pattern=r"^[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,3}$", max_length=254
    )
    name: str = Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]+$")


def _shown(person: Any) -> dict[str, Any]:
    return {
        "id": person.pk, "email": person.email, "name": person.name, "employee_id": person.employee_id,
        "team": person.team.name if person.team else None, "language": person.language, "is_active": person.is_active,
    }  # fmt: skip


@router.get(
    "/people", response=rest.answers(PeoplePage), auth=rest.Bearer("people:read"), summary="People who work here"
)
def people(request: Any, cursor: str = rest.CURSOR, limit: int = rest.LIMIT) -> Any:
    return rest.cut(queries.people(), cursor, limit, _shown)


@router.get("/people/{pk}", response=rest.answers(PersonOut), auth=rest.Bearer("people:read"), summary="One person")
def person(request: Any, pk: int) -> Any:
    return _shown(rest.one(queries.people(), pk, "person"))


@router.post("/people", response=rest.answers(PersonOut, 201), auth=rest.Bearer("people:write"), summary="Add a person")
def add_person(request: Any, body: PersonIn, idempotency_key: str = rest.IDEMPOTENCY_KEY) -> Any:
    """Send an `Idempotency-Key` to be able to repeat the request without harm."""

    def act() -> tuple[int, Any]:
        added = actions.add_person(email=body.email, name=body.name, actor=request.auth.made_by)
        return 201, _shown(added)

    return rest.once(request, idempotency_key, body.dict(), act)

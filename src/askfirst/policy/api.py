"""The policy part over the API."""

from typing import Any

from ninja import Router, Schema

from askfirst.people import rest
from askfirst.policy import queries

router = Router(tags=["policy"])


class PolicyOut(Schema):
    id: int
    title: str
    version: int
    effective_on: str
    text: str


class PoliciesOut(Schema):
    items: list[PolicyOut]


class KnownOut(Schema):
    person: int
    version: int
    digest: str
    language: str
    at: str
    right: int
    questions: int
    is_disputed: bool


class KnownPage(rest.Page):
    items: list[KnownOut]


@router.get(
    "/policies", response=rest.answers(PoliciesOut), auth=rest.Bearer("policy:read"), summary="Policies in force"
)
def policies(request: Any) -> Any:
    return {
        "items": [
            {
                "id": own.policy_id,
                "title": own.policy.title,
                "version": own.number,
                "effective_on": own.effective_on.isoformat(),
                "text": own.text,
            }
            for own in queries.current_versions()
        ]
    }


@router.get(
    "/policies/{pk}/acknowledgements",
    response=rest.answers(KnownPage),
    auth=rest.Bearer("policy:read"),
    summary="Who knows which version: knowledge, never agreement",
)
def acknowledgements(request: Any, pk: int, cursor: str = rest.CURSOR, limit: int = rest.LIMIT) -> Any:
    def shown(row: Any) -> dict[str, Any]:
        return {
            "person": row.person_number, "version": row.version.number, "digest": row.digest, "language": row.language,
            "at": row.at.isoformat(), "right": row.right, "questions": row.questions, "is_disputed": row.is_disputed,
        }  # fmt: skip

    rest.must_exist(queries.policies(), pk, "policy")
    return rest.cut(queries.chain().filter(version__policy=pk).select_related("version"), cursor, limit, shown)

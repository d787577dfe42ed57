"""The policy part over the API."""

from typing import Any

from ninja import Router, Schema
from pydantic import Field

from askfirst.people import rest
from askfirst.policy import actions, knowing, queries
from askfirst.policy.errors import PolicyError
from askfirst.policy.forms import MOST_TEXT

router = Router(tags=["policy"])


class PolicyOut(Schema):
    id: int
    title: str
    version: int
    effective_on: str
    text: str


class PoliciesOut(Schema):
    items: list[PolicyOut]


class DraftOut(Schema):
    """The draft as it stands. Send its `revision` back with what you made of it."""

    id: int
    title: str
    revision: int
    text: str


class DraftIn(Schema):
    """`made_from` is the revision that you had before you: if another draft was kept since, yours is kept beside it and refused."""

    text: str = Field(max_length=MOST_TEXT, pattern=rest.TEXT)
    made_from: int = Field(ge=0, lt=2**31)


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
    "/policies/{pk}/draft",
    response=rest.answers(DraftOut),
    auth=rest.Bearer("policy:write"),
    summary="A policy's draft",
)
def draft(request: Any, pk: int) -> Any:
    return _draft(rest.one(queries.policies(), pk, "policy"))


@router.put(
    "/policies/{pk}/draft",
    response=rest.answers(DraftOut),
    auth=rest.Bearer("policy:write"),
    summary="Keep a draft; publishing stays with people",
)
def keep_draft(request: Any, pk: int, body: DraftIn) -> Any:
    found = rest.one(queries.policies(), pk, "policy")
    with rest.refusals(PolicyError):
        actions.keep_draft(found, text=body.text, made_from=body.made_from, by=request.auth.made_by)
    return _draft(queries.policies().get(pk=pk))


def _draft(row: Any) -> dict[str, Any]:
    return {"id": row.pk, "title": row.title, "revision": row.revision, "text": row.draft}


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
    return rest.cut(knowing.chain().filter(version__policy=pk).select_related("version"), cursor, limit, shown)

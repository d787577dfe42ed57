"""The jam part over the API. Nothing here can tell who asked an anonymous question: nobody knows."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from ninja import Path, Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from askfirst.jam import actions, facilitation, ledgers, queries
from askfirst.jam.errors import JamError
from askfirst.people import rest

router = Router(tags=["jam"])
A_YEAR = 366 * 24 * 60
Code = Path(..., pattern=r"^[A-Za-z0-9]{4,12}$")


class JamOut(Schema):
    code: str
    title: str
    prompt: str
    is_open: bool


class JamPage(rest.Page):
    items: list[JamOut]


class JamIn(Schema):
    """The doors open at once, or later; without `lasts_minutes` the jam stays open until it is closed."""

    title: str = Field(min_length=1, max_length=120, pattern=rest.LINE)
    prompt: str = Field("", max_length=300, pattern=rest.TEXT)
    naming: str = Field("anonymous", pattern="^(anonymous|choice|named)$")
    entry: str = Field("code", pattern="^(code|signed_in)$")
    is_moderated: bool = False
    asks_ideas: bool = False
    asks_stories: bool = False
    opens_in_minutes: int = Field(0, ge=0, le=A_YEAR)
    lasts_minutes: int | None = Field(None, ge=5, le=A_YEAR)


class ClosingIn(Schema):
    """What nobody came to is parked with this reason."""

    reason: str = Field(min_length=2, max_length=300, pattern=r"^[^\x00]+$")


class EntryOut(Schema):
    number: int
    kind: str
    text: str
    outcome: str
    detail: str
    into: int | None
    votes: int


class LedgerOut(Schema):
    asked: int
    items: list[EntryOut]


class GroupOut(Schema):
    """Questions that ask the same, as the board shows them."""

    id: int
    kind: str
    text: str
    size: int
    votes: int
    outcome: str
    answer: str


class GroupPage(rest.Page):
    items: list[GroupOut]


class GroupAnswerIn(Schema):
    """`to_library`: whether the answer becomes an entry of the library."""

    text: str = Field(min_length=1, max_length=20_000, pattern=rest.SAID)
    to_library: bool = True


class ContributionIn(Schema):
    text: str = Field(min_length=2, max_length=2000, pattern=r"^[^\x00]+$")
    kind: str = Field("question", pattern="^(question|idea|story)$")


class ContributionOut(Schema):
    number: int
    text: str
    kind: str


def _shown(jam: Any) -> dict[str, Any]:
    return {"code": jam.code, "title": jam.title, "prompt": jam.prompt, "is_open": jam.is_open}


@router.get("/jams", response=rest.answers(JamPage), auth=rest.Bearer("jam:read"), summary="Jams")
def jams(request: Any, cursor: str = rest.CURSOR, limit: int = rest.LIMIT) -> Any:
    return rest.cut(queries.led_jams(), cursor, limit, _shown)


@router.post("/jams", response=rest.answers(JamOut, 201), auth=rest.Bearer("jam:write"), summary="Open a jam")
def open_jam(request: Any, body: JamIn, idempotency_key: str = rest.IDEMPOTENCY_KEY) -> Any:
    """Send an `Idempotency-Key` to be able to repeat the request without harm."""
    opens = timezone.now() + timedelta(minutes=body.opens_in_minutes)
    closes = opens + timedelta(minutes=body.lasts_minutes) if body.lasts_minutes else None
    fields = body.dict(exclude={"opens_in_minutes", "lasts_minutes"})

    def act() -> tuple[int, Any]:
        return 201, _shown(actions.create_jam(by=request.auth.made_by, opens_at=opens, closes_at=closes, **fields))

    return rest.once(request, idempotency_key, body.dict(), act)


@router.post(
    "/jams/{code}/close",
    response=rest.answers(JamOut),
    auth=rest.Bearer("jam:write"),
    summary="Close a jam and its ledger",
)
def close_jam(request: Any, body: ClosingIn, code: str = Code) -> Any:
    found, by = _jam(code), request.auth.made_by
    with rest.refusals(JamError):
        actions.close_jam(found, by=by, reason=body.reason, owner=by, due_on=None)
    return _shown(found)


@router.get("/jams/{code}", response=rest.answers(JamOut), auth=rest.Bearer("jam:read"), summary="One jam")
def jam(request: Any, code: str = Code) -> Any:
    return _shown(_jam(code))


@router.get(
    "/jams/{code}/ledger",
    response=rest.answers(LedgerOut),
    auth=rest.Bearer("jam:read"),
    summary="Every contribution with its one outcome",
)
def ledger(request: Any, code: str = Code) -> Any:
    rows = ledgers.entries(_jam(code))
    fields = ("number", "kind", "text", "outcome", "detail", "into", "votes")
    return {"asked": len(rows), "items": [{name: getattr(row, name) for name in fields} for row in rows]}


@router.get(
    "/jams/{code}/groups",
    response=rest.answers(GroupPage),
    auth=rest.Bearer("jam:read"),
    summary="What is asked, alike questions together",
)
def groups(request: Any, code: str = Code, cursor: str = rest.CURSOR, limit: int = rest.LIMIT) -> Any:
    return rest.cut(queries.shown_groups(_jam(code)), cursor, limit, _shown_group)


@router.post(
    "/jams/{code}/groups/{pk}/answer",
    response=rest.answers(GroupOut),
    auth=rest.Bearer("jam:write"),
    summary="Answer a group in writing",
)
def answer(request: Any, pk: int, body: GroupAnswerIn, code: str = Code) -> Any:
    found = _jam(code)
    rest.must_exist(queries.shown_groups(found), pk, "group")
    with rest.refusals(JamError):
        facilitation.answer(found, pk, by=request.auth.made_by, text=body.text, to_library=body.to_library)
    return _shown_group(queries.shown_groups(found).get(pk=pk))


def _shown_group(row: Any) -> dict[str, Any]:
    return {
        "id": row.pk, "kind": row.kind, "text": row.name, "size": row.size, "votes": row.votes,
        "outcome": row.outcome, "answer": row.answer,
    }  # fmt: skip


@router.post(
    "/jams/{code}/contributions",
    response=rest.answers(ContributionOut, 201),
    auth=rest.Bearer("jam:write"),
    summary="Bring a contribution from elsewhere",
)
def contribute(
    request: Any, body: ContributionIn, code: str = Code, idempotency_key: str = rest.IDEMPOTENCY_KEY
) -> Any:
    """Kept without a name, as in a jam's import; send an `Idempotency-Key` to be able to repeat the request without harm."""
    found = _jam(code)

    def act() -> tuple[int, Any]:
        made = actions.post_contribution(
            found, text=body.text, kind=body.kind, author_name="API" if found.naming == "named" else ""
        )
        return 201, {"number": made.number, "text": made.text, "kind": made.kind}

    with rest.refusals(JamError):
        return rest.once(request, idempotency_key, {"code": code, **body.dict()}, act)


def _jam(code: str) -> Any:
    found = queries.jam_by_code(code)
    if found is None:
        raise HttpError(404, "There is no jam with this code.")
    return found

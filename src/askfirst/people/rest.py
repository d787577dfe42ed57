"""What every part's API needs: who asks and for what, problems in one shape, pages by cursor."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from ninja import Header, Query, Schema, Status
from ninja.errors import HttpError
from ninja.security import HttpBearer

from askfirst.people import tokens
from askfirst.people.errors import PeopleError
from askfirst.people.models import Token

MOST = 200


class Bearer(HttpBearer):
    """A token in the Authorization header, with the scope that the operation asks for."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: Any, token: str) -> Token | None:
        found = tokens.recognise(token)
        if found is not None and self.scope not in found.scopes:
            raise HttpError(403, f"This token lacks the scope {self.scope}.")
        twice = [name for name, values in request.GET.lists() if len(values) > 1]
        if twice:
            raise HttpError(422, f"{twice[0]} is given more than once. Give it once.")
        return found


class Problem(Schema):
    """RFC 9457: what went wrong and what to do."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""


class Page(Schema):
    """A page of a list. `next` goes into `cursor` for the page after it; null at the end."""

    next: str | None = None


PROBLEMS = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem, 429: Problem}
CURSOR = Query("", description="What the page before gave as `next`.", pattern=r"^[0-9]{0,18}$")
LIMIT = Query(50, ge=1, le=MOST)
IDEMPOTENCY_KEY = Header(
    "",
    alias="Idempotency-Key",
    max_length=80,
    description="The same key with the same request is answered as the first time.",
)


# One line that says something, and any text: PostgreSQL keeps no NUL.
LINE = r"^[^\x00-\x1f]*[^\x00-\x20][^\x00-\x1f]*$"
TEXT = r"^[^\x00]*$"
# Several lines that say something.
SAID = r"^[^\x00]*[^\x00-\x20][^\x00]*$"


def once(request: Any, key: str, asked: dict[str, Any], act: Callable[[], tuple[int, Any]]) -> Status:
    """Carry out a request once for its idempotency key"""
    with refusals(PeopleError):
        return Status(*tokens.once(request.auth, key, asked, act))


@contextmanager
def refusals(*errors: type[Exception]) -> Iterator[None]:
    """What a part refuses by one of these errors, in its words: not allowed or too often where it says so, else a conflict.

    422 is for what the description rules out; who keeps to the description meets only the part's own rules.
    """
    try:
        yield
    except errors as error:
        status = getattr(error, "status", 409)
        raise HttpError(status if status in (403, 429) else 409, str(error)) from error


def answers(schema: Any, status: int = 200) -> dict[int, Any]:
    """The answers of an operation, problems included, so that the description says all of them."""
    return {status: schema, **PROBLEMS}


def one(rows: Any, pk: int, what: str) -> Any:
    """The row of this number among `rows`; 404 where there is none, whatever the number's size."""
    found = rows.filter(pk=pk).first() if 0 < pk < 2**31 else None
    if found is None:
        raise HttpError(404, f"There is no such {what}.")
    return found


def must_exist(rows: Any, pk: int, what: str) -> None:
    """Answer 404 unless `rows` hold the number, whatever its size."""
    if not 0 < pk < 2**31 or not rows.filter(pk=pk).exists():
        raise HttpError(404, f"There is no such {what}.")


def cut(rows: Any, cursor: str, limit: int, show: Callable[[Any], Any]) -> dict[str, Any]:
    """A page of a query set by its primary key."""
    found = list(rows.order_by("pk").filter(pk__gt=int(cursor or 0))[: limit + 1])
    return {
        "items": [show(row) for row in found[:limit]],
        "next": str(found[limit - 1].pk) if len(found) > limit else None,
    }

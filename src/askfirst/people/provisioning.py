"""The door of SCIM 2.0 at /scim/v2/: a token with the scope scim, then scim2-server over our storage."""

import json
import secrets
import threading
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from scim2_models import InvalidValueException, UnauthorizedException
from scim2_server.handler import ScimHandler
from scim2_server.requests import ScimRequest
from scim2_server.routing import Operation
from scim2_server.service import ScimService

from askfirst.base.web import absolute
from askfirst.people import scim, tokens

SCOPE = "scim"
# Models made by several threads at once fail: Python 3.11's parser counts its depth once for all of them.
_MAKING = threading.Lock()


def _handler() -> ScimHandler:
    with _MAKING:
        return _made()


@lru_cache(maxsize=1)
def _made() -> ScimHandler:
    described = scim.provider()
    return ScimHandler(
        ScimService(described, secret=settings.SECRET_KEY or secrets.token_hex()), scim.Storage(described)
    )


def serve(request: Any, path: str = "") -> HttpResponse:
    """One SCIM request."""
    handler = _handler()
    asked = ScimRequest(
        method=request.method, base_url=absolute("/scim/v2"), path=f"/{path}".removesuffix(".scim"), query=request.GET.dict(),
        headers=dict(request.headers), body=request.body,
    )  # fmt: skip
    try:
        if handler.service.match(asked).operation is not Operation.service_provider_config:
            _check(request)
        if rb"\u0000" in request.body:
            raise InvalidValueException(detail="A text holds the NUL character, which no database keeps.")
        answer = handler.handle(asked)
    except Exception as error:  # noqa: BLE001 - the service turns each into the error that the standard wants, and logs what is ours
        answer = handler.service.error_response(error)
    body = b"" if answer.body is None else json.dumps(answer.body).encode()
    response = HttpResponse(body, status=answer.status.value)
    for name, value in answer.headers.items():
        response[name] = value
    response.headers.setdefault("Location", asked.url)
    response["Cache-Control"] = "no-store"
    return response


def _check(request: Any) -> None:
    scheme, _space, raw = request.headers.get("Authorization", "").partition(" ")
    found = tokens.recognise(raw) if scheme.lower() == "bearer" else None
    if found is None or SCOPE not in found.scopes:
        raise UnauthorizedException

"""The REST API of the whole product: every part's routes under one roof, described by OpenAPI at /api/v1/openapi.json."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from askfirst import __version__
from askfirst.jam.api import router as jam
from askfirst.learn.api import router as learn
from askfirst.library.api import router as library
from askfirst.people.api import router as people
from askfirst.policy.api import router as policy

TITLES = {
    400: "The request cannot be read",
    401: "No valid token",
    403: "Not allowed",
    404: "Not found",
    405: "Not done here",
    409: "Conflict",
    422: "The values do not fit",
    429: "Too often",
    500: "Something broke",
}
# What is said where no operation was reached that could say it.
DETAILS = {
    404: "There is no such address. All of them are described at /api/v1/openapi.json.",
    405: "This address does not take this method; the header Allow names those that it takes.",
}
ROOT = "/api/"
PROBLEM = "application/problem+json"


class Api(NinjaAPI):
    """Says in its description that problems come as application/problem+json (RFC 9457)."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> Any:
        schema = super().get_openapi_schema(*args, **kwargs)
        for path in schema["paths"].values():
            for operation in path.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= 400 and "application/json" in answer.get("content", {}):
                        answer["content"] = {PROBLEM: answer["content"].pop("application/json")}
        return schema


api = Api(title="Askfirst", version=__version__, docs_url=None, urls_namespace="api")
for router in (people, jam, library, policy, learn):
    api.add_router("", router)


def _problem(status: int, detail: str) -> HttpResponse:
    body = {"type": "about:blank", "title": TITLES.get(status, "Problem"), "status": status, "detail": detail}
    response = JsonResponse(body, status=status, content_type=PROBLEM)
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


class ProblemMiddleware:
    """Whatever goes wrong below ROOT is said as a problem, even where the framework would answer with a page or plain text."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        kind = response.get("Content-Type", "")
        if not request.path_info.startswith(ROOT) or response.status_code < 400 or kind.startswith(PROBLEM):
            return response
        said = _problem(response.status_code, DETAILS.get(response.status_code, "Nothing was changed."))
        if "Allow" in response:
            said["Allow"] = response["Allow"]
        return said


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    return _problem(error.status_code, str(error))


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, error: Any) -> HttpResponse:
    return _problem(
        401, "Send a token as “Authorization: Bearer askfirst_…”. Administrators make them under People, API tokens."
    )


@api.exception_handler(ValidationError)
def _unfit(request: HttpRequest, error: Any) -> HttpResponse:
    where = "; ".join(f"{'.'.join(str(part) for part in own['loc'])}: {own['msg']}" for own in error.errors[:5])
    return _problem(422, where)

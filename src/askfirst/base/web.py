"""What every page needs from a request and an answer: a typed request, fragment or page, the house around it."""

import re
import secrets
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.forms.renderers import TemplatesSetting
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils.translation import gettext
from django_htmx.middleware import HtmxDetails

from askfirst import __version__
from askfirst.base import logs, queries
from askfirst.base.texts import storable


class Request(HttpRequest):
    """The request as our middleware leaves it."""

    htmx: HtmxDetails
    user: Any


class NotHere(Http404):
    """Nothing is at this address; the words, for people, say why that may be."""


class FormRenderer(TemplatesSetting):
    """Forms and fields look as in base/templates/base/."""

    form_template_name = "base/_form.html"
    field_template_name = "base/_field.html"


class CompressMiddleware(GZipMiddleware):
    """Pages, scripts and styles go compressed to whoever takes that; files of people stay as they are, so that parts of them can be asked for.

    Django adds random bytes to each page, so that its length says nothing about what is in it (BREACH).
    """

    KINDS = ("text/", "application/javascript", "application/json", "application/manifest+json", "image/svg+xml")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code != HTTPStatus.OK or not response.get("Content-Type", "").startswith(self.KINDS):
            return response
        return super().process_response(request, response)


class RequestIdMiddleware:
    """Give each request an id for the log and the error page. It says nothing about who asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = logs.request_id.set(secrets.token_hex(6))
        try:
            response = self.get_response(request)
            response["X-Request-Id"] = logs.request_id.get()
            return response
        finally:
            logs.request_id.reset(token)


def house(request: HttpRequest) -> dict[str, Any]:
    """Context of every template."""
    return {
        "organisation": queries.organisation(),
        "askfirst_version": __version__,
        "site_languages": settings.LANGUAGES,
        "site_host": settings.SITE_HOST,
    }


def page(
    request: Any, template: str, context: dict[str, Any] | None = None, *, fragment: str, status: int = 200
) -> HttpResponse:
    """Answer htmx with the fragment and everybody else with the page that includes it."""
    is_fragment = is_fragment_asked(request) and not request.htmx.history_restore_request
    response = render(request, fragment if is_fragment else template, context or {}, status=status)
    response["Vary"] = "HX-Request, Cookie, Accept-Language"
    return response


def once_more(
    request: HttpRequest, question: str, text: str = "", *, button: str = "drop", words: str = ""
) -> HttpResponse | None:
    """Ask once more before something goes for good; None when the answer has come.

    Args:
        button: name of the button that was pressed; words: what it says.
    """
    if "sure" in request.POST:
        return None
    context = {
        "question": question, "text": text or gettext("This cannot be undone."), "button": button,
        "words": words or gettext("Take out"),
    }  # fmt: skip
    return render(request, "base/once_more.html", context)


def is_fragment_asked(request: HttpRequest) -> bool:
    """Whether htmx asks, for a part of the page; also where the middleware that says so has not come yet."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


_SECRET = re.compile("password|secret|code", re.IGNORECASE)


def posted(request: HttpRequest) -> list[tuple[str, str]]:
    """What a form of ours sent, to be sent once more; nothing where the browser does not say that it was ours, or of passwords."""
    if request.method != "POST" or request.headers.get("Sec-Fetch-Site") != "same-origin":
        return []
    sent = ((name, value) for name, values in request.POST.lists() for value in values)
    rows = [(name, storable(value)) for name, value in sent if name != "csrfmiddlewaretoken"]
    return [] if any(_SECRET.search(name) for name, _value in rows) else rows


def absolute(path: str) -> str:
    """The address of a path of ours as people type it; the path may be one from the root of the host or of the site."""
    return f"{settings.SITE_URL}{kept_path(path)}"


def kept_path(path: str) -> str:
    """A path that `reverse` gave, as it is stored: from the root of the site, so that the site may move to another path."""
    return path.removeprefix(settings.SITE_PATH)


def whole(text: str) -> int | None:
    """The whole number that an address or a form brought; None when it is none, or longer than any key."""
    return int(text) if text.isdecimal() and len(text) < 18 else None


def hops_of(forwarded: str) -> list[str]:
    """The addresses in an X-Forwarded-For, the nearest last."""
    return [hop.strip() for hop in forwarded.split(",") if hop.strip()]


def client_address(forwarded: str, peer: str) -> str:
    """The address that a request came from, believing only as many forwarders as we were told stand in front."""
    hops = hops_of(forwarded)
    trusted = settings.OPTIONS.proxies
    return hops[-trusted] if trusted and len(hops) >= trusted else peer


def leaves_no_trace(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view whose use is written down nowhere, not even that the person was here on this day."""
    view.leaves_no_trace = True  # type: ignore[attr-defined]
    return view

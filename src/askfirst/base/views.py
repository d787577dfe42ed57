"""Pages that belong to no part: health, brand, language, errors, components."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from askfirst.base import charts, colour, logs, metrics, queries
from askfirst.base.forms import OrganisationForm
from askfirst.base.sealing import CannotUnseal
from askfirst.base.web import NotHere, absolute, is_fragment_asked, posted


def livez(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """The database answers and has all migrations."""
    try:
        pending = queries.pending_migrations()
    except DatabaseError:
        return JsonResponse({"database": "unreachable"}, status=503)
    return JsonResponse({"database": "ok", "pending_migrations": pending}, status=503 if pending else 200)


def metrics_page(request: HttpRequest) -> HttpResponse:
    """Numbers for Prometheus, for whoever has the token."""
    if not metrics.may_read(request):
        raise Http404
    body, kind = metrics.exposition()
    return HttpResponse(body, content_type=kind)


def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116: where to write about a hole. The day it expires moves along: whoever runs this serves it anew each day."""
    contact = settings.OPTIONS.security_contact
    if not contact:
        raise Http404
    expires = (timezone.now() + timedelta(days=180)).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [f"Contact: {contact}", f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}", "Preferred-Languages: en, de",
             f"Canonical: {absolute('/.well-known/security.txt')}"]  # fmt: skip
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@cache_control(max_age=60)
def brand_css(request: HttpRequest) -> HttpResponse:
    """The organisation's colour as custom properties, with readable companions."""
    brand = colour.brand(queries.organisation().brand_colour)
    return render(request, "base/brand.css", {"brand": brand}, content_type="text/css")


@cache_control(max_age=60)
def logo(request: HttpRequest) -> HttpResponse:
    """The organisation's logo, or our own mark."""
    picture = bytes(queries.organisation().logo)
    if not picture:
        return redirect(static("base/mark.svg"))
    return HttpResponse(picture, content_type="image/png")


def components(request: HttpRequest) -> HttpResponse:
    """Every component once, for people who build pages."""
    chart = charts.bars(_("What became of the questions"), [(_("answered"), 61), (_("parked"), 12), (_("rejected"), 2)])
    hours = [(f"{hour:02}:00", 5 + hour % 7 + 40 * (hour in {15, 16}), 6.0 + hour / 3) for hour in range(24)]
    seen = charts.seen(_("Posts an hour, last day"), hours)
    return render(request, "base/components.html", {"chart": chart, "seen_chart": seen, "form": OrganisationForm()})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        way = _("A form takes %d MB. Go back, where your text still is, and send less of it at once.")
        return _error(
            request, 413, _("That is too much for one form."), way % (settings.DATA_UPLOAD_MAX_MEMORY_SIZE >> 20)
        )
    return _error(request, 400, _("That request was garbled."), _("Go back and try once more."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    if is_fragment_asked(request) or posted(request):
        title, way = (
            _("This page was open for too long."),
            _("Nothing was changed yet, and nothing is lost: send it once more."),
        )
        if settings.CSRF_COOKIE_NAME not in request.COOKIES:
            title = _("Your browser sent no cookie.")
            way = _("Allow cookies for this address, then send it once more: nothing is lost.")
        return unsent(request, 403, title, way)
    title = _("This page was open for too long, or came from another address.")
    way = _("Nothing was changed. Load the page again and repeat the last step; cookies must be allowed.")
    return _error(request, 403, title, way)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(
        request, 403, _("This page is for people with another role."), _("Ask an administrator if you need it.")
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    way = _(
        "It may have been taken away since, or the address is mistyped; a jam may have another code. Start again from the first page."
    )
    if isinstance(exception, NotHere):
        way = str(exception)
    return _error(request, 404, _("There is nothing here."), way)


def cannot_unseal(request: HttpRequest, exception: CannotUnseal) -> HttpResponse:
    return _error(request, exception.status, _("Something sealed cannot be opened."), str(exception.message))


def server_error(request: HttpRequest) -> HttpResponse:
    way = _("It is our fault, not yours, and what was accepted before is safe. Try again in a moment.")
    context = {
        "title": _("Something broke."),
        "way": way,
        "request_id": logs.request_id.get(),
        "language": get_language(),
    }
    # Nothing of it where what came could not be read to its end.
    with suppress(OSError, SuspiciousOperation, MultiPartParserError):
        context |= {"posted": posted(request), "has_files": bool(request.FILES)}
        context |= {"address": request.get_full_path(), "token": get_token(request)}
    # Without the request: what broke may be the database that every other page asks for the organisation's name.
    return HttpResponse(render_to_string("base/broken.html", context), status=500)


def unsent(request: HttpRequest, status: int, title: str, way: str, sign_in: str = "") -> HttpResponse:
    """A form that did not get through, with what was written, to send it once more; htmx leaves it where it is and gets a fresh token.

    Args:
        sign_in: the address where to sign in first, in another tab.
    """
    context = {"title": title, "way": way, "sign_in": sign_in, "is_fresh": True}
    if is_fragment_asked(request):
        return _beside(request, context, status)
    context |= {"posted": posted(request), "has_files": bool(request.FILES)}
    return render(request, "base/unsent.html", context, status=status)


def not_taken(request: HttpRequest, why: str, status: int = 422) -> HttpResponse:
    """A form that cannot be kept as it is: why, and what was written, to be mended."""
    context = {"title": _("That cannot be kept as it is."), "way": why}
    if is_fragment_asked(request):
        return _beside(request, context, status)
    context |= {"posted": posted(request), "back": request.headers.get("Referer", ""), "is_refused": True}
    return render(request, "base/unsent.html", context, status=status)


def _error(request: Any, status: int, title: str, way: str) -> HttpResponse:
    context = {"status": status, "title": title, "way": way, "request_id": logs.request_id.get()}
    if is_fragment_asked(request):
        return _beside(request, context, status)
    return render(request, "base/error.html", context, status=status)


def _beside(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    """Say what went wrong beside the page, which stays as it is with all that was written into it."""
    response = render(request, "base/_trouble.html", context, status=status)
    response["HX-Retarget"], response["HX-Reswap"] = "#trouble", "innerHTML"
    return response

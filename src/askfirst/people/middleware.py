"""What a signed-in person's choices change about every request."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from askfirst.base.forms import NotTaken
from askfirst.base.sealing import CannotUnseal
from askfirst.base.views import cannot_unseal, not_taken, unsent
from askfirst.base.web import is_fragment_asked, posted
from askfirst.people import access, sessions


class PersonMiddleware:
    """Note where somebody is signed in; use the language that the person chose, over the browser's; send strangers to sign in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME):
            language = getattr(request.user, "language", "")
            if language in dict(settings.LANGUAGES):
                translation.activate(language)
                request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest
        if request.method == "POST" and any("\0" in own for _name, texts in request.POST.lists() for own in texts):
            # PostgreSQL keeps none, and no keyboard writes one: it came with something pasted.
            return not_taken(
                request,
                _(
                    "There is an invisible character (NUL) in it, which came with something pasted. Below it is taken out."
                ),
            )
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
        if signed_in and not getattr(view, "leaves_no_trace", False):
            sessions.note(request)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, CannotUnseal):
            return cannot_unseal(request, exception)
        if isinstance(exception, NotTaken):
            return not_taken(request, str(exception))
        return sign_in_first(request) if isinstance(exception, access.SignInFirst) else None


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """Off to sign in and back; where something was written, that stays, and signing in opens beside it."""
    if not is_fragment_asked(request) and not posted(request):
        return redirect_to_login(request.get_full_path())
    way = _("Sign in, then send it once more: nothing is lost.")
    return unsent(request, 401, _("You are not signed in any more."), way, sign_in=reverse("account_login"))

"""Pages about people: the roster and everyone's own page."""

import json
from itertools import chain
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django_tasks.exceptions import TaskResultDoesNotExist

from askfirst.base import actions as base_actions
from askfirst.base import lists, tables
from askfirst.base import queries as base_queries
from askfirst.base.forms import OrganisationForm, taken
from askfirst.base.web import page, whole
from askfirst.people import access, actions, mails, queries, sessions, tasks, uploads
from askfirst.people import forms as people_forms
from askfirst.people import tokens as token_actions
from askfirst.people.errors import PeopleError, RosterError

# Files above this many bytes are imported in the background, with a progress bar.
IN_REQUEST = 300_000
MOST_FOUND = 1000
LOG_PAGE = 100


def people(request: Any) -> HttpResponse:
    """Everybody who works here, or has left, by name, e-mail or team."""
    access.admin(request)
    words, is_left = request.GET.get("q", "").strip(), "left" in request.GET
    found, counts = queries.people_left(words) if is_left else queries.people(words), queries.head_counts()
    # Among a million every count takes longer than the page.
    is_bounded = bool(words or is_left)
    pages = lists.Pages(found, 50, found[: MOST_FOUND + 1].count() if is_bounded else counts["people"])
    context = {
        "people": pages.get_page(request.GET.get("page")), "words": words, "counts": counts, "is_left": is_left,
        "is_cut": is_bounded and pages.count > MOST_FOUND, "most": MOST_FOUND, "erased_after": settings.OPTIONS.leavers_days,
    }  # fmt: skip
    return page(request, "people/people.html", context, fragment="people/_people.html")


def tokens(request: Any) -> HttpResponse:
    """Keys to the API; a new one is shown once."""
    admin = access.admin(request)
    form = people_forms.TokenForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "tokens": token_actions.tokens()}
    if request.method == "POST" and form.is_valid():
        try:
            context["raw"] = token_actions.make_token(by=admin, **form.cleaned_data)
            context["form"] = people_forms.TokenForm()
        except PeopleError as error:
            form.add_error(None, str(error))
    response = render(request, "people/tokens.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


def revoke_token(request: Any, pk: int) -> HttpResponse:
    token = access.token_to_revoke(request, pk)
    if request.method == "POST":
        token_actions.revoke_token(token, by=request.user)
    return redirect("people:tokens")


def import_roster(request: Any) -> HttpResponse:
    """Upload a roster: first what would change, then for good."""
    admin = access.admin(request)
    form = people_forms.RosterForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return render(request, "people/import.html", {"form": form})
    if "again" in request.POST:
        return _import_for_good(request, admin)
    if not form.is_valid():
        return render(request, "people/import.html", {"form": form}, status=422)
    data = form.cleaned_data
    name = uploads.keep(data["file"])
    choice = {"is_full": data["is_full"], "leavers_up_to": data["leavers_up_to"]}
    try:
        change = actions.import_roster(uploads.path(name), actor=admin, is_dry_run=True, **choice)
    except RosterError as error:
        uploads.drop(name)
        return render(request, "people/import.html", {"form": form, "refused": error}, status=422)
    if before := request.session.get("roster"):
        uploads.drop(before["name"])
    request.session["roster"] = {"name": name, **choice}
    return render(request, "people/import.html", {"form": form, "change": change, "name": name})


def _import_for_good(request: Any, admin: Any) -> HttpResponse:
    kept = request.session.get("roster")
    if not kept or kept["name"] != request.POST.get("name") or not uploads.path(kept["name"]).exists():
        # Perhaps another file was looked at since, in another tab: nobody imports what they have not seen.
        messages.error(request, _("The file is no longer here. Upload it again."))
        return redirect("people:import")
    del request.session["roster"]
    path = uploads.path(kept["name"])
    choice = {"is_full": kept["is_full"], "leavers_up_to": kept["leavers_up_to"]}
    if path.stat().st_size > IN_REQUEST:
        result = tasks.import_roster.enqueue(str(path), admin.pk, **choice)
        return redirect("people:progress", pk=result.id, name=kept["name"])
    try:
        change = actions.import_roster(path, actor=admin, **choice)
        messages.success(
            request,
            _("%(joiners)d joined, %(changed)d changed, %(leavers)d left.")
            % {"joiners": change.joiners, "changed": change.changed, "leavers": change.leavers},
        )
    except RosterError as error:
        messages.error(request, str(error.message))
    finally:
        uploads.drop(kept["name"])
    return redirect("people:people")


def progress(request: Any, pk: str, name: str) -> HttpResponse:
    """How far a large import is."""
    access.admin(request)
    try:
        result = tasks.import_roster.get_result(pk)
    except TaskResultDoesNotExist as error:
        raise Http404 from error
    result.refresh()
    done = cache.get(f"roster:{uploads.path(name)}", 0)
    outcome = result.return_value if result.is_finished and str(result.status) == "SUCCESSFUL" else None
    context = {"done": done, "result": result, "outcome": outcome, "pk": pk, "name": name}
    return page(request, "people/progress.html", context, fragment="people/_progress.html")


def me(request: Any) -> HttpResponse:
    """One's own page: stance, language, sign-in, data."""
    own = access.signed_in(request)
    context = {
        "stance_form": people_forms.StanceForm(initial={"stance": own.stance}),
        "language_form": people_forms.LanguageForm(initial={"language": own.language or settings.LANGUAGE_CODE}),
        "signed_in": sessions.signed_in(own, request.session.session_key),
        "mails": mails.kinds_for(own),
    }
    return render(request, "people/me.html", context)


@require_POST
def heard(request: Any) -> HttpResponse:
    """Whether listening may keep one's own public posts: no, unless one says so here."""
    own = access.signed_in(request)
    actions.choose_heard(own, may_be_heard="yes" in request.POST)
    return redirect("people:me")


@require_POST
def mails_wanted(request: Any) -> HttpResponse:
    """Stop one kind of mail, or let it come again."""
    own = access.signed_in(request)
    for kind, _is_on in mails.kinds_for(own):
        if request.POST.get("kind") == kind:
            (mails.start if "come" in request.POST else mails.stop)(own, kind)
    return redirect("people:me")


@csrf_exempt
def mail(request: Any, token: str) -> HttpResponse:
    """Stop mails from the mail itself: the signed address is enough, and a mail program may ask in one click."""
    found = mails.read(token)
    if found is None:
        raise Http404
    person, kind = found
    if request.method == "POST":
        (mails.start if "again" in request.POST else mails.stop)(person, kind)
    is_on = not mails.stopped([person], kind)
    return render(request, "people/mail.html", {"kind": kind, "is_on": is_on})


@require_POST
def end_session(request: Any) -> HttpResponse:
    """Sign out of another browser, or of all others."""
    own = access.signed_in(request)
    chosen = request.POST.get("session", "")
    number = sessions.end(own, (whole(chosen) or 0) if chosen else None, here=request.session.session_key)
    messages.success(request, ngettext("%d browser was signed out.", "%d browsers were signed out.", number) % number)
    return redirect("people:me")


@require_POST
def stance(request: Any) -> HttpResponse:
    """Choose one's own stance."""
    own = access.signed_in(request)
    actions.choose_stance(own, taken(people_forms.StanceForm(request.POST))["stance"])
    messages.success(request, _("Your stance was kept. Nobody is told."))
    return redirect("people:me")


@require_POST
def language(request: Any) -> HttpResponse:
    """Choose the language of pages and mails."""
    own = access.signed_in(request)
    actions.choose_language(own, taken(people_forms.LanguageForm(request.POST))["language"])
    response = redirect("people:me")
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return response


def organisation(request: Any) -> HttpResponse:
    """The organisation's name and colour."""
    admin = access.admin(request)
    form = OrganisationForm(request.POST or None, request.FILES or None, instance=base_queries.organisation())
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        logo = b"" if data["without_logo"] else data["logo_file"] or None
        base_actions.set_organisation(actor=admin, name=data["name"], brand_colour=data["brand_colour"], logo=logo)
        messages.success(request, _("The settings were kept."))
        return redirect("people:organisation")
    return render(request, "people/organisation.html", {"form": form}, status=422 if form.errors else 200)


def log(request: Any) -> HttpResponseBase:
    """Who did what, newest first, as a page or as a file."""
    access.admin(request)
    words, before = request.GET.get("q", "").strip()[:200], whole(request.GET.get("before", ""))
    found = base_queries.log_entries(words, before)
    form = request.GET.get("form", "")
    if form in tables.FORMATS:
        head = ["at", "who", "what", "to what", "details"]
        rows = ([own.at.isoformat(timespec="seconds"), own.actor_name, own.verb, own.subject, json.dumps(own.detail, ensure_ascii=False)]
                for own in found.iterator(2000))  # fmt: skip
        return tables.response(chain([head], rows), form, name="log", sheet="log")
    entries = list(found[: LOG_PAGE + 1])
    older = entries[LOG_PAGE - 1].pk if len(entries) > LOG_PAGE else None
    return render(request, "people/log.html", {"entries": entries[:LOG_PAGE], "older": older, "words": words})

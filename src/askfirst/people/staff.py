"""Pages by which administrators look after single people: add one, put right what is known, let in, switch off."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from askfirst.base.forms import fitting
from askfirst.people import access, actions, queries, records, teams
from askfirst.people.errors import PeopleError
from askfirst.people.forms import PersonForm, RolesForm


def add(request: Any) -> HttpResponse:
    """Add one person by hand."""
    admin = access.admin(request)
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        added = actions.add_person(actor=admin, **data | {"team": teams.team_named(data["team"])})
        messages.success(request, _("%s is here now.") % added)
        return redirect("people:person", pk=added.pk)
    return render(request, "people/add.html", {"form": form}, status=422 if form.errors else 200)


def person(request: Any, pk: int) -> HttpResponse:
    """One person: what is known, their roles, the way in and out."""
    found = access.person_to_edit(request, pk)
    return _page(request, found)


def change(request: Any, pk: int) -> HttpResponse:
    """Put right what is known about a person."""
    found = access.person_to_edit(request, pk)
    # The form writes into what it is given, and the action asks what was there before.
    form = PersonForm(request.POST or None, instance=access.person_to_edit(request, pk))
    if request.method != "POST":
        return redirect("people:person", pk=pk)
    if form.is_valid():
        try:
            records.change_person(found, by=request.user, **form.cleaned_data)
            messages.success(request, _("Kept."))
            return redirect("people:person", pk=pk)
        except PeopleError as error:
            form.add_error(None, str(error))
    return _page(request, found, form=form, status=422)


@require_POST
def roles(request: Any, pk: int) -> HttpResponse:
    """Give and take roles."""
    found = access.person_to_edit(request, pk)
    form = RolesForm(request.POST, instance=access.person_to_edit(request, pk), auto_id="roles_%s")
    if not form.is_valid():
        return _page(request, found, roles=form, status=422)
    words = _("The roles of %s were kept.") % found
    _done(request, actions.set_roles, found, words, actor=request.user, **form.cleaned_data)
    return redirect("people:person", pk=pk)


def all_teams(request: Any) -> HttpResponse:
    """Teams with how many work in each; another name, or gone."""
    access.admin(request)
    if request.method == "POST":
        found = access.team_to_change(request, request.POST.get("team", ""))
        if "drop" in request.POST:
            _done(request, teams.drop_team, found, _("The team is gone."), by=request.user)
        else:
            _done(
                request,
                teams.rename_team,
                found,
                _("Kept."),
                by=request.user,
                name=fitting(request.POST.get("name", ""), 120),
            )
        return redirect(request.get_full_path())
    shown = Paginator(queries.teams_with_numbers(), 50).get_page(request.GET.get("page"))
    return render(request, "people/teams.html", {"page": shown})


@require_POST
def link(request: Any, pk: int) -> HttpResponse:
    """Make an address under which a person sets their own password; it is shown once."""
    found = access.person_to_edit(request, pk)
    try:
        response = _page(request, found, link=records.link_to_sign_in(found, by=request.user))
    except PeopleError as error:
        messages.error(request, str(error))
        return redirect("people:person", pk=pk)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def switch(request: Any, pk: int) -> HttpResponse:
    """Switch a leaver off, or somebody on again."""
    found = access.person_to_edit(request, pk)
    if "on" in request.POST:
        _done(request, records.switch_on, found, _("%s is here again.") % found, by=request.user)
    else:
        _done(
            request, records.switch_off, found, _("%s is shut out and signed out everywhere.") % found, by=request.user
        )
    return redirect("people:person", pk=pk)


def _done(request: Any, action: Any, found: Any, words: str, **fields: Any) -> None:
    """Carry an action out and say so, or say why not."""
    try:
        action(found, **fields)
        messages.success(request, words)
    except PeopleError as error:
        messages.error(request, str(error))


def _page(
    request: Any, found: Any, *, form: Any = None, roles: Any = None, link: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "person": found,
        "form": form or PersonForm(instance=found),
        "roles": roles or RolesForm(instance=found, auto_id="roles_%s"),
        "link": link,
    }
    return render(request, "people/person.html", context, status=status)

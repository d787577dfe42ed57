"""The first page, everybody's Today, and one's own data across all parts."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from askfirst.people import access
from askfirst.people.errors import PeopleError
from askfirst.plan import actions, queries
from askfirst.policy import actions as policy


def home(request: Any) -> HttpResponse:
    """The first page: join with a code, or sign in."""
    return render(request, "plan/home.html")


def today(request: Any) -> HttpResponse:
    """What waits for the person who is signed in."""
    person = access.signed_in(request)
    policy.ask_if_new(person)
    return render(request, "plan/today.html", {"today": queries.today(person)})


def desk(request: Any) -> HttpResponse:
    """Everything that the person's roles give them to do, in one place."""
    person = access.signed_in(request)
    if not person.has_desk:
        raise PermissionDenied
    return render(request, "plan/desk.html")


def my_data(request: Any) -> HttpResponse:
    """Everything that all parts know about the person, as JSON."""
    body = json.dumps(queries.my_data(access.signed_in(request)), ensure_ascii=False, indent=2)
    response = HttpResponse(body, content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


def erase(request: Any) -> HttpResponse:
    """Erase oneself, after a clear question."""
    person = access.signed_in(request)
    if request.method == "POST":
        try:
            actions.erase(person)
        except PeopleError as error:
            messages.error(request, str(error))
            return redirect("plan:erase")
        logout(request)
        messages.success(request, _("You are erased. What you contributed stays, without a name."))
        return redirect("plan:home")
    return render(request, "plan/erase.html")

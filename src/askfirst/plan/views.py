"""The first page, everybody's Today, and one's own data across all parts."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from askfirst.base import charts, pdf, tables
from askfirst.base.forms import fitting
from askfirst.base.web import once_more
from askfirst.jam import ledgers
from askfirst.people import access
from askfirst.people.errors import PeopleError
from askfirst.plan import access as plan_access
from askfirst.plan import actions, checkup, queries, reports
from askfirst.plan.forms import EntryForm
from askfirst.policy import actions as policy


def home(request: Any) -> HttpResponse:
    """The first page: join with a code, or sign in."""
    return render(request, "plan/home.html")


def today(request: Any) -> HttpResponse:
    """What waits for the person who is signed in."""
    person = access.signed_in(request)
    policy.ask_if_new(person)
    return render(request, "plan/today.html", {"today": queries.today(person)})


def team(request: Any) -> HttpResponse:
    """A manager's team in numbers."""
    manager = plan_access.manager(request)
    return render(request, "plan/team.html", {"team": queries.team_numbers(manager)})


def desk(request: Any) -> HttpResponse:
    """Everything that the person's roles give them to do, in one place."""
    person = access.signed_in(request)
    if not person.has_desk:
        raise PermissionDenied
    steps = queries.first_steps() if person.is_admin else []
    left = [step for step in steps if not step.is_done]
    context = {"steps": steps if left else [], "suggestions": queries.suggestions() if person.can_edit else []}
    return render(request, "plan/desk.html", context)


def plan(request: Any) -> HttpResponse:
    """The plan as a living page; everybody may read it."""
    person = access.signed_in(request)
    if request.method == "POST":
        editor = plan_access.editor(request)
        if "template" in request.POST:
            actions.load_template(by=editor, language=get_language() or "")
        else:
            version = actions.keep_version(by=editor, note=fitting(request.POST.get("note", ""), 200))
            messages.success(request, _("Kept as version %d.") % version.number)
        return redirect("plan:plan")
    sections = queries.plan()
    context = {
        "sections": sections, "versions": queries.versions(), "can_edit": person.can_edit,
        "is_empty": not any(lines for _kind, _label, lines in sections),
    }  # fmt: skip
    return render(request, "plan/plan.html", context)


def version(request: Any, number: int) -> HttpResponse:
    """The plan as it stood when somebody kept it."""
    found = plan_access.version_to_read(request, number)
    return render(request, "plan/version.html", {"version": found, "sections": queries.version_by_section(found)})


def edit_entry(request: Any, pk: int | None = None) -> HttpResponse:
    """Write a line of the plan, change it, or take it out."""
    person = plan_access.editor(request)
    found = plan_access.entry_to_change(request, pk) if pk else None
    form = EntryForm(request.POST or None, instance=found, initial={"kind": request.GET.get("kind", "goal")})
    if request.method == "POST":
        if "remove" in request.POST and found:
            text = _("Versions that were kept hold it still.")
            if asked := once_more(
                request, _("Take “%s” out of the plan?") % found.title, text, button="remove", words=_("Remove")
            ):
                return asked
            actions.remove_entry(found, by=person)
            return redirect("plan:plan")
        if form.is_valid():
            actions.keep_entry(found, by=person, **form.cleaned_data)
            return redirect("plan:plan")
    return render(request, "plan/edit_entry.html", {"form": form, "entry": found}, status=422 if form.errors else 200)


def export(request: Any) -> HttpResponse:
    """The plan as a table for spreadsheets, or on paper."""
    access.signed_in(request)
    if request.GET.get("form") == "pdf":
        response = HttpResponse(reports.plan_as_pdf(), content_type=pdf.CONTENT_TYPE)
        response["Content-Disposition"] = 'attachment; filename="plan.pdf"'
        return response
    rows = [
        [
            _("section"),
            _("title"),
            _("in a few words"),
            _("owner"),
            _("now"),
            _("target"),
            _("look at it again on"),
            _("address"),
            _("who can get it back"),
        ]
    ]
    for _kind, label, lines in queries.plan():
        for line in lines:
            entry, value = (line.entry, line.value) if hasattr(line, "entry") else (line, None)
            now = "" if value is None or value.number is None else value.number
            rows.append(
                [
                    str(label),
                    entry.title,
                    entry.text,
                    str(entry.owner or ""),
                    now,
                    "" if entry.target is None else entry.target,
                    entry.review_on or "",
                    entry.address,
                    entry.recovery,
                ]
            )
    response = HttpResponse(tables.to_csv(rows), content_type=tables.CSV)
    response["Content-Disposition"] = 'attachment; filename="plan.csv"'
    return response


def dashboard(request: Any) -> HttpResponse:
    """Every number, how it is counted, and where it leads."""
    person = plan_access.planner(request)
    month = timezone.localdate().replace(day=1)
    sections = [
        (label, [(measure, value, reports.trend(measure.id, month)) for measure, value in rows])
        for label, rows in queries.dashboard()
    ]
    context = {
        "sections": sections,
        "months": reports.months(),
        "suggestions": queries.suggestions() if person.can_edit else [],
        "charts": [ledgers.chart_of_all(), _sides()],
    }
    return render(request, "plan/dashboard.html", context)


def report(request: Any, month: str) -> HttpResponse:
    """A month in numbers, beside the month before; as a PDF too."""
    person = plan_access.planner(request)
    found = next((own for own in reports.months() if f"{own:%Y-%m}" == month), None)
    if found is None:
        raise Http404
    if request.GET.get("form") == "pdf":
        response = HttpResponse(reports.as_pdf(found), content_type=pdf.CONTENT_TYPE)
        response["Content-Disposition"] = f'attachment; filename="report-{month}.pdf"'
        return response
    rows = [(label, [(line, reports.words(line)) for line in lines]) for label, lines in reports.lines(found)]
    context = {
        "title": reports.title(found), "month": month, "sections": rows, "months": reports.months(),
        "suggestions": queries.suggestions() if person.can_edit else [],
    }  # fmt: skip
    return render(request, "plan/report.html", context)


def _sides() -> charts.BarChart:
    good, bad = queries.listen.sides()
    return charts.bars(_("Opportunities and risks heard, 30 days"), [(_("Opportunities"), good), (_("Risks"), bad)])


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


def erase_leaver(request: Any, pk: int) -> HttpResponse:
    """Erase somebody who has left and asks for it, after a clear question."""
    person = access.person_to_edit(request, pk)
    if person.is_active:
        messages.error(request, _("Only who has left is erased by somebody else. Switch this person off first."))
        return redirect("people:person", pk=pk)
    if request.method == "POST":
        actions.erase(person, by=request.user)
        messages.success(request, _("Erased. What they contributed stays, without a name."))
        return redirect("people:people")
    return render(request, "plan/erase_leaver.html", {"person": person})


def setup(request: Any) -> HttpResponse:
    """How this installation is set up, and what the way of this request says about the proxies in front."""
    access.admin(request)
    return render(request, "plan/setup.html", {"facts": checkup.facts(), "visit": checkup.visit(request)})

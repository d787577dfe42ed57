"""Pages of those who lead jams: the list, a new one, the desk, and every act on it."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from askfirst.base.forms import NotTaken, taken
from askfirst.base.web import absolute, page, whole
from askfirst.jam import access, actions, acts, facilitation, imports, queries
from askfirst.jam import forms as jam_forms
from askfirst.jam.errors import JamError
from askfirst.jam.models import Jam
from askfirst.library import queries as library
from askfirst.people import queries as people

PREVIEW = 200
OFFERED = 20


def jams(request: Any) -> HttpResponse:
    """All jams, to lead one or begin a new one."""
    access.person_who_leads(request)
    stranded = queries.stranded()
    return render(request, "jam/jams.html", {"rows": [(jam, stranded.get(jam.pk, 0)) for jam in queries.led_jams()]})


def new(request: Any) -> HttpResponse:
    """Create a jam; `from` seeds it with what stayed open in another."""
    person = access.person_who_leads(request)
    source = queries.jam_by_code(request.GET.get("from", ""))
    form = jam_forms.JamForm(
        request.POST or None,
        initial={"title": source.title, "prompt": source.prompt}
        if source
        else {name: request.GET[name] for name in ("title", "prompt") if name in request.GET},
    )
    if request.method == "POST" and form.is_valid():
        jam = actions.create_jam(by=person, **form.cleaned_data)
        if source:
            number = actions.seed_jam(jam, source=source, by=person)
            messages.success(request, _("%d open questions came along.") % number)
        return redirect("jam:desk", code=jam.code)
    return render(request, "jam/edit.html", {"form": form, "source": source}, status=422 if form.errors else 200)


def edit(request: Any, code: str) -> HttpResponse:
    """Change a jam's settings."""
    jam = access.jam_to_lead(request, code)
    form = jam_forms.JamForm(request.POST or None, instance=jam)
    if request.method == "POST" and form.is_valid():
        actions.change_jam(jam, by=request.user, **form.cleaned_data)
        messages.success(request, _("The settings were kept."))
        return redirect("jam:desk", code=jam.code)
    return render(request, "jam/edit.html", {"form": form, "jam": jam}, status=422 if form.errors else 200)


def colleagues(request: Any) -> HttpResponse:
    """Those whose name or address begins to fit what is typed, to be chosen from."""
    access.person_who_leads(request)
    typed = request.GET.get("owner", "").strip()[:200]
    found = people.people(typed).order_by("name")[:OFFERED] if typed else []
    return render(request, "jam/_colleagues.html", {"people": found})


def desk(request: Any, code: str) -> HttpResponse:
    """The facilitator's view, made for a tablet."""
    return _desk(request, access.jam_to_lead(request, code))


def _desk(request: Any, jam: Jam, problem: Any = "", status: int = 200) -> HttpResponse:
    # An act comes from a page of the desk and answers with the same one.
    at = parse_qs((request.htmx.current_url or "").partition("?")[2]) if request.htmx else {}
    number = request.GET.get("page") or at.get("page", ["1"])[0]
    board = queries.board(jam, page=number)
    staged = board.stage.name if board.stage and board.stage.lead else ""
    context = {
        "jam": jam,
        "board": board,
        "answers": library.answers_beside(staged) if staged else [],
        "fitting": library.materials_beside(staged) if staged else [],
        "materials": library.shelf(),
        "open": [group for group in board.groups if group.outcome == "open"],
        "settled": [group for group in board.groups if group.outcome != "open"],
        "pending": list(queries.pending(jam)),
        "acts": queries.acts(jam),
        "problem": problem,
        "owner": jam_forms.ParkForm(auto_id=False)["owner"],
        "live": access.looking_address(jam),
        "address": absolute(reverse("jam:room", args=[jam.code])),
    }
    return page(request, "jam/desk.html", context, fragment="jam/_desk.html", status=status)


def _stage(jam: Jam, by: Any, post: Any, pk: int) -> None:
    facilitation.put_on_stage(jam, pk or None, by=by)


def _answer(jam: Jam, by: Any, post: Any, pk: int) -> None:
    facilitation.answer(jam, pk, by=by, **_clean(jam_forms.AnswerForm(post)))


def _decide(jam: Jam, by: Any, post: Any, pk: int) -> None:
    facilitation.decide_idea(jam, pk, by=by, **_clean(jam_forms.DecisionForm(post)))


def _park(jam: Jam, by: Any, post: Any, pk: int) -> None:
    facilitation.park(jam, pk, by=by, **_clean(jam_forms.ParkForm(post)))


def _reopen(jam: Jam, by: Any, post: Any, pk: int) -> None:
    facilitation.reopen(jam, pk, by=by)


def _rename(jam: Jam, by: Any, post: Any, pk: int) -> None:
    facilitation.rename(jam, pk, by=by, **_clean(jam_forms.RenameForm(post)))


def _pin(jam: Jam, by: Any, post: Any, pk: int) -> None:
    facilitation.pin(jam, pk, by=by, is_pinned="off" not in post)


def _merge(jam: Jam, by: Any, post: Any, pk: int) -> None:
    number = _clean(jam_forms.MergeForm(post))["into"]
    into = queries.group_with_number(jam, number)
    if into is None:
        raise JamError(_("No question here has the number %d.") % number)
    facilitation.merge(jam, into, pk, by=by)


def _split(jam: Jam, by: Any, post: Any, pk: int) -> None:
    facilitation.split(jam, _clean(jam_forms.SplitForm(post))["items"], by=by)


def _reject(jam: Jam, by: Any, post: Any, pk: int) -> None:
    facilitation.reject(jam, pk, by=by, **_clean(jam_forms.ReasonForm(post)))


def _approve(jam: Jam, by: Any, post: Any, pk: int) -> None:
    facilitation.approve(jam, pk, by=by)


def _lock(jam: Jam, by: Any, post: Any, pk: int) -> None:
    facilitation.lock_door(jam, by=by, is_locked="off" not in post)


def _gap(jam: Jam, by: Any, post: Any, pk: int) -> None:
    facilitation.mark_gap(jam, pk, by=by)


def _show(jam: Jam, by: Any, post: Any, pk: int) -> None:
    chosen = whole(post.get("material", "") or str(pk))
    facilitation.show_material(jam, library.material(chosen) if chosen else None, by=by)


def _undo(jam: Jam, by: Any, post: Any, pk: int) -> None:
    acts.undo(jam, pk, by=by)


# Every act on the desk: one function and one line. The number is the group's, the contribution's or the act's.
ACTS: dict[str, Callable[[Jam, Any, Any, int], None]] = {
    "stage": _stage,
    "answer": _answer,
    "decide": _decide,
    "park": _park,
    "reopen": _reopen,
    "rename": _rename,
    "pin": _pin,
    "merge": _merge,
    "split": _split,
    "reject": _reject,
    "approve": _approve,
    "lock": _lock,
    "gap": _gap,
    "show": _show,
    "undo": _undo,
}


@require_POST
def act(request: Any, code: str, verb: str, pk: int) -> HttpResponse:
    """Carry out one act and show the desk as it is afterwards."""
    jam = access.jam_to_lead(request, code)
    if verb not in ACTS:
        raise Http404
    sent, problem, status = request.POST.copy(), "", 200
    if not request.htmx:
        # Going back shows the page as it was: what it had seen could never be sent once more.
        sent.pop("seen", None)
    try:
        ACTS[verb](jam, request.user, sent, pk)
    except JamError as error:
        if not request.htmx:
            raise NotTaken(error.message) from error
        problem, status = error.message, error.status
    if request.htmx:
        return _desk(request, access.jam_to_lead(request, code), problem, status)
    return redirect("jam:desk", code=jam.code)


def _clean(form: Any) -> dict[str, Any]:
    try:
        return taken(form)
    except NotTaken as error:
        raise JamError(str(error)) from error


def close(request: Any, code: str) -> HttpResponse:
    """Close the jam: what stays open gets a reason, a person and a date."""
    jam = access.jam_to_lead(request, code)
    form = jam_forms.CloseForm(
        request.POST or None,
        initial={"reason": _("We did not get to it in this session."), "owner": request.user.email},
    )
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            facilitation.close(jam, by=request.user, **form.cleaned_data)
            return redirect("jam:ledger", code=jam.code)
        except JamError as error:
            problem = error.message
    left = len([group for group in queries.unfinished_groups(jam) if group.outcome == "open"])
    context = {"jam": jam, "form": form, "left": left, "problem": problem, "waiting": queries.pending(jam).count()}
    return render(request, "jam/close.html", context, status=422 if problem or form.errors else 200)


def remove(request: Any, code: str) -> HttpResponse:
    """Delete a closed jam for good; whoever does it types its code."""
    jam = access.jam_to_lead(request, code)
    problem = ""
    if request.method == "POST":
        if request.POST.get("code", "").strip().upper() == jam.code:
            try:
                number = actions.remove_jam(jam, by=request.user)
                messages.success(request, _("The jam is deleted, with %d contributions.") % number)
                return redirect("jam:jams")
            except JamError as error:
                problem = str(error.message)
        else:
            problem = _("That is not its code.")
    context = {"jam": jam, "number": jam.contributions.count(), "problem": problem}
    return render(request, "jam/remove.html", context, status=422 if problem else 200)


def bring(request: Any, code: str) -> HttpResponse:
    """Import questions from elsewhere: first a look at what would come, then for good."""
    jam = access.jam_to_lead(request, code)
    form = jam_forms.ImportForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"jam": jam, "form": form}
    if brought := request.POST.get("texts", ""):
        texts = [line for line in brought.splitlines() if line.strip()]
        try:
            done, problems = actions.import_texts(jam, texts, by=request.user)
        except JamError as error:
            raise NotTaken(error.message) from error
        messages.success(request, _("%d questions were brought in.") % done)
        for problem in problems[:5]:
            messages.error(request, problem)
        if len(problems) > 5:
            messages.error(request, _("and %d more") % (len(problems) - 5))
        return redirect("jam:desk", code=jam.code)
    if request.method == "POST" and form.is_valid():
        try:
            found = _read_upload(jam, **form.cleaned_data)
            left_out = [row for row in found if row.problem]
            context |= {"found": found, "number": len(found) - len(left_out)}
            context |= {"left_out": left_out[:OFFERED], "more": len(left_out[OFFERED:])}
        except JamError as error:
            form.add_error("file", error.message)
    return render(request, "jam/bring.html", context, status=422 if form.errors else 200)


def _read_upload(jam: Jam, file: Any, column: str) -> list[imports.Found]:
    with tempfile.NamedTemporaryFile(suffix=Path(file.name).suffix) as kept:
        for part in file.chunks():
            kept.write(part)
        kept.flush()
        return imports.read(Path(kept.name), column, queries.texts(jam))

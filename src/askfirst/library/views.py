"""Pages of the library."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from askfirst.base.web import once_more, page
from askfirst.library import access, actions, imports, media, preview, queries
from askfirst.library.errors import LibraryError
from askfirst.library.forms import AnswerForm, LinksForm, MaterialForm
from askfirst.people import access as people_access

PAGE = 40
# Of lines that were left out.
SHOWN = 100


def answers(request: Any) -> HttpResponse:
    """The library: materials and answers, searched by words, narrowed by kind and topic."""
    people_access.signed_in(request)
    words, kind, topic = (request.GET.get(name, "").strip()[:200] for name in ("q", "kind", "topic"))
    found = queries.find(words, kind, topic)
    shown = Paginator(found.entries, PAGE).get_page(request.GET.get("page"))
    # What was searched for stands in the order of its fit; else what can be used at once comes as cards.
    cards = [] if words else queries.at_hand(shown)
    context = {
        "found": found, "words": words, "kind": kind, "topic": topic, "page": shown, "cards": cards,
        "rows": [entry for entry in shown if entry not in cards],
        "more": urlencode({"q": words, "kind": kind, "topic": topic}) + "&",
    }  # fmt: skip
    return page(request, "library/answers.html", context, fragment="library/_answers.html")


def material(request: Any, pk: int) -> HttpResponse:
    """One material: to read, tick off, look at or watch."""
    return render(request, "library/material.html", {"material": access.material_to_read(request, pk)})


def print_material(request: Any, pk: int) -> HttpResponse:
    """A checklist or flier on one sheet of paper."""
    return render(request, "library/print.html", {"material": access.material_to_read(request, pk)})


def edit_material(request: Any, pk: int | None = None) -> HttpResponse:
    """Add a material, or change one."""
    person = access.editor(request)
    found = access.material_to_edit(request, pk) if pk else None
    if "drop" in request.POST and found:
        text = _("Lessons, clauses and jams that show it will show it no longer. This cannot be undone.")
        if asked := once_more(request, _("Take “%s” out of the library?") % found.title, text):
            return asked
        actions.drop_material(found, actor=person)
        return redirect("library:answers")
    form = MaterialForm(request.POST or None, request.FILES or None, instance=found)
    if request.method == "POST" and form.is_valid():
        data = {name: value for name, value in form.cleaned_data.items() if name not in {"upload", "captions_file"}}
        kept = actions.keep_material(found, actor=person, **data)
        messages.success(request, _("It is in the library."))
        return redirect("library:material", pk=kept.pk)
    return render(
        request, "library/edit_material.html", {"form": form, "material": found}, status=422 if form.errors else 200
    )


def import_links(request: Any) -> HttpResponse:
    """Many links at once."""
    person = access.editor(request)
    form = LinksForm(request.POST or None, request.FILES or None)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            rows, problems = imports.read(form.cleaned_data["file"].read())
            done, there = actions.import_links(rows, actor=person)
            messages.success(
                request, _("%(done)d links came in, %(there)d were there already.") % {"done": done, "there": there}
            )
            if not problems:
                return redirect("library:answers")
            if len(problems) > SHOWN:
                problems = [*problems[:SHOWN], _("and %d more") % (len(problems) - SHOWN)]
        except LibraryError as error:
            form.add_error("file", error.message)
    return render(
        request, "library/import.html", {"form": form, "problems": problems}, status=422 if form.errors else 200
    )


@require_POST
def look_up(request: Any) -> HttpResponse:
    """Fetch title and description of a page, because somebody pressed the button; nothing is fetched otherwise."""
    access.editor(request)
    try:
        found = preview.look_up(request.POST.get("address", ""))
    except LibraryError as error:
        return render(request, "library/_looked_up.html", {"problem": error.message}, status=422)
    return render(request, "library/_looked_up.html", {"found": found})


def media_file(request: Any, name: str) -> HttpResponse:
    """A file of the library; only ones that we made, with a type that we know, and nothing in them may run."""
    people_access.signed_in(request)
    kind = queries.media_type_of(name)
    if not kind:
        raise Http404
    return media.response(request, name, kind)


def answer(request: Any, pk: int) -> HttpResponse:
    """One answer, with where it came from."""
    return render(request, "library/answer.html", {"answer": access.answer_to_read(request, pk)})


def edit_answer(request: Any, pk: int | None = None) -> HttpResponse:
    """Write an answer by hand, change one, or take it out."""
    person = access.editor(request)
    found = access.answer_to_edit(request, pk) if pk else None
    if "drop" in request.POST and found:
        if asked := once_more(request, _("Take “%s” out of the library?") % Truncator(found.question).chars(120)):
            return asked
        actions.drop_answer(found, actor=person)
        return redirect("library:answers")
    form = AnswerForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        kept = actions.keep_answer(found, actor=person, **form.cleaned_data)
        messages.success(request, _("The answer was kept."))
        return redirect("library:answer", pk=kept.pk)
    return render(
        request, "library/edit_answer.html", {"answer": found, "form": form}, status=422 if form.errors else 200
    )

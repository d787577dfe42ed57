"""Pages of the rogues' gallery: all villains, a play scene by scene, and the editor with its map of branches."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from askfirst.base.web import whole
from askfirst.engines import drills as engine
from askfirst.learn import access, playing, practice, queries, translations
from askfirst.learn.errors import LearnError, in_words
from askfirst.learn.forms import DrillForm
from askfirst.people import access as people_access


def gallery(request: Any) -> HttpResponse:
    """All villains by grade, with mine won and lost, and how well I tell fine from foul."""
    person = people_access.signed_in(request)
    context = {
        "grades": playing.gallery(person),
        "skill": playing.skill(person),
        "next": playing.drill_for(person),
        "out": playing.drills_out() if person.can_edit else [],
    }
    return render(request, "learn/gallery.html", context)


def begin(request: Any, pk: int) -> HttpResponse:
    """The villain's card; posting begins, or goes on."""
    drill = access.drill_to_play(request, pk)
    language = get_language() or ""
    if request.method == "POST":
        return redirect("learn:play", pk=practice.begin_play(drill, person=request.user, language=language).pk)
    parsed, _problems = engine.parse(translations.drill_source(drill, language))
    context = {"drill": drill, "parsed": parsed, "plays": playing.plays(request.user, drill)}
    return render(request, "learn/drill.html", context)


@require_POST
def take_out(request: Any, pk: int) -> HttpResponse:
    """Take a villain out of the gallery, or let it in again."""
    drill = access.drill_to_edit(request, pk)
    practice.take_out(drill, by=request.user, is_out="in" not in request.POST)
    return redirect("learn:gallery")


def play(request: Any, pk: int) -> HttpResponse:
    """One scene: decide; then why, and the scene that follows."""
    found = access.play_to_go_on(request, pk)
    status, problem = 200, ""
    if request.method == "POST":
        number = whole(request.POST.get("choice", ""))
        try:
            practice.choose(found, scene=request.POST.get("scene", ""), number=-1 if number is None else number)
            return redirect("learn:play", pk=pk)
        except LearnError as error:
            problem, status = str(error.message), error.status
    context = {"play": found, "problem": problem, "told": queries.told_of("learn.choice_made"), **playing.scene(found)}
    return render(request, "learn/play.html", context, status=status)


def edit(request: Any, pk: int | None = None) -> HttpResponse:
    """Write a drill; the map of its branches is drawn beside it."""
    person = access.editor(request)
    found = access.drill_to_edit(request, pk) if pk else None
    form = DrillForm(
        request.POST or None,
        initial={"source": found.source if found else playing.drill_template(request.GET.get("about", "…"))},
    )
    if found:
        form.watch(str(found.version))
    if request.method == "POST" and form.is_valid() and "look" not in request.POST:
        try:
            kept = practice.keep_drill(found, by=person, source=form.cleaned_data["source"])
            return redirect("learn:drill", pk=kept.pk)
        except LearnError as error:
            # The others stand beside the map.
            form.add_error("source", str(error.message).split("\n")[0])
    return _editor(request, form, found)


def say_in(request: Any, pk: int, language: str) -> HttpResponse:
    """Write a drill in another language, beginning with its original."""
    person = access.editor(request)
    found = access.drill_to_edit(request, pk)
    name = access.language_to_say(found, language)
    kept = translations.source_in(found, language)
    form = DrillForm(request.POST or None, initial={"source": kept})
    form.watch_words(kept)
    if request.method == "POST" and form.is_valid() and "look" not in request.POST:
        try:
            practice.say_drill_in(found, language, by=person, source=form.cleaned_data["source"])
            return redirect("learn:drill", pk=pk)
        except LearnError as error:
            # The others stand beside the map.
            form.add_error("source", str(error.message).split("\n")[0])
    return _editor(request, form, found, language=name)


def _editor(request: Any, form: DrillForm, drill: Any, **more: Any) -> HttpResponse:
    source = form.data.get("source", "") if form.is_bound else form.initial["source"]
    parsed, problems = engine.parse(source)
    context = {
        "form": form, "drill": drill, "problems": [(own, in_words(own)) for own in problems],
        "map": playing.drill_map(parsed), "languages": settings.LANGUAGES, **more,
    }  # fmt: skip
    return render(request, "learn/edit_drill.html", context, status=422 if form.errors else 200)

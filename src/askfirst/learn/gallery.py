"""Pages of the rogues' gallery: all villains, a play scene by scene, and the editor with its map of branches."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from askfirst.engines import drills as engine
from askfirst.learn import access, playing, practice, queries
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
    }
    return render(request, "learn/gallery.html", context)


def begin(request: Any, pk: int) -> HttpResponse:
    """The villain's card; posting begins, or goes on."""
    drill = access.drill_to_play(request, pk)
    if request.method == "POST":
        return redirect("learn:play", pk=practice.begin_play(drill, person=request.user).pk)
    context = {"drill": drill, "parsed": drill.parsed, "plays": playing.plays(request.user, drill)}
    return render(request, "learn/drill.html", context)


def play(request: Any, pk: int) -> HttpResponse:
    """One scene: decide; then why, and the scene that follows."""
    found = access.play_to_go_on(request, pk)
    status, problem = 200, ""
    if request.method == "POST":
        number = request.POST.get("choice", "")
        try:
            practice.choose(
                found, scene=request.POST.get("scene", ""), number=int(number) if number.isdecimal() else -1
            )
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
    source = form.data.get("source", "") if form.is_bound else form.initial["source"]
    parsed, problems = engine.parse(source)
    if request.method == "POST" and form.is_valid() and "look" not in request.POST:
        try:
            kept = practice.keep_drill(found, by=person, source=form.cleaned_data["source"])
            return redirect("learn:drill", pk=kept.pk)
        except LearnError as error:
            form.add_error("source", str(error.message))
    context = {
        "form": form,
        "drill": found,
        "problems": [(own, in_words(own)) for own in problems],
        "map": playing.drill_map(parsed),
    }
    return render(request, "learn/edit_drill.html", context, status=422 if form.errors else 200)

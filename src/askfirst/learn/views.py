"""Pages for those who learn: courses, a lesson, a refresher."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from askfirst.base.web import page
from askfirst.learn import access, actions, playing, queries, refreshers, studies, translations
from askfirst.learn.errors import LearnError, OtherQuestions
from askfirst.people import access as people_access


def courses(request: Any) -> HttpResponse:
    """My courses, with the lesson that comes next."""
    person = people_access.signed_in(request)
    if request.method == "POST":
        actions.wish_mails(person, is_wanted="mails" in request.POST)
        return redirect("learn:courses")
    context = {
        "ways": queries.ways(person), "refresher": refreshers.refresher_for(person), "drill": playing.drill_for(person),
        "wants_mails": refreshers.wants_mails(person),
    }  # fmt: skip
    return render(request, "learn/courses.html", context)


def beside(request: Any, pk: int) -> HttpResponse:
    """Lessons that lead to clauses of a policy."""
    people_access.signed_in(request)
    context = {"lessons": queries.lessons_on_policy(pk), "policy": pk}
    return page(request, "learn/beside.html", context, fragment="learn/_beside.html")


def lesson(request: Any, pk: int) -> HttpResponse:
    """Read, decide, see why."""
    found = access.lesson_to_do(request, pk)
    opens_on = None if request.user.can_edit else studies.opens_on(request.user, found)
    if opens_on:
        return render(request, "learn/waits.html", {"lesson": found, "opens_on": opens_on})
    language = request.GET.get("language") or get_language()
    parsed = translations.parsed_in(found, language)
    drawn = actions.drawn(found, request.user)
    chosen = {number: queries.given_in(request.POST, f"q{number}", parsed.questions[number]) for number in drawn}
    outcome, status = {}, 200
    if request.method == "POST":
        try:
            outcome = _finished(request, found, chosen, language)
        except LearnError as error:
            outcome, status = {"problem": error.message}, error.status
            if isinstance(error, OtherQuestions):
                chosen = {}
    questions = [
        (number, queries.asked(parsed.questions[number], f"q{number}", str(request.user.pk), chosen.get(number, [])))
        for number in drawn
    ]
    languages = [found.language, *translations.languages(found)]
    context = {
        "lesson": found, "parsed": parsed, "blocks": queries.shown(parsed),
        "told": queries.told_of("learn.lesson_done", "learn.course_done"), "languages": languages,
        "language": language if language in languages else found.language, "questions": questions,
        "paper": actions.paper_of(found, drawn), **outcome,
    }  # fmt: skip
    return render(request, "learn/lesson.html", context, status=status)


def _finished(request: Any, found: Any, chosen: Mapping[int, list[str]], language: str) -> dict[str, Any]:
    """Record what was answered; what the page says about it."""
    unsure = {number for number in chosen if f"unsure{number}" in request.POST}
    before = queries.done_of(request.user, found)
    right, number = actions.finish_lesson(
        found, person=request.user, chosen=chosen, unsure=unsure, language=language, paper=request.POST.get("paper", "")
    )
    done = queries.done_of(request.user, found)
    tries_left = max(0, found.parsed.attempts - done.attempts) if done else 0
    return {
        "right": right, "number": number, "tries_left": tries_left, "next": _next(request.user, found),
        "is_practice": before and before.attempts >= found.parsed.attempts, "is_other_try": before,
    }  # fmt: skip


def _next(person: Any, lesson: Any) -> Any:
    way = next((way for way in queries.ways(person) if way.holds(lesson)), None)
    return way.next if way else None


def refresh(request: Any) -> HttpResponse:
    """One question from an earlier lesson; under a minute."""
    person = people_access.signed_in(request)
    ref = request.POST.get("ref", "")
    due = refreshers.refresher(ref, person, timezone.now()) if ref else refreshers.refresher_for(person)
    if due is None:
        return redirect("learn:courses")
    chosen = queries.given_in(request.POST, "q", due.question)
    context: dict[str, Any] = {
        "due": due, "asked": queries.asked(due.question, "q", str(person.pk), chosen),
        "told": queries.told_of("learn.refreshed"),
    }  # fmt: skip
    if request.method == "POST":
        seconds = request.POST.get("seconds", "")
        try:
            context["is_right"] = actions.answer_refresher(
                due,
                person=person,
                chosen=chosen,
                is_sure="unsure" not in request.POST,
                seconds=float(seconds) if seconds.isdecimal() else 30.0,
            )
            context["is_answered"] = True
        except LearnError as error:
            context["problem"] = error.message
    return render(request, "learn/refresh.html", context, status=422 if "problem" in context else 200)

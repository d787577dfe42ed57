"""Pages for those who learn: courses, a lesson, a refresher."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from askfirst.learn import access, actions, queries
from askfirst.learn.errors import LearnError
from askfirst.people import access as people_access


def courses(request: Any) -> HttpResponse:
    """My courses, with the lesson that comes next."""
    person = people_access.signed_in(request)
    context = {
        "ways": queries.ways(person), "refresher": queries.refresher_for(person), "drill": queries.drill_for(person)
    }  # fmt: skip
    return render(request, "learn/courses.html", context)


def lesson(request: Any, pk: int) -> HttpResponse:
    """Read, decide, see why."""
    found = access.lesson_to_do(request, pk)
    parsed = found.parsed
    drawn = actions.drawn(found, request.user)
    chosen = {number: queries.given_in(request.POST, f"q{number}", parsed.questions[number]) for number in drawn}
    context: dict[str, Any] = {"lesson": found, "parsed": parsed, "done": queries.done_of(request.user, found)}
    context["told"] = queries.told_of("learn.lesson_done", "learn.course_done")
    status = 200
    if request.method == "POST":
        try:
            right, number = actions.finish_lesson(
                found, person=request.user, chosen=chosen, is_sure="unsure" not in request.POST
            )
            context |= {"right": right, "number": number, "next": _next(request.user, found)}
        except LearnError as error:
            context["problem"], status = error.message, error.status
    context["questions"] = [
        queries.asked(parsed.questions[number], f"q{number}", str(request.user.pk), chosen[number]) for number in drawn
    ]
    return render(request, "learn/lesson.html", context, status=status)


def _next(person: Any, lesson: Any) -> Any:
    way = next((way for way in queries.ways(person) if any(own == lesson for own, _done in way.steps)), None)
    return way.next if way else None


def refresh(request: Any) -> HttpResponse:
    """One question from an earlier lesson; under a minute."""
    person = people_access.signed_in(request)
    item = (
        access.item_to_answer(request, int(request.POST["item"]))
        if request.POST.get("item", "").isdecimal()
        else queries.refresher_for(person)
    )
    question = queries.question_of(item) if item else None
    if item is None or question is None:
        return redirect("learn:courses")
    context: dict[str, Any] = {
        "item": item,
        "asked": queries.asked(question, "q", str(person.pk), ()),
        "told": queries.told_of("learn.refreshed"),
    }
    if request.method == "POST":
        chosen = queries.given_in(request.POST, "q", question)
        context["asked"] = queries.asked(question, "q", str(person.pk), chosen)
        seconds = request.POST.get("seconds", "")
        try:
            context["is_right"] = actions.answer_refresher(
                item,
                person=person,
                chosen=chosen,
                is_sure="unsure" not in request.POST,
                seconds=float(seconds) if seconds.isdecimal() else 30.0,
            )
            context["is_answered"] = True
        except LearnError as error:
            context["problem"] = error.message
    return render(request, "learn/refresh.html", context, status=422 if "problem" in context else 200)

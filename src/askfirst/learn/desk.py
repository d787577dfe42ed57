"""Pages of those who write lessons: the desk, the editor, courses, exports."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from askfirst.base import tables, web
from askfirst.engines import lessons as engine
from askfirst.engines import packs
from askfirst.learn import access, actions, queries
from askfirst.learn.errors import LearnError
from askfirst.learn.forms import CourseForm, LessonForm


def desk(request: Any) -> HttpResponse:
    """All lessons and courses."""
    access.editor(request)
    rows = [(course, queries.progress(course)) for course in queries.courses()]
    return render(request, "learn/desk.html", {"courses": rows, "lessons": queries.lessons()})


def edit_lesson(request: Any, pk: int | None = None) -> HttpResponse:
    """Write a lesson; `answer` begins it with an answer of the library."""
    person = access.editor(request)
    found = access.lesson_to_edit(request, pk) if pk else None
    asked = request.GET.get("answer", "")
    answer = access.answer_to_teach(request, int(asked)) if asked.isdecimal() else None
    start = found.source if found else actions.lesson_from_answer(answer) if answer else ""
    form = LessonForm(request.POST or None, initial={"source": start})
    hints: list[engine.Problem] = []
    if request.method == "POST" and form.is_valid():
        hints = engine.parse(form.cleaned_data["source"])[1]
        try:
            kept = actions.keep_lesson(
                found, by=person, source=form.cleaned_data["source"], answer=found.answer if found else answer
            )
            messages.success(request, _("The lesson was kept."))
            return redirect("learn:lesson", pk=kept.pk)
        except LearnError as error:
            form.add_error("source", str(error.message))
    context = {"form": form, "lesson": found, "hints": hints}
    return render(request, "learn/edit_lesson.html", context, status=422 if form.errors else 200)


def edit_course(request: Any, pk: int | None = None) -> HttpResponse:
    """Make a course, or change one."""
    person = access.editor(request)
    found = access.course_to_edit(request, pk) if pk else None
    form = CourseForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        actions.keep_course(found, by=person, **form.cleaned_data)
        return redirect("learn:desk")
    return render(
        request, "learn/edit_course.html", {"form": form, "course": found}, status=422 if form.errors else 200
    )


def completions(request: Any, pk: int, form: str) -> HttpResponse:
    """Who has done which lesson, as a file for spreadsheets."""
    course = access.course_to_edit(request, pk)
    if form not in {"csv", "xlsx"}:
        raise Http404
    rows = queries.completion_rows(course)
    body, kind = (
        (tables.to_csv(rows), tables.CSV) if form == "csv" else (tables.to_xlsx(rows, "completions"), tables.XLSX)
    )
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="completions-{pk}.{form}"'
    return response


def export(request: Any, pk: int, form: str) -> HttpResponse:
    """A course as a SCORM package."""
    course = access.course_to_edit(request, pk)
    if form not in packs.FORMATS:
        raise Http404
    response = HttpResponse(packs.write(queries.pack(course), form, web.absolute("")), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="course-{pk}-{form}.zip"'
    return response

"""Pages of those who write lessons: the desk, the editor, courses, exports."""

import tempfile
from collections.abc import Callable, Collection
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from askfirst.base import tables, web
from askfirst.engines import packs
from askfirst.learn import access, actions, finished, queries, translations
from askfirst.learn.errors import LearnError
from askfirst.learn.forms import CourseForm, LessonForm

# Their names, which are the same in every language.
PACKAGES = (("scorm12", "SCORM 1.2"), ("scorm2004", "SCORM 2004"), ("cmi5", "cmi5"))


def desk(request: Any) -> HttpResponse:
    """All lessons and courses."""
    access.editor(request)
    said = translations.course_languages()
    rows = [(course, finished.progress(course), said.get(course.pk, [])) for course in queries.courses()]
    return render(
        request, "learn/desk.html", {"courses": rows, "lessons": queries.lessons_in_no_course(), "packages": PACKAGES}
    )


def edit_lesson(request: Any, pk: int | None = None) -> HttpResponse:
    """Write a lesson; `answer` begins it with an answer of the library."""
    person = access.editor(request)
    found = access.lesson_to_edit(request, pk) if pk else None
    if found and "drop" in request.POST:
        return _drop_lesson(request, found)
    asked = web.whole(request.GET.get("answer", ""))
    answer = access.answer_to_teach(request, asked) if asked else None
    start = found.source if found else actions.lesson_from_answer(answer) if answer else ""
    form = LessonForm(request.POST or None, initial={"source": start})
    if found:
        form.watch(str(found.version))

    def keep(source: str) -> str:
        kept = actions.keep_lesson(found, by=person, source=source, answer=found.answer if found else answer)
        return reverse("learn:lesson", args=[kept.pk])

    return _written(request, form, found, keep)


def _written(request: Any, form: LessonForm, found: Any, keep: Callable[[str], str], **more: Any) -> HttpResponse:
    """Show what was written as it will look, or keep it and go where `keep` says; what is wrong with it stands in the form."""
    if request.method == "POST" and form.is_valid():
        source = form.cleaned_data["source"]
        hints = actions.lesson_hints(source)
        try:
            if "look" in request.POST:
                return _editor(request, form, found, hints=hints, **_looked_at(source), **more)
            address = keep(source)
            messages.success(request, _("The lesson was kept."))
            for hint in hints:
                messages.info(request, hint)
            return redirect(address)
        except LearnError as error:
            form.add_error("source", str(error.message).split("\n"))
            more["hints"] = hints
    return _editor(request, form, found, **more)


def _looked_at(source: str) -> dict[str, Any]:
    """The lesson as those who learn will see it.

    Raises:
        LearnError: it cannot be used like this.
    """
    parsed = actions.usable_lesson(source)
    questions = [queries.asked(own, f"q{at}", "", []) for at, own in enumerate(parsed.questions)]
    return {"looked": parsed, "blocks": queries.shown(parsed), "questions": questions}


def _editor(request: Any, form: LessonForm, lesson: Any, **more: Any) -> HttpResponse:
    context = {
        "form": form, "lesson": lesson, "materials": queries.showable_materials(), "clauses": queries.showable_clauses(),
        "languages": settings.LANGUAGES, "packages": PACKAGES, "said_in": translations.languages(lesson) if lesson else [], **more,
    }  # fmt: skip
    return render(request, "learn/edit_lesson.html", context, status=422 if form.errors else 200)


def _drop_lesson(request: Any, found: Any) -> HttpResponse:
    if asked := web.once_more(request, _("Take the lesson “%s” out?") % found.title):
        return asked
    try:
        actions.drop_lesson(found, by=request.user)
        messages.success(request, _("The lesson is gone."))
        return redirect("learn:desk")
    except LearnError as error:
        messages.error(request, str(error.message))
        return redirect("learn:edit_lesson", pk=found.pk)


def say_in(request: Any, pk: int, language: str) -> HttpResponse:
    """Write a lesson in another language, beginning with its original."""
    person = access.editor(request)
    found = access.lesson_to_edit(request, pk)
    name = access.language_to_say(found, language)
    kept = translations.source_in(found, language)
    form = LessonForm(request.POST or None, initial={"source": kept})
    form.watch_words(kept)

    def keep(source: str) -> str:
        actions.say_lesson_in(found, language, by=person, source=source)
        return f"{reverse('learn:lesson', args=[pk])}?language={language}"

    return _written(request, form, found, keep, language=name)


def texts(request: Any, pk: int) -> HttpResponse:
    """Every version and language of a lesson; an old one can be made the newest."""
    person = access.editor(request)
    found = access.lesson_to_edit(request, pk)
    if request.method == "POST":
        text = access.text_to_restore(found, request.POST.get("text", ""))
        try:
            actions.keep_lesson(found, by=person, source=text.source)
        except LearnError as error:
            messages.error(request, str(error.message))
        return redirect("learn:texts", pk=pk)
    return render(request, "learn/texts.html", {"lesson": found, "texts": translations.kept(found)})


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


@require_POST
def end_course(request: Any, pk: int) -> HttpResponse:
    """End a course, or take it up again."""
    course = access.course_to_edit(request, pk)
    actions.end_course(course, by=request.user, is_ended="again" not in request.POST)
    return redirect("learn:desk")


def completions(request: Any, pk: int, form: str) -> HttpResponseBase:
    """Who has done which lesson, as a file for spreadsheets."""
    course = access.course_to_edit(request, pk)
    if form not in tables.FORMATS:
        raise Http404
    return tables.response(finished.rows(course), form, name=f"completions-{pk}", sheet="completions")


def export(request: Any, pk: int, form: str) -> HttpResponse:
    """A course as a package for another learning system, in `language` where its lessons have it."""
    course = access.course_to_edit(request, pk)
    language = _language_of_package(request, form, translations.course_languages().get(course.pk, []))
    return _package(queries.pack(course, language), f"course-{pk}", form, language)


def export_lesson(request: Any, pk: int, form: str) -> HttpResponse:
    """A lesson as a package of its own, in `language` if it has been said in it."""
    lesson = access.lesson_to_edit(request, pk)
    language = _language_of_package(request, form, translations.languages(lesson))
    return _package(queries.pack_lesson(lesson, language), f"lesson-{pk}", form, language)


def _language_of_package(request: Any, form: str, there: Collection[str]) -> str:
    language: str = request.GET.get("language", "")
    if form not in packs.FORMATS or (language and language not in there):
        raise Http404
    return language


def _package(packed: packs.Course, name: str, form: str, language: str) -> FileResponse:
    # Videos may be long: through a file, not through memory. The response closes it.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    packs.write_into(file, packed, form, web.absolute(""))
    file.seek(0)
    name = "-".join(part for part in (name, language, form) if part)
    return FileResponse(file, as_attachment=True, filename=f"{name}.zip", content_type="application/zip")

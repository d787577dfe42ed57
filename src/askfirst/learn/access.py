"""Who may learn and who may write lessons."""

from typing import Any

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from askfirst.base.web import NotHere, whole
from askfirst.learn.models import Award, Course, Drill, Lesson, LessonText, Play, Study
from askfirst.library.models import Answer
from askfirst.people import access as people_access
from askfirst.people.access import admin, editor


def lesson_to_do(request: Any, pk: int) -> Lesson:
    people_access.signed_in(request)
    return get_object_or_404(Lesson, pk=pk)


def lesson_to_edit(request: Any, pk: int) -> Lesson:
    editor(request)
    return get_object_or_404(Lesson, pk=pk)


def course_to_edit(request: Any, pk: int) -> Course:
    editor(request)
    return get_object_or_404(Course, pk=pk)


def language_to_say(original: Lesson | Drill, language: str) -> str:
    """What a language calls itself in which the original may be said: another one of the site's."""
    if language not in dict(settings.LANGUAGES) or language == original.language:
        raise Http404
    return str(dict(settings.LANGUAGES)[language])


def text_to_restore(lesson: Lesson, pk: str) -> LessonText:
    return get_object_or_404(lesson.texts.filter(language=lesson.language), pk=whole(pk))


def answer_to_teach(request: Any, pk: int) -> Answer:
    editor(request)
    return get_object_or_404(Answer, pk=pk)


def course_to_take(request: Any, pk: int) -> Course:
    people_access.signed_in(request)
    return get_object_or_404(Course, pk=pk)


def course_to_describe(pk: int) -> Course:
    """A course as badges refer to it; public like the badge."""
    return get_object_or_404(Course, pk=pk)


def award_to_see(code: str) -> Award:
    """A badge by its address; whoever was given the address may look."""
    found = Award.objects.select_related("course").filter(code=code).first()
    if found is None:
        raise NotHere(_("This badge was given back by whom it belonged to, or its address is mistyped."))
    return found


def award_to_give_back(request: Any, code: str) -> Award:
    """One's own badge."""
    return get_object_or_404(Award.objects.select_related("course"), code=code, person=people_access.signed_in(request))


def drill_to_play(request: Any, pk: int) -> Drill:
    people_access.signed_in(request)
    return get_object_or_404(Drill, pk=pk, is_out=False)


def drill_to_edit(request: Any, pk: int) -> Drill:
    editor(request)
    return get_object_or_404(Drill, pk=pk)


def play_to_go_on(request: Any, pk: int) -> Play:
    """One's own play; nobody sees another person's."""
    return get_object_or_404(Play.objects.select_related("drill"), pk=pk, person=people_access.signed_in(request))


def study_to_read(request: Any, pk: int) -> Study:
    admin(request)
    return get_object_or_404(Study.objects.select_related("course"), pk=pk)

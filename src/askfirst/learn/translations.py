"""Lessons and drills in their languages: which there are, and what each says in one."""

from collections.abc import Collection, Iterator
from pathlib import Path

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from askfirst.engines import drills
from askfirst.engines import lessons as engine
from askfirst.learn.models import Drill, DrillText, Lesson, LessonText, Place


def parsed_in(lesson: Lesson, language: str) -> engine.Lesson:
    """The lesson in this language; the original where it has not been said in it, or not since its questions changed."""
    original = lesson.parsed
    if not language or language == lesson.language:
        return original
    text = lesson.texts.filter(language=language).first()
    if text is None:
        return original
    said = engine.parse(text.source)[0]
    return original if engine.same_shape(original, said) else said


def starter_files(folder: Path, starter: str, suffix: str, there: Collection[str]) -> Iterator[tuple[str, Path]]:
    """(language, file) of what comes with Askfirst in further languages, such as 02-hurrier.de.txt, and is not `there` yet."""
    for path in sorted(folder.glob(f"{starter}.*{suffix}")):
        language = path.name.split(".")[1]
        if language not in there:
            yield language, path


def source_in(original: Lesson | Drill, language: str) -> str:
    """What an editor begins with: the newest text in a language as it was kept, else the original."""
    text = original.texts.filter(language=language).first()
    return text.source if text else original.source


def titles_in(language: str) -> dict[int, str]:
    """Titles of the lessons of another language that have been said in this one, by their keys."""
    rows = LessonText.objects.filter(language=language).exclude(lesson__language=language)
    return dict(rows.order_by("id").values_list("lesson", "title"))


def kept(lesson: Lesson) -> list[LessonText]:
    """Every version and language that was kept, the newest first."""
    return list(lesson.texts.select_related("written_by"))


def languages(lesson: Lesson) -> list[str]:
    """Languages in which it can be read besides its own."""
    return sorted(set(lesson.texts.exclude(language=lesson.language).values_list("language", flat=True)))


def course_languages() -> dict[int, list[str]]:
    """By courses' keys: the languages besides their own that their lessons have been said in."""
    rows = Place.objects.order_by().values_list("course", "lesson__language", "lesson__texts__language").distinct()
    found: dict[int, set[str]] = {}
    for course, own, language in rows:
        if language and language != own:
            found.setdefault(course, set()).add(language)
    return {course: sorted(languages) for course, languages in found.items()}


def drills_in(language: str) -> QuerySet[Drill]:
    """All drills of the gallery; `name` is the title in this language where the drill has been said in it."""
    said = DrillText.objects.filter(drill=OuterRef("pk"), language=language).values("title")
    return Drill.objects.filter(is_out=False).annotate(name=Coalesce(Subquery(said), F("title")))


def drill_source(drill: Drill, language: str) -> str:
    """The drill's text in this language; the original where it has not been said in it, or not since its scenes changed."""
    text = None if language in ("", drill.language) else drill.texts.filter(language=language).first()
    if text is None or drills.same_scenes(drill.parsed, drills.parse(text.source)[0]):
        return drill.source
    return text.source

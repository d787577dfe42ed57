"""Courses as packages that run in other people's systems."""

from askfirst.engines.packs import cmi5
from askfirst.engines.packs.scorm import SCORM, Course, Lesson, Option, Question
from askfirst.engines.packs.scorm import write as _write_scorm

FORMATS = (*SCORM, "cmi5")

__all__ = ["FORMATS", "SCORM", "Course", "Lesson", "Option", "Question", "write"]


def write(course: Course, form: str, base: str = "https://askfirst.invalid") -> bytes:
    """The package as a zip file; `form` is one of FORMATS, `base` our own address, from which cmi5 makes its ids."""
    return cmi5.write(course, base) if form == "cmi5" else _write_scorm(course, form)

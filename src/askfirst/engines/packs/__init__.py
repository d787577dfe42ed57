"""Courses as packages that run in other people's systems."""

import io
from typing import BinaryIO

from askfirst.engines.packs import cmi5
from askfirst.engines.packs.scorm import SCORM, Course, Lesson, Option, Question
from askfirst.engines.packs.scorm import write as _write_scorm

FORMATS = (*SCORM, "cmi5")

__all__ = ["FORMATS", "SCORM", "Course", "Lesson", "Option", "Question", "write", "write_into"]


def write_into(out: BinaryIO, course: Course, form: str, base: str = "https://askfirst.invalid") -> None:
    """Write the package as a zip file; `form` is one of FORMATS, `base` our own address, from which cmi5 makes its ids."""
    if form == "cmi5":
        cmi5.write(course, base, out)
    else:
        _write_scorm(course, form, out)


def write(course: Course, form: str, base: str = "https://askfirst.invalid") -> bytes:
    """The package at once, as write_into; for courses without long videos."""
    out = io.BytesIO()
    write_into(out, course, form, base)
    return out.getvalue()

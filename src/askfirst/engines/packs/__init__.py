"""Courses as packages that run in other people's systems."""

from askfirst.engines.packs.scorm import FORMATS, Course, Lesson, Option, Question, write

__all__ = ["FORMATS", "Course", "Lesson", "Option", "Question", "write"]

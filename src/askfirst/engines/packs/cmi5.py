"""cmi5 (Quartz): a course structure with one assignable unit; the unit speaks xAPI to whoever launched it.

Structure after AICC/CMI-5_Spec_Current v1; the run-time part is player/cmi5.js.
"""

from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from askfirst.engines.packs import scorm

NAMESPACE = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"


def write(course: scorm.Course, base: str, out: BinaryIO) -> None:
    """Write the package as a zip file.

    Args:
        base: an absolute address under our own domain, without a slash at its end; ids of course and unit begin with it and stay the
            same over versions.
    """
    files = scorm.player_files(course, connects=True, is_cmi5=True)
    scorm.pack({"cmi5.xml": structure(course, base).encode(), **files}, course, out)


def structure(course: scorm.Course, base: str) -> str:
    """cmi5.xml."""
    title = f"<title><langstring lang={quoteattr(course.language)}>{escape(course.title)}</langstring></title>"
    text = (
        f"<description><langstring lang={quoteattr(course.language)}>{escape(course.title)}</langstring></description>"
    )
    id_ = f"{base}/cmi5/{course.id}"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<courseStructure xmlns="{NAMESPACE}">\n'
        f"<course id={quoteattr(id_)}>{title}{text}</course>\n"
        f'<au id={quoteattr(id_ + "/unit")} moveOn="CompletedOrPassed" masteryScore="{course.mastery / 100}" launchMethod="AnyWindow">'
        f"{title}{text}<url>index.html</url></au>\n</courseStructure>\n"
    )

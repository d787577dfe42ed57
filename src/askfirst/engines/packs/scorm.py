"""SCORM 1.2 and SCORM 2004 4th edition: one course, one SCO, no sequencing, nothing fetched from outside.

The package holds a page, its script and style, and the content as data; the script speaks to whichever run-time it
finds (window.API or window.API_1484_11) and says “not recorded” when it finds none.
"""

import io
import json
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

PLAYER = Path(__file__).with_name("player")
SCORM = ("scorm12", "scorm2004")
# The same bytes for the same course: archives carry no clock.
EPOCH = (2020, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Option:
    """`picture`: a data: address, or empty."""

    text: str
    is_right: bool
    feedback: str = ""
    picture: str = ""


@dataclass(frozen=True)
class Question:
    """`kind` and its parts as in engines.lessons; `mixed`: the steps' numbers in the order in which they are shown."""

    id: str
    text: str
    options: tuple[Option, ...] = ()
    kind: str = "choice"
    steps: tuple[str, ...] = ()
    mixed: tuple[int, ...] = ()
    accepted: tuple[str, ...] = ()
    bins: tuple[str, str] = ("", "")
    items: tuple[Option, ...] = ()
    feedback: str = ""


@dataclass(frozen=True)
class Lesson:
    """`html` is safe HTML without scripts and without addresses that are fetched."""

    title: str
    html: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Course:
    """`id` must begin with a letter and hold letters, digits and hyphens only; some systems accept nothing else."""

    id: str
    title: str
    language: str
    lessons: tuple[Lesson, ...]
    mastery: int = 80
    words: tuple[tuple[str, str], ...] = ()


def write(course: Course, form: str) -> bytes:
    """The package as a zip file; `form` is one of SCORM."""
    files = player_files(course)
    manifest = _manifest12 if form == "scorm12" else _manifest2004
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in {"imsmanifest.xml": manifest(course, sorted(files)).encode(), **files}.items():
            packed.writestr(zipfile.ZipInfo(name, EPOCH), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def player_files(course: Course, *, connects: bool = False, is_cmi5: bool = False) -> dict[str, bytes]:
    """The player with a course's content. `connects`: it may speak to the system that launched it, wherever that is."""
    names = sorted(path.name for path in PLAYER.iterdir() if path.suffix in {".html", ".js", ".css"})
    files = {name: (PLAYER / name).read_bytes() for name in names if is_cmi5 or name != "cmi5.js"}
    page = (
        files["index.html"]
        .decode()
        .replace("{title}", escape(course.title))
        .replace("{language}", escape(course.language))
        .replace("{connect}", "; connect-src *" if connects else "")
        .replace("{cmi5}", '<script src="cmi5.js"></script>\n' if is_cmi5 else "")
    )
    files["index.html"] = page.encode()
    # Data as a script, because pages opened from a folder may not read files; “<” would end the script.
    data = json.dumps(asdict(course), ensure_ascii=False).replace("<", "\\u003c")
    files["content.js"] = f"window.COURSE = {data};\n".encode()
    return files


def _manifest12(course: Course, files: list[str]) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier={quoteattr(course.id)} version="1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="organization"><organization identifier="organization"><title>{escape(course.title)}</title><item identifier="item" identifierref="resource" isvisible="true"><title>{escape(course.title)}</title><adlcp:masteryscore>{course.mastery}</adlcp:masteryscore></item></organization></organizations>
<resources><resource identifier="resource" type="webcontent" adlcp:scormtype="sco" href="index.html">{_listed(files)}</resource></resources>
</manifest>
"""  # noqa: E501 - as the schema wants it


def _manifest2004(course: Course, files: list[str]) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier={quoteattr(course.id)} version="1" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.imsglobal.org/xsd/imscp_v1p1 imscp_v1p1.xsd http://www.adlnet.org/xsd/adlcp_v1p3 adlcp_v1p3.xsd http://www.imsglobal.org/xsd/imsss imsss_v1p0.xsd">
<metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
<organizations default="organization"><organization identifier="organization"><title>{escape(course.title)}</title><item identifier="item" identifierref="resource" isvisible="true"><title>{escape(course.title)}</title><imsss:sequencing><imsss:objectives><imsss:primaryObjective objectiveID="primary" satisfiedByMeasure="true"><imsss:minNormalizedMeasure>{course.mastery / 100}</imsss:minNormalizedMeasure></imsss:primaryObjective></imsss:objectives></imsss:sequencing></item></organization></organizations>
<resources><resource identifier="resource" type="webcontent" adlcp:scormType="sco" href="index.html">{_listed(files)}</resource></resources>
</manifest>
"""  # noqa: E501 - as the schema wants it


def _listed(files: list[str]) -> str:
    return "".join(f"<file href={quoteattr(name)}/>" for name in files)

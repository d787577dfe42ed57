"""SCORM 1.2 and SCORM 2004 4th edition: one course, one SCO, no sequencing, nothing fetched from outside.

The package holds a page, its script and style, and the content as data; the script speaks to whichever run-time it
finds (window.API or window.API_1484_11) and says “not recorded” when it finds none.
"""

import json
import shutil
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO
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
    """`html` is safe HTML without scripts; what it fetches lies in the package, below media/."""

    title: str
    html: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Course:
    """A course, or a single lesson, as it goes out.

    Attributes:
        id: begins with a letter and holds letters, digits and hyphens only; some systems accept nothing else.
        files: videos, sounds and captions: the name below media/, and where the file lies now.
    """

    id: str
    title: str
    language: str
    lessons: tuple[Lesson, ...]
    mastery: int = 80
    words: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, Path], ...] = ()


def write(course: Course, form: str, out: BinaryIO) -> None:
    """Write the package as a zip file; `form` is one of SCORM."""
    files = player_files(course)
    manifest = _manifest12 if form == "scorm12" else _manifest2004
    names = sorted([*files, *(f"media/{name}" for name, _path in course.files)])
    pack({"imsmanifest.xml": manifest(course, names).encode(), **files}, course, out)


def pack(bodies: dict[str, bytes], course: Course, out: BinaryIO) -> None:
    """A zip of these files and the course's media, which are copied piece by piece and not squeezed again."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in bodies.items():
            packed.writestr(zipfile.ZipInfo(name, EPOCH), body, zipfile.ZIP_DEFLATED)
        for name, path in course.files:
            with path.open("rb") as held, packed.open(zipfile.ZipInfo(f"media/{name}", EPOCH), "w") as place:
                shutil.copyfileobj(held, place)


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
    content = asdict(course)
    del content["files"]
    data = json.dumps(content, ensure_ascii=False).replace("<", "\\u003c")
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

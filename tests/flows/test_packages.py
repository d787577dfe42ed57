"""Exported packages in a run-time of other people (scorm-again): passed, failed, resumed, closed in the middle, none found."""

import io
import threading
import zipfile
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from askfirst.engines import packs

pytestmark = pytest.mark.browser
NODE = Path(__file__).parents[2] / ".venv/npm/node_modules"
RUNTIME = NODE / "scorm-again/dist"
needs_runtime = pytest.mark.skipif(not RUNTIME.exists(), reason="scorm-again is not installed (npm)")
FIRST = (packs.Option("Yes", True, "Right so."), packs.Option("No", False))
SECOND = (packs.Option("A", True), packs.Option("B", True), packs.Option("C", False))
COURSE = packs.Course(
    "askfirst-course-1", "First steps", "en",
    (
        packs.Lesson("One", "<p>Text.</p>", (packs.Question("l1-q1", "First?", FIRST),)),
        packs.Lesson("Two", "<p>More.</p>", (packs.Question("l2-q1", "Second?", SECOND),)),
    ),
)  # fmt: skip
OTHERS = packs.Course(
    "askfirst-course-2", "Kinds", "en",
    (
        packs.Lesson(
            "All", "<p>Text.</p>",
            (
                packs.Question("l1-q1", "Order?", kind="order", steps=("Look", "Ask", "Post"), mixed=(2, 0, 1)),
                packs.Question("l1-q2", "Name?", kind="text", accepted=("Disclosure",)),
                packs.Question("l1-q3", "Fine?", kind="sort", bins=("Fine", "Not"), items=(packs.Option("Desk", False), packs.Option("Board", True))),
            ),
        ),
    ),
)  # fmt: skip
HOST = """<!doctype html><meta charset=utf-8><title>host</title><script src="runtime.js"></script><script>
window.{name} = new {kind}({{ autocommit: false, logLevel: 5 }});
const kept = localStorage.getItem("kept");
if (kept) window.{name}.loadFromJSON(JSON.parse(kept), "");
window.errors = [];
for (const verb of ["{p}SetValue", "{p}Initialize", "{p}Finish", "Terminate"]) if (window.{name}[verb]) {{
  const real = window.{name}[verb].bind(window.{name});
  window.{name}[verb] = (...args) => {{
    const said = String(real(...args));
    if (said !== "true") window.errors.push([verb, ...args, String(window.{name}.{p}GetLastError())]);
    return said;
  }};
}}
window.keep = () => localStorage.setItem("kept", JSON.stringify({{ cmi: JSON.parse(JSON.stringify(window.{name}.cmi)) }}));
</script><iframe id=sco src="index.html" width=380 height=800 title=course></iframe>"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


@pytest.fixture
def host(tmp_path):
    """Serve a package beside a page that holds the run-time."""
    served = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    threading.Thread(target=served.serve_forever, daemon=True).start()

    def put(form, course=COURSE):
        with zipfile.ZipFile(io.BytesIO(packs.write(course, form))) as packed:
            packed.extractall(tmp_path)
        if RUNTIME.exists():
            name, kind, prefix = (
                ("API", "Scorm12API", "LMS") if form == "scorm12" else ("API_1484_11", "Scorm2004API", "")
            )
            source = RUNTIME / ("scorm12.min.js" if form == "scorm12" else "scorm2004.min.js")
            (tmp_path / "runtime.js").write_bytes(source.read_bytes())
            (tmp_path / "host.html").write_text(HOST.format(name=name, kind=kind, p=prefix))
        return f"http://localhost:{served.server_port}"

    yield put
    served.shutdown()


def frame_of(page):
    return page.frame_locator("#sco")


def answer(page, first, second):
    sco = frame_of(page)
    sco.get_by_label(first).check()
    sco.get_by_role("button", name="Check").click()
    sco.get_by_role("button", name="Next").click()
    for own in second:
        sco.get_by_label(own, exact=True).check()
    sco.get_by_role("button", name="Check").click()
    sco.get_by_role("button", name="Next").click()


def value(page, form, name):
    api, verb = ("API", "LMSGetValue") if form == "scorm12" else ("API_1484_11", "GetValue")
    return page.evaluate(f"String(window.{api}.{verb}({name!r}))")


STATUS = {"scorm12": "cmi.core.lesson_status", "scorm2004": "cmi.success_status"}
SCORE = {"scorm12": "cmi.core.score.raw", "scorm2004": "cmi.score.scaled"}


@needs_runtime
@pytest.mark.parametrize("form", packs.SCORM)
@pytest.mark.parametrize(
    ("second", "status", "score"),
    [
        (["A", "B"], "passed", {"scorm12": "100", "scorm2004": "1"}),
        (["C"], "failed", {"scorm12": "50", "scorm2004": "0.5"}),
    ],
)
def test_package_reports_its_result(host, device, form, second, status, score):
    address = host(form)
    page = device(800)
    page.goto(f"{address}/host.html")

    answer(page, "Yes", second)

    assert value(page, form, STATUS[form]) == status
    assert value(page, form, SCORE[form]) == score[form]
    assert page.evaluate("window.errors") == []
    assert len(value(page, form, "cmi.suspend_data")) < 4096


@needs_runtime
@pytest.mark.parametrize("form", packs.SCORM)
def test_package_is_resumed_where_it_was_left(host, device, form):
    address = host(form)
    page = device(800)
    page.goto(f"{address}/host.html")
    frame_of(page).get_by_label("Yes").check()
    frame_of(page).get_by_role("button", name="Check").click()
    frame_of(page).get_by_role("button", name="Next").click()
    page.evaluate("window.keep()")

    page.goto(f"{address}/host.html")

    assert frame_of(page).get_by_role("heading", name="Two").is_visible()


@pytest.mark.parametrize("form", packs.SCORM)
def test_package_without_a_system_around_it_says_so_and_can_be_read(host, device, form):
    page = device(390)
    page.goto(f"{host(form)}/index.html")

    assert page.get_by_text("Not recorded").is_visible()
    assert page.get_by_role("heading", name="One").is_visible()


def test_package_plays_what_lies_in_it(host, device, tmp_path_factory):
    film = tmp_path_factory.mktemp("films") / "film.mp4"
    film.write_bytes(b"\x00\x00\x00\x18ftypisom" + b"\0" * 64)
    html = '<figure><video controls preload="auto" src="media/film.mp4"></video></figure>'
    course = replace(COURSE, lessons=(replace(COURSE.lessons[0], html=html),), files=(("film.mp4", film),))
    page = device(390)

    with page.expect_response("**/media/film.mp4") as fetched:
        page.goto(f"{host('scorm12', course)}/index.html")

    assert fetched.value.status in (200, 206)


def test_package_whose_system_refuses_everything_can_be_read(host, device):
    address = host("scorm12")
    page = device(390)
    page.add_init_script("window.API = new Proxy({}, { get: () => () => 'false' });")
    page.goto(f"{address}/index.html")

    assert page.get_by_text("Not recorded").is_visible()
    page.get_by_label("Yes").check()
    page.get_by_role("button", name="Check").click()
    assert page.get_by_text("Right.", exact=True).is_visible()


@needs_runtime
@pytest.mark.parametrize("form", packs.SCORM)
def test_every_kind_of_question_is_reported(host, device, form):
    page = device(800)
    page.goto(f"{host(form, OTHERS)}/host.html")
    sco = frame_of(page)

    for step, place in (("Look", "1"), ("Ask", "2"), ("Post", "3")):
        sco.get_by_label(step, exact=True).select_option(place)
    sco.get_by_role("textbox").fill(" disclosure! ")
    sco.get_by_role("radiogroup", name="Desk").get_by_label("Fine").check()
    sco.get_by_role("radiogroup", name="Board").get_by_label("Not").check()
    sco.get_by_role("button", name="Check").click()
    sco.get_by_role("button", name="Next").click()

    assert value(page, form, STATUS[form]) == "passed"
    assert page.evaluate("window.errors") == []

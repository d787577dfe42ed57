"""The cmi5 package launched in a browser by a learning record store of the test's own, which holds it to the rules of the standard."""

import io
import json
import re
import threading
import zipfile
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

import pytest
from lxml import etree

from askfirst.engines import packs
from askfirst.engines.packs import cmi5
from tests.flows.cmi5_rules import ELSEWHERE, EXTENSION, RULES, TOKEN, Asked, Session, broken
from tests.flows.test_packages import COURSE, NODE, OTHERS, Quiet

CATALOGUE = NODE / "@cmi5/requirements/requirements.json"
ACTOR = {"objectType": "Agent", "account": {"homePage": "https://lms.example", "name": "opaque-7"}}
TEMPLATE = {
    "contextActivities": {"grouping": [{"id": "https://lms.example/course"}]},
    "extensions": {f"{EXTENSION}sessionid": "s1"},
}
LAUNCH = {"contextTemplate": TEMPLATE, "launchMode": "Normal", "masteryScore": 0.8, "moveOn": "CompletedOrPassed"}


class Store(ThreadingHTTPServer):
    """Serves the package and keeps what the unit asks, session by session; a token may be fetched once a launch."""

    sessions: list[Session]
    documents: dict[str, bytes]
    tokens: int


@pytest.fixture
def store(tmp_path):
    class Handler(Quiet):
        def __init__(self, *args):
            super().__init__(*args, directory=str(tmp_path))

        def answer(self, status: int, body: object = None) -> None:
            data = b"" if body is None else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def hear(self) -> Asked:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            asked = Asked(self.command, self.path, dict(self.headers), body)
            served.sessions[-1].asked.append(asked)
            return asked

        def do_POST(self):
            self.hear()
            served.tokens += 1
            is_first = served.tokens == len(served.sessions)
            self.answer(200, {"auth-token": TOKEN} if is_first else {"error-code": "1", "error-text": "used"})

        def do_GET(self):
            if not urlsplit(self.path).path.startswith("/xapi/"):
                super().do_GET()
                return
            name = self.hear().query.get("stateId", "")
            if name == "LMS.LaunchData":
                self.answer(200, served.sessions[-1].launch)
            elif name in served.documents:
                self.answer(200, json.loads(served.documents[name]))
            else:
                self.answer(404)

        def do_PUT(self):
            asked = self.hear()
            if asked.resource.endswith("/state"):
                served.documents[asked.query["stateId"]] = asked.body
            self.answer(204)

    with zipfile.ZipFile(io.BytesIO(packs.write(COURSE, "cmi5", "https://askfirst.example"))) as packed:
        packed.extractall(tmp_path)
    (tmp_path / "lms.html").write_text("<!doctype html><title>Back</title><h1>Back in the system</h1>")
    served = Store(("127.0.0.1", 0), Handler)
    served.sessions, served.documents, served.tokens = [], {}, 0
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield served
    served.shutdown()


def launch(page, store: Store, *, is_backwards: bool = False, **given) -> Session:
    base = f"http://localhost:{store.server_port}"
    # As a well-known player does, without a slash at the end of the endpoint.
    session = Session(
        f"{base}/xapi", f"{base}/fetch", ACTOR, "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed", "https://askfirst.example/cmi5/unit", LAUNCH | given
    )  # fmt: skip
    store.sessions.append(session)
    query = {
        "endpoint": session.endpoint,
        "fetch": session.fetch,
        "actor": json.dumps(ACTOR),
        "registration": session.registration,
        "activityId": session.activity,
    }
    pairs = [f"{name}={quote(value, safe='')}" for name, value in query.items()]
    page.goto(f"{base}/index.html?" + "&".join(pairs[::-1] if is_backwards else pairs))
    page.locator("#main h2").wait_for()
    return session


def answer(page, first: str, second: list[str]) -> None:
    page.get_by_label(first).check()
    page.get_by_role("button", name="Check").click()
    page.get_by_role("button", name="Next").click()
    for own in second:
        page.get_by_label(own, exact=True).check()
    page.get_by_role("button", name="Check").click()
    page.get_by_role("button", name="Next").click()


def leave(page) -> None:
    page.wait_for_timeout(300)
    page.goto("about:blank")
    page.wait_for_timeout(300)


def test_structure_has_absolute_ids_and_one_unit():
    with zipfile.ZipFile(io.BytesIO(packs.write(COURSE, "cmi5", "https://askfirst.example"))) as packed:
        root = ElementTree.fromstring(packed.read("cmi5.xml"))
        names = packed.namelist()

    assert root.tag == f"{{{cmi5.NAMESPACE}}}courseStructure"
    unit = root.find(f"{{{cmi5.NAMESPACE}}}au")
    assert (unit.get("moveOn"), unit.get("masteryScore")) == ("CompletedOrPassed", "0.8")
    assert unit.get("id").startswith("https://askfirst.example/") != root.find(f"{{{cmi5.NAMESPACE}}}course").get("id")
    assert unit.find(f"{{{cmi5.NAMESPACE}}}url").text in names


WRONG = {
    "no language": ('<langstring lang="en">', "<langstring>"),
    "no absolute id": ('id="https://askfirst.example/cmi5/', 'id="cmi5/'),
    "one id twice": ('/unit"', '"'),
    "no such condition": ("CompletedOrPassed", "Sometimes"),
    "more than everything": ('masteryScore="0.8"', 'masteryScore="80"'),
    "no such window": ("AnyWindow", "Popup"),
    "no address": ("<url>index.html</url>", ""),
    "a wrong order": ("<url>index.html</url></au>", "</au><url>index.html</url>"),
}


def test_structure_follows_the_schema_and_the_schema_finds_what_is_wrong():
    """The schema is our own writing of the specification's section; its authors' is nowhere that packages come from."""
    schema = etree.XMLSchema(etree.parse(Path(__file__).parent / "cmi5_structure.xsd"))
    right = cmi5.structure(COURSE, "https://askfirst.example")

    for course in (COURSE, OTHERS):
        made = etree.fromstring(cmi5.structure(course, "https://askfirst.example").encode())
        assert schema.validate(made), schema.error_log
    for name, (here, there) in WRONG.items():
        assert here in right, name
        assert not schema.validate(etree.fromstring(right.replace(here, there).encode())), name


@pytest.mark.skipif(not CATALOGUE.exists(), reason="the catalogue of cmi5's requirements is not installed (npm)")
def test_every_requirement_of_a_unit_is_judged_or_said_to_be_elsewhere():
    theirs = json.loads(CATALOGUE.read_text())
    ours = {
        id_
        for id_, own in theirs.items()
        if "(d" not in id_ and int(id_.split(".")[0]) < 13 and not re.search(r"^LMS|LMS (MUST|must)", own["txt"])
    }
    judged = {id_ for ids, _function in RULES for id_ in ids}

    assert ours - judged - set(ELSEWHERE) == set()
    assert (judged | set(ELSEWHERE)) - set(theirs) == set()
    assert judged & set(ELSEWHERE) == set()


@pytest.mark.browser
@pytest.mark.parametrize(("second", "verb"), [(["A", "B"], "passed"), (["C"], "failed")])
def test_unit_says_what_the_standard_asks_in_its_order(store, device, second, verb):
    page = device(390)
    session = launch(page, store)
    answer(page, "Yes", second)
    leave(page)

    assert session.verbs == ["initialized", "answered", "answered", "completed", verb, "terminated"]
    assert broken(store.sessions) == []


@pytest.mark.browser
def test_unit_that_was_failed_can_be_passed_later_and_is_completed_once(store, device):
    page = device(390)
    launch(page, store)
    answer(page, "Yes", ["C"])
    assert page.get_by_text("Open this course again").is_visible()
    leave(page)
    second = launch(page, store, is_backwards=True)
    page.get_by_role("button", name="Begin again").click()
    answer(page, "Yes", ["A", "B"])
    leave(page)
    third = launch(page, store)
    leave(page)

    assert second.verbs == ["initialized", "answered", "answered", "passed", "terminated"]
    assert third.verbs == ["initialized", "terminated"]
    assert broken(store.sessions) == []


@pytest.mark.browser
@pytest.mark.parametrize("mode", ["Browse", "Review"])
def test_looking_around_is_not_recorded(store, device, mode):
    page = device(390)
    session = launch(page, store, launchMode=mode)
    answer(page, "Yes", ["A", "B"])
    leave(page)

    assert session.verbs == ["initialized", "terminated"]
    assert broken(store.sessions) == []


@pytest.mark.browser
def test_leaving_goes_back_to_where_one_was_launched(store, device):
    page = device(390)
    session = launch(page, store, returnURL=f"http://localhost:{store.server_port}/lms.html")
    page.get_by_role("button", name="Leave").click()
    page.get_by_role("heading", name="Back in the system").wait_for()

    assert session.verbs == ["initialized", "terminated"]
    assert broken(store.sessions) == []


@pytest.mark.browser
def test_unit_is_resumed_and_a_used_token_is_said(store, device):
    page = device(390)
    launch(page, store)
    page.get_by_label("Yes").check()
    page.get_by_role("button", name="Check").click()
    page.get_by_role("button", name="Next").click()
    page.wait_for_timeout(300)

    launch(page, store)
    page.get_by_role("heading", name="Two").wait_for()
    page.reload()

    assert page.get_by_text("Not recorded").is_visible()

"""The cmi5 package launched in a browser by a learning record store of the test's own, which holds it to the order of the standard."""

import io
import json
import threading
import zipfile
from http.server import ThreadingHTTPServer
from urllib.parse import parse_qs, quote, urlsplit
from xml.etree import ElementTree

import pytest

from askfirst.engines import packs
from askfirst.engines.packs.cmi5 import NAMESPACE
from tests.flows.test_packages import COURSE, Quiet

ACTOR = {"objectType": "Agent", "account": {"homePage": "https://lms.example", "name": "opaque-7"}}
CATEGORY = "https://w3id.org/xapi/cmi5/context/categories/"
VERB = "http://adlnet.gov/expapi/verbs/"
TEMPLATE = {
    "contextActivities": {"grouping": [{"id": "https://lms.example/course"}]},
    "extensions": {"https://w3id.org/xapi/cmi5/context/extensions/sessionid": "s1"},
}


class Store(ThreadingHTTPServer):
    """Serves the package and keeps what it says; a token may be fetched once."""

    statements: list[dict]
    documents: dict[str, bytes]
    asked: list[str]
    tokens: int
    folder: str


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

        def do_POST(self):
            served.tokens += 1
            self.answer(
                200,
                {"auth-token": "dG9rZW4="}
                if served.tokens == served.launches
                else {"error-code": "1", "error-text": "used"},
            )

        def do_GET(self):
            parts = urlsplit(self.path)
            if not parts.path.startswith("/xapi/"):
                super().do_GET()
                return
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            name = query.get("stateId") or query.get("profileId", "")
            served.asked.append(name)
            assert self.headers["Authorization"] == "Basic dG9rZW4="
            assert self.headers["X-Experience-API-Version"].startswith("1.0")
            if name == "LMS.LaunchData":
                self.answer(
                    200,
                    {
                        "contextTemplate": TEMPLATE,
                        "launchMode": "Normal",
                        "masteryScore": 0.8,
                        "moveOn": "CompletedOrPassed",
                    },
                )
            elif name in served.documents:
                self.answer(200, json.loads(served.documents[name]))
            else:
                self.answer(404)

        def do_PUT(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            parts = urlsplit(self.path)
            if parts.path.endswith("/statements"):
                served.statements.append(json.loads(body))
            else:
                served.documents[parse_qs(parts.query)["stateId"][0]] = body
            self.answer(204)

    with zipfile.ZipFile(io.BytesIO(packs.write(COURSE, "cmi5", "https://askfirst.example"))) as packed:
        packed.extractall(tmp_path)
    served = Store(("127.0.0.1", 0), Handler)
    served.statements, served.documents, served.asked, served.tokens, served.launches = [], {}, [], 0, 0
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield served
    served.shutdown()


def launch(page, store: Store) -> None:
    store.launches += 1
    base = f"http://localhost:{store.server_port}"
    # As a well-known player does, without a slash at the end of the endpoint.
    query = {
        "endpoint": f"{base}/xapi",
        "fetch": f"{base}/fetch",
        "actor": json.dumps(ACTOR),
        "registration": "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed",
        "activityId": "https://askfirst.example/cmi5/unit",
    }
    page.goto(f"{base}/index.html?" + "&".join(f"{name}={quote(value, safe='')}" for name, value in query.items()))


def answer(page, first: str, second: list[str]) -> None:
    page.get_by_label(first).check()
    page.get_by_role("button", name="Check").click()
    page.get_by_role("button", name="Next").click()
    for own in second:
        page.get_by_label(own, exact=True).check()
    page.get_by_role("button", name="Check").click()
    page.get_by_role("button", name="Next").click()


def test_structure_has_absolute_ids_and_one_unit():
    with zipfile.ZipFile(io.BytesIO(packs.write(COURSE, "cmi5", "https://askfirst.example"))) as packed:
        root = ElementTree.fromstring(packed.read("cmi5.xml"))
        names = packed.namelist()

    assert root.tag == f"{{{NAMESPACE}}}courseStructure"
    unit = root.find(f"{{{NAMESPACE}}}au")
    assert (unit.get("moveOn"), unit.get("masteryScore")) == ("CompletedOrPassed", "0.8")
    assert unit.get("id").startswith("https://askfirst.example/") != root.find(f"{{{NAMESPACE}}}course").get("id")
    assert unit.find(f"{{{NAMESPACE}}}url").text in names


@pytest.mark.browser
@pytest.mark.parametrize(("second", "verb", "scaled"), [(["A", "B"], "passed", 1), (["C"], "failed", 0.5)])
def test_unit_says_what_the_standard_asks_in_its_order(store, device, second, verb, scaled):
    page = device(390)
    launch(page, store)
    page.get_by_role("heading", name="One").wait_for()
    answer(page, "Yes", second)
    page.wait_for_timeout(300)
    page.goto("about:blank")
    page.wait_for_timeout(300)

    said = [own["verb"]["id"].removeprefix(VERB) for own in store.statements]
    assert said == ["initialized", "answered", "answered", "completed", verb, "terminated"]
    assert store.asked[:2] == ["LMS.LaunchData", "cmi5LearnerPreferences"]
    assert store.tokens == 1
    by = {own["verb"]["id"].removeprefix(VERB): own for own in store.statements}
    for own in store.statements:
        assert own["actor"] == ACTOR
        assert own["context"]["registration"] == "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"
        assert own["context"]["contextActivities"]["grouping"] == TEMPLATE["contextActivities"]["grouping"]
        assert own["context"]["extensions"]["https://w3id.org/xapi/cmi5/context/extensions/sessionid"] == "s1"
        assert own["timestamp"].endswith("Z")
        categories = {
            entry["id"].removeprefix(CATEGORY) for entry in own["context"]["contextActivities"].get("category", [])
        }
        name = own["verb"]["id"].removeprefix(VERB)
        assert categories == (
            {"cmi5", "moveon"} if name in {"completed", verb} else set() if name == "answered" else {"cmi5"}
        )
        assert ("duration" in own.get("result", {})) == (name in {"completed", verb, "terminated"})
    assert by["completed"]["result"]["completion"] is True
    assert "score" not in by["completed"]["result"]
    assert by[verb]["result"] | {"duration": ""} == {
        "success": verb == "passed",
        "score": {"scaled": scaled},
        "duration": "",
    }
    assert by[verb]["context"]["extensions"]["https://w3id.org/xapi/cmi5/context/extensions/masteryscore"] == 0.8
    assert len({own["id"] for own in store.statements}) == len(store.statements)


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

"""Attacks that every site meets, over every page and form of ours."""

import html
import io
import re
import zipfile
from html.parser import HTMLParser
from typing import Any

import docx
import feedparser
import odfdo
import openpyxl
import pytest
from django.core import mail
from django.test import Client

from askfirst.base import sheets
from askfirst.people.models import Person
from askfirst.policy import files
from tests.house.conftest import ROWS, address, is_exempt

MARK = "xq7z"
PAYLOAD = f"{MARK}\"'><script>alert(1)</script><img src=x onerror=alert(1)>"
TYPED = {"text", "search", "textarea", "", None}


class Forms(HTMLParser):
    """The forms of a page: address, and what a browser would send with every text field filled by the attacker."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, Any]]] = []
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        if tag == "form" and (own.get("method") or "").lower() == "post":
            self.found.append((own.get("action") or "", {}))
        if not self.found or not own.get("name"):
            if tag == "option" and self._select and self.found:
                self.found[-1][1].setdefault(self._select, own.get("value") or "")
            return
        name, fields = str(own["name"]), self.found[-1][1]
        if tag == "textarea" or (tag == "input" and own.get("type") in TYPED):
            fields[name] = PAYLOAD[: int(own.get("maxlength") or 10_000)]
        elif tag == "select":
            self._select = name
        elif tag == "input" and (own.get("type") not in {"checkbox", "radio", "file"} or "checked" in own):
            fields[name] = own.get("value") or "on"
        elif tag == "button" and own.get("value"):
            fields.setdefault(name, own["value"])


class Code(HTMLParser):
    """What of a page would run: scripts and handlers in it, addresses that are code, and the attacker's picture."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        inline = tag == "script" and "src" not in own and own.get("type") != "application/json"
        handlers = [name for name in own if name.startswith("on")]
        coded = any(
            (own.get(name) or "").strip().lower().startswith("javascript:") for name in ("href", "src", "action")
        )
        if inline or handlers or coded or own.get("src") == "x":
            self.found.append(f"{tag} {own}")


def shown(browser: Client, world: dict[str, Any]) -> list[tuple[str, str]]:
    pages = []
    for name in ROWS:
        answer = browser.get(address(name, world))
        if answer.status_code == 200 and "text/html" in answer.get("Content-Type", ""):
            pages.append((name, answer.content.decode()))
    return pages


def test_nothing_typed_into_any_form_becomes_code_on_any_page(world, browser_of):
    browsers = [browser_of(world["people"][who]) for who in ("ada", "fay", "edith", "lio", "amba", "eli")]
    sent = 0
    for browser in browsers:
        for name, page in shown(browser, world):
            forms = Forms()
            forms.feed(page)
            for action, fields in forms.found:
                if any(MARK in str(value) for value in fields.values()):
                    answer = browser.post(html.unescape(action) or address(name, world), fields)
                    assert answer.status_code < 500, (name, action)
                    sent += 1

    wrong, seen = [], 0
    for browser in browsers:
        for name, page in shown(browser, world):
            seen += page.count(MARK)
            code = Code()
            code.feed(page)
            wrong += [(name, found) for found in code.found]
    assert sent > 60
    assert seen > 30
    assert wrong == []


# What our pages read from addresses and from forms beside their fields.
ASKED = (
    "about answer at before call clause code form format from gap kind language number outcome owner page policy q query since state text"
).split()
SENT = (
    "act address back call choice code gap kind language mend name note on only paper path reason ref scene seconds seen session step team text"
    " texts title unmute"
).split()


@pytest.mark.parametrize("letter", ["\0", "9" * 30, "-1"], ids=["NUL", "huge", "negative"])
def test_strange_values_in_addresses_and_forms_are_no_error_of_ours(world, browser_of, letter):
    """PostgreSQL refuses a NUL in any text, and no key is that long."""
    wrong = []
    browser = browser_of(world["people"]["ada"])
    browser.raise_request_exception = False
    for name in ROWS:
        where = address(name, world)
        if browser.get(where, dict.fromkeys(ASKED, letter)).status_code >= 500:
            wrong.append(("GET", name))
    for name in ROWS:
        if "remove" in name or "erase" in name or name.startswith("api:"):
            continue
        if browser.post(address(name, world), dict.fromkeys(SENT, letter)).status_code >= 500:
            wrong.append(("POST", name))
    assert wrong == []


def test_no_form_is_taken_without_its_token(world):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world["people"]["ada"], backend="allauth.account.auth_backends.AuthenticationBackend")

    wrong = [
        name
        for name in ROWS
        if not is_exempt(name) and browser.post(address(name, world)).status_code not in {403, 404, 405}
    ]

    assert wrong == []


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_no_page_sends_people_elsewhere(eli, target):
    browser = Client()
    signed_in = browser.post(
        f"/account/login/?next={target}", {"login": eli.email, "password": "a-long-password-1", "next": target}
    )
    language = browser.post("/i18n/setlang/", {"language": "de", "next": target})

    assert signed_in.status_code == 302
    for answer in (signed_in, language):
        assert "evil" not in answer.get("Location", "")
        assert "javascript" not in answer.get("Location", "")


def test_session_is_a_new_one_after_signing_in(eli):
    browser = Client()
    browser.get("/account/login/")
    browser.session["planted"] = True
    browser.session.save()
    before = browser.cookies["askfirst_session"].value if "askfirst_session" in browser.cookies else ""

    browser.post("/account/login/", {"login": eli.email, "password": "a-long-password-1"})

    assert browser.cookies["askfirst_session"].value != before
    assert browser.cookies["askfirst_session"]["httponly"]


@pytest.mark.parametrize("page", ["/account/login/code/", "/account/password/reset/"])
def test_who_works_here_is_not_given_away(eli, page):
    answers = []
    for address_ in (eli.email, "stranger@example.org"):
        answer = Client().post(page, {"email": address_}, follow=True)
        text = re.sub(r"csrf\S+|value=\"\S+\"|[\w.]+@example.org|[0-9a-f]{12}", "", answer.content.decode())
        answers.append((answer.status_code, answer.redirect_chain, text))

    assert answers[0] == answers[1]
    assert [own.to for own in mail.outbox] == [[eli.email]]


def test_passwords_are_guessed_a_few_times_only(eli):
    browser = Client()
    for _try in range(12):
        answer = browser.post("/account/login/", {"login": eli.email, "password": "wrong"})

    answer = browser.post("/account/login/", {"login": eli.email, "password": "a-long-password-1"})

    assert answer.status_code != 302 or "today" not in answer["Location"]
    assert Person.objects.get(pk=eli.pk).last_login is None


# Each a hundred thousand times itself, or a file of this machine.
LAUGHS = "".join(f'<!ENTITY l{at + 1} "{f"&l{at};" * 10}">' for at in range(8))
ENTITIES = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY file SYSTEM "{{file}}"><!ENTITY l0 "{"ha" * 9}">{LAUGHS}]>'


def _word(out: io.BytesIO) -> str:
    document = docx.Document()
    document.add_paragraph("HERE and more")
    document.save(out)
    return "word/document.xml"


def _open_document(out: io.BytesIO) -> str:
    document = odfdo.Document("text")
    document.body.append(odfdo.Paragraph("HERE and more"))
    document.save(out)
    return "content.xml"


def _workbook(out: io.BytesIO) -> str:
    book = openpyxl.Workbook()
    book.active["A1"] = "HERE and more"
    book.save(out)
    return "xl/worksheets/sheet1.xml"


def _read_feed(data: bytes) -> str:
    return " ".join(entry.get("title", "") for entry in feedparser.parse(data).entries)


READERS = {
    "docx": (_word, lambda data: files.read("a.docx", data)),
    "odt": (_open_document, lambda data: files.read("a.odt", data)),
    "xlsx": (_workbook, lambda data: str(list(sheets.cells(io.BytesIO(data))))),
    "feed": (None, _read_feed),
}


@pytest.mark.parametrize("kind", READERS)
def test_entities_in_files_and_feeds_read_nothing_and_grow_to_nothing(kind, tmp_path):
    make, read = READERS[kind]
    inside = tmp_path / "inside.txt"
    inside.write_text("TOPSECRET")
    head = ENTITIES.replace("{file}", inside.as_uri())
    for entity in ("&file;", "&l8;"):
        if make is None:
            body = f"<rss version='2.0'><channel><item><title>HERE {entity} and more</title></item></channel></rss>"
            read_text = read((head + body).encode())
        else:
            packed = io.BytesIO()
            part = make(packed)
            evil = io.BytesIO()
            with zipfile.ZipFile(packed) as old, zipfile.ZipFile(evil, "w") as new:
                for name in old.namelist():
                    data = old.read(name)
                    if name == part:
                        xml = re.sub(r"^\s*<\?xml.*?\?>", "", data.decode())
                        assert "HERE" in xml
                        data = (head + xml.replace("HERE", entity)).encode()
                    new.writestr(name, data)
            try:
                read_text = read(evil.getvalue())
            except (files.CannotRead, sheets.SheetError) as error:
                read_text = str(error)
        assert "TOPSECRET" not in read_text
        assert len(read_text) < 10_000

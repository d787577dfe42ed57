"""Every page × everybody: docs/reference/access.md says who may open what, and each line of it is tried."""

from typing import Any

from django.test import Client
from django.urls import resolve

from tests.flows import pages
from tests.house.conftest import ROWS, address, names

CAST = ("nobody", "eli", "amba", "boss", "fay", "edith", "lio", "ada")
STAFF = {*CAST} - {"nobody"}
MAY = {
    "anybody": {*CAST},
    "the code of the jam": {*CAST},
    "everybody who works here": STAFF,
    "sharers": {"amba"},
    "managers": {"boss"},
    "facilitators": {"fay", "ada"},
    "editors": {"edith", "ada"},
    "editors and facilitators": {"edith", "fay", "ada"},
    "editors and listeners": {"edith", "lio", "ada"},
    "listeners": {"lio", "ada"},
    "administrators": {"ada"},
    "any role": {"fay", "edith", "lio", "ada"},
    "a token or a signature": set(),
}


def test_table_names_every_page_and_nothing_else():
    assert ROWS.keys() == names()
    assert set(ROWS.values()) == MAY.keys()


def test_every_page_is_walked_in_a_browser(world, browser_of):
    paths = (path.partition("?")[0] for paths in pages.SAMPLE.values() for path in paths if path != "/components/")
    walked = {resolve(path).view_name for path in paths}
    browsers = [browser_of(world["people"][who]) for who in ("ada", "amba", "boss")]

    others = [name for name in ROWS if name not in walked]
    left = {name for name in others if any(is_page(browser.get(address(name, world))) for browser in browsers)}

    assert left == pages.MADE


def is_page(answer: Any) -> bool:
    is_html = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
    return is_html and b"<html" in (answer.getvalue() if answer.streaming else answer.content)


def is_shut(answer: Any) -> bool:
    to_sign_in = answer.status_code == 302 and "/account/login" in answer["Location"]
    return to_sign_in or answer.status_code in {401, 403, 404, 405}


def test_everybody_gets_in_where_they_may_and_nowhere_else(world, browser_of):
    browsers = {"nobody": Client(), **{who: browser_of(person) for who, person in world["people"].items()}}
    wrong = []
    for name, audience in ROWS.items():
        at = address(name, world)
        for who, browser in browsers.items():
            if who in MAY[audience]:
                # What belongs to another person, or does not exist, is rightly not found; but never forbidden.
                answer = browser.get(at)
                fine = answer.status_code < 500 and (not is_shut(answer) or answer.status_code in {404, 405})
            else:
                fine = is_shut(browser.get(at)) and is_shut(browser.post(at))
            if not fine:
                wrong.append((name, who, audience))

    assert not wrong, "\n".join(map(str, wrong))

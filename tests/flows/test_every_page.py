"""Every page: no accessibility violation in light and dark, none beside the other language, nothing wider than the phone."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import signing

from askfirst.people import mails
from tests.conftest import Site, served_sample
from tests.flows import pages
from tests.flows.conftest import is_wide, sign_in

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def check(page, url: str, expected: int = 200) -> list[str]:
    """What a page does wrong in light, and what is too pale in dark, where only the colours differ."""
    answer = page.goto(url)
    page.wait_for_timeout(150)
    found = Axe().run(page, options={"runOnly": TAGS, "resultTypes": ["violations"]}).response["violations"]
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    dark = page.evaluate("axe.run({runOnly: ['color-contrast'], resultTypes: ['violations']})")["violations"]
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    problems = [f"{url}: {rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in found]
    problems += [f"{url} in dark: {rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in dark]
    if is_wide(page):
        problems.append(f"{url}: wider than the screen")
    if answer.status != expected:
        problems.append(f"{url}: answered {answer.status}")
    return problems


@pytest.mark.parametrize("who", pages.SAMPLE, ids=lambda who: who or "anybody")
def test_page_has_no_violation(demo_site, device, signed_in, who):
    page = signed_in(who, width=390) if who else device(390)
    paths = list(pages.SAMPLE[who])
    if not who:
        key = (Path(demo_site.environ["ASKFIRST_DATA"]) / "secret-key").read_text().strip()
        paths.append(f"/people/mails/{signing.dumps([1, 'reminders'], key=key, salt=mails.SALT)}")
        page.goto(f"{demo_site.url}/account/login/code/")
        page.get_by_label("Email").fill("eli@halden.example")
        page.locator("main form button").first.click()
        page.wait_for_url("**/confirm/")
        paths.insert(0, "/account/login/code/confirm/")
    if who == "ada":
        # The newest of the monthly reports, whatever month it is.
        page.goto(f"{demo_site.url}/plan/numbers")
        newest = page.get_by_role("navigation", name="Monthly reports").get_by_role("link").first
        paths.append(newest.get_attribute("href"))

    problems = [problem for path in paths for problem in check(page, demo_site.url + path)]

    assert problems == []


@pytest.fixture(scope="module")
def fuller_site(tmp_path_factory) -> Iterator[Site]:
    """The sample organisation with what it has none of; its own, so that other walks find it as it was."""
    with served_sample(tmp_path_factory.mktemp("fuller")) as site:
        yield site


def test_page_of_what_must_be_made_first_has_no_violation(fuller_site, device):
    made = json.loads(fuller_site.run("manage", "shell", "-v0", "-c", pages.MAKE_MORE).splitlines()[-1])
    problems = []
    for who, paths in made.items():
        page = device(390)
        sign_in(page, fuller_site, who)
        problems += [problem for path in paths for problem in check(page, fuller_site.url + path)]

    assert problems == []


def test_pages_hold_words_without_a_break(fuller_site, device):
    fuller_site.run("manage", "shell", "-v0", "-c", pages.MAKE_LONG)
    wide = []
    for who, paths in pages.LONG.items():
        page = device(390)
        sign_in(page, fuller_site, who)
        for path in paths:
            assert page.goto(fuller_site.url + path).status == 200
            if is_wide(page):
                wide.append(path)

    assert wide == []


@pytest.mark.parametrize(
    ("width", "size", "direction"), [(320, "100%", "ltr"), (640, "200%", "ltr"), (390, "100%", "rtl")]
)
def test_pages_fit_narrow_screens_double_text_and_right_to_left(demo_site, signed_in, width, size, direction):
    page = signed_in("fay", width=width)
    wide = []
    for path in (
        "/",
        "/today",
        "/j/HALDEN",
        "/j/HALDEN/ledger",
        "/j/HALDEN/screen",
        "/lead/HALDEN/",
        "/lead/new",
        "/people/me",
    ):
        page.goto(demo_site.url + path)
        page.evaluate(
            f"document.documentElement.style.fontSize = '{size}'; document.documentElement.dir = '{direction}'"
        )
        if is_wide(page):
            wide.append(path)

    assert wide == []


def test_german_is_spoken_throughout(demo_site, device):
    page = device(390)
    page.goto(demo_site.url + "/j/HALDEN")
    page.get_by_role("button", name="Deutsch").click()

    assert page.locator("html").get_attribute("lang") == "de"
    assert page.get_by_role("heading", name="Was die Leute fragen").is_visible()
    assert page.get_by_role("button", name="Senden", exact=True).is_visible()


def test_error_page_has_no_violation_and_a_way_on(tmp_path, device):
    site = Site(tmp_path / "data", debug="no")
    site.init()
    site.start()
    page = device(390)

    assert check(page, f"{site.url}/nothing/here", 404) == []
    assert page.locator("main a").count() > 0
    site.stop()

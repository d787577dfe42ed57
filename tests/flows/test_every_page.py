"""Every page: no accessibility violation in light and dark, none beside the other language, nothing wider than the phone."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import signing

from askfirst.people import mails
from tests.conftest import Site

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPEN = ["/", "/account/login/", "/account/login/code/", "/account/password/reset/", "/j/HALDEN", "/j/HALDEN/screen", "/j/HALDEN/ledger",
        "/j/HALDN2", "/j/HALDN2/why/1", "/j/HALDEN/mine", "/components/"]  # fmt: skip
FAY = ["/library/materials/1/", "/library/materials/12/", "/library/materials/add", "/library/materials/import", "/library/materials/1/print",
       "/today", "/lead/", "/lead/new", "/lead/HALDEN/", "/lead/HALDEN/settings", "/lead/HALDEN/close", "/lead/HALDEN/bring", "/library/",
       "/library/answers/1/", "/library/answers/1/edit/", "/people/me", "/people/me/erase", "/account/2fa/", "/account/password/change/"]  # fmt: skip
EDITH = ["/desk", "/plan/new", "/coach/glossary/", "/stories/desk/", "/stories/desk/1", "/learn/gallery/1/edit", "/learn/gallery/new",
         "/learn/", "/learn/1/", "/learn/desk/", "/learn/desk/lesson", "/learn/desk/course",
         "/policy/", "/policy/1/", "/policy/1/know", "/policy/references/", "/policy/references/1/", "/policy/references/add", "/policy/desk/",
         "/policy/desk/new", "/policy/desk/2/", "/policy/desk/2/settings", "/policy/desk/2/coverage", "/policy/desk/2/check",
         "/policy/desk/1/questions", "/policy/desk/2/review", "/policy/desk/2/publish", "/policy/desk/1/evidence", "/policy/desk/1/versions",
         "/policy/desk/1/languages/de", "/coach/offline", "/learn/2/", "/learn/desk/lesson/1", "/learn/desk/lesson/1/texts", "/learn/desk/lesson/1/de",
         "/learn/policies/1/"]  # fmt: skip
AMBA = [
    "/today",
    "/stories/",
    "/stories/tell",
    "/stories/1/share",
    "/coach/",
    "/learn/gallery/",
    "/learn/gallery/7/",
    "/briefings/1/",
]
LIO = [
    "/desk",
    "/briefings/",
    "/listen/",
    "/listen/mentions/4/",
    "/listen/queries/",
    "/listen/queries/new",
    "/listen/queries/1/",
    "/listen/sources/",
    "/listen/sources/1/",
    "/listen/alerts/",
    "/listen/themes/",
    "/plan/",
    "/plan/numbers",
]
ADA = [
    "/people/tokens/",
    "/desk",
    "/people/",
    "/people/add",
    "/people/import",
    "/people/organisation",
    "/people/log",
    "/people/1",
    "/people/me",
    "/people/systems/",
    "/team",
    "/plan/numbers",
    "/learn/desk/studies/",
    "/learn/check",
]


def check(page, url: str) -> list[str]:
    """What a page does wrong in light, and what is too pale in dark, where only the colours differ."""
    page.goto(url)
    page.wait_for_timeout(150)
    found = Axe().run(page, options={"runOnly": TAGS, "resultTypes": ["violations"]}).response["violations"]
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    dark = page.evaluate("axe.run({runOnly: ['color-contrast'], resultTypes: ['violations']})")["violations"]
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    problems = [f"{url}: {rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in found]
    problems += [f"{url} in dark: {rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in dark]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        problems.append(f"{url}: wider than the screen")
    return problems


@pytest.mark.parametrize(
    ("who", "paths"),
    [("", OPEN), ("fay", FAY), ("edith", EDITH), ("amba", AMBA), ("lio", LIO), ("ada", ADA)],
    ids=["anybody", "fay", "edith", "amba", "lio", "ada"],
)
def test_page_has_no_violation(demo_site, device, signed_in, who, paths):
    page = signed_in(who, width=390) if who else device(390)
    if not who:
        key = (Path(demo_site.environ["ASKFIRST_DATA"]) / "secret-key").read_text().strip()
        paths = [*paths, f"/people/mails/{signing.dumps([1, 'reminders'], key=key, salt=mails.SALT)}"]

    if who == "ada":
        # The newest of the monthly reports, whatever month it is.
        page.goto(f"{demo_site.url}/plan/numbers")
        paths = [
            *paths,
            page.get_by_role("navigation", name="Monthly reports").get_by_role("link").first.get_attribute("href"),
        ]
    problems = [problem for path in paths for problem in check(page, demo_site.url + path)]

    assert problems == []


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
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(path)

    assert wide == []


def test_german_is_spoken_throughout(demo_site, device):
    page = device(390)
    page.goto(demo_site.url + "/j/HALDEN")
    page.get_by_role("button", name="Deutsch").click()

    assert page.locator("html").get_attribute("lang") == "de"
    assert page.get_by_role("heading", name="Was die Leute fragen").is_visible()
    assert page.get_by_role("button", name="Fragen", exact=True).is_visible()


def test_error_page_has_no_violation_and_a_way_on(tmp_path, device):
    site = Site(tmp_path / "data", debug="no")
    site.init()
    site.start()
    page = device(390)

    assert check(page, f"{site.url}/nothing/here") == []
    assert page.locator("main a").count() > 0
    site.stop()

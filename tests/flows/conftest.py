"""A real browser, and the pages it opens; every page fails on a console error or a blocked resource."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.conftest import Site
from tests.environment import CHROMIUM

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
# Refusals that a test provokes, and a server that a test has killed.
EXPECTED = re.compile(
    "status of 4|ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET|ERR_INTERNET_DISCONNECTED"
)
# A field that the browser cannot show, such as a day that is no ISO 8601, is a warning.
COMPLAINTS = ("error", "warning")
PASSWORD = "halden-demo-1"
# Milliseconds; the other run of the suite may take both cores meanwhile.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)


def sign_in(page: Page, site: Site, first: str) -> Page:
    """Sign in as somebody of the sample organisation."""
    page.goto(f"{site.url}/account/login/")
    page.get_by_label("Email").fill(f"{first}@halden.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").last.click()
    page.wait_for_url("**/today")
    return page


def is_wide(page: Page) -> bool:
    """Whether the page is wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def device(chromium) -> Iterator[Callable[..., Page]]:
    """Open a page on a device of its own; the test fails on anything the console complains about."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(width: int = 390, **options) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 844}, locale="en-GB", **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda m: complaints.append(m.text) if m.type in COMPLAINTS and not EXPECTED.search(m.text) else None,
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda r: (
                None if r.url.startswith(("http://localhost", "data:")) else complaints.append(f"outside call: {r.url}")
            ),
        )
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def signed_in(device, demo_site):
    """Open a page as somebody of the sample organisation."""

    def opened(first: str, width: int = 1024, **options) -> Page:
        return sign_in(device(width, **options), demo_site, first)

    return opened

"""A language of one's own, written from right to left: every word of the house goes through the catalogue, and fits."""

import re

import polib
import pytest

from tests.conftest import Site
from tests.flows.conftest import is_wide
from tests.house.test_house import SOURCE

pytestmark = pytest.mark.browser

PLACEHOLDER = re.compile(r"(%\(\w+\)[sd]|%[sd%]|<[^>]+>|&\w+;|\{\w*\})")
LONGER = str.maketrans("aeiouAEIOU", "áéíóúÁÉÍÓÚ")
# What is not ours to translate: names, codes, numbers, addresses, signs, and what people wrote.
FOREIGN = re.compile(
    r"^[\W\d_]*$|^[A-Z0-9]{6}$|askfirst|Askfirst|XLSX|CSV|Markdown|@|English|Deutsch|العربيّة|localhost|FAQ"
)
PAGES = [
    "/",
    "/today",
    "/lead/",
    "/lead/new",
    "/library/",
    "/people/",
    "/people/add",
    "/people/me",
    "/people/organisation",
]

# Its lists hold titles and topics as people wrote them.
WRITTEN_BY_OTHERS = {"/library/", "/today"}


def pseudo(text: str) -> str:
    """The text in brackets, a third longer, with accents; what a program fills in stays."""
    parts = PLACEHOLDER.split(text)
    words = "".join(part if PLACEHOLDER.fullmatch(part) else part.translate(LONGER) for part in parts)
    return f"⟦{words}{'~' * (len(text) // 3)}⟧"


@pytest.fixture
def site(tmp_path):
    catalogue = polib.pofile(str(SOURCE / "locale/de/LC_MESSAGES/django.po"))
    for entry in catalogue:
        if entry.msgid_plural:
            entry.msgstr_plural = dict.fromkeys(range(6), pseudo(entry.msgid_plural))
        else:
            entry.msgstr = pseudo(entry.msgid)
    folder = tmp_path / "data/locale/ar/LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue.metadata["Plural-Forms"] = "nplurals=6; plural=0;"
    catalogue.save_as_mofile(str(folder / "django.mo"))
    site = Site(tmp_path / "data")
    site.init()
    site.start()
    yield site
    site.stop()


def test_every_word_of_ours_is_translated_and_fits_from_right_to_left(site, device):
    page = device(390)
    page.goto(f"{site.url}/account/login/")
    page.get_by_label("Email").fill("ada@example.org")
    page.get_by_label("Password", exact=True).fill("a-long-password-1")
    page.get_by_role("button", name="Sign in").last.click()
    page.wait_for_url("**/today")
    page.get_by_role("button", name="العربيّة").click()
    assert page.locator("html").get_attribute("dir") == "rtl"
    problems = []
    for path in PAGES:
        page.goto(site.url + path)
        said = page.eval_on_selector_all(
            "h1, h2, label, legend, button, a, th, summary, .help",
            "nodes => nodes.filter(n => n.checkVisibility() && !n.querySelector('input')).map(n => n.innerText.trim())",
        )
        problems += [
            f"{path}: {text}"
            for text in said
            if path not in WRITTEN_BY_OTHERS
            and "⟦" not in text
            and not FOREIGN.search(text)
            and text not in {"Test", "Ada", ""}
        ]
        if is_wide(page):
            problems.append(f"{path}: wider than the screen")

    assert problems == []

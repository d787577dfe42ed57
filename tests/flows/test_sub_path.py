"""A site that lies under a path of a host it shares: every link stays under it, and rooms are live."""

from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import expect

from tests.conftest import served_sample
from tests.flows.conftest import PASSWORD
from tests.flows.test_jam_flow import card, join

pytestmark = pytest.mark.browser
PATH = "/training/social"
LEAVES = ("mailto:", "javascript:", "data:", "#")


@pytest.fixture(scope="module")
def sub_site(tmp_path_factory):
    with served_sample(tmp_path_factory.mktemp("sub"), PATH) as site:
        yield site


def test_two_phones_share_a_live_room_under_a_path(sub_site, device):
    one, other = device(), device()
    for phone in (one, other):
        join(phone, f"{sub_site.url}/", "HALDEN")

    one.locator("textarea[name=text]").fill("Which filter hides our badge in a video call?")
    one.get_by_role("button", name="Send", exact=True).click()

    expect(card(other, "Which filter hides our badge")).to_be_visible()
    card(other, "Which filter hides our badge").get_by_role("button").click()
    expect(card(one, "Which filter hides our badge").locator("[data-count]")).to_have_text("1")
    assert {cookie["path"] for cookie in one.context.cookies()} == {f"{PATH}/"}


@pytest.mark.parametrize("first", ["ada", "edith"])
def test_no_link_leaves_the_path_or_leads_nowhere(sub_site, device, first):
    page = device(1024)
    page.goto(f"{sub_site.url}/account/login/")
    page.get_by_label("Email").fill(f"{first}@halden.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").last.click()
    page.wait_for_url("**/today")
    seen, waiting, wrong = set(), [f"{sub_site.url}/today", f"{sub_site.url}/desk"], []

    while waiting and len(seen) < 150:
        address = waiting.pop(0)
        answer = page.request.get(address)
        if answer.status != 200:
            wrong.append((address, answer.status))
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        page.goto(address)
        attributes = page.evaluate(
            "[...document.querySelectorAll('[href],[src],[action],[hx-get],[hx-post],[data-live]')].flatMap(one =>"
            " ['href','src','action','hx-get','hx-post','data-live'].map(name => [one.tagName, one.getAttribute(name)]))"
            ".filter(pair => pair[1])"
        )
        for tag, target in attributes:
            whole = urljoin(address, target)
            if target.startswith(LEAVES) or urlsplit(whole).netloc != urlsplit(sub_site.url).netloc:
                continue
            if not urlsplit(whole).path.startswith(f"{PATH}/"):
                wrong.append((address, target))
            elif tag == "A" and "logout" not in whole and whole.split("#")[0] not in seen:
                seen.add(whole.split("#")[0])
                waiting.append(whole.split("#")[0])

    assert wrong == []
    assert len(seen) > 60

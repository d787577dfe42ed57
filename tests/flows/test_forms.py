"""Forms in a real browser: they go once however often they are tapped, and nothing that was written is lost on the way."""

import pytest
from playwright.sync_api import expect

from tests.conftest import Site
from tests.flows.conftest import sign_in

pytestmark = pytest.mark.browser


def test_second_tap_while_a_form_is_on_its_way_does_nothing(demo_site: Site, signed_in):
    page = signed_in("edith")
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.goto(f"{demo_site.url}/plan/new")
    page.locator("[name=title]").fill("Tapped twice")
    keep = page.get_by_role("button", name="Keep")
    keep.scroll_into_view_if_needed()
    spot = keep.bounding_box()
    slow = {"offline": False, "latency": 1000, "downloadThroughput": -1, "uploadThroughput": -1}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", slow)
    for _tap in range(2):
        page.mouse.click(spot["x"] + 10, spot["y"] + 10)
        page.wait_for_timeout(200)
    page.wait_for_url("**/plan/")

    assert len(sent) == 1


def test_day_survives_a_form_in_another_language(demo_site: Site, signed_in):
    page = signed_in("edith")
    page.get_by_role("button", name="Deutsch").click()

    page.goto(f"{demo_site.url}/learn/desk/course/1")

    expect(page.locator("html")).to_have_attribute("lang", "de")
    assert page.locator("[name=starts_on]").input_value()[:2] == "20"


def test_words_stay_when_the_token_is_old(demo_site: Site, signed_in):
    page = signed_in("fay", width=390)
    page.goto(f"{demo_site.url}/j/HALDEN")
    field, ask, trouble = (
        page.locator("main [name=text]").first,
        page.get_by_role("button", name="Send", exact=True),
        page.locator("#trouble"),
    )
    kept = [own for own in page.context.cookies() if own["name"] != "askfirst_csrf"]
    page.context.clear_cookies()
    page.context.add_cookies(kept)

    field.fill("Do words survive an old page?")
    ask.click()
    expect(trouble).to_contain_text("sent no cookie")
    expect(field).to_have_value("Do words survive an old page?")
    ask.click()
    expect(page.locator("main [name=text]").first).to_have_value("")
    expect(trouble).to_be_empty()


def test_what_is_pasted_stays_whole_and_is_said_to_be_too_long(demo_site: Site, signed_in):
    page = signed_in("edith")
    page.goto(f"{demo_site.url}/plan/")
    note = page.locator("#note")
    note.fill("y" * 212)
    page.get_by_role("button", name="Keep", exact=True).click()

    assert note.input_value() == "y" * 212
    assert note.evaluate("field => field.validationMessage").startswith("Too long by 12")
    note.fill("y" * 200)
    assert note.evaluate("field => field.validationMessage") == ""


def test_refused_act_leaves_the_facilitators_words(demo_site: Site, signed_in):
    page = signed_in("fay", width=820)
    page.goto(f"{demo_site.url}/lead/HALDEN/")
    park = page.locator("details.do:has(> summary:text-is('Park'))").first
    park.locator("summary").click()
    park.get_by_label("Why").fill("Legal looks at it.")
    park.get_by_label("Who").fill("Nobody Atall")
    park.get_by_role("button", name="Park").click()

    expect(page.locator(".note-error")).to_contain_text("Nobody Atall")
    expect(park.get_by_label("Why")).to_have_value("Legal looks at it.")


def test_what_the_network_swallows_is_said(demo_site: Site, signed_in):
    page = signed_in("eli")
    failed = "document.dispatchEvent(new CustomEvent('htmx:sendError', {detail: {requestConfig: {verb: '%s'}}}))"

    # What only follows along may fail unsaid.
    page.evaluate(failed % "get")
    expect(page.locator("#trouble")).to_be_empty()
    page.evaluate(failed % "post")
    expect(page.locator("#trouble")).to_contain_text("What you wrote is still here")


def test_form_goes_out_after_signing_in_again_beside_it(demo_site: Site, signed_in):
    page = signed_in("edith")
    page.goto(f"{demo_site.url}/library/answers/new")
    page.get_by_label("Question").fill("May I go on where I was?")
    page.get_by_label("Answer", exact=True).fill("Yes.")
    page.context.clear_cookies(name="askfirst_session")

    page.get_by_role("button", name="Keep").click()
    page.get_by_text("You are not signed in any more.").wait_for()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in, in a new tab").click()
    sign_in(opened.value, demo_site, "edith")
    page.get_by_role("button", name="Send it once more").click()

    page.wait_for_url("**/library/answers/*/")
    expect(page.get_by_role("heading", name="May I go on where I was?")).to_be_visible()


def test_moments_are_said_by_the_readers_clock(demo_site: Site, device):
    moments = {}
    for zone in ("UTC", "America/New_York"):
        page = device(390, timezone_id=zone)
        sign_in(page, demo_site, "lio")
        page.goto(f"{demo_site.url}/briefings/1/")
        node = page.locator("main time").first
        moments[zone] = (node.get_attribute("datetime"), node.inner_text())

    assert moments["UTC"][0] == moments["America/New_York"][0]
    assert moments["UTC"][1] != moments["America/New_York"][1]

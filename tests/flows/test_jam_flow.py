"""The main job, walked in a real browser: from a code on a screen to a ledger that adds up."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def new_jam(page: Page, url: str, title: str) -> str:
    page.goto(f"{url}/lead/new")
    page.get_by_label("Title").fill(title)
    page.get_by_role("button", name="Open the doors").click()
    page.wait_for_url(re.compile(r"/lead/[A-Z0-9]{6}/$"))
    return page.url.rstrip("/").rsplit("/", 1)[1]


def join(page: Page, url: str, code: str) -> None:
    page.goto(url)
    page.get_by_label("Code from the screen or the invitation").fill(code.lower())
    page.get_by_role("button", name="Join").click()
    page.wait_for_url(f"**/j/{code}")


def ask(page: Page, text: str) -> None:
    page.get_by_label("What do you want to know?").fill(text)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="is in")).to_be_visible()


def card(page: Page, text: str):
    return page.locator("#board > li").filter(has_text=text)


def test_from_a_code_to_a_ledger_that_adds_up(demo_site, device, signed_in):
    fay = signed_in("fay")
    code = new_jam(fay, demo_site.url, "Lunch jam")
    screen = device(1440)
    screen.goto(f"{demo_site.url}/j/{code}/screen")
    phones = [device() for _ in range(3)]
    for phone in phones:
        join(phone, demo_site.url, code)

    # Three ask; two of them the same in other words, and a group forms before everyone's eyes.
    ask(phones[0], "Can I post a photo of my workplace?")
    ask(phones[1], "Who answers comments at the weekend?")
    ask(phones[2], "Am I allowed to share a picture of my workplace?")
    for phone in phones:
        expect(card(phone, "photo of my workplace")).to_contain_text("asked 2 times")
        expect(phone.locator("#board > li")).to_have_count(2)
    expect(screen.locator(".screen-board")).to_contain_text("photo of my workplace")

    # Votes are seen by everybody; one person's second tap takes the first back.
    for phone in phones:
        card(phone, "photo of my workplace").get_by_role("button").click()
    expect(card(phones[0], "photo of my workplace").locator("[data-count]")).to_have_text("3")
    card(phones[2], "photo of my workplace").get_by_role("button").click()
    expect(card(phones[0], "photo of my workplace").locator("[data-count]")).to_have_text("2")
    phones[0].reload()
    expect(card(phones[0], "photo of my workplace").get_by_role("button")).to_have_attribute("aria-pressed", "true")

    # The facilitator puts one on stage, answers it, merges a stray one, parks another.
    ask(phones[1], "Do weekends count as working time for the social team?")
    expect(fay.locator("#desk")).to_contain_text("Do weekends count")

    def on_desk(text: str):
        return fay.locator("li.desk-card", has=fay.locator(".card-text", has_text=text))

    # What is half written on one card outlives an act on another.
    half = on_desk("Who answers comments")
    half.locator("summary", has_text="Park").click()
    half.get_by_label("Why", exact=True).fill("Once the")
    on_desk("photo of my workplace").get_by_role("button", name="On stage").click()
    expect(on_desk("photo of my workplace").get_by_role("button", name="Off stage")).to_be_visible()
    expect(half.get_by_label("Why", exact=True)).to_have_value("Once the")
    half.locator("summary", has_text="Park").click()
    expect(phones[0].locator("[data-stage]")).to_contain_text("photo of my workplace")
    expect(screen.locator(".stage")).to_contain_text("photo of my workplace")
    photo = on_desk("photo of my workplace")
    photo.locator("summary", has_text="Answer").first.click()
    photo.get_by_label("Answer, or a note of what was said").fill("Yes, if no screen can be read in it.")
    photo.get_by_role("button", name="Answer").click()
    expect(card(phones[2], "photo of my workplace")).to_contain_text("Yes, if no screen can be read in it.")

    stray = on_desk("Do weekends count")
    stray.locator("summary", has_text="More").first.click()
    others = fay.locator("#others-question option")
    choice = next(
        value for option in others.all() if "Who answers comments" in (value := option.get_attribute("value"))
    )
    stray.get_by_label("Merge into").fill(choice)
    stray.get_by_role("button", name="Merge").click()
    expect(card(phones[0], "Who answers comments")).to_contain_text("asked 2 times")
    expect(phones[0].locator("#board > li")).to_have_count(2)

    weekend = on_desk("Who answers comments")
    weekend.locator("summary", has_text="Park").first.click()
    weekend.get_by_label("Why", exact=True).fill("We ask the works council.")
    weekend.get_by_label("Who", exact=True).fill("ruth@halden.example")
    weekend.get_by_role("button", name="Park").click()
    expect(card(phones[1], "Who answers comments")).to_contain_text("We ask the works council.")

    # One question stays open; closing gives it a reason, and the ledger adds up.
    ask(phones[0], "Is there a budget for training?")
    fay.goto(f"{demo_site.url}/lead/{code}/close")
    fay.get_by_role("button", name="Close and publish the ledger").click()
    fay.wait_for_url(f"**/j/{code}/ledger")
    chips = fay.locator(".entry .chip").all_text_contents()
    assert sorted(chips) == ["answered", "merged", "merged", "parked", "parked"]
    expect(phones[0].get_by_role("heading", name="This jam is closed")).to_be_visible()

    # The answer is found in the library by search.
    fay.goto(f"{demo_site.url}/library/")
    fay.get_by_placeholder("May I post").fill("picture workplace")
    expect(fay.locator("#answers li").first).to_contain_text("Can I post a photo of my workplace?")


def test_asker_sees_what_became_of_the_question_without_being_known(demo_site, device, signed_in):
    fay = signed_in("fay")
    code = new_jam(fay, demo_site.url, "Mine")
    phone = device()
    join(phone, demo_site.url, code)
    ask(phone, "May I bring my dog to the shop?")
    expect(phone.locator("#mine")).to_contain_text("May I bring my dog")

    phone.get_by_role("button", name="Withdraw").click()

    expect(phone.locator("#mine")).to_contain_text("withdrawn")
    expect(phone.locator("#board > li")).to_have_count(0)


def test_without_javascript_everything_still_works(demo_site, device):
    phone = device(java_script_enabled=False)
    join(phone, demo_site.url, "HALDEN")
    phone.get_by_label("What is on your mind?").fill("Does this work on my very old phone?")
    phone.get_by_role("button", name="Send", exact=True).click()
    expect(phone.locator(".messages")).to_contain_text("Your contribution is in.")

    own = card(phone, "very old phone")
    own.get_by_role("button").click()

    expect(card(phone, "very old phone").locator("[data-count]")).to_have_text("1")
    card(phone, "very old phone").get_by_role("button").click()
    expect(card(phone, "very old phone").locator("[data-count]")).to_have_text("0")


def test_keyboard_alone_is_enough(demo_site, device):
    page = device(1024)
    page.goto(demo_site.url)
    page.get_by_label("Code from the screen or the invitation").focus()
    page.keyboard.type("halden")
    page.keyboard.press("Enter")
    page.wait_for_url("**/j/HALDEN")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")

    _tab_to(page, "document.activeElement.id === 'text'")
    page.keyboard.type("Can I do all this without a mouse?")
    _tab_to(page, "document.activeElement.type === 'submit' && document.activeElement.closest('#ask')")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="is in")).to_be_focused()
    _tab_to(page, "document.activeElement.matches('.vote')")
    page.keyboard.press("Space")

    expect(page.locator(".vote[aria-pressed=true]").first).to_be_visible()


def _tab_to(page: Page, condition: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(f"Boolean({condition})"):
            return
    raise AssertionError(f"never reached: {condition}")


def test_board_is_right_after_the_server_was_away(empty_site, device):
    empty_site.start()
    ada = device(1024)
    ada.goto(f"{empty_site.url}/account/login/")
    ada.get_by_label("Email").fill("ada@example.org")
    ada.get_by_label("Password", exact=True).fill("a-long-password-1")
    ada.get_by_role("button", name="Sign in").last.click()
    code = new_jam(ada, empty_site.url, "Away")
    ada.close()
    phone = device()
    join(phone, empty_site.url, code)
    ask(phone, "Is anybody there?")
    expect(phone.locator("#board > li")).to_have_count(1)

    empty_site.kill()
    expect(phone.locator("[data-link-down]")).to_be_visible()
    empty_site.start()
    empty_site.run("jam", "ask", code, "Asked from the terminal while the phone was away?")

    expect(phone.locator("#board > li")).to_have_count(2, timeout=20_000)
    expect(phone.locator("[data-link-down]")).to_be_hidden()


def test_jam_opens_and_closes_by_the_clock_in_front_of_those_who_wait(demo_site, signed_in, device):
    fay = signed_in("fay")
    code = new_jam(fay, demo_site.url, "On the minute")
    soon = (
        "from datetime import timedelta; from django.utils import timezone; from askfirst.jam.models import Jam; "
        f"Jam.objects.filter(code='{code}').update(opens_at=timezone.now() + timedelta(seconds=8), has_opened=False)"
    )
    demo_site.run("manage", "shell", "-v0", "-c", soon)
    address = f"{demo_site.url}/j/{code}"
    phone, other, screen = device(390), device(390), device(1440)
    phone.goto(address)
    screen.goto(f"{address}/screen")
    expect(phone.get_by_text("Not open yet")).to_be_visible()
    expect(screen.get_by_text("opens by itself")).to_be_visible()

    expect(phone.get_by_label("What do you want to know?")).to_be_visible()
    expect(screen.get_by_text("ask the first question")).to_be_visible()
    other.goto(address)
    other.get_by_label("What do you want to know?").fill("Half a question")
    fay.goto(f"{demo_site.url}/lead/{code}/close")
    fay.get_by_role("button", name="Close and publish").click()

    expect(phone.get_by_text("This jam is closed")).to_be_visible()
    expect(other.get_by_label("What do you want to know?")).to_have_value("Half a question")


@pytest.mark.parametrize("way", ["refused", "held back", "answered by a proxy"])
def test_board_goes_on_where_streams_do_not_come_through(demo_site, signed_in, device, way):
    code = new_jam(signed_in("fay"), demo_site.url, f"Streams {way}")
    phone, other = device(390), device(390)
    answers = {
        "refused": lambda route: route.abort("connectionrefused"),
        "held back": lambda route: None,
        "answered by a proxy": lambda route: route.fulfill(status=404, body="What stream?"),
    }
    phone.route(re.compile(r"/live/\w+\?"), answers[way])
    join(phone, demo_site.url, code)
    join(other, demo_site.url, code)

    ask(other, "Do I see this without a stream?")

    expect(card(phone, "Do I see this without a stream?")).to_be_visible()

"""From the coverage list to a policy that two people know, and a second version that shows them just what changed."""

import pytest

from tests.conftest import served_sample
from tests.flows.conftest import sign_in

pytestmark = pytest.mark.browser
CREDITED = (
    "When doing onsite visits or meeting up with clients at community events, your team may want to take photos to document their research, "
    "gather promo photos for the content team, or just celebrate meeting folks in real life."
)


@pytest.fixture
def site(tmp_path):
    with served_sample(tmp_path) as site:
        yield site


def acknowledge(page, site, title):
    page.goto(f"{site.url}/today")
    page.locator("section", has=page.get_by_role("heading", name=title)).get_by_role("link").first.click()
    page.wait_for_url("**/know")
    shown = page.locator("main").inner_text()
    for group in page.locator("fieldset").all():
        group.get_by_role("radio").first.check()
    page.get_by_role("button", name="Show me").click()
    page.get_by_role("button", name="I know this policy").click()
    page.wait_for_url("**/certificate")
    return shown


def test_policy_is_written_checked_published_and_known(site, device):
    known_before = int(site.run("policy", "verify").split()[0])
    edith = sign_in(device(1280), site, "edith")
    edith.goto(f"{site.url}/policy/desk/new")
    edith.get_by_label("title").fill("Events")
    edith.get_by_role("button", name="Begin", exact=True).click()
    edith.wait_for_url("**/policy/desk/3/")
    edith.get_by_role("link", name="Coverage", exact=True).click()
    scope = edith.locator("details.topic", has_text="Whom and what it covers")
    scope.locator("summary").first.click()
    scope.get_by_label("In your words").fill("This policy is for everybody who posts from our events.")
    scope.get_by_role("button", name="Add to the draft").click()
    pictures = edith.locator("details.topic", has_text="Other people's data and faces")
    pictures.locator("summary").first.click()
    pictures.get_by_label("In your words").fill(CREDITED)
    pictures.get_by_role("button", name="Add to the draft").click()

    edith.get_by_role("link", name="Text", exact=True).click()
    edith.get_by_label("Text", exact=True).press("Control+End")
    edith.get_by_label("Text", exact=True).type("\n## Tone\n\nBe respectful at all times.\n")
    edith.get_by_text("kept", exact=True).wait_for()
    edith.get_by_role("link", name="Check", exact=True).click()
    assert edith.get_by_text("The licence allows it, with a line").is_visible()
    assert edith.get_by_text("Demands respect or a positive tone at large").is_visible()

    edith.get_by_role("link", name="Text", exact=True).click()
    edith.get_by_label("Text", exact=True).fill(
        "## Scope\n\nThis policy is for everybody who posts from our events.\n\n## Pictures\n\nAsk visitors before you show them. A no needs no reason.\n"
    )
    edith.get_by_role("button", name="Keep", exact=True).first.click()
    edith.get_by_role("link", name="Check", exact=True).click()
    assert edith.get_by_text("No passage is close to a text on your shelf.").is_visible()
    for number in range(3):
        edith.get_by_role("link", name="Questions", exact=True).click()
        edith.get_by_label("Question", exact=True).fill(f"What do you do first, number {number}?")
        edith.get_by_label("Option 1", exact=True).fill("Ask.")
        edith.get_by_label("Option 2", exact=True).fill("Post.")
        edith.get_by_label("Which option is right?").fill("1")
        edith.get_by_role("button", name="Keep", exact=True).click()
    edith.get_by_role("link", name="Publish", exact=True).click()
    edith.get_by_label("Half-minute summary").fill("Post from our events if you like. Ask people before you show them.")
    edith.get_by_role("button", name="Publish and ask").click()
    edith.wait_for_url("**/evidence")

    phones = [sign_in(device(390), site, first) for first in ("eli", "amba")]
    for phone in phones:
        assert "Ask visitors before you show them" in acknowledge(phone, site, "Events")
    edith.reload()
    assert edith.get_by_text("2 know what they were asked for last").is_visible()

    edith.get_by_role("link", name="Text", exact=True).click()
    text = edith.get_by_label("Text", exact=True)
    text.fill(text.input_value().replace("A no needs no reason.", "Never show children without their parents."))
    edith.get_by_role("button", name="Keep", exact=True).first.click()
    edith.get_by_role("link", name="Publish", exact=True).click()
    edith.get_by_role("button", name="Publish and ask").click()
    edith.wait_for_url("**/evidence")
    shown = acknowledge(phones[0], site, "Events")
    assert "What changed for you" in shown
    assert "children" in shown
    assert "everybody who posts from our events" not in shown
    assert site.run("policy", "verify").startswith(f"{known_before + 3} acknowledgements")

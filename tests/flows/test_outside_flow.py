"""What leaves the house and what comes in: a draft mended, a story shared, villains met, mentions worked, a burst that becomes a briefing."""

import json
import re
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from askfirst.engines import photo
from tests.conftest import served_sample
from tests.engines.test_photo import picture
from tests.flows.conftest import sign_in

pytestmark = pytest.mark.browser
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Outdoor news</title>
<item><guid>f1</guid><title>Halden dome tent tested</title><description>The best tent of the year, says our tester.</description>
<link>https://example.org/f1</link></item></channel></rss>"""
POSTS = [
    {
        "id": "7",
        "content": "<p>Halden stove: how long does it burn? #halden</p>",
        "created_at": "2026-11-24T10:00:00Z",
        "account": {"acct": "nora"},
    }
]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with served_sample(tmp_path_factory.mktemp("outside"), listen_private="yes") as site:
        yield site


@pytest.fixture
def outside():
    """A feed and a Mastodon server on loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            body = FEED if self.path == "/feed" else json.dumps(POSTS if "min_id" not in self.path else [])
            self.send_response(200)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_employee_sees_and_strips_the_location_and_mends_a_disclosure(site, device, tmp_path):
    page = sign_in(device(390), site, "eli")
    file = tmp_path / "holiday.jpg"
    file.write_bytes(picture("JPEG").getvalue())
    page.get_by_role("link", name="Coach").click()
    page.get_by_label("Your text").fill("The new Halden dome tent is the best tent ever, buy it!")
    page.set_input_files("#id_files", str(file))

    page.get_by_text("53.80033, -1.53417").wait_for()
    page.get_by_text("Saying that you work there", exact=True).first.wait_for()
    with page.expect_download() as caught:
        page.get_by_role("button", name="Clean the photos").first.click()
    with open(caught.value.path(), "rb") as clean:
        assert photo.read(clean).details == ()
    sent = []
    page.on(
        "request",
        lambda request: sent.append(len(request.post_data_buffer or b"")) if request.method == "POST" else None,
    )
    page.get_by_role("button", name="in front").click()

    expect(page.get_by_label("Your text")).to_have_value(re.compile("^I work for Halden Outdoor[.] The new"))
    expect(
        page.get_by_text("Saying that you work there", exact=True).and_(page.locator(".coach-findings *"))
    ).to_have_count(0)
    # The photo was sent once, what it says is there still, and it can be cleaned after that, too.
    page.get_by_label("Your text").press_sequentially(" Call me on 07700 900123")
    page.get_by_text("A telephone number").wait_for()
    assert max(sent) < 2000
    assert page.get_by_text("53.80033, -1.53417").is_visible()
    with page.expect_download():
        page.get_by_role("button", name="Clean the photos").last.click()


def test_what_was_written_before_the_scripts_came_is_looked_at(site, device):
    page = sign_in(device(390), site, "eli")
    # As on a slow line: everything but the page itself comes late.
    page.route("**/*.js*", lambda route: (page.wait_for_timeout(1500), route.continue_()))
    page.goto(f"{site.url}/coach/", wait_until="commit")
    page.get_by_label("Your text").fill("Call me on 07700 900123")

    page.get_by_text("A telephone number").wait_for()


def test_coach_works_without_javascript(site, chromium):
    context = chromium.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = sign_in(context.new_page(), site, "eli")
    page.goto(f"{site.url}/coach/")
    page.get_by_label("Your text").fill("Call me on 07700 900123!!!")
    page.get_by_role("button", name="Look at it").click()

    page.get_by_text("A telephone number").wait_for()
    page.get_by_role("button", name="Make it").click()
    assert page.get_by_label("Your text").input_value() == "Call me on 07700 900123!"
    context.close()


def test_story_goes_from_a_phone_to_approval_to_a_volunteers_share(site, device):
    teller = sign_in(device(390), site, "eli")
    teller.goto(f"{site.url}/stories/tell")
    teller.get_by_label("Title").fill("The last seam")
    teller.get_by_label("What happened").fill("At two in the morning the last seam held, and Priya danced.")
    teller.get_by_role("button", name="Hand it in").click()
    assert teller.get_by_role("link", name="Share in my words").count() == 0

    editor = sign_in(device(1024), site, "edith")
    editor.goto(f"{site.url}/stories/desk/")
    editor.get_by_role("link", name="The last seam").click()
    editor.get_by_label("A prompt for those who share").fill("What held at the last moment?")
    editor.get_by_role("button", name="Let volunteers share it").click()

    volunteer = sign_in(device(390), site, "amba")
    volunteer.goto(f"{site.url}/stories/")
    volunteer.locator("article", has_text="The last seam").get_by_role("link", name="Share in my words").click()
    volunteer.get_by_label("Your own words").fill(
        "I held the lamp while she sewed, and I have never seen anybody so happy about a zip."
    )
    volunteer.get_by_role("button", name="Look at it").click()
    volunteer.get_by_role("button", name="Go on").click()

    assert volunteer.locator("#post").inner_text().startswith("I work for Halden Outdoor. I held the lamp")


def test_new_employee_meets_a_villain_of_each_grade(site, device):
    page = sign_in(device(390), site, "eli")
    for title in ("The Typo Twin", "The Outrager", "The Muzzler"):
        page.goto(f"{site.url}/learn/gallery/")
        page.get_by_role("link", name=title).last.click()
        page.get_by_role("button").filter(has_text="Meet it").click()
        for _ in range(14):
            if page.get_by_text("How to know it:").count():
                break
            page.locator(".choices button").first.click()
        expect(page.get_by_text("How to know it:")).to_be_visible()


def test_drill_is_played_with_the_keyboard_alone(site, device):
    page = sign_in(device(1024), site, "fay")
    page.goto(f"{site.url}/learn/gallery/")
    page.get_by_role("link", name="The Hurrier").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Meet it").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/plays/*/")
    page.locator(".choices button").first.focus()
    page.keyboard.press("Enter")

    page.locator(".note[role=status]").wait_for()


def test_listener_adds_sources_mends_a_query_and_works_the_desk(site, device, outside):
    page, admin = sign_in(device(1024), site, "lio"), sign_in(device(1024), site, "ada")
    page.goto(f"{site.url}/listen/queries/new")
    page.get_by_label("Name").fill("Stove and tent")
    page.get_by_label("Query").last.fill('halden AND (stove OR "dome tent"')
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_text("is not closed")).to_be_visible()
    page.get_by_label("Query").last.fill('halden AND (stove OR "dome tent")')
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_text("How it was read")).to_be_visible()
    page.get_by_role("button", name="Save").click()

    for kind, name, address in (
        ("feed", "Outdoor news", f"{outside}/feed"),
        ("mastodon", "Our tag", f"{outside}/tags/halden"),
    ):
        page.goto(f"{site.url}/listen/sources/")
        page.get_by_label("Kind").select_option(kind)
        page.get_by_label("Name").fill(name)
        page.get_by_label("Address, tag or words").fill(address)
        page.get_by_role("button", name="Add").click()
        expect(page.locator("article", has_text=name)).to_contain_text("An administrator switches it on.")
        admin.goto(f"{site.url}/listen/sources/")
        admin.locator("article", has_text=name).get_by_role("button", name="Switch on").click()
        expect(admin.get_by_text("1 new mentions")).to_be_visible()

    page.goto(f"{site.url}/listen/")
    page.get_by_role("link", name="Stove and tent").click()
    page.locator(".mention", has_text="how long does it burn").get_by_role("link", name="Look").click()
    page.get_by_role("button", name="I take it").click()
    page.get_by_label("What came of it").fill("Told her: three hours.")
    page.get_by_role("button", name="Answered").click()
    expect(page.get_by_text("1 answered")).to_be_visible()


def test_burst_arrives_and_becomes_a_briefing_and_a_jam(site, device, tmp_path):
    code = (
        "from datetime import timedelta; from django.utils import timezone; from askfirst.listen import actions;"
        "from askfirst.listen.heard import step_of; from askfirst.listen.models import Query, Step;"
        "query = actions.save_query(by=None, name='Carabiner', text='halden carabiner');"
        "now = step_of(timezone.now());"
        "Step.objects.bulk_create([Step(query=query, at=now - timedelta(minutes=5 * back), number=back % 30 == 0) for back in range(8, 500)])"
    )
    site.run("manage", "shell", "-c", code)
    lately = (datetime.now(UTC) - timedelta(minutes=12)).isoformat()
    posts = [
        {"id": str(at), "text": f"My Halden carabiner snapped, number {at}", "posted_at": lately} for at in range(30)
    ]
    file = tmp_path / "posts.jsonl"
    file.write_text("\n".join(map(json.dumps, posts)))

    page = sign_in(device(1024), site, "lio")
    page.goto(f"{site.url}/listen/sources/")
    page.set_input_files("#id_file", str(file))
    page.get_by_role("button", name="Bring them").click()
    expect(page.get_by_text("30 posts read")).to_be_visible()
    site.run("listen", "fetch", "--once")
    page.goto(f"{site.url}/listen/")
    page.locator(".note-warning", has_text="Carabiner").get_by_role("link", name="Look").click()
    burst = page.locator("article", has=page.get_by_role("heading", name="Carabiner"))
    assert burst.get_by_text("to be expected", exact=False).first.is_visible()
    burst.get_by_role("link", name="Make it a briefing").click()
    assert page.get_by_label("In one line").input_value() == "Carabiner"
    assert "snapped" in page.get_by_label("What happened").input_value()

    code = "from askfirst.people.models import Person; Person.objects.filter(email='lio@halden.example').update(is_facilitator=True)"
    site.run("manage", "shell", "-c", code)
    page.goto(f"{site.url}/listen/alerts/")
    page.get_by_role("link", name="Ask the people in a jam").first.click()
    assert page.get_by_label("Title").input_value() == "Carabiner"


def test_briefing_reaches_everybody_at_once(site, device):
    page = sign_in(device(1024), site, "lio")
    page.goto(f"{site.url}/briefings/?title=Carabiner&happened=One+broke.")
    assert page.get_by_label("In one line").input_value() == "Carabiner"
    page.get_by_label("Who answers questions").fill("Lio")
    page.get_by_role("button", name="Send").click()

    phone = sign_in(device(390), site, "amba")
    phone.locator("section", has=phone.get_by_role("heading", name="Carabiner")).get_by_role("link").click()
    phone.get_by_role("button", name="I have read it").click()
    assert phone.get_by_role("heading", name="Carabiner").count() == 0

"""Where somebody is signed in: seen by them alone, ended from another browser, and ended for leavers."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from askfirst.people import sessions
from askfirst.people.models import SignedIn

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 "
    "Mobile/15E148 Safari/604.1"
)
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0"


@pytest.mark.parametrize(
    ("agent", "words"),
    [(FIREFOX, "Firefox · Linux"), (PHONE, "Safari · iPhone"), (EDGE, "Edge · Windows"), ("curl/8", "? · ?")],
)
def test_device_is_said_in_two_words(agent, words):
    assert sessions.device(agent) == words


def test_browser_is_noted_once_a_day_and_ended_from_another(eli, browser_of):
    here, there = browser_of(eli), browser_of(eli)
    there.get("/today", headers={"User-Agent": PHONE})
    page = here.get("/people/me", headers={"User-Agent": FIREFOX}).content.decode()
    assert "Safari · iPhone" in page
    assert "this browser" in page
    assert SignedIn.objects.count() == 2

    other = SignedIn.objects.get(device__startswith="Safari")
    here.post("/people/me/sessions", {"session": other.pk})

    assert there.get("/people/me").status_code == 302
    assert here.get("/people/me").status_code == 200
    assert SignedIn.objects.count() == 1


def test_nobody_ends_the_browser_of_somebody_else_or_their_own_by_this_form(eli, amba, browser_of):
    browser_of(amba).get("/today")
    mine = browser_of(eli)
    mine.get("/today")

    for row in SignedIn.objects.all():
        mine.post("/people/me/sessions", {"session": row.pk})

    assert SignedIn.objects.count() == 2
    assert mine.get("/people/me").status_code == 200


def test_all_others_end_at_once_and_leavers_everywhere(eli, amba, browser_of):
    browsers = [browser_of(eli) for _ in range(3)]
    for browser in [*browsers, browser_of(amba)]:
        browser.get("/today")

    browsers[0].post("/people/me/sessions")
    assert [browser.get("/people/me").status_code for browser in browsers] == [200, 302, 302]

    assert sessions.end_all([eli]) == 1
    assert browsers[0].get("/people/me").status_code == 302
    assert SignedIn.objects.get().person == amba


def test_second_request_of_a_day_writes_nothing(eli, browser_of):
    browser = browser_of(eli)
    browser.get("/people/me")

    with CaptureQueriesContext(connection) as done:
        browser.get("/people/me")

    assert [query["sql"] for query in done if not query["sql"].startswith("SELECT")] == []


def test_sessions_that_ran_out_are_forgotten(eli, browser_of):
    browser_of(eli).get("/today")
    Session.objects.update(expire_date=timezone.now())

    assert sessions.tidy() == 1
    assert Session.objects.count() == 0


def test_coach_leaves_no_trace_of_the_day(eli, browser_of):
    browser_of(eli).get("/coach/")

    assert SignedIn.objects.count() == 0

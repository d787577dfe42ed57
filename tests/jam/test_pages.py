"""Pages of the jam over HTTP, without a browser: doors, refusals, files."""

import io
import json
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from askfirst.base import live
from askfirst.engines import alike
from askfirst.jam import actions, facilitation, ledgers, queries, seat
from askfirst.jam.models import Contribution, Group, Vote
from askfirst.people.models import Person
from tests import makers


@pytest.fixture
def jam(fay):
    return makers.make_jam(fay, rule="Be kind to people.")


def test_joining_takes_a_seat_and_asking_works_without_javascript(jam, nobody):
    nobody.get(f"/j/{jam.code}")

    answer = nobody.post(f"/j/{jam.code}/ask", {"text": "May I film at work?"})

    assert answer.status_code == 302
    assert Contribution.objects.get().text == "May I film at work?"


def test_vote_without_javascript_counts_once_and_can_be_taken_back(transactional_db, nobody):
    jam = makers.make_jam()
    group = makers.group_of(makers.make_question(jam))
    nobody.get(f"/j/{jam.code}")
    for _ in range(2):
        nobody.post(f"/j/{jam.code}/vote", {"group": group.pk})
    assert Vote.objects.count() == 1

    nobody.post(f"/j/{jam.code}/vote", {"take_back": group.pk})

    assert Vote.objects.count() == 0


def test_code_may_be_typed_in_small_letters_and_with_spaces(jam, nobody):
    assert (
        nobody.get("/join", {"code": f" {jam.code.lower()[:3]} {jam.code.lower()[3:]}"})["Location"] == f"/j/{jam.code}"
    )


def test_unknown_code_says_what_to_do(db, nobody):
    page = nobody.get("/join", {"code": "NOPE22"}, follow=True)

    assert "NOPE22" in page.content.decode()
    assert nobody.get("/j/NOPE22").status_code == 404


@pytest.mark.parametrize(("text", "status"), [("", 422), ("z" * 10_000, 409), ("x" * 401, 409)])
def test_bad_question_is_refused_and_its_text_is_kept(jam, nobody, text, status):
    nobody.get(f"/j/{jam.code}")

    page = nobody.post(f"/j/{jam.code}/ask", {"text": text}, headers={"HX-Request": "true"})

    assert page.status_code == status
    assert text[:300] in page.content.decode()


def test_what_was_chosen_is_kept_when_a_contribution_is_refused(fay, nobody):
    jam = makers.make_jam(fay, asks_ideas=True, naming="choice")
    nobody.get(f"/j/{jam.code}")
    sent = {"text": "x" * 401, "kind": "idea", "is_named": "on", "author_name": "Eli"}

    page = nobody.post(f"/j/{jam.code}/ask", sent, headers={"HX-Request": "true"}).content.decode()

    assert 'value="idea" data-limit="400" checked' in page
    assert 'name="is_named" checked' in page
    assert 'value="Eli"' in page


def test_story_may_be_longer_than_a_question_in_the_same_jam(fay, nobody):
    jam = makers.make_jam(fay, asks_stories=True)
    page = nobody.get(f"/j/{jam.code}").content.decode()
    assert 'value="story" data-limit="2000"' in page

    nobody.post(f"/j/{jam.code}/ask", {"text": "word " * 300, "kind": "story"})

    assert len(Contribution.objects.get().text) == 1499


@pytest.mark.parametrize(
    "typed", ["{code}", " {lower} ", "https://ask.example/j/{code}", "http://localhost/j/{lower}/"]
)
def test_code_may_be_typed_or_pasted_with_its_address(jam, nobody, typed):
    page = nobody.get("/join", {"code": typed.format(code=jam.code, lower=jam.code.lower())})

    assert page["Location"] == f"/j/{jam.code}"


def test_what_waits_for_approval_says_what_it_is_and_whose(fay, browser_of):
    jam = makers.make_jam(fay, asks_ideas=True, naming="choice", is_moderated=True)
    makers.make_question(jam, "Show a workshop each week.", kind="idea", is_anonymous=False, author_name="Jutta")

    page = browser_of(fay).get(f"/lead/{jam.code}/").content.decode()

    assert "Idea · Jutta" in page


def test_colleagues_are_offered_to_those_who_lead(fay, eli, browser_of):
    assert "eli@" in browser_of(fay).get("/lead/colleagues", {"owner": eli.name[:2]}).content.decode()
    assert browser_of(fay).get("/lead/colleagues").content.decode().strip() == ""
    assert browser_of(eli).get("/lead/colleagues", {"owner": "e"}).status_code == 403


@pytest.mark.parametrize("typed", ["{name}", "{email}"])
def test_question_is_handed_to_somebody_by_name_or_address(jam, fay, eli, browser_of, typed):
    group = makers.group_of(makers.make_question(jam))
    to = typed.format(name=eli.name.upper(), email=eli.email)

    browser_of(fay).post(f"/lead/{jam.code}/park/{group.pk}", {"reason": "Ask him.", "owner": to})

    group.refresh_from_db()
    assert group.owner == eli


def test_second_answer_does_not_take_the_place_of_the_first_unseen(jam, fay, browser_of):
    group = makers.group_of(makers.make_question(jam))
    desk, address = browser_of(fay), f"/lead/{jam.code}/answer/{group.pk}"
    mine = {"text": "No, never.", "seen": group.settled}
    facilitation.answer(jam, group.pk, by=fay, text="Yes, with permission.")

    page = desk.post(address, mine, headers={"HX-Request": "true"})
    assert page.status_code == 409
    assert "while you wrote: “Yes, with permission.”" in page.content.decode()
    group.refresh_from_db()
    assert desk.post(address, {**mine, "seen": group.settled}, headers={"HX-Request": "true"}).status_code == 200

    group.refresh_from_db()
    assert group.answer == "No, never."


def test_refused_act_gives_the_words_back_without_javascript(jam, fay, browser_of):
    group = makers.group_of(makers.make_question(jam))
    sent = {"reason": "Legal looks at it.", "owner": "Nobody"}

    page = browser_of(fay).post(f"/lead/{jam.code}/park/{group.pk}", sent, headers={"Sec-Fetch-Site": "same-origin"})

    assert page.status_code == 422
    assert "Legal looks at it." in page.content.decode()


def test_question_is_handed_to_nobody_by_a_name_that_two_bear(jam, fay, eli, browser_of):
    Person.objects.create_user("eli2@example.org", name=eli.name)
    group = makers.group_of(makers.make_question(jam))
    sent = {"reason": "Ask them.", "owner": eli.name}

    page = browser_of(fay).post(f"/lead/{jam.code}/park/{group.pk}", sent, headers={"HX-Request": "true"})

    assert page.status_code == 409
    assert f"is called “{eli.name}”" in page.content.decode()


def test_asking_without_a_seat_is_refused_kindly(jam, nobody):
    assert nobody.post(f"/j/{jam.code}/ask", {"text": "May I film?"}).status_code == 403


def test_closed_jam_shows_its_ledger_and_refuses(jam, fay, nobody):
    nobody.get(f"/j/{jam.code}")
    makers.make_question(jam)
    facilitation.close(jam, by=fay, reason="Time is up.", owner=None, due_on=None)

    page = nobody.post(f"/j/{jam.code}/ask", {"text": "One more?"}, headers={"HX-Request": "true"})

    assert page.status_code == 409
    assert "Time is up." in nobody.get(f"/j/{jam.code}/ledger").content.decode()


def test_five_hundred_people_behind_one_address_join(jam, client):
    statuses = set()
    for _ in range(500):
        client.cookies.clear()
        statuses.add(client.get(f"/j/{jam.code}", REMOTE_ADDR="198.51.100.1").status_code)

    assert statuses == {200}


def test_script_that_keeps_joining_is_slowed_down(jam, client, settings):
    settings.OPTIONS = replace(settings.OPTIONS, joins_per_minute=60)
    issued = 0
    for _ in range(100):
        client.cookies.clear()
        answer = client.get(f"/j/{jam.code}", REMOTE_ADDR="198.51.100.1")
        issued += seat.cookie_name(jam.code) in answer.cookies

    assert 60 <= issued < 75
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


def test_one_seat_cannot_ask_without_pause(jam, nobody):
    nobody.get(f"/j/{jam.code}")

    statuses = [
        nobody.post(f"/j/{jam.code}/ask", {"text": f"Question {n}?"}, headers={"HX-Request": "true"}).status_code
        for n in range(7)
    ]

    assert statuses[:5] == [200] * 5
    assert statuses[-1] == 429


def test_locked_door_lets_nobody_new_in_but_lets_those_inside_ask(jam, fay, nobody, client):
    nobody.get(f"/j/{jam.code}")
    facilitation.lock_door(jam, by=fay, is_locked=True)

    assert client.get(f"/j/{jam.code}").status_code == 403
    assert nobody.post(f"/j/{jam.code}/ask", {"text": "Am I still in?"}).status_code == 302


def test_jam_for_signed_in_people_sends_others_to_sign_in(fay, nobody):
    jam = makers.make_jam(fay, entry="signed_in")

    assert "/account/login/" in nobody.get(f"/j/{jam.code}")["Location"]


def test_second_browser_of_a_person_reads_but_has_no_second_voice(fay, eli, browser_of):
    jam = makers.make_jam(fay, entry="signed_in")
    makers.make_question(jam)
    browser_of(eli).get(f"/j/{jam.code}")

    second = browser_of(eli)
    page = second.get(f"/j/{jam.code}")

    assert page.status_code == 403
    assert "another browser" in page.content.decode()
    assert seat.cookie_name(jam.code) not in second.cookies


def test_jam_for_teams_is_closed_to_others(fay, eli, browser_of):
    jam = makers.make_jam(fay, entry="teams")

    assert browser_of(eli).get(f"/j/{jam.code}").status_code == 403


def test_desk_is_for_those_who_lead(jam, eli, browser_of, nobody):
    assert browser_of(eli).get(f"/lead/{jam.code}/").status_code == 403
    assert nobody.get(f"/lead/{jam.code}/").status_code == 302


def test_act_on_the_desk_answers_with_the_desk(jam, fay, browser_of):
    group = makers.group_of(makers.make_question(jam))

    page = browser_of(fay).post(f"/lead/{jam.code}/answer/{group.pk}", {"text": "Yes."}, headers={"HX-Request": "true"})

    assert page.status_code == 200
    assert Group.objects.get(pk=group.pk).outcome == "answered"


@pytest.mark.parametrize(
    ("verb", "data"),
    [
        ("answer", {}),
        ("park", {}),
        ("reject", {}),
        ("merge", {"into": "x"}),
        ("merge", {"into": "#999 Nobody asked this"}),
        ("split", {}),
        ("decide", {}),
    ],
)
def test_unfit_act_is_refused_in_words(jam, fay, browser_of, verb, data):
    group = makers.group_of(makers.make_question(jam))

    page = browser_of(fay).post(f"/lead/{jam.code}/{verb}/{group.pk}", data, headers={"HX-Request": "true"})

    assert page.status_code == 409
    assert 'role="alert"' in page.content.decode()


def test_jam_is_created_from_the_form(fay, browser_of):
    data = {
        "title": "Lunch",
        "asks_questions": "on",
        "naming": "anonymous",
        "entry": "code",
        "opens_at": "2026-01-01T09:00",
    }

    answer = browser_of(fay).post("/lead/new", data)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/lead/")


def test_jam_that_asks_for_nothing_is_refused(fay, browser_of):
    assert (
        browser_of(fay).post("/lead/new", {"title": "Lunch", "naming": "anonymous", "entry": "code"}).status_code == 422
    )


@pytest.mark.parametrize("form", ["csv", "xlsx", "md"])
def test_ledger_is_exported_with_every_row(jam, nobody, form):
    makers.make_question(jam, "=HYPERLINK('x')?")
    makers.make_question(jam, "Who answers at the weekend?")

    body = nobody.get(f"/j/{jam.code}/ledger.{form}").content

    if form == "xlsx":
        rows = list(load_workbook(io.BytesIO(body)).active.iter_rows(values_only=True))
        assert [row[2] for row in rows[1:]] == ["'=HYPERLINK('x')?", "Who answers at the weekend?"]
    else:
        assert "Who answers at the weekend?" in body.decode()


def test_questions_from_elsewhere_are_shown_first_and_then_brought_in(jam, fay, browser_of):
    file = io.BytesIO("﻿Name;Question;Votes\nAnna;Who pays?;3\nBen;Who pays?;1\nCem;Is it safe?;2\n".encode())
    file.name = "export.csv"
    browser = browser_of(fay)

    look = browser.post(f"/lead/{jam.code}/bring", {"file": file})
    browser.post(f"/lead/{jam.code}/bring", {"texts": "Who pays?\nIs it safe?\n"})

    assert "2 questions would come in" in look.content.decode()
    assert "Anna" not in look.content.decode()
    assert [row.text for row in Contribution.objects.order_by("number")] == ["Who pays?", "Is it safe?"]


def test_why_is_answered(jam, nobody):
    group = makers.group_of(makers.make_question(jam, "Can I post a photo of my workplace?"))
    makers.make_question(jam, "Can I post a picture of my workplace?")

    page = nobody.get(f"/j/{jam.code}/why/{group.pk}").content.decode()

    assert "workplace" in page
    assert alike.VERSION in page


def test_typing_finds_colleagues_who_ask_the_same(jam, nobody):
    makers.make_question(jam, "Can I post a photo of my workplace?")

    page = nobody.get(f"/j/{jam.code}/similar", {"text": "May I share photos of my workplace?"}).content.decode()

    assert "Can I post a photo of my workplace?" in page


def test_qr_code_is_an_image_with_a_title(jam, nobody):
    svg = nobody.get(f"/j/{jam.code}/qr.svg").content.decode()

    assert 'xmlns="http://www.w3.org/2000/svg"' in svg
    assert jam.code in svg


@pytest.fixture
def crowded(jam):
    """A jam with more groups than one page shows."""
    number = queries.BOARD_LIMIT + 100
    Contribution.objects.bulk_create(
        Contribution(jam=jam, number=n, arrival=n, text=f"Question {n}?", asked_on_hour=timezone.now(), state="shown")
        for n in range(1, number + 1)
    )
    asked = list(Contribution.objects.filter(jam=jam))
    Group.objects.bulk_create(Group(jam=jam, kind="question", lead=one, revision=1) for one in asked)
    for group in Group.objects.filter(jam=jam):
        Contribution.objects.filter(pk=group.lead_id).update(group=group)
    live.touch(jam.topic_id)
    return jam


def test_board_and_desk_turn_pages(crowded, fay, browser_of):
    for address in (f"/j/{crowded.code}", f"/lead/{crowded.code}/"):
        first = browser_of(fay).get(address).content.decode()
        second = browser_of(fay).get(address, {"page": 2}).content.decode()

        shown = [("Question 1?" in page, "Question 250?" in page) for page in (first, second)]
        assert shown == [(True, False), (False, True)]
        assert "page=2" in first


def test_ledger_turns_pages_finds_a_number_and_filters(crowded, nobody):
    address = f"/j/{crowded.code}/ledger"

    assert 'id="n201"' not in nobody.get(address).content.decode()
    assert 'id="n201"' in nobody.get(address, {"at": 201}).content.decode()
    assert 'id="n201"' in nobody.get(address, {"page": 2, "outcome": "open"}).content.decode()
    assert 'id="n1"' not in nobody.get(address, {"outcome": "answered"}).content.decode()


def test_stream_after_a_long_absence_sends_one_page_of_the_board(crowded):
    frame = json.loads(queries.changes(crowded.pk, "en", 0))

    assert frame["whole"]
    assert len(frame["cards"]) == queries.BOARD_LIMIT


@pytest.mark.parametrize("hours", [1, -1])
def test_clock_that_jumps_changes_no_order_and_loses_nothing(fay, nobody, hours):
    jam = makers.make_jam(fay, opens_at=timezone.now() - timedelta(hours=2))
    nobody.get(f"/j/{jam.code}")
    nobody.post(f"/j/{jam.code}/ask", {"text": "Was this asked before?"})
    with time_machine(hours):
        nobody.post(f"/j/{jam.code}/ask", {"text": "Who decides about our holidays?"})
        nobody.post(f"/j/{jam.code}/ask", {"text": "May I bring a dog?"})

    assert [entry.text for entry in ledgers.entries(jam)] == [
        "Was this asked before?",
        "Who decides about our holidays?",
        "May I bring a dog?",
    ]


def test_clock_set_back_before_the_opening_shuts_nobody_out(fay, eli, nobody):
    now = makers.make_jam(fay)
    planned = makers.make_jam(fay, opens_at=timezone.now() + timedelta(minutes=30))
    with time_machine(1):
        makers.make_question(planned, "Was this asked before?")
    with time_machine(-24):
        nobody.get(f"/j/{now.code}")
        nobody.post(f"/j/{now.code}/ask", {"text": "Who decides about our holidays?"})
        assert ledgers.entries(now)
        assert {jam.pk for jam in queries.open_jams(eli)} == {now.pk, planned.pk}

        actions.change_jam(planned, by=fay, opens_at=timezone.now() + timedelta(hours=1))
        assert not planned.is_open


@contextmanager
def time_machine(hours):
    moved = timezone.now() + timedelta(hours=hours)
    with patch("django.utils.timezone.now", lambda: moved):
        yield


def test_jam_that_is_kept_to_one_language_takes_every_question_for_it(fay):
    jam = makers.make_jam(fay, languages=["de"])

    assert makers.make_question(jam, "Selfie im Office?").language == "de"

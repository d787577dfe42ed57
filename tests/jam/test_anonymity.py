"""Anonymous means anonymous: after an anonymous question and a vote, nothing stored can be joined to who it was."""

import io
import logging

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from askfirst.jam import seat as seats
from askfirst.jam.models import SeatBlock
from tests import makers

ADDRESS = "203.0.113.77"


@pytest.fixture
def asked(transactional_db, fay, eli, browser_of, caplog):
    """Eli, signed in, takes part anonymously; what could leak is planted in the request. Returns all of it."""
    caplog.set_level(logging.DEBUG)
    jam = makers.make_jam(fay, entry="signed_in")
    group = makers.group_of(makers.make_question(jam, "Who answers at the weekend?"))
    browser = browser_of(eli)
    headers = {"REMOTE_ADDR": ADDRESS, "HTTP_USER_AGENT": "Planted-Agent/7.7"}
    browser.get(f"/j/{jam.code}", **headers)
    browser.post(f"/j/{jam.code}/ask", {"text": "Why is the coffee machine broken again?"}, **headers)
    browser.post(f"/j/{jam.code}/vote", {"group": group.pk}, **headers)
    cookie = browser.cookies[seats.cookie_name(jam.code)].value
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    return {"jam": jam, "cookie": cookie, "session": session, "log": caplog.text}


def rows_of_jam():
    """Every row of every table of the jam part and the log, as text."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table.startswith(("jam_", "base_", "django_tasks", "library_")):
                cursor.execute(f'SELECT * FROM "{table}"')
                names = [column[0] for column in cursor.description]
                found[table] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return found


def test_question_and_vote_were_really_taken(asked):
    rows = rows_of_jam()

    assert len(rows["jam_contribution"]) == 2
    assert len(rows["jam_vote"]) == 1


def test_no_table_joins_them_to_a_person_an_address_or_a_device(asked, eli):
    secret = asked["cookie"][:32]
    planted = [eli.email, eli.name, asked["session"], ADDRESS, "Planted-Agent", asked["cookie"], secret]

    for table, rows in rows_of_jam().items():
        text = repr(rows)
        assert [leak for leak in planted if leak in text] == [], table


def test_only_the_seat_block_holds_the_person_and_it_holds_no_seat(asked, eli):
    taken = SeatBlock.objects.exclude(people=[]).get()

    assert taken.people == [eli.pk]
    assert {field.name for field in SeatBlock._meta.fields} == {"id", "jam", "block", "people"}


def test_anonymous_rows_keep_no_moment_and_no_author(asked):
    question = rows_of_jam()["jam_contribution"][-1]

    assert question["author_id"] is None
    assert question["author_name"] == ""
    assert "00:00" in str(question["asked_on_hour"])


def test_digests_of_one_seat_cannot_be_laid_beside_each_other():
    seat = seats.Seat(b"0" * 16)

    assert len({seat.voter, seat.proof("a"), seat.proof("b")}) == 3


def test_log_lines_hold_nobody(asked, eli):
    assert [leak for leak in (eli.email, ADDRESS, asked["cookie"], "coffee") if leak in asked["log"]] == []


def test_backup_and_export_hold_nobody(asked, eli, nobody, browser_of):
    ledger = browser_of(eli).get(f"/j/{asked['jam'].code}/ledger.csv").content.decode()
    dump = io.StringIO()
    call_command("dumpdata", "jam", stdout=dump)

    for text in (ledger, dump.getvalue()):
        assert [leak for leak in (eli.email, eli.name, ADDRESS, asked["cookie"]) if leak in text] == []


def test_database_itself_refuses_an_author_on_an_anonymous_row(fay, eli):
    asked = makers.make_question(makers.make_jam(fay))

    with pytest.raises(Exception, match="contribution_anonymous_is_nobody"):
        type(asked).objects.filter(pk=asked.pk).update(author=eli)


def test_forged_and_foreign_seats_are_not_taken():
    value = seats.issue("AAAAAA")

    assert seats.read("AAAAAA", value) is not None
    assert seats.read("BBBBBB", value) is None
    assert seats.read("AAAAAA", "00" * 32) is None
    assert seats.read("AAAAAA", "not hex") is None

"""The month in numbers: kept as it goes by, compared with the month before, on a page, on paper and by mail, once."""

from datetime import date

import pytest
from django.core import mail
from django.utils import timezone

from askfirst.plan import measures, reports
from askfirst.plan.models import Mailed, Reading
from askfirst.policy import files
from tests import makers


def moment(*when):
    return timezone.make_aware(timezone.datetime(*when))


@pytest.fixture
def history(db):
    """Two months of what was asked: 40, then 52."""
    for month, number in ((date(2026, 9, 1), 40), (date(2026, 10, 1), 52)):
        Reading.objects.create(month=month, measure="asked", number=number)
        Reading.objects.create(month=month, measure="known", is_hidden=True)


def line(month, measure="asked"):
    return next(own for _label, rows in reports.lines(month) for own in rows if own.measure.id == measure)


def test_month_follows_what_happens_and_stays_as_it_was_when_it_is_over(db):
    reports.keep_readings(moment(2026, 10, 31, 23))
    jam = makers.make_jam()
    makers.make_question(jam)
    reports.keep_readings(moment(2026, 10, 31, 23, 59))
    makers.make_question(jam, "Who answers at the weekend?")
    reports.keep_readings(moment(2026, 11, 1, 1))

    numbers = dict(Reading.objects.filter(measure="asked").values_list("month", "number"))

    assert numbers == {date(2026, 10, 1): 1, date(2026, 11, 1): 2}
    assert Reading.objects.count() == 2 * len(measures.MEASURES)


def test_report_compares_and_hides_what_is_too_few(history):
    asked, known = line(date(2026, 10, 1)), line(date(2026, 10, 1), "known")

    assert (asked.number, asked.change) == (52, 12)
    assert asked.trend.summary == "From 40 in Sep 2026 to 52 in Oct 2026."
    assert reports.words(known) == "too few to show"
    assert line(date(2026, 9, 1)).change is None


def test_report_is_a_page_and_a_pdf_for_those_with_a_role(history, ada, eli, browser_of):
    page = browser_of(ada).get("/plan/report/2026-10/").content.decode()
    paper = browser_of(ada).get("/plan/report/2026-10/?form=pdf")

    assert "October 2026" in page
    assert "+12 against the month before" in page
    words = " ".join(files.read("report.pdf", paper.content).split())
    assert "52 (+12)" in words
    assert browser_of(eli).get("/plan/report/2026-10/").status_code == 403
    assert browser_of(ada).get("/plan/report/2020-01/").status_code == 404
    assert "/plan/report/2026-10/" in browser_of(ada).get("/plan/numbers").content.decode()


def test_mail_goes_out_once_on_the_first_days_with_the_paper(history, ada, eli):
    editor = makers.make_person("edith", is_editor=True, language="de")

    assert reports.send_due(moment(2026, 11, 1, 5)) == 0
    assert reports.send_due(moment(2026, 11, 1, 8)) == 2
    assert reports.send_due(moment(2026, 11, 1, 9)) == 0
    assert reports.send_due(moment(2026, 12, 20, 9)) == 0

    by_reader = {own.to[0]: own for own in mail.outbox}
    assert by_reader.keys() == {ada.email, editor.email}
    assert "Asked in jams: 52 (+12)" in by_reader[ada.email].body
    assert "Oktober 2026" in by_reader[editor.email].subject
    assert by_reader[ada.email].attachments[0][0] == "report-2026-10.pdf"
    assert eli.email not in by_reader


def test_mail_whose_process_died_is_sent_later(history, ada):
    Mailed.objects.create(month=date(2026, 10, 1), claimed_at=moment(2026, 11, 1, 8))

    assert reports.send_due(moment(2026, 11, 1, 9)) == 0
    assert reports.send_due(moment(2026, 11, 1, 11)) == 1

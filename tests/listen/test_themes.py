"""What a week was about, the digest of it, a burst that becomes a drill or a gap, and queries from lists of words."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from askfirst.listen import actions, heard, mails, themes
from askfirst.listen.models import Alert, Mention
from askfirst.policy.models import Gap
from tests import makers

ZIPS = (
    "The zip of my Halden tent broke after a week",
    "Halden tent zip broken again",
    "My tent's zip broke, thanks Halden",
)


@pytest.fixture
def lio(db):
    return makers.make_person("lio", is_listener=True)


@pytest.fixture
def said(lio):
    actions.save_query(by=lio, name="The brand", text="halden")
    rows = [{"id": str(at), "text": text, "author": f"a{at}"} for at, text in enumerate(ZIPS)]
    rows += [{"id": "s", "text": "Where can I buy Halden stove fuel in Leeds?", "author": "b"}]
    heard.take_posts(rows, source=actions.file_source("f"))


def test_theme_is_what_three_posts_say_and_becomes_a_jam(said, lio, browser_of):
    [theme] = themes.week().themes

    assert {own.text for own in theme.mentions} == set(ZIPS)
    assert theme.authors == 3
    fay_too = makers.make_person("fay", is_listener=True, is_facilitator=True)
    page = browser_of(fay_too).get("/listen/themes/").content.decode()
    assert "3 posts" in page
    assert "4 of 4 were looked at" in page
    assert "/lead/new?title=" in page
    Mention.objects.update(posted_at=timezone.now() - timedelta(days=8))
    assert themes.week().themes == []


def test_digest_goes_out_once_on_monday_with_both_sides(said, lio, eli):
    monday = timezone.make_aware(timezone.datetime(2026, 11, 30, 8))

    assert mails.send_digest(monday - timedelta(days=1)) == 0
    assert mails.send_digest(monday) == 1
    assert mails.send_digest(monday + timedelta(hours=1)) == 0

    [sent] = mail.outbox
    assert sent.to == [lio.email]
    assert "Where can I buy Halden stove fuel" in sent.body
    assert "Risks" in sent.body
    assert "/listen/themes/" in sent.body
    # Nothing said: no mail.
    Mention.objects.all().delete()
    assert mails.send_digest(monday + timedelta(days=7)) == 0


def test_burst_becomes_a_gap_and_a_drill(said, lio, browser_of):
    editor = makers.make_person("edith", is_listener=True, is_editor=True)
    query = Mention.objects.first().queries.get()
    alert = Alert.objects.create(query=query, began_at=timezone.now(), seen=40, expected=2, terms=["zip", "tent"])
    browser = browser_of(editor)

    page = browser.get("/listen/alerts/").content.decode()
    assert "/learn/gallery/new?about=40" in page
    assert (
        "about: 40 posts in half an hour"
        in browser.get("/learn/gallery/new?about=40+posts+in+half+an+hour").content.decode()
    )
    for _time in range(2):
        browser.post("/listen/alerts/", {"gap": alert.pk})

    gap = Gap.objects.get()
    assert (gap.question, gap.weight) == ("What do we say, and who says it, about: zip, tent?", 40)
    assert gap.origin_path == f"/listen/alerts/#a{alert.pk}"
    assert browser.post("/listen/alerts/", {"gap": "nonsense"}).status_code == 404


def test_query_is_written_from_lists_and_tried_at_once(said, lio, browser_of):
    browser = browser_of(lio)
    data = {"name": "Zips", "build": "1", "any_of": "halden, halden outdoor", "all_of": "zip", "none_of": "weather"}

    page = browser.post("/listen/queries/new", data).content.decode()

    assert "(halden OR &quot;halden outdoor&quot;) AND zip NOT weather" in page
    assert "it finds 3" in page
    assert 'value="Zips"' in page
    empty = browser.post("/listen/queries/new", {"name": "Zips", "build": "1", "any_of": " "})
    assert empty.status_code == 422
    assert "Write at least one word" in empty.content.decode()

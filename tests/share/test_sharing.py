"""Stories, volunteers, tracked links and briefings: own words, disclosure kept, nobody ranked, nobody pressed."""

import itertools
import os
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from askfirst.coach import actions as coach
from askfirst.jam.models import Kind
from askfirst.library import media
from askfirst.library.models import Material
from askfirst.people.models import Team
from askfirst.plan import actions as plan
from askfirst.share import actions, networks, queries, tasks
from askfirst.share.errors import ShareError
from askfirst.share.models import Briefing, Call, Link, Shared, State, Story, Wording
from tests import makers
from tests.engines.test_photo import picture

WORDS = "I held the lamp while Priya sewed the last seam at two in the morning."


@pytest.fixture
def story(edith, eli) -> Story:
    made = actions.tell_story(teller=eli, title="Repair café", text="Forty people, sixty zips, one cake.")
    actions.approve_story(made, by=edith, address="https://example.org/repair?page=1", prompt="What was your zip?")
    return made


def test_story_is_told_with_a_picture_drawn_anew(eli, browser_of):
    browser = browser_of(eli)
    data = {
        "title": "Seams",
        "text": "All night.",
        "alt_text": "A seam",
        "people": "Priya, Wei",
        "upload": SimpleUploadedFile("a.jpg", picture("JPEG").getvalue()),
    }

    assert browser.post(reverse("share:tell"), data | {"alt_text": ""}).status_code == 422
    browser.post(reverse("share:tell"), data | {"upload": SimpleUploadedFile("a.jpg", picture("JPEG").getvalue())})

    made = Story.objects.get()
    assert (made.state, made.media_type, [own.name for own in made.consents.all()]) == (
        State.TOLD,
        "image/webp",
        ["Priya", "Wei"],
    )
    body = b"".join(browser.get(reverse("share:picture", args=[made.pk])).streaming_content)
    assert b"Jo Smith" not in body


def test_who_just_knows_the_rules_never_meets_a_share_button(story, eli, amba, browser_of):
    plain, volunteer = browser_of(eli), browser_of(amba)

    for path in ("/today", reverse("share:stories"), "/learn/", "/people/me"):
        assert not re.search(r'(?:href|action)="[^"]*/share"|icons.svg[^"]*#share', plain.get(path).content.decode())
    assert plain.get(reverse("share:share", args=[story.pk])).status_code == 404
    assert reverse("share:share", args=[story.pk]) in volunteer.get(reverse("share:stories")).content.decode()


def test_share_goes_out_in_own_words_with_the_disclosure_in_front(story, amba, browser_of):
    browser, address = browser_of(amba), reverse("share:share", args=[story.pk])

    looked = browser.post(address, {"words": WORDS, "network": "mastodon"})
    assert Shared.objects.count() == 0
    done = browser.post(address, {"words": WORDS, "network": "mastodon", "go": "1"})

    assert looked.context["post"].startswith("I work for ")
    assert done.context["is_ready"]
    assert done.context["url"].endswith(f"/s/{Link.objects.get().code}")
    assert done.context["form_address"].startswith("https://share.joinmastodon.org/")
    assert Wording.objects.get().text == WORDS
    assert "person" not in {field.name for field in Wording._meta.fields}


@pytest.mark.parametrize(
    ("words", "network", "said"),
    [
        ("Short.", "mastodon", "own words first"),
        ("What was your zip?", "mastodon", "have been used already"),
        ("Forty people, sixty zips, one cake.", "mastodon", "have been used already"),
        ("Very long words. " * 20, "x", "X takes 280"),
    ],
)
def test_words_are_refused_with_a_reason(story, amba, words, network, said):
    with pytest.raises(ShareError, match=said):
        actions.check_words(story, person=amba, words=words, network=network, url="")


def test_nobody_copies_a_colleague_and_nobody_floods(story, amba, db):
    other = makers.make_person("bea", stance="sometimes")
    actions.record_share(story, person=other, network="x", words=WORDS)

    with pytest.raises(ShareError, match="used already"):
        actions.check_words(story, person=amba, words=WORDS + "!", network="linkedin", url="")
    for _ in range(queries.CAP):
        Shared.objects.create(person=amba, story=story, network="x")
    assert queries.pace(amba).is_much
    with pytest.raises(ShareError, match="much for one week"):
        actions.check_words(
            story, person=amba, words="Something else entirely, about lamps.", network="linkedin", url=""
        )


def test_what_stays_inside_stops_the_share(story, amba, edith, browser_of):
    coach.add_entries([("Blue Heron", None)], kind="term", by=edith)

    page = browser_of(amba).post(
        reverse("share:share", args=[story.pk]),
        {"words": f"{WORDS} For the Blue Heron!", "network": "linkedin", "go": "1"},
    )

    assert page.status_code == 422
    assert "Blue Heron" in page.context["problem"]
    assert Shared.objects.count() == 0


def test_tracked_link_counts_and_knows_nobody(story, nobody):
    link = actions.link_for(story, "linkedin")

    answer = nobody.get(f"/s/{link.code}")
    nobody.get(f"/s/{link.code}")

    link.refresh_from_db()
    assert link.visits == 2
    assert (
        answer["Location"]
        == f"https://example.org/repair?page=1&utm_source=linkedin&utm_medium=employee&utm_campaign=story-{story.pk}"
    )
    assert answer.cookies == {}
    assert {field.name for field in Link._meta.fields} == {
        "id",
        "code",
        "story",
        "network",
        "visits",
        "free_from",
    }


def test_tracked_address_keeps_its_place_in_the_page():
    assert (
        networks.tracked("https://e.org/a#b", "x", 7)
        == "https://e.org/a?utm_source=x&utm_medium=employee&utm_campaign=story-7#b"
    )


def test_consent_taken_back_stops_the_story(story, edith, eli, amba, browser_of):
    consent = actions.note_consent(story, name="Priya", by=edith)

    browser_of(eli).post(reverse("share:revoke", args=[consent.pk]))

    story.refresh_from_db()
    assert story.state == State.WITHDRAWN
    assert browser_of(amba).get(reverse("share:share", args=[story.pk])).status_code == 404
    with pytest.raises(ShareError, match="took their agreement back"):
        actions.approve_story(story, by=edith)
    assert browser_of(amba).post(reverse("share:revoke", args=[consent.pk])).status_code == 404


def test_story_expires_and_the_teller_hears_why(story, edith, eli, browser_of):
    actions.approve_story(story, by=edith, expires_on=timezone.localdate() - timedelta(days=1))
    assert queries.shareable() == []

    browser_of(edith).post(reverse("share:edit", args=[story.pk]), {"decline": "1", "reason": "The café closed."})

    assert "The café closed." in browser_of(eli).get(reverse("share:stories")).content.decode()
    assert (
        browser_of(edith).post(reverse("share:edit", args=[story.pk]), {"decline": "1", "reason": ""}).status_code
        == 422
    )


def test_story_of_a_jam_is_taken_up_once_and_linked_back(edith, browser_of):
    jam = makers.make_jam(asks_stories=True)
    makers.make_question(jam, text="A customer came back after ten years with the same tent.", kind=Kind.STORY)
    browser = browser_of(edith)
    [row] = browser.get(reverse("share:desk")).context["from_jams"]

    browser.post(reverse("share:take"), {"path": row[2]})

    made = Story.objects.get()
    assert (made.origin, made.origin_path, made.teller) == (jam.title, row[2], None)
    assert browser.get(reverse("share:desk")).context["from_jams"] == []


def test_briefing_is_on_every_today_page_at_once_and_read_once(edith, eli, amba, browser_of):
    team = Team.objects.create(name="Shops")
    amba.team = team
    amba.save()
    browser = browser_of(edith)
    fields = {
        "title": "Recall of batch 7C",
        "happened": "A carabiner broke.",
        "known": "",
        "say": "We call it back.",
        "do_not_say": "",
        "answers": "Marketing",
        "hours": "24",
    }

    browser.post(reverse("share:briefings"), fields)
    browser.post(reverse("share:briefings"), fields | {"title": "Shops only", "teams": [str(team.pk)]})

    page = browser_of(eli).get("/today").content.decode()
    assert "Recall of batch 7C" in page
    assert "Shops only" not in page
    assert "Shops only" in browser_of(amba).get("/today").content.decode()
    first = Briefing.objects.get(title="Recall of batch 7C")
    for _ in range(2):
        browser_of(eli).post(reverse("share:briefing", args=[first.pk]))
    assert queries.read_of(first) == (1, 3)
    assert "Recall of batch 7C" not in browser_of(eli).get("/today").content.decode()
    browser.post(reverse("share:end", args=[first.pk]))
    assert "Recall of batch 7C" not in browser_of(amba).get("/today").content.decode()
    sent = browser.get(reverse("share:briefings")).content.decode()
    assert (sent.count("read by"), sent.count("End it")) == (2, 1)


def test_sent_briefings_are_all_there_page_by_page(edith, browser_of):
    for number in range(53):
        actions.send_briefing(
            by=edith,
            title=f"Note {number}",
            happened="x",
            known="",
            say="",
            do_not_say="",
            answers="",
            hours=24,
            teams=[],
            is_drill=False,
        )
    browser = browser_of(edith)

    pages = [browser.get(reverse("share:briefings"), {"page": page}).content.decode() for page in (1, 2, "x")]

    assert [page.count("read by") for page in pages] == [50, 3, 50]
    assert "Page 2 of 2" in pages[1]


def test_briefing_is_mailed_to_those_who_have_not_read_it(edith, eli, amba):
    briefing = actions.send_briefing(by=edith, title="Recall", happened="It broke.", answers="Marketing")
    actions.read_briefing(briefing, person=eli)

    assert tasks.mail_briefing.func(briefing.pk) == 2

    assert sorted(message.to[0] for message in mail.outbox) == ["amba@example.org", "edith@example.org"]
    assert f"/briefings/{briefing.pk}/" in mail.outbox[0].body


def test_mail_of_a_drill_says_so_and_holds_all_of_the_briefing(edith, eli):
    briefing = actions.send_briefing(
        by=edith, title="Recall\nBcc: all@example.org", happened="It broke.", known="One of ten.", say="We are looking.",
        do_not_say="Whose fault it was.", answers="Marketing", is_drill=True,
    )  # fmt: skip

    tasks.mail_briefing.func(briefing.pk)

    sent = mail.outbox[0]
    assert sent.subject == "Drill: Recall Bcc: all@example.org"
    for words in ("It broke.", "One of ten.", "We are looking.", "Whose fault it was.", "Marketing", "localhost:8000"):
        assert words in sent.body
        assert words in sent.alternatives[0].content


def test_only_editors_and_listeners_brief(eli, browser_of, db):
    lio = makers.make_person("lio", is_listener=True)

    assert browser_of(eli).get(reverse("share:briefings")).status_code == 403
    assert browser_of(lio).get(reverse("share:briefings")).status_code == 200


def test_erasing_keeps_the_story_without_its_teller(story, eli):
    actions.erase_person(eli)

    story.refresh_from_db()
    assert (story.teller, story.title) == (None, "Repair café")


def test_editor_asks_a_team_for_stories_and_each_is_asked_until_they_tell_one(edith, eli, amba, browser_of):
    team = Team.objects.create(name="Shops")
    eli.team = team
    eli.save()
    tomorrow = timezone.localdate() + timedelta(days=1)
    form = {"prompt": "What went wrong and was mended?", "until_on": tomorrow.isoformat(), "teams": [team.pk]}
    assert browser_of(edith).post("/stories/desk/", {**form, "until_on": "2020-01-01"}).status_code == 422
    browser_of(edith).post("/stories/desk/", form)
    call = Call.objects.get()

    mine, other = browser_of(eli), browser_of(amba)
    assert call.prompt in mine.get("/today").content.decode()
    assert call.prompt not in other.get("/today").content.decode()
    assert call.prompt in mine.get(f"/stories/tell?call={call.pk}").content.decode()
    mine.post("/stories/tell", {"title": "A torn seam", "text": "It tore, we sewed it.", "call": call.pk})

    assert Story.objects.get(title="A torn seam").call == call
    assert call.prompt not in mine.get("/today").content.decode()
    assert "1 told" in browser_of(edith).get("/stories/desk/").content.decode()
    browser_of(edith).post(f"/stories/calls/{call.pk}/end")
    assert queries.open_calls() == []
    # A call that has ended meanwhile takes nothing away from the story.
    mine.post("/stories/tell", {"title": "Another", "text": "It tore again.", "call": call.pk})
    assert Story.objects.get(title="Another").call is None


def test_colleagues_are_told_times_apart_within_waking_hours(story, amba, monkeypatch):
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    monkeypatch.setattr(timezone, "now", lambda: noon)

    times = [actions.record_share(story, person=amba, network="x", words=WORDS) for _ in range(12)]
    other = actions.record_share(story, person=amba, network="linkedin", words=WORDS)

    assert times[0] == other == noon
    assert all(later - earlier >= actions.APART for earlier, later in itertools.pairwise(times))
    assert all(8 <= timezone.localtime(moment).hour < 20 for moment in times)
    assert times[-1].date() > noon.date()
    assert "person" not in {field.name for field in Link._meta.fields}


def test_topic_on_which_others_speak_is_left_to_them(story, amba, edith, browser_of):
    coach.add_entries([("store closing", None)], kind="topic", by=edith, speaker="the press office")
    coach.add_entries([("zip repair", None)], kind="topic", by=edith, speaker=amba.name)
    words = {"network": "linkedin", "go": "1"}

    page = browser_of(amba).post(
        reverse("share:share", args=[story.pk]), words | {"words": f"{WORDS} About the store closings!"}
    )
    mine = browser_of(amba).post(
        reverse("share:share", args=[story.pk]), words | {"words": f"{WORDS} All about zip repairs."}
    )

    assert page.status_code == 422
    assert "the press office speaks" in page.context["problem"]
    assert mine.context["is_ready"]


def test_what_the_teller_took_back_no_editor_lets_out(story, edith, eli, browser_of):
    browser, at = browser_of(edith), reverse("share:edit", args=[story.pk])
    browser_of(eli).post(reverse("share:withdraw", args=[story.pk]))

    answer = browser.post(at, {"title": story.title, "text": story.text, "prompt": "", "address": "", "expires_on": ""})

    assert answer.status_code == 422
    assert "Whoever told it took it back." in answer.content.decode()
    assert "Let volunteers share it" not in browser.get(at).content.decode()
    story.refresh_from_db()
    assert story.state == State.WITHDRAWN


def test_story_goes_out_without_who_no_longer_agrees_and_its_picture_is_given_up(story, edith, eli, browser_of):
    Story.objects.filter(pk=story.pk).update(file="a.webp", media_type="image/webp", alt_text="A seam")
    actions.revoke_consent(actions.note_consent(story, name="Priya", by=edith), by=edith)
    story.refresh_from_db()
    assert (story.state, story.file) == (State.WITHDRAWN, "")
    sent = {"title": "T", "text": "Text.", "prompt": "", "address": "", "expires_on": ""}
    browser, at = browser_of(edith), reverse("share:edit", args=[story.pk])

    assert "Let it go out without them." in browser.post(at, sent).content.decode()
    assert "Whoever no longer agrees is not in it any more" in browser.get(at).content.decode()
    browser.post(at, {**sent, "without_picture": "on"})

    story.refresh_from_db()
    assert (story.state, story.reason, story.consents.count()) == (State.APPROVED, "", 0)


def test_what_the_teller_took_back_stays_theirs_whatever_an_old_page_sends(story, edith, eli):
    actions.withdraw_story(story, by=eli)

    with pytest.raises(ShareError, match="took it back"):
        actions.decline_story(story, by=edith, reason="No.")
    actions.withdraw_story(story, by=edith)

    story.refresh_from_db()
    assert story.is_taken_back


def test_story_taken_back_goes_with_whoever_told_it_and_another_stays_without_a_name(story, edith, eli):
    kept = actions.tell_story(teller=eli, title="Another", text="Another.")
    actions.withdraw_story(story, by=eli)

    actions.erase_person(eli)

    assert [(own.pk, own.teller) for own in Story.objects.all()] == [(kept.pk, None)]


def test_who_shared_what_in_which_words_is_forgotten_though_nobody_shares_any_more(story, amba):
    actions.record_share(story, person=amba, network="x", words=WORDS)
    actions.tidy(timezone.now() + timedelta(days=34))
    assert (Shared.objects.count(), Wording.objects.count()) == (1, 1)

    actions.tidy(timezone.now() + timedelta(days=36))

    assert (Shared.objects.count(), Wording.objects.count()) == (0, 0)


def test_pictures_that_nothing_needs_any_more_are_deleted(story, eli, edith, settings, tmp_path):
    settings.DATA = tmp_path
    names = [media._put(bytes([at]) * 9, "webp") for at in range(5)]
    Story.objects.filter(pk=story.pk).update(file=names[0])
    back = actions.tell_story(teller=eli, title="Back", text="Back.", file=names[1], media_type="image/webp")
    over = actions.tell_story(teller=eli, title="Over", text="Over.", file=names[2], media_type="image/webp")
    actions.approve_story(over, by=edith, expires_on=timezone.localdate() - timedelta(days=31))
    Material.objects.create(title="A flyer", file=names[3], media_type="image/webp")
    actions.withdraw_story(back, by=eli)

    plan.tidy_media()
    assert len(list(media.folder().iterdir())) == 5
    Story.objects.filter(pk=back.pk).update(decided_at=timezone.now() - timedelta(days=2))
    for file in media.folder().iterdir():
        os.utime(file, (0, 0))
    media._put(bytes([4]) * 9, "webp")
    plan.tidy_media()

    assert {file.name for file in media.folder().iterdir()} == {names[0], names[3], names[4]}
    assert list(Story.objects.filter(file="").values_list("title", flat=True).order_by("title")) == ["Back", "Over"]


def test_page_that_is_loaded_anew_refuses_nothing_and_counts_once(story, amba, browser_of):
    browser, at = browser_of(amba), reverse("share:share", args=[story.pk])
    sent = {"network": "linkedin", "words": WORDS, "go": "1"}

    pages = [browser.post(at, sent) for _ in range(queries.CAP + 1)]
    other = browser.post(at, {**sent, "network": "mastodon"})

    assert {page.status_code for page in [*pages, other]} == {200}
    assert Shared.objects.filter(person=amba).count() == 2
    assert Wording.objects.count() == 2


def test_sentence_in_front_is_in_the_language_of_the_words(story, amba, browser_of):
    amba.language = "de"
    amba.save()
    at = reverse("share:share", args=[story.pk])

    english = browser_of(amba).post(at, {"network": "linkedin", "words": WORDS})
    german = browser_of(amba).post(
        at, {"network": "linkedin", "words": "Ich habe die Lampe gehalten, und das war eine lange Nacht."}
    )

    assert english.context["post"].startswith("I work for")
    assert german.context["post"].startswith("Ich arbeite bei")


def test_second_editor_is_led_to_what_was_taken_up(edith, browser_of):
    made = actions.tell_story(
        teller=None, title="Tent", text="Ten years.", origin="Jam", origin_path="/j/X/ledger?at=1"
    )

    answer = browser_of(edith).post(reverse("share:take"), {"path": "/j/X/ledger?at=1"})

    assert answer["Location"] == reverse("share:edit", args=[made.pk])


def test_teller_hears_on_today_what_became_of_the_story(story, eli, browser_of):
    assert "What became of your story" in browser_of(eli).get("/today").content.decode()
    Link.objects.create(story=story, network="x", visits=7)

    page = browser_of(eli).get(reverse("share:stories")).content.decode()

    assert "opened 7 times" in page
    assert "Forty people, sixty zips" in page


def test_name_that_is_too_long_is_said(eli, browser_of):
    answer = browser_of(eli).post(reverse("share:tell"), {"title": "T", "text": "Text.", "people": "a" * 130})

    assert answer.status_code == 422
    assert "Put commas between names" in answer.content.decode()


def test_saying_no_without_a_reason_leaves_the_editors_words_alone(story, edith, browser_of):
    page = browser_of(edith).post(reverse("share:edit", args=[story.pk]), {"decline": "1", "reason": ""})

    assert 'value="Repair café"' in page.content.decode()
    assert "This field is required" not in page.content.decode()


def test_mails_of_a_briefing_stop_when_it_is_ended_and_go_on_where_a_killed_process_stopped(edith, monkeypatch):
    for number in range(6):
        makers.make_person(f"p{number}")
    briefing = actions.send_briefing(by=edith, title="Recall", happened="It broke.", answers="Marketing")
    monkeypatch.setattr(tasks, "BATCH", 2)
    send = tasks.get_connection

    def killed():
        if len(mail.outbox) == 2:
            raise SystemExit
        return send()

    monkeypatch.setattr(tasks, "get_connection", killed)
    with pytest.raises(SystemExit):
        tasks.mail_briefing.func(briefing.pk)
    monkeypatch.setattr(tasks, "get_connection", send)
    assert tasks.mail_briefing.func(briefing.pk) == 5
    assert len({message.to[0] for message in mail.outbox}) == len(mail.outbox) == 7

    Briefing.objects.update(mailed_to=0)
    monkeypatch.setattr(tasks, "get_connection", lambda: [actions.end_briefing(briefing, by=edith), send()][1])
    assert tasks.mail_briefing.func(briefing.pk) == 2

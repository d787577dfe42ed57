"""A policy in other languages: the same clauses and questions, read and recorded in one's own, the original binding."""

import pytest
from django.utils import timezone

from askfirst.policy import actions, knowing, languages
from askfirst.policy.errors import PolicyError
from askfirst.policy.models import Acknowledgement, VersionText
from tests import makers

TEXT = "# Ours\n\n## Scope\n\nThis is for everybody.\n\n## Pictures\n\nAsk people before you post a picture of them.\n"
GERMAN = (
    "## Geltung\n\nDas gilt für alle.\n\n## Bilder\n\nFragen Sie, bevor Sie ein Bild von jemandem veröffentlichen.\n"
)
OPTIONS = [
    {"text": "Ask", "is_right": True, "feedback": "Yes."},
    {"text": "Post", "is_right": False, "feedback": "Ask first."},
]
ASKED = "\n".join(f"? Frage {number}?\n+ Fragen | Ja.\n- Veröffentlichen | Erst fragen.\n" for number in range(3))
SAID = {"title": "Unseres", "summary": "Erst fragen.", "text": GERMAN, "questions": ASKED}


@pytest.fixture
def version(edith, eli):
    made = actions.create_policy(by=edith, title="Ours", countries=["eu"], draft=TEXT, summary="Ask first.")
    for number in range(3):
        actions.keep_question(made, by=edith, text=f"Question {number}?", options=OPTIONS)
    return actions.publish(made, by=edith)


@pytest.fixture
def german(version, edith):
    return languages.say_in(version, "de", by=edith, **SAID)


@pytest.fixture
def reader(eli):
    eli.language = "de"
    eli.save()
    return eli


def test_reader_sees_and_acknowledges_the_text_in_their_language(version, german, reader, browser_of):
    browser, policy = browser_of(reader), version.policy
    chosen = makers.as_read(browser, policy.pk)

    page = browser.get(f"/policy/{policy.pk}/").content.decode()
    assert "Das gilt für alle." in page
    assert 'id="pictures"' in page
    assert "This is for everybody." not in page
    assert "Das ist eine Übersetzung" in page
    questions = browser.get(f"/policy/{policy.pk}/know").content.decode()
    assert "Frage 1?" in questions
    assert "Question 1?" not in questions
    feedback = browser.post(f"/policy/{policy.pk}/know", {"step": "answers", **chosen}).content.decode()
    assert "Ja." in feedback
    browser.post(f"/policy/{policy.pk}/know", {"step": "known", **chosen})

    record = Acknowledgement.objects.get(person=reader)
    assert (record.language, record.digest, record.right) == ("de", german.digest, 3)
    assert knowing.chain_breaks() == []


def test_record_names_the_language_of_the_text_not_of_the_buttons(version, reader, browser_of):
    browser = browser_of(reader)

    browser.post(f"/policy/{version.policy_id}/know", {"step": "known", **makers.as_read(browser, version.policy_id)})

    record = Acknowledgement.objects.get(person=reader)
    assert (record.language, record.digest) == ("en", version.digest)


def test_original_is_one_tap_away_and_is_then_what_is_recorded(version, german, reader, browser_of):
    browser = browser_of(reader)
    page = browser.get(f"/policy/{version.policy_id}/know?language=en").content.decode()
    assert "This is for everybody." in page
    assert 'name="language" value="en"' in page
    chosen = makers.as_read(browser, version.policy_id, "en")

    browser.post(f"/policy/{version.policy_id}/know", {"step": "known", **chosen})

    assert Acknowledgement.objects.get(person=reader).language == "en"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": "## Geltung\n\nAlles.\n"}, "The original has 2 clauses, this has 1."),
        ({"questions": ASKED.replace("+ Fragen", "- Fragen", 1).replace("- Ver", "+ Ver", 1)}, "the same ones right"),
        ({"questions": "? Frage?\n+ Ja | a\n- Nein | b\n"}, "the same ones with the same options"),
        ({"questions": ASKED.replace("- Ver", "Ver", 1)}, "Questions, line 1:"),
    ],
)
def test_other_language_must_say_the_same(version, edith, change, said):
    with pytest.raises(PolicyError, match=said):
        languages.say_in(version, "de", by=edith, **{**SAID, **change})
    with pytest.raises(PolicyError, match="in this language already"):
        languages.say_in(version, "en", by=edith, **SAID)


def test_next_version_shows_the_change_in_ones_own_language_and_begins_from_the_last_text(
    version, german, reader, edith
):
    policy = version.policy
    answers = {question.pk: 0 for question in policy.questions.all()}
    actions.acknowledge(version, person=reader, language="de", answers=answers)
    policy.refresh_from_db()
    actions.keep_draft(
        policy, text=TEXT.replace("Ask people", "Always ask people"), made_from=policy.revision, by=edith
    )
    second = actions.publish(policy, by=edith, kinds={"pictures": "substance"})

    # Not said in German yet: the original is shown, and the editor begins with the German of before.
    assert languages.shown(second, "de").is_original
    assert languages.to_translate(second, "de")["title"] == "Unseres"
    fresh = {**SAID, "text": GERMAN.replace("Fragen Sie", "Fragen Sie immer")}
    languages.say_in(second, "de", by=edith, **fresh)

    [change] = languages.changes(second, reader, languages.shown(second, "de"))
    assert change["title"] == "Bilder"
    assert change["before"].startswith("Fragen Sie, bevor")
    assert change["after"].startswith("Fragen Sie immer")


def test_editor_writes_it_on_a_page_and_a_mended_text_is_a_new_one(version, edith, eli, browser_of):
    browser, at = browser_of(edith), f"/policy/desk/{version.policy_id}/languages/de"
    page = browser.get(at).content.decode()
    assert "? Question 0?" in page
    assert "+ Ask | Yes." in page

    assert browser.post(at, {**SAID, "text": "## Eins\n\nNur eins."}).status_code == 422
    assert browser.post(at, SAID).status_code == 302
    first = VersionText.objects.get()
    browser.post(at, {**SAID, "summary": "Bitte erst fragen."})

    assert VersionText.objects.count() == 2
    assert languages.shown(version, "de").summary == "Bitte erst fragen."
    assert VersionText.objects.get(pk=first.pk).summary == "Erst fragen."
    assert "Deutsch ✓" in browser.get(f"/policy/desk/{version.policy_id}/versions").content.decode()
    assert browser_of(eli).get(at).status_code == 403
    assert browser.get(f"/policy/desk/{version.policy_id}/languages/xx").status_code == 404
    assert timezone.now() > first.at

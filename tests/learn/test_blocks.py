"""What a lesson shows, in which version and language; and what comes back from policies and drills."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone

from askfirst.engines import lessons, packs
from askfirst.learn import actions, mails, practice, queries, refreshers, translations
from askfirst.learn.errors import LearnError
from askfirst.learn.models import Answered, Choice, Course, Done, Drill, Item, Lesson, LessonText, Recall
from askfirst.library import actions as library
from askfirst.library import media
from askfirst.policy import actions as policy
from askfirst.policy.models import Acknowledgement
from tests import makers
from tests.library.test_materials import fields, picture

GERMAN = """# Erst fragen
language: de

Fragen Sie.

? Wohin zuerst?
+ In die Bibliothek | Ja.
- In die Zeitung | Nein.
"""


@pytest.fixture
def material(edith):
    kept = media.keep(picture())
    given = fields(title="Three looks", kind="infographic", licence="own", file=kept.file, media_type=kept.media_type)
    return library.keep_material(actor=edith, note="Look behind you.", **given)


@pytest.fixture
def published(edith, eli):
    made = policy.create_policy(
        by=edith,
        title="Rules",
        countries=["eu"],
        summary="Ask.",
        draft="## Photos\n\nAsk everybody who is in the picture.\n",
    )
    options = [{"text": "All in it", "is_right": True, "feedback": "Yes."}, {"text": "Nobody", "is_right": False}]
    for text in ("Whom do you ask?", "When?", "How?"):
        policy.keep_question(made, by=edith, text=text, options=options)
    return policy.publish(made, by=edith)


def source(material="", clause=""):
    return f"# Ask first\n\nBefore.\n\n{material}\n\nAfter.\n\n{clause}\n\n? Where first?\n+ The library | Yes.\n- The paper | No.\n"


def test_lesson_shows_a_material_and_leads_to_a_clause_and_both_lead_back(edith, eli, material, published, browser_of):
    text = source(f"@material {material.pk}", f"@clause {published.policy_id} photos")
    lesson = actions.keep_lesson(by=edith, source=text)

    assert [own.block.kind for own in queries.shown(lesson.parsed)] == ["text", "material", "text", "clause"]
    page = browser_of(eli).get(f"/learn/{lesson.pk}/").content.decode()
    assert f"/library/media/{material.file}" in page
    assert material.line.split(",")[0] in page
    assert f"/policy/{published.policy_id}/#photos" in page
    assert page.index("Before.") < page.index(material.file) < page.index("After.")
    assert lesson.title in browser_of(eli).get(f"/library/materials/{material.pk}/").content.decode()
    beside = browser_of(eli).get(f"/learn/policies/{published.policy_id}/", headers={"HX-Request": "true"})
    assert lesson.title in beside.content.decode()
    assert "<html" not in beside.content.decode()

    # What has gone is left out, and the rest stays readable.
    library.drop_material(material, actor=edith)
    assert [own.block.kind for own in queries.shown(lesson.parsed)] == ["text", "text", "clause"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("@material 999", "Line 5: The library has no material 999."),
        ("@clause 999 photos", "Line 5: Policy 999 has no published clause “photos”."),
        ("@picture of my desk", "Line 5: A line with “@”"),
    ],
)
def test_lesson_that_shows_what_there_is_not_is_refused(edith, line, words):
    with pytest.raises(LearnError, match=re.escape(words)):
        actions.keep_lesson(by=edith, source=source(line))


def test_option_has_its_picture_on_the_page_and_in_the_package(edith, eli, material, browser_of):
    text = source(f"@material {material.pk}").replace("+ The library", f"+ @material {material.pk} The library")
    lesson = actions.keep_lesson(by=edith, source=text)
    course = actions.keep_course(by=edith, lessons=[lesson], title="One", note="", days=30)

    assert lesson.parsed.questions[0].options[0] == lessons.Option("The library", True, "Yes.", material.pk)
    assert browser_of(eli).get(f"/learn/{lesson.pk}/").content.decode().count(f"/library/media/{material.file}") == 2

    [packed] = queries.pack(course).lessons
    assert packed.questions[0].options[0].picture.startswith("data:image/webp;base64,")
    assert re.findall(r'src="(.{11})', packed.html) == ["data:image/"]


def test_video_goes_along_with_its_captions_and_is_listed(edith):
    video = media.keep(b"\x00\x00\x00\x18ftypisom" + b"\0" * 64)
    captions = media.keep_captions(b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n")
    given = fields(
        title="A day", kind="video", licence="own", file=video.file, media_type=video.media_type, captions=captions
    )
    shown = library.keep_material(actor=edith, **given)
    lesson = actions.keep_lesson(by=edith, source=source(f"@material {shown.pk}"))

    for form, listing in (("scorm12", "imsmanifest.xml"), ("scorm2004", "imsmanifest.xml"), ("cmi5", "")):
        with zipfile.ZipFile(io.BytesIO(packs.write(queries.pack_lesson(lesson), form))) as packed:
            assert packed.read(f"media/{video.file}") == (media.folder() / video.file).read_bytes()
            assert packed.read(f"media/{captions}").startswith(b"WEBVTT")
            content = packed.read("content.js").decode()
            assert f'src=\\"media/{video.file}\\"' in content
            assert f'src=\\"media/{captions}\\"' in content
            assert str(media.folder()) not in content
            if listing:
                assert f'<file href="media/{video.file}"/>' in packed.read(listing).decode()


def test_every_version_is_kept_and_an_old_one_can_come_back(edith, browser_of):
    lesson = actions.keep_lesson(by=edith, source=source("First."))
    actions.keep_lesson(lesson, by=edith, source=source("Second."))

    first = LessonText.objects.get(version=1)
    browser_of(edith).post(f"/learn/desk/lesson/{lesson.pk}/texts", {"text": first.pk})

    lesson.refresh_from_db()
    assert (lesson.version, "First." in lesson.source) == (3, True)
    assert LessonText.objects.count() == 3


def test_lesson_is_read_in_ones_own_language_and_counts_as_the_same(edith, eli, browser_of):
    lesson = actions.keep_lesson(by=edith, source=source("Ask."))
    browser_of(edith).post(f"/learn/desk/lesson/{lesson.pk}/de", {"source": GERMAN})
    eli.language = "de"
    eli.save()

    page = browser_of(eli).get(f"/learn/{lesson.pk}/").content.decode()
    assert "Wohin zuerst?" in page
    assert "Where first?" not in page
    browser_of(eli).post(f"/learn/{lesson.pk}/", {"q0": "0", "unsure0": "on"})

    assert Done.objects.get(person=eli).right == 1
    item = Item.objects.get()
    assert item.text == "Where first?"
    assert not Answered.objects.get(item=item).is_sure
    Recall.objects.update(due_at=timezone.now())
    assert refreshers.refresher_for(eli).question.text == "Wohin zuerst?"
    # A new question in the original: the German text no longer fits, until it is said anew.
    actions.keep_lesson(lesson, by=edith, source=source() + "\n? And then?\n+ Ask | a\n- Post | b\n")
    assert translations.parsed_in(lesson, "de") == lesson.parsed


def test_other_language_must_ask_the_same(edith):
    lesson = actions.keep_lesson(by=edith, source=source("Ask."))
    turned = GERMAN.replace("+ In die", "- In die", 1).replace("- In die Zeitung", "+ In die Zeitung")

    with pytest.raises(LearnError, match="Question 1 must have the same parts"):
        actions.say_lesson_in(lesson, "de", by=edith, source=turned)
    with pytest.raises(LearnError, match="has 1 questions, this has 2"):
        actions.say_lesson_in(lesson, "de", by=edith, source=GERMAN + "\n? Noch?\n+ Ja | a\n- Nein | b\n")


def test_question_of_a_policy_comes_back_after_a_week(eli, published):
    question, *others = published.policy.questions.all()
    policy.acknowledge(published, person=eli, language="en", answers={own.pk: 0 for own in (question, *others)})
    assert refreshers.refresher_for(eli) is None

    Acknowledgement.objects.update(at=timezone.now() - timedelta(days=8))
    due = refreshers.refresher_for(eli)
    assert (due.ref, due.title, due.question.text) == (f"clause.{question.pk}", "Rules", "Whom do you ask?")

    assert actions.answer_refresher(due, person=eli, chosen=["0"], is_sure=True, seconds=8)
    assert Recall.objects.get(person=eli).item.comprehension == question
    assert refreshers.refresher_for(eli).ref == f"clause.{others[0].pk}"


def test_what_went_wrong_in_a_drill_comes_back_and_what_went_right_does_not(eli, browser_of):
    practice.load_drills()
    play = practice.begin_play(Drill.objects.first(), person=eli)
    scene = play.drill.parsed.scenes[play.scene]
    wrong = next(at for at, choice in enumerate(scene.choices) if not choice.is_right)
    practice.choose(play, scene=play.scene, number=wrong)
    assert refreshers.refresher_for(eli) is None

    Choice.objects.update(at=timezone.now() - timedelta(days=4))
    browser = browser_of(eli)
    assert scene.question in browser.get("/learn/refresh").content.decode()
    right = str(next(at for at, choice in enumerate(scene.choices) if choice.is_right))
    answer = browser.post("/learn/refresh", {"ref": f"scene.{play.drill_id}.{scene.id}", "q": right})
    assert "It comes back later than before." in answer.content.decode()

    assert refreshers.refresher_for(eli) is None
    assert Recall.objects.get(person=eli).item.scene == scene.id
    for strange in ("scene.1", "item.x", "nonsense", f"item.{'9' * 30}"):
        assert browser.post("/learn/refresh", {"ref": strange}).status_code == 302


def test_mail_goes_to_those_who_want_it_once_a_week(edith, eli, browser_of):
    lesson = actions.keep_lesson(by=edith, source=source("Ask."))
    for person in (eli, edith):
        actions.finish_lesson(lesson, person=person, chosen={0: [1]})
    Recall.objects.update(due_at=timezone.now() - timedelta(days=30))
    tuesday = timezone.make_aware(timezone.datetime(2027, 3, 2, 10))
    browser_of(eli).post("/learn/", {"mails": ""})

    assert mails.send_due(tuesday.replace(hour=20)) == 0
    assert mails.send_due(tuesday) == 1
    assert mails.send_due(tuesday + timedelta(days=3)) == 0
    [sent] = mail.outbox
    assert sent.to == [eli.email]
    assert "/learn/refresh" in sent.body
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    # In one click from the mail itself, without signing in; and a wish at the courses starts them again.
    stop = sent.extra_headers["List-Unsubscribe"].strip("<>")
    assert stop in sent.body
    assert Client().post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert mails.send_due(tuesday + timedelta(days=8)) == 0
    browser_of(eli).post("/learn/", {"mails": ""})
    assert mails.send_due(tuesday + timedelta(days=8)) == 1

    browser_of(eli).post("/learn/", {})
    assert mails.send_due(tuesday + timedelta(days=16)) == 0


def test_starter_lessons_come_in_german_too_and_later_to_those_that_nobody_changed(edith, eli, browser_of):
    assert actions.load_starter() == 14
    assert LessonText.objects.filter(language="en").count() == LessonText.objects.filter(language="de").count() == 14

    first, second = Lesson.objects.order_by("starter")[:2]
    eli.language = "de"
    eli.save()
    browser = browser_of(eli)
    for page in ("/learn/", "/today", f"/learn/{first.pk}/"):
        assert "Wie ein Beitrag reist" in browser.get(page).content.decode()
    assert "How a post travels" not in browser.get("/learn/").content.decode()

    course = Course.objects.get()
    desk = browser_of(edith).get("/learn/desk/").content.decode()
    address = f"/learn/desk/course/{course.pk}/export-scorm12.zip"
    assert f'{address}?language=de">SCORM 1.2' in desk
    package = browser_of(edith).get(address, {"language": "de"})
    with zipfile.ZipFile(io.BytesIO(package.getvalue())) as archive:
        assert '"title": "Wie ein Beitrag reist"' in archive.read("content.js").decode()
    assert browser_of(edith).get(address, {"language": "fr"}).status_code == 404

    LessonText.objects.filter(language="de").delete()
    actions.keep_lesson(second, by=edith, source=second.source.replace("Thirty years ago", "Long ago"))
    assert actions.load_starter() == 0
    assert LessonText.objects.filter(language="de").count() == 13
    assert not second.texts.filter(language="de").exists()


def test_how_many_a_week_is_for_the_organisation_to_say(edith, eli, monkeypatch):
    lesson = actions.keep_lesson(by=edith, source=source("Ask."))
    actions.finish_lesson(lesson, person=eli, chosen={0: [1]})
    Recall.objects.update(due_at=timezone.now() - timedelta(days=1))
    assert refreshers.refresher_for(eli)

    monkeypatch.setattr(settings, "OPTIONS", replace(settings.OPTIONS, refreshers_a_week=0))

    assert refreshers.refresher_for(eli) is None
    assert refreshers.people_with_due([eli]) == set()


def test_many_are_asked_for_at_once_as_each_would_be_alone(edith, eli, amba, fay, published):
    """By a lesson, by a policy, by a drill, full for the week, and nothing."""
    lesson = actions.keep_lesson(by=edith, source=source("Ask."))
    for person in (eli, edith):
        actions.finish_lesson(lesson, person=person, chosen={0: [1]})
    Recall.objects.update(due_at=timezone.now() - timedelta(days=1))
    for _ in range(settings.OPTIONS.refreshers_a_week):
        Answered.objects.create(person=edith, item=Item.objects.first(), is_right=True, is_sure=True, is_refresher=True)
    answers = {question.pk: 0 for question in published.policy.questions.all()}
    policy.acknowledge(published, person=amba, language="en", answers=answers)
    Acknowledgement.objects.update(at=timezone.now() - timedelta(days=8))
    nobody = makers.make_person("nobody")
    practice.load_drills()
    play = practice.begin_play(Drill.objects.first(), person=fay)
    scene = play.drill.parsed.scenes[play.scene]
    wrong = next(at for at, choice in enumerate(scene.choices) if not choice.is_right)
    practice.choose(play, scene=play.scene, number=wrong)
    Choice.objects.update(at=timezone.now() - timedelta(days=4))
    people = [eli, edith, amba, fay, nobody]

    found = refreshers.people_with_due(people)

    assert found == {person.pk for person in people if refreshers.refresher_for(person)} == {eli.pk, amba.pk, fay.pk}


def test_lesson_in_a_language_nobody_knows_is_still_shown(edith, browser_of):
    lesson = actions.keep_lesson(by=edith, source="# T\nlanguage: tlh\n\nText.\n\n? Q\n+ a | b\n- c | d\n")
    actions.say_lesson_in(lesson, "de", by=edith, source="# T\n\nText.\n\n? Q\n+ a | b\n- c | d\n")

    page = browser_of(edith).get(f"/learn/{lesson.pk}/").content.decode()

    assert ">tlh</a>" in page
    assert 'aria-current="true">tlh' in page
    assert ">Deutsch</a>" in page

"""The coach in the product: it finds, mends, cleans, and keeps nothing at all."""

import io
import logging

import pytest
from click.testing import CliRunner
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from askfirst.coach import actions, cli, queries
from askfirst.coach.models import Entry, Kind
from askfirst.engines import photo
from askfirst.learn import actions as learn
from tests import makers
from tests.engines.test_photo import picture
from tests.learn.test_learning import SOURCE

DRAFT = "Zebrafish lanterns: call 07700 900123, says Grace Adeyemi!!!"


def test_draft_is_nowhere_after_a_check(eli, browser_of, caplog, settings):
    caplog.set_level(logging.DEBUG)
    browser = browser_of(eli)
    before = makers.everything_in_the_database()

    page = browser.post(reverse("coach:coach"), {"text": DRAFT}).content.decode()

    assert "07700 900123" in page
    kept = [makers.everything_in_the_database(), caplog.text, str(cache._cache), str(browser.session.items())]
    assert [place for place in kept if "Zebrafish" in place or "lanterns" in place] == []
    assert makers.everything_in_the_database() == before


def test_findings_come_with_why_and_a_mend(eli, browser_of):
    makers.make_person("grace").__class__.objects.filter(name="Grace").update(name="Grace Adeyemi")
    browser = browser_of(eli)

    page = browser.post(reverse("coach:coach"), {"text": DRAFT}, headers={"HX-Request": "true"}).content.decode()
    assert "A colleague by name" in page
    assert "<html" not in page
    key = next(
        own.key for own in browser.post(reverse("coach:coach"), {"text": DRAFT}).context["findings"] if own.finding.mend
    )
    mended = browser.post(reverse("coach:coach"), {"text": DRAFT, "mend": key}).context["text"]

    assert mended == DRAFT.replace("!!!", "!")


def test_nothing_found_says_what_was_not_looked_at(eli, browser_of):
    page = browser_of(eli).post(reverse("coach:coach"), {"text": "A quiet Tuesday."}).content.decode()

    assert "Nothing found." in page
    assert "Not looked at" in page


def test_protected_speech_is_called_so(eli, browser_of):
    page = (
        browser_of(eli)
        .post(reverse("coach:coach"), {"text": "We earn 14 an hour here and should talk about it!!!"})
        .content.decode()
    )

    assert "protected" in page
    assert "One mark" not in page


def test_photo_is_read_and_comes_back_clean(eli, browser_of):
    browser = browser_of(eli)
    data = picture("JPEG").getvalue()

    page = browser.post(
        reverse("coach:coach"), {"text": "", "files": SimpleUploadedFile("a.jpg", data)}
    ).content.decode()
    assert "53.80033, -1.53417" in page
    answer = browser.post(reverse("coach:clean"), {"files": SimpleUploadedFile("a.jpg", data)})
    clean = io.BytesIO(b"".join(answer.streaming_content))

    assert answer["Content-Disposition"] == 'attachment; filename="clean-a.jpg"'
    assert photo.read(clean).details == ()
    assert Image.open(clean).size == (320, 240)


def test_two_photos_come_back_in_one_archive(eli, browser_of):
    files = [SimpleUploadedFile(f"{name}.jpg", picture("JPEG").getvalue()) for name in "ab"]

    answer = browser_of(eli).post(reverse("coach:clean"), {"files": files})

    assert b"".join(answer.streaming_content)[:2] == b"PK"


def test_broken_photo_is_said_in_words(eli, browser_of):
    browser = browser_of(eli)
    page = browser.post(reverse("coach:coach"), {"files": SimpleUploadedFile("a.jpg", b"no picture")}).content.decode()

    assert "This is no JPEG" in page
    sent = {"files": SimpleUploadedFile("a.jpg", b"no picture"), "text": "My words"}
    answer = browser.post(reverse("coach:clean"), sent)
    assert answer.status_code == 422
    assert "This is no JPEG" in answer.content.decode()
    assert "My words" in answer.content.decode()


def test_of_several_photos_the_broken_one_is_named(eli, browser_of):
    files = [
        SimpleUploadedFile("a.jpg", picture("JPEG").getvalue()),
        SimpleUploadedFile("holiday.jpg", b"no picture"),
    ]

    answer = browser_of(eli).post(reverse("coach:clean"), {"files": files})

    assert answer.status_code == 422
    assert "holiday.jpg: This is no JPEG" in answer.content.decode()


def test_cleaning_without_photos_leaves_the_words(eli, browser_of):
    answer = browser_of(eli).post(reverse("coach:clean"), {"text": "My words"})

    assert answer.status_code == 422
    assert "Choose photos or a video first." in answer.content.decode()
    assert "My words" in answer.content.decode()


def test_mend_is_for_the_words_beside_which_it_stood(eli, browser_of):
    browser, at = browser_of(eli), reverse("coach:coach")
    first = "Look at https://x.org/?token=abcdef1234567890abcdef at once"
    shown = {own.finding.detector: own.key for own in browser.post(at, {"text": first}).context["findings"]}

    # Written on before the button was pressed: other findings come first now.
    later = "Hurry!!! Or https://y.org/?token=fedcba9876543210fedcba first. " + first
    mended = browser.post(at, {"text": later, "mend": shown["link"]}).context["text"]
    gone = browser.post(at, {"text": "All is quiet.", "mend": shown["link"]}).context["text"]

    assert mended == later.replace("https://x.org/?token=abcdef1234567890abcdef", "https://x.org/")
    assert gone == "All is quiet."


def test_words_are_looked_at_without_sending_the_photos_again(eli, browser_of):
    sent = {"text": "Call 07700 900123", "only": "text beside photos"}

    page = browser_of(eli).post(reverse("coach:coach"), sent, headers={"HX-Request": "true"}).content.decode()
    idle = browser_of(eli).post(reverse("coach:coach"), {**sent, "text": ""}, headers={"HX-Request": "true"})

    assert "A telephone number" in page
    assert "findings-photos" not in page
    assert "What the coach looks for" not in idle.content.decode()


def test_share_sheet_is_taken_without_a_token_and_changes_nothing(eli, browser_of):
    browser = browser_of(eli)
    browser.handler.enforce_csrf_checks = True
    before = makers.everything_in_the_database()

    page = browser.post(
        reverse("coach:share"),
        {"title": "", "text": DRAFT, "files": SimpleUploadedFile("a.jpg", picture("JPEG").getvalue())},
    )

    assert "Zebrafish" in page.content.decode()
    assert "data:application/octet-stream;base64," in page.content.decode()
    assert makers.everything_in_the_database() == before


def test_glossary_is_sealed_in_the_database_and_open_to_editors_only(edith, eli, browser_of):
    browser = browser_of(edith)
    browser.post(reverse("coach:glossary"), {"kind": "term", "lines": "Blue Heron\nRidge 3, 2099-05-14"})

    assert "Blue Heron" not in makers.everything_in_the_database()
    assert "Blue Heron" in browser.get(reverse("coach:glossary")).content.decode()
    assert browser_of(eli).get(reverse("coach:glossary")).status_code == 403
    found = browser_of(eli).post(reverse("coach:coach"), {"text": "blue herons and Ridge 3"}).context["findings"]
    assert [own.finding.detector for own in found] == ["term", "term"]
    browser.post(reverse("coach:remove", args=[Entry.objects.latest("pk").pk]))
    assert Entry.objects.count() == 1


def test_naming_an_own_brand_asks_for_disclosure_once_it_is_on_the_list(edith, eli, browser_of):
    text = {"text": "Day four in Norway and the Ridge 2 is still standing."}
    assert browser_of(eli).post(reverse("coach:coach"), text).context["findings"] == []

    browser_of(edith).post(reverse("coach:glossary"), {"kind": "brand", "lines": "Ridge 2"})

    found = browser_of(eli).post(reverse("coach:coach"), text).context["findings"]
    assert [own.finding.detector for own in found] == ["disclosure"]
    other = {"text": "Day four on the Ridge. Not one cloud."}
    assert browser_of(eli).post(reverse("coach:coach"), other).context["findings"] == []


def test_glossary_does_not_double_and_refuses_wrong_dates(edith, browser_of):
    assert actions.add_entries([("Blue Heron", None), ("blue  heron", None)], kind=Kind.TERM, by=edith).new == 1
    page = browser_of(edith).post(reverse("coach:glossary"), {"kind": "term", "lines": "Ridge 3, 14.5.2027"})

    assert page.status_code == 422
    assert "is not a date" in page.content.decode()


def test_finding_links_clause_and_lesson(edith, eli):

    lesson = learn.keep_lesson(by=edith, source=SOURCE.replace("topic: photos", "topic: disclosure"))

    assert queries.clause_and_lesson("disclosure")[2] == lesson
    assert queries.clause_and_lesson("") == (None, None, None)


def test_other_secret_key_is_said_in_words(edith, browser_of, settings):
    actions.add_entries([("Blue Heron", None)], kind=Kind.TERM, by=edith)
    Entry.objects.update(sealed="gAAAAABm-nothing-that-we-sealed")

    page = browser_of(edith).post(reverse("coach:coach"), {"text": "hello"})

    assert page.status_code == 409
    assert "Restore the file secret-key" in page.content.decode()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"text": "A sentence. " * 900}, "at most 10000 characters"),
        ({"text": "Look", "files": [SimpleUploadedFile(f"{n}.jpg", b"x") for n in range(13)]}, "At most twelve files"),
    ],
)
def test_share_sheet_with_too_much_is_told_so_and_nothing_is_cut(eli, browser_of, sent, words):
    page = browser_of(eli).post(reverse("coach:share"), sent)

    assert page.status_code == 422
    assert words in page.content.decode()
    assert sent["text"] in page.content.decode()


def test_site_can_be_installed_and_shared_to(nobody, db):
    manifest = nobody.get("/coach/app.webmanifest").json()

    assert manifest["share_target"]["action"] == reverse("coach:share")
    assert manifest["share_target"]["params"]["files"][0]["name"] == "files"
    for icon in manifest["icons"]:
        picture = Image.open(io.BytesIO(nobody.get(icon["src"]).content))
        assert f"{picture.width}x{picture.height}" == icon["sizes"]
    assert nobody.get("/coach/app-9999.png").status_code == 404


def test_topic_names_its_speaker_and_what_the_law_protects_is_no_topic(edith, eli, browser_of):
    browser = browser_of(edith)
    protected = browser.post(
        reverse("coach:glossary"), {"kind": "topic", "lines": "wages", "speaker": "the press office"}
    )
    nobody = browser.post(reverse("coach:glossary"), {"kind": "topic", "lines": "store closing"})
    browser.post(reverse("coach:glossary"), {"kind": "topic", "lines": "store closing", "speaker": "the press office"})

    page = browser_of(eli).post(
        reverse("coach:coach"), {"text": "So sad about the store closings in Halden.", "place": "public"}
    )

    assert (protected.status_code, nobody.status_code) == (422, 422)
    assert "everybody may speak about pay" in protected.content.decode()
    assert "the press office speaks for your organisation" in page.content.decode()


def test_another_day_for_a_term_is_taken_and_said(edith, browser_of):
    browser, at = browser_of(edith), reverse("coach:glossary")
    browser.post(at, {"kind": "term", "lines": "Ridge 3, 2027-05-14"})
    assert queries.lists().glossary

    page = browser.post(at, {"kind": "term", "lines": "Ridge 3, 2027-08-01\nBlue Heron"}, follow=True).content.decode()

    assert "1 added." in page
    assert "1 were there already and were changed." in page
    assert sorted(str(entry.until) for entry in Entry.objects.all()) == ["2027-08-01", "None"]


def test_term_that_is_too_long_is_said(edith, browser_of):
    page = browser_of(edith).post(reverse("coach:glossary"), {"kind": "term", "lines": "x" * 201})

    assert page.status_code == 422
    assert "longer than 200 characters" in page.content.decode()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("option", "said"), [(["--country", "XX"], "--country takes"), (["--lang", "zz"], "--lang takes")]
)
def test_unknown_country_and_language_are_refused(option, said):
    done = CliRunner().invoke(cli.coach, ["check", "-", *option], input="Hello")

    assert done.exit_code == 2
    assert said in done.output


def test_who_had_to_sign_in_first_is_told_to_share_once_more(eli, browser_of):
    assert "Share it once more" in browser_of(eli).get(reverse("coach:share"), follow=True).content.decode()

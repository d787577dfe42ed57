"""The gallery in the product: play, choose once, know what fits next; nobody sees another person's choices."""

import pytest
from django.urls import reverse
from django.utils import timezone

from askfirst.learn import playing, practice, refreshers, translations
from askfirst.learn.errors import LearnError
from askfirst.learn.models import Choice, Drill, DrillText, Play
from tests import makers
from tests.engines.test_drills import GOOD


@pytest.fixture
def drill(db) -> Drill:
    return practice.keep_drill(by=None, source=GOOD)


def test_play_goes_from_scene_to_scene_and_records_each_choice(drill, eli):
    play = practice.begin_play(drill, person=eli)

    choice = practice.choose(play, scene="start", number=0)

    play.refresh_from_db()
    assert (play.scene, play.is_won, play.ended_at is not None) == ("won", True, True)
    assert (choice.is_right, choice.verdict, choice.seconds >= 0) == (True, "foul", True)


def test_second_tab_cannot_decide_again(drill, eli):
    play = practice.begin_play(drill, person=eli)
    practice.choose(play, scene="start", number=1)

    with pytest.raises(LearnError, match="gone on"):
        practice.choose(play, scene="start", number=0)
    assert Choice.objects.count() == 1


def test_open_play_goes_on_with_its_old_text(drill, eli):
    play = practice.begin_play(drill, person=eli)
    practice.keep_drill(drill, by=None, source=GOOD.replace("[start]", "[begin]"))

    assert practice.begin_play(drill, person=eli) == play
    practice.choose(play, scene="start", number=0)


def test_gallery_says_what_was_vanquished_and_what_fits_next(drill, eli):
    other = practice.keep_drill(by=None, source=GOOD.replace("# T", "# U"))
    practice.choose(practice.begin_play(drill, person=eli), scene="start", number=0)

    [(grade, villains)] = playing.gallery(eli)
    assert grade == "easy"
    assert [(own.drill.title, own.won, own.lost) for own in villains] == [("T", 1, 0), ("U", 0, 0)]
    assert playing.drill_for(eli) == other


def test_skill_is_shown_only_after_enough_decisions_and_counts_the_first_time(drill, eli):
    for _ in range(playing.LEAST_DECIDED + 2):
        practice.choose(practice.begin_play(drill, person=eli), scene="start", number=0)

    assert playing.skill(eli) is None
    for number in range(playing.LEAST_DECIDED):
        own = practice.keep_drill(by=None, source=GOOD.replace("# T", f"# T{number}"))
        practice.choose(practice.begin_play(own, person=eli), scene="start", number=0)
    found = playing.skill(eli)
    assert found
    assert found.decided == playing.LEAST_DECIDED + 1


def test_another_persons_play_is_not_there(drill, eli, amba, browser_of):
    play = practice.begin_play(drill, person=eli)

    assert browser_of(amba).get(reverse("learn:play", args=[play.pk])).status_code == 404
    assert browser_of(eli).get(reverse("learn:play", args=[play.pk])).status_code == 200


def test_choice_by_page_shows_why_and_the_end(drill, eli, browser_of):
    browser = browser_of(eli)
    address = browser.post(reverse("learn:drill", args=[drill.pk])).url

    page = browser.post(address, {"scene": "start", "choice": "1"}, follow=True).content.decode()

    assert "It got through." in page
    assert Play.objects.get().is_won is False
    assert browser.post(address, {"scene": "start"}).status_code == 422


def test_only_editors_write_drills(eli, fay, ada, browser_of, drill):
    assert browser_of(eli).get(reverse("learn:new_drill")).status_code == 403
    page = browser_of(ada).post(
        reverse("learn:edit_drill", args=[drill.pk]), {"source": GOOD.replace("-> lost", "-> x")}
    )
    assert page.status_code == 422
    assert "does not exist" in page.content.decode()


def test_villain_out_of_the_gallery_is_met_by_nobody_and_an_open_play_goes_on(drill, eli, edith, browser_of):
    play = practice.begin_play(drill, person=eli)
    editor, address = browser_of(edith), f"/learn/gallery/{drill.pk}/"

    editor.post(f"{address}out")

    browser = browser_of(eli)
    assert browser.get(address).status_code == 404
    assert address not in browser.get("/learn/gallery/").content.decode()
    assert f"{address}edit" in editor.get("/learn/gallery/").content.decode()
    assert playing.drill_for(eli) is None
    assert practice.choose(play, scene="start", number=0).is_right

    editor.post(f"{address}out", {"in": ""})

    assert browser.get(address).status_code == 200


def test_drill_is_met_and_asked_again_in_the_readers_language(drill, eli, browser_of):
    practice.say_drill_in(drill, "de", by=None, source=GOOD.replace("# T", "# Eile").replace("Jo: Now!", "Jo: Sofort!"))
    eli.language = "de"
    eli.save()
    browser = browser_of(eli)

    assert "Eile" in browser.get(reverse("learn:gallery")).content.decode()
    answer = browser.post(reverse("learn:drill", args=[drill.pk]), follow=True)
    assert "Sofort!" in answer.content.decode()
    found = refreshers.refresher(f"scene.{drill.pk}.start", eli, timezone.now())
    assert found
    assert (found.title, found.question.text) == ("Eile", "Jo: Sofort! And?")


def test_drill_in_another_language_waits_when_its_scenes_have_changed(drill, eli):
    practice.say_drill_in(drill, "de", by=None, source=GOOD.replace("Now!", "Sofort!"))
    practice.keep_drill(drill, by=None, source=GOOD.replace("[start]", "[begin]"))

    assert translations.drill_source(drill, "de") == drill.source


def test_editor_says_a_drill_in_another_language_and_hears_what_differs(drill, browser_of):
    browser = browser_of(makers.make_person("edith", is_editor=True))
    address = reverse("learn:say_drill_in", args=[drill.pk, "de"])

    wrong = browser.post(address, {"source": GOOD.replace("message foul", "message fine")})
    right = browser.post(address, {"source": GOOD.replace("# T", "# Eile")})

    assert (wrong.status_code, "must have its shape" in wrong.content.decode()) == (422, True)
    assert right.url == reverse("learn:drill", args=[drill.pk])
    assert drill.texts.get().title == "Eile"
    assert browser.get(reverse("learn:say_drill_in", args=[drill.pk, "en"])).status_code == 404


def test_gallery_that_comes_with_us_gets_its_languages_later(db):
    assert practice.load_drills() == 16
    DrillText.objects.filter(drill__starter="02-hurrier").delete()

    assert practice.load_drills() == 0
    assert DrillText.objects.filter(language="de").count() == 16

"""The gallery in the product: play, choose once, know what fits next; nobody sees another person's choices."""

import pytest
from django.urls import reverse

from askfirst.learn import playing, practice
from askfirst.learn.errors import LearnError
from askfirst.learn.models import Choice, Drill, Play
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

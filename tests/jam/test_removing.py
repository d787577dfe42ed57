"""A rehearsal is deleted for good, by its code and once it is closed; what the library learnt from it stays."""

import pytest

from askfirst.base.models import LogEntry, Topic
from askfirst.jam import actions, facilitation
from askfirst.jam.errors import JamError
from askfirst.jam.models import Contribution, Jam, Vote
from askfirst.library.models import Answer
from tests import makers


@pytest.fixture
def jam(fay):
    jam = makers.make_jam(fay)
    group = makers.group_of(makers.make_question(jam))
    facilitation.answer(jam, group.pk, by=fay, text="Yes.")
    return jam


def test_open_jam_is_not_deleted(jam, fay):
    with pytest.raises(JamError, match="Close the jam first"):
        actions.remove_jam(jam, by=fay)

    assert Contribution.objects.count() == 1


def test_closed_jam_goes_whole_and_answers_stay(jam, fay, browser_of):
    facilitation.close(jam, by=fay, reason="Rehearsal.", owner=None, due_on=None)
    browser, address = browser_of(fay), f"/lead/{jam.code}/remove"
    assert "1 contribution," in browser.get(address).content.decode()
    assert browser.post(address, {"code": "WRONG"}).status_code == 422

    browser.post(address, {"code": f" {jam.code.lower()} "})

    assert [model.objects.count() for model in (Jam, Contribution, Vote, Topic)] == [0, 0, 0, 0]
    assert Answer.objects.get().answer == "Yes."
    assert LogEntry.objects.get(verb="jam.removed").detail["contributions"] == 1
    assert browser.get(f"/j/{jam.code}").status_code == 404


def test_next_jam_outlives_the_one_it_came_from(jam, fay):
    facilitation.close(jam, by=fay, reason="Rehearsal.", owner=None, due_on=None)
    following = makers.make_jam(fay)
    actions.seed_jam(following, source=jam, by=fay)

    actions.remove_jam(Jam.objects.get(pk=jam.pk), by=fay)

    following.refresh_from_db()
    assert following.seeded_from is None

"""The index of a jam in memory: it can be dropped at any moment and comes back from the database."""

from askfirst.jam import grouping
from tests import makers


def test_index_that_was_let_go_comes_back_the_same(db):
    jam = makers.make_jam()
    for text in ("May I post a photo of my desk?", "Can I share a picture of my desk?", "Who answers at night?"):
        makers.make_question(jam, text=text)
    jam.refresh_from_db()
    before = grouping.nearest(jam, "Am I allowed to post my desk?", "question")

    grouping.let_go()

    assert grouping.nearest(jam, "Am I allowed to post my desk?", "question") == before


def test_note_of_an_index_that_is_gone_is_harmless(db):
    jam = makers.make_jam()
    asked = makers.make_question(jam, text="May I post a photo of my desk?")

    grouping.let_go()
    grouping.note(jam, asked)

    assert grouping.nearest(jam, "May I post a photo of my desk?", "question")[0] == asked.group_id

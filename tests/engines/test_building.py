"""Queries built from lists of words: always readable, and finding just what the lists say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askfirst.engines import boolquery
from askfirst.engines.boolquery.building import build


def finds(query, text, **more):
    return boolquery.matches(boolquery.parse(query), {"id": "1", "text": text, **more})


def test_lists_become_a_query_that_people_can_read():
    query = build(
        any_of=["halden", "Halden Outdoor", "#halden"], all_of=["tent"], none_of=["weather", "halden norway"],
        languages=["en", "DE"], links_to=["halden.example"],
    )  # fmt: skip

    assert query == (
        '(halden OR "Halden Outdoor" OR #halden) AND tent AND link:halden.example AND (lang:en OR lang:de) '
        'NOT (weather OR "halden norway")'
    )


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("my halden tent leaks", True),
        ("Halden Outdoor makes a tent", True),
        ("halden stove", False),
        ("halden tent in bad weather", False),
        ("a tent by somebody else", False),
    ],
)
def test_it_finds_what_the_lists_say(text, is_found):
    query = build(any_of=["halden", "halden outdoor"], all_of=["tent"], none_of=["weather"])

    assert finds(query, text) == is_found


def test_nothing_to_look_for_is_no_query():
    for empty in ([], ["  "], ['"'], ["--"]):
        with pytest.raises(ValueError, match="Nothing"):
            build(any_of=empty, none_of=["weather"])


WORDS = st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=14), max_size=4)


@given(WORDS, WORDS, WORDS)
def test_whatever_is_typed_can_be_read(any_of, all_of, none_of):
    try:
        query = build(any_of=any_of, all_of=all_of, none_of=none_of)
    except ValueError:
        return
    boolquery.parse(query)

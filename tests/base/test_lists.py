"""Long lists: each page shows what a plain page would, from whichever end it is read."""

import pytest
from django.core.paginator import Paginator

from askfirst.base.lists import Pages
from askfirst.people import queries
from askfirst.people.models import Person


@pytest.fixture
def many(db):
    # Several of one name, so that the order needs more than names.
    Person.objects.bulk_create(
        Person(email=f"p{number}@x.example", name=f"Name {number % 5}", password="!") for number in range(23)
    )
    return queries.people()


def test_every_page_is_that_of_plain_pages(many):
    ours, plain = Pages(many, 4, 23), Paginator(many, 4)
    for number in plain.page_range:
        assert list(ours.page(number)) == list(plain.page(number))
    assert list(ours.get_page("99")) == list(plain.get_page("99"))


def test_count_of_a_minute_ago_shows_what_is_there(many):
    assert len(Pages(many, 4, 30).page(8)) == 2
    assert len(Pages(many, 4, 9).page(3)) == 1

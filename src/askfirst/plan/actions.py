"""Named writes that reach over several parts."""

from django.db import transaction

from askfirst.jam import actions as jam
from askfirst.people import actions as people
from askfirst.people.models import Person
from askfirst.share import actions as share


def erase(person: Person) -> None:
    """Take a person out of every part; what they contributed stays, without a name."""
    with transaction.atomic():
        jam.erase_author(person)
        share.erase_person(person)
        people.erase_person(person)

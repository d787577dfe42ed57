"""Named reads over all parts: what waits for a person."""

from dataclasses import dataclass
from typing import Any

from askfirst.jam import queries as jam
from askfirst.learn import queries as learn
from askfirst.people import queries as people_queries
from askfirst.people.models import Person
from askfirst.policy import queries as policy
from askfirst.share import queries as share


@dataclass(frozen=True)
class Today:
    """Everything that waits for one person, most urgent first in each list."""

    briefings: list[Any]
    handed: list[Any]
    jams: list[Any]
    answered: list[Any]
    policies: list[Any]
    courses: list[Any]
    refresher: Any
    drill: Any

    @property
    def is_empty(self) -> bool:
        return not (self.briefings or self.handed or self.jams or self.answered or self.policies or self.courses or self.refresher)


def today(person: Person) -> Today:
    """What waits for the person: promises made in their name, policies to read, open jams, answers to named questions."""
    return Today(
        share.briefings_for(person),
        jam.handed_to(person),
        jam.open_jams(person),
        jam.answered_for(person),
        policy.waiting_for(person),
        learn.waiting_for(person),
        learn.refresher_for(person),
        learn.drill_for(person),
    )


def my_data(person: Person) -> dict[str, Any]:
    """What all parts know about a person."""
    return {
        "person": people_queries.my_data(person),
        "contributions_under_my_name": jam.named_contributions(person),
        "lessons_done": learn.my_data(person),
        "sharing": share.my_data(person),
        "policies_known": policy.my_data(person),
        "promises": [group.title or (group.lead.text if group.lead else "") for group in jam.handed_to(person)],
    }

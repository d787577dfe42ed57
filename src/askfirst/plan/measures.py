"""Numbers that fill themselves from the parts: each says how it is counted and where it leads, and hides groups under five."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from askfirst.jam import queries as jam
from askfirst.learn import playing
from askfirst.learn import queries as learn
from askfirst.listen import queries as listen
from askfirst.people import queries as people
from askfirst.policy import knowing
from askfirst.policy import queries as policy
from askfirst.share import queries as share

SMALLEST = 5


@dataclass(frozen=True)
class Value:
    """A measure now. `number` is None where there is nothing to count, or too few to show."""

    number: float | None
    unit: str = ""
    is_hidden: bool = False


@dataclass(frozen=True)
class Measure:
    """One number. `how` says how it is counted; `url` is the name of the page that it counts; of hours and risks fewer are better."""

    id: str
    section: str
    label: object
    how: object
    url: str
    value: Callable[[], Value]
    unit: str = ""
    is_less_better: bool = False

    def reaches(self, number: float, target: float) -> bool:
        return number <= target if self.is_less_better else number >= target

    @property
    def address(self) -> str:
        return reverse(self.url)


def _share(part: int, whole: int) -> Value:
    if whole == 0:
        return Value(None, "%")
    return Value(None, "%", is_hidden=True) if whole < SMALLEST else Value(round(100 * part / whole), "%")


def _reach() -> Value:
    return _share(learn.people_who_learnt(), people.head_counts()["people"])


def _known() -> Value:
    known, asked = knowing.known_of_asked()
    return _share(known, asked)


def _skill() -> Value:
    found = playing.skill_of_all()
    return Value(None) if found is None else Value(found.discrimination.d_prime)


def _answered() -> Value:
    sums = jam.sums_of_all()
    return _share(sums["answered"], sums["asked"])


def _hours() -> Value:
    return Value(listen.numbers().hours_to_answer, "h")


MEASURES = (
    Measure("reach", "awareness", _("Reached by a lesson"),
            _("People who have done at least one lesson, of all who work here."), "learn:courses", _reach, "%"),
    Measure("known", "awareness", _("Know the policy"),
            _("Acknowledged, of all who were asked to read the newest versions."), "policy:policies", _known, "%"),
    Measure("skill", "awareness", _("Tell foul from fine (d′)"),
            _("First decisions of all in the gallery together; 0 is guessing, 2 is very good. Shown from five people on."), "learn:gallery", _skill),
    Measure("asked", "questions", _("Asked in jams"),
            _("Questions, ideas and stories in all jams, withdrawn and rejected ones left out."), "jam:jams", lambda: Value(jam.sums_of_all()["asked"])),
    Measure("answered", "questions", _("Answered"), _("Of what was asked: answered, in person or in writing."), "jam:jams", _answered, "%"),
    Measure("answer_hours", "questions", _("Hours to an answer in a jam"),
            _("Mean time from the hour in which a question was asked to its answer, of those answered in the last 90 days."),
            "jam:jams", lambda: Value(jam.hours_to_answer(), "h"), "h", is_less_better=True),
    Measure("ideas", "questions", _("Ideas adopted"), _("Ideas with the decision “we will”."), "jam:jams", lambda: Value(jam.sums_of_all()["ideas"])),
    Measure("gaps", "questions", _("Gaps in the policy"),
            _("Questions marked as gaps that no version answers yet."), "policy:desk", lambda: Value(policy.open_gaps().count()), is_less_better=True),
    Measure("opportunities", "public", _("Opportunities heard"),
            _("Questions, praise and stories in public posts, last 30 days."), "listen:desk", lambda: Value(listen.sides()[0])),
    Measure("risks", "public", _("Risks heard"),
            _("Complaints and risks in public posts, last 30 days."), "listen:desk", lambda: Value(listen.sides()[1]), is_less_better=True),
    Measure("hours", "public", _("Hours to an answer"), _("Average time from a public post to our answer, last 30 days."), "listen:desk", _hours, "h",
            is_less_better=True),
    Measure("stories", "public", _("Stories that may be shared"),
            _("Approved and not expired."), "share:desk", lambda: Value(len(share.shareable()))),
)  # fmt: skip
BY_ID = {measure.id: measure for measure in MEASURES}
SECTIONS = (
    ("awareness", _("Awareness")),
    ("questions", _("Questions and ideas")),
    ("public", _("What is said outside")),
)

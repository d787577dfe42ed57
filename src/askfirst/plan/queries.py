"""Named reads over all parts: what waits for a person."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from askfirst.base import queries as base
from askfirst.coach import queries as coach
from askfirst.jam import queries as jam
from askfirst.learn import finished, own_data, playing, refreshers, studies
from askfirst.learn import queries as learn
from askfirst.listen import queries as listen
from askfirst.people import queries as people_queries
from askfirst.people.models import Person
from askfirst.plan.measures import BY_ID, MEASURES, SECTIONS, SMALLEST, Measure, Value
from askfirst.plan.models import Entry, Kind, Version
from askfirst.policy import knowing
from askfirst.policy import queries as policy
from askfirst.share import queries as share

MOST_TODAY = 5
# How long an answer to what one disputed is told.
RECENT_DAYS = 30


@dataclass(frozen=True)
class Today:
    """What waits for one person: (kind, thing) in order of worth, five at most; how many come after them; a drill."""

    things: list[tuple[str, Any]]
    more: int
    drill: Any
    leads_people: bool


def today(person: Person) -> Today:
    """What waits for the person, what is urgent or a promise before what is asked, and that before what is offered."""
    refresher, check = refreshers.refresher_for(person), studies.check_for(person)
    call, lately = share.call_for(person), timezone.now() - timedelta(days=RECENT_DAYS)
    waiting = [
        *(("briefing", own) for own in share.briefings_for(person)),
        *(("mention", own) for own in listen.assigned_to(person)),
        *([("begin", None)] if person.can_lead and not jam.led_jams().exists() else []),
        *(("handed", own) for own in jam.handed_to(person)),
        *(("approval", own) for own in policy.to_approve(person)),
        *(("policy", own) for own in knowing.waiting_for(person)),
        *(("dispute", own) for own in policy.disputes_of(person, answered_since=lately)),
        *(("jam", own) for own in jam.open_jams(person)),
        *(("entry", own) for own in entries_to_look_at(person)),
        *([("check", check)] if check else []),
        *([("refresher", refresher)] if refresher else []),
        *(("answered", own) for own in jam.answered_for(person)),
        *(("story", own) for own in share.decided_lately(person, lately)),
        *([("call", call)] if call else []),
        *(("course", own) for own in learn.waiting_for(person)),
    ]
    return Today(
        waiting[:MOST_TODAY],
        max(0, len(waiting) - MOST_TODAY),
        playing.drill_for(person),
        people_queries.has_reports(person),
    )


def entries_to_look_at(person: Person) -> QuerySet[Entry]:
    """Lines of the plan that this person owns and whose day to be looked at again has come."""
    return Entry.objects.filter(owner=person, review_on__lte=timezone.localdate()).order_by("review_on", "pk")


def entries_nobody_looks_at() -> QuerySet[Entry]:
    """Lines of the plan whose owner has left, and those of nobody whose day to be looked at again has come."""
    nobody = Q(owner=None, review_on__lte=timezone.localdate())
    return Entry.objects.filter(nobody | Q(owner__is_active=False)).order_by("review_on", "pk")


@dataclass(frozen=True)
class TeamNumbers:
    """A manager's team in numbers. `policies` and `courses` hold what it is, a share in percent (None: too few to show)."""

    people: int
    policies: list[tuple[Any, int | None]]
    courses: list[tuple[Any, int | None]]
    skill: Any


def team_numbers(manager: Person) -> TeamNumbers | None:
    """Numbers of everybody below a manager; None for fewer than five people. Never who did what."""
    people = people_queries.below(manager)
    number = people.count()
    if number < SMALLEST:
        return None

    def share_of(rows: list[tuple[Any, int, int]]) -> list[tuple[Any, int | None]]:
        return [(own, round(100 * done / asked) if asked >= SMALLEST else None) for own, done, asked in rows if asked]

    return TeamNumbers(
        number,
        share_of(knowing.known_among(people)),
        share_of(finished.done_among(people)),
        playing.skill_of_all(people=people),
    )


def my_data(person: Person) -> dict[str, Any]:
    """What all parts know about a person."""
    return {
        "person": people_queries.my_data(person),
        "contributions_under_my_name": jam.named_contributions(person),
        "learning": own_data.my_data(person),
        "sharing": share.my_data(person),
        "policies_known": policy.my_data(person),
        "policy_comments": policy.comments_of(person),
        "promises": [group.name for group in jam.handed_to(person)],
        "mentions_to_answer": [own.address for own in listen.assigned_to(person, most=10_000)],
        "lines_of_the_plan": [own.title for own in Entry.objects.filter(owner=person)],
        "log": base.logged_of(person.pk),
    }


@dataclass(frozen=True)
class Goal:
    """A goal of the plan with what its measure says now."""

    entry: Entry
    measure: Measure | None
    value: Value | None

    @property
    def is_reached(self) -> bool:
        if not self.measure or not self.value or self.value.number is None or self.entry.target is None:
            return False
        return self.measure.reaches(self.value.number, self.entry.target)


def plan() -> list[tuple[str, str, list[Any]]]:
    """The plan by section, (kind, label, lines); goals come with their measures."""
    rows: dict[str, list[Any]] = {kind: [] for kind in Kind.values}
    for entry in Entry.objects.select_related("owner"):
        measure = BY_ID.get(entry.measure)
        rows[entry.kind].append(
            Goal(entry, measure, measure.value() if measure else None) if entry.kind == Kind.GOAL else entry
        )
    return [(kind, label, rows[kind]) for kind, label in Kind.choices]


def versions() -> QuerySet[Version]:
    return Version.objects.select_related("kept_by")


def version_by_section(version: Version) -> list[tuple[str, list[dict[str, Any]]]]:
    """What the plan said in a version, (label, lines); days as days."""
    rows: dict[str, list[dict[str, Any]]] = {kind: [] for kind in Kind.values}
    for line in version.entries:
        day = parse_date(line["review_on"]) if line.get("review_on") else None
        measure = BY_ID.get(line.get("measure", ""))
        rows.setdefault(line["kind"], []).append({**line, "review_on": day, "measure": measure})
    return [(label, rows[kind]) for kind, label in Kind.choices if rows[kind]]


def dashboard() -> list[tuple[Any, list[tuple[Measure, Value]]]]:
    """Every measure by section."""
    return [(label, [(own, own.value()) for own in MEASURES if own.section == section]) for section, label in SECTIONS]


@dataclass(frozen=True)
class Suggestion:
    """One thing to do next, why, and where."""

    text: str
    why: str
    url: str


def suggestions() -> list[Suggestion]:
    """What to do next, three at most, the most worthwhile first."""
    found = []
    if listen.open_alerts():
        found.append(
            Suggestion(
                _("Look at the burst"), _("Something out of the ordinary is being said about us."), "listen:alerts"
            )
        )
    late = sum(jam.stranded().values())
    if late:
        found.append(
            Suggestion(
                _("Keep what was promised"),
                ngettext(
                    "%d promise of a jam is overdue, or with somebody who has left.",
                    "%d promises of jams are overdue, or with people who have left.",
                    late,
                )
                % late,
                "jam:jams",
            )
        )
    gaps = policy.open_gaps().count()
    if gaps:
        found.append(
            Suggestion(
                _("Close a gap in the policy"),
                ngettext(
                    "%d question of the staff has no answer in it.",
                    "%d questions of the staff have no answer in it.",
                    gaps,
                )
                % gaps,
                "policy:desk",
            )
        )
    known, asked = knowing.known_of_asked()
    if asked and known * 10 < asked * 8:
        found.append(
            Suggestion(
                _("Remind of the policy"),
                _("%(known)d of %(asked)d know the newest version.") % {"known": known, "asked": asked},
                "policy:policies",
            )
        )
    orphaned = entries_nobody_looks_at().count()
    if orphaned:
        found.append(
            Suggestion(
                _("Give the plan its owners"),
                ngettext(
                    "%d line is due with nobody to look at it, or belongs to somebody who has left.",
                    "%d lines are due with nobody to look at them, or belong to people who have left.",
                    orphaned,
                )
                % orphaned,
                "plan:plan",
            )
        )
    told = len(share.jam_stories())
    if told:
        found.append(
            Suggestion(
                _("Take up a story"),
                ngettext(
                    "%d story told in a jam waits for an editor.", "%d stories told in jams wait for an editor.", told
                )
                % told,
                "share:desk",
            )
        )
    if not jam.led_jams().exists():
        found.insert(0, Suggestion(_("Hold a first jam"), _("Everything begins with their questions."), "jam:new"))
    return found[:3]


@dataclass(frozen=True)
class Step:
    """One step of setting up, and whether it is done."""

    text: str
    url: str
    is_done: bool


def first_steps() -> list[Step]:
    """What a new administrator has done and what is left; all done, nobody needs to see it."""
    counts = people_queries.head_counts()
    return [
        Step(
            _("Give the organisation its name and colour"),
            "people:organisation",
            base.organisation().name not in {"Askfirst", "Our organisation"},
        ),
        Step(_("Bring in the people"), "people:import", counts["people"] > 1),
        Step(_("Hold a jam"), "jam:new", jam.led_jams().exists()),
        Step(_("Publish a policy"), "policy:desk", bool(policy.current_versions())),
        Step(_("Say what stays inside"), "coach:glossary", coach.has_glossary()),
        Step(_("Save a query to listen"), "listen:new_query", listen.saved().exists()),
        Step(_("Write the plan"), "plan:plan", Entry.objects.exists()),
    ]

"""Named reads over studies: who is asked what and when, which teams wait, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone

from askfirst.engines import evidence
from askfirst.learn.models import Check, Done, Lesson, Occasion, Place, Study, Wave
from askfirst.people.models import Person

STARTER = Path(__file__).with_name("starter")
FORMS = ("A", "B", "C")
LATER = timedelta(days=30)


@dataclass(frozen=True)
class Post:
    """Something somebody might post; `is_fine` as it is."""

    text: str
    is_fine: bool


@cache
def posts(form: str, language: str) -> tuple[Post, ...]:
    """The posts of a parallel form; in English where there is no such language."""
    path = STARTER / f"transfer.{language}.txt"
    if not path.is_file():
        return posts(form, "en")
    rows, now = [], ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            now = line.strip("[] ")
        elif now == form and line[:2] in {"+ ", "- "}:
            rows.append(Post(line[2:], line[0] == "+"))
    return tuple(rows)


@dataclass(frozen=True)
class Asked:
    """A check that waits for a person."""

    study: Study
    occasion: str
    form: str


def check_for(person: Person) -> Asked | None:
    """The check that waits for this person now: before their team begins, when they have done the course, 30 days on."""
    now = timezone.now()
    for study in Study.objects.filter(is_on=True, starts_on__lte=timezone.localdate()).select_related("course"):
        made = {check.occasion: check.at for check in Check.objects.filter(study=study, person=person)}
        occasion = _occasion(study, person, made, now)
        if occasion and study.course.is_for(person) and not study.course.is_ended:
            number = list(Occasion.values).index(occasion)
            return Asked(study, occasion, FORMS[evidence.form_for(person.pk, number, len(FORMS))])
    return None


def _occasion(study: Study, person: Person, made: dict[str, Any], now: Any) -> str:
    if Occasion.BEFORE not in made:
        has_begun = Done.objects.filter(person=person, lesson__in=study.course.lessons.all()).exists()
        return "" if has_begun else Occasion.BEFORE
    if Occasion.AFTER not in made:
        wanted = study.course.lessons.all()
        done = Done.objects.filter(person=person, lesson__in=wanted, at__gte=made[Occasion.BEFORE]).count()
        return Occasion.AFTER if done and done == wanted.count() else ""
    if Occasion.LATER not in made:
        return Occasion.LATER if made[Occasion.AFTER] <= now - LATER else ""
    return ""


def begins_on(study: Study, step: int) -> date:
    return study.starts_on + timedelta(days=step * study.step_days)


def opening_days(person: Person) -> dict[int, date]:
    """Courses that this person's team has not begun yet, each with its day. People without a team begin at once."""
    waves = (
        Wave.objects.filter(study__is_on=True, team=person.team_id, step__gt=0)
        if person.team_id
        else Wave.objects.none()
    )
    days = {wave.study.course_id: begins_on(wave.study, wave.step) for wave in waves.select_related("study")}
    return {course: day for course, day in days.items() if day > timezone.localdate()}


def opens_on(person: Person, lesson: Lesson) -> date | None:
    """The day from which a lesson is open to this person, where every course it is in still waits; else nothing."""
    waiting = opening_days(person)
    courses = set(Place.objects.filter(lesson=lesson).values_list("course", flat=True)) if waiting else set()
    return min(waiting[course] for course in courses) if courses and courses <= waiting.keys() else None


def studies() -> list[Study]:
    return list(Study.objects.select_related("course").order_by("-is_on", "-starts_on"))


@dataclass(frozen=True)
class Report:
    """What came of a study; `means` are (occasion, people, mean in percent or None when fewer than five)."""

    study: Study
    means: list[tuple[str, int, float | None]]
    before_after: evidence.Effect | None
    before_later: evidence.Effect | None
    begun_waiting: evidence.Effect | None
    steps: list[tuple[date, int]]


def report(study: Study) -> Report:
    """Groups only. Teams that had begun are set beside those that still waited, by what each decided in the same weeks."""
    scores: dict[str, dict[int, float]] = {name: {} for name in Occasion.values}
    for person, occasion, right, number in study.checks.values_list("person", "occasion", "right", "posts"):
        scores[occasion][person] = 100 * right / max(1, number)
    waves = dict(study.waves.values_list("team", "step"))
    means = [
        (
            str(label),
            len(scores[name]),
            round(_mean(scores[name].values()), 1) if len(scores[name]) >= evidence.PEOPLE else None,
        )
        for name, label in Occasion.choices
    ]
    return Report(
        study, means, _paired(scores["before"], scores["after"]), _paired(scores["before"], scores["later"]),
        _beside(study, waves),
        [(begins_on(study, step), list(waves.values()).count(step)) for step in range(study.steps)],
    )  # fmt: skip


def _paired(one: dict[int, float], other: dict[int, float]) -> evidence.Effect | None:
    both = sorted(one.keys() & other.keys())
    return evidence.paired([one[own] for own in both], [other[own] for own in both])


def _beside(study: Study, waves: dict[int, int]) -> evidence.Effect | None:
    """Checks made while the last step still waited: `after` of teams that had begun, `before` of those that wait."""
    last = begins_on(study, study.steps - 1)
    begun: dict[str, list[float]] = {}
    waiting: dict[str, list[float]] = {}
    rows = study.checks.filter(at__date__lt=last, person__team__in=waves).values_list(
        "person__team", "occasion", "right", "posts"
    )
    for team, occasion, right, number in rows:
        score = 100 * right / max(1, number)
        if waves[team] < study.steps - 1 and occasion == Occasion.AFTER:
            begun.setdefault(str(team), []).append(score)
        elif waves[team] == study.steps - 1 and occasion == Occasion.BEFORE:
            waiting.setdefault(str(team), []).append(score)
    return evidence.between(begun, waiting)


def _mean(values: Any) -> float:
    rows: Sequence[float] = list(values)
    return sum(rows) / len(rows)

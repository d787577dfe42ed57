"""Named reads over learning."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from askfirst.base import markdown
from askfirst.base import queries as base
from askfirst.engines import drills, packs, recall
from askfirst.engines import lessons as engine
from askfirst.learn.models import Answered, Choice, Course, Done, Drill, Item, Lesson, Place, Play, Recall
from askfirst.people.models import Person

REFRESHERS_A_WEEK = 2
WORDS = (
    ("check", "Check"), ("next", "Next"), ("right", "Right."), ("wrong", "Not quite."), ("done", "Done."), ("again", "Look at it once more."),
    ("restart", "Begin again"), ("unrecorded", "Not recorded: no learning system was found around this page. You can read everything all the same."),
)  # fmt: skip


def lessons() -> QuerySet[Lesson]:
    return Lesson.objects.all()


def lesson_on(topics: Sequence[str]) -> Lesson | None:
    """A lesson about one of these topics."""
    return Lesson.objects.filter(topic__in=topics).order_by("pk").first()


def told_of(*happenings: str) -> list[str]:
    """Names of other systems that are told when one of these happens to a person here."""
    return sorted({hook.name for event in happenings for hook in base.hooks_that_hear(event)})


def courses() -> QuerySet[Course]:
    return Course.objects.all()


@dataclass(frozen=True)
class Way:
    """A course as one person walks it: each lesson with whether it is done; the first one that is not."""

    course: Course
    steps: list[tuple[Lesson, bool]]
    due_on: date

    @property
    def done(self) -> int:
        return sum(is_done for _lesson, is_done in self.steps)

    @property
    def next(self) -> Lesson | None:
        return next((lesson for lesson, is_done in self.steps if not is_done), None)


def ways(person: Person) -> list[Way]:
    """All courses that have begun, as this person walks them."""
    done = dict(Done.objects.filter(person=person).values_list("lesson", "at"))
    found = []
    for course in Course.objects.filter(starts_on__lte=timezone.localdate()).prefetch_related(
        "places__lesson", "teams"
    ):
        if not is_for(course, person):
            continue
        begins = max(course.starts_on, person.joined_on or course.starts_on)
        since = lapses_before(course)
        steps = [
            (place.lesson, place.lesson_id in done and done[place.lesson_id] >= since) for place in course.places.all()
        ]
        # Once everything has lapsed, the days count from there.
        lapsed = max(
            (
                done[place.lesson_id].date() + _months(course)
                for place in course.places.all()
                if place.lesson_id in done and course.again_months
            ),
            default=begins,
        )
        found.append(Way(course, steps, max(begins, lapsed) + timedelta(days=course.days)))
    return found


def is_for(course: Course, person: Person) -> bool:
    """Whether a course is for this person: by team, by what they chose, or for everybody."""
    teams = {team.pk for team in course.teams.all()}
    return (not teams or person.team_id in teams) and (not course.stances or person.stance in course.stances)


def _months(course: Course) -> timedelta:
    return timedelta(days=round(course.again_months * 30.44))


def lapses_before(course: Course) -> datetime:
    """What was done before this moment no longer counts for the course."""
    return timezone.now() - _months(course) if course.again_months else datetime.min.replace(tzinfo=UTC)


def waiting_for(person: Person) -> list[Way]:
    """Courses with a lesson left."""
    return [way for way in ways(person) if way.next]


@dataclass(frozen=True)
class Asked:
    """A question as a page shows it: its name in the form, its parts in an order of one's own, and what was given."""

    name: str
    question: engine.Question
    options: list[tuple[int, engine.Option, bool]]
    steps: list[tuple[int, str, str]]
    items: list[tuple[int, engine.Option, str]]
    given: tuple[str, ...]
    is_right: bool

    @property
    def places(self) -> range:
        return range(1, len(self.question.steps) + 1)


def asked(question: engine.Question, name: str, seed: str, given: Sequence[str]) -> Asked:
    """Lay a question out for a page."""
    mixed = sorted(range(len(question.steps)), key=lambda at: engine.shuffled(f"{seed}{question.steps[at]}"))
    return Asked(
        name, question, [(at, question.options[at], str(at) in given) for at in engine.order(question, seed)],
        [(at, question.steps[at], given[at] if at < len(given) else "") for at in mixed],
        [(at, item, given[at] if at < len(given) else "") for at, item in enumerate(question.items)],
        tuple(given), engine.is_right(question, given),
    )  # fmt: skip


def given_in(data: Any, name: str, question: engine.Question) -> list[str]:
    """The answer to a question in a form that was sent."""
    parts = {"order": len(question.steps), "sort": len(question.items)}.get(question.kind)
    return (
        [data.get(f"{name}_{at}", "") for at in range(parts)]
        if parts
        else [value for value in data.getlist(name) if value.strip()]
    )


def done_of(person: Person, lesson: Lesson) -> Done | None:
    return Done.objects.filter(person=person, lesson=lesson).first()


def refresher_for(person: Person, most: int = REFRESHERS_A_WEEK) -> Item | None:
    """The item to ask this person now: the one due longest. At most `most` a week; what was missed never piles up."""
    week = timezone.now() - timedelta(days=7)
    if Answered.objects.filter(person=person, is_refresher=True, at__gte=week).count() >= most:
        return None
    mine = Recall.objects.filter(person=person, item__is_asked=True)
    due = mine.filter(due_at__lte=timezone.now()).select_related("item__lesson").order_by("due_at").first()
    return due.item if due else None


def question_of(item: Item) -> engine.Question | None:
    """The question behind an item, as its lesson has it now."""
    return next((own for own in item.lesson.parsed.questions if own.text == item.text), None)


def progress(course: Course) -> list[tuple[Lesson, int]]:
    """How many people have done each lesson; numbers only."""
    counts = dict(Done.objects.filter(lesson__in=course.lessons.all()).values_list("lesson").annotate(Count("pk")))
    return [(place.lesson, counts.get(place.lesson_id, 0)) for place in course.places.select_related("lesson")]


def has_lapsed(person: Person, done: Done) -> bool:
    """Whether a course of this person wants the lesson done again."""
    courses = Course.objects.filter(places__lesson=done.lesson_id, again_months__gt=0).prefetch_related("teams")
    return any(is_for(course, person) and done.at < lapses_before(course) for course in courses)


def completion_rows(course: Course) -> Iterator[list[Any]]:
    """The table of completions for spreadsheets: who, when, which version, how many right of how many."""
    yield ["employee id", "e-mail", "name", "lesson", "version", "at", "right", "questions", "attempts"]
    rows = (
        completions(course.pk)
        .filter(person__is_active=True)
        .select_related("person", "lesson")
        .order_by("person__name", "lesson__title")
    )
    for row in rows.iterator(2000):
        person = row.person
        yield [
            person.employee_id or "",
            person.email,
            person.name,
            row.lesson.title,
            row.version,
            row.at.isoformat(timespec="seconds"),
            row.right,
            row.questions,
            row.attempts,
        ]


def completions(course: int) -> QuerySet[Done]:
    """Who has done which lesson of a course."""
    return Done.objects.filter(lesson__in=Place.objects.filter(course=course).values("lesson"))


def pack(course: Course) -> packs.Course:
    """A course as it goes into a package."""
    rows = []
    for place in course.places.select_related("lesson"):
        parsed = place.lesson.parsed
        questions = tuple(
            _packed(f"l{place.lesson_id}-q{number}", own) for number, own in enumerate(parsed.questions, start=1)
        )
        rows.append(packs.Lesson(parsed.title, str(markdown.render(parsed.body)), questions))
    return packs.Course(f"askfirst-course-{course.pk}", course.title, "en", tuple(rows), words=WORDS)


@dataclass(frozen=True)
class Villain:
    """A villain as one person knows it: how often won and lost, and whether a play is open."""

    drill: Drill
    won: int
    lost: int
    is_open: bool


def gallery(person: Person) -> list[tuple[str, list[Villain]]]:
    """All villains by grade, the easily vanquished first."""
    own: dict[int, list[bool | None]] = {}
    for drill, is_won in Play.objects.filter(person=person).values_list("drill", "is_won"):
        own.setdefault(drill, []).append(is_won)
    rows: dict[str, list[Villain]] = {grade: [] for grade in drills.GRADES}
    for drill in Drill.objects.all():
        known = own.get(drill.pk, [])
        rows[drill.grade].append(Villain(drill, known.count(True), known.count(False), None in known))
    return [(grade, villains) for grade, villains in rows.items() if villains]


def plays(person: Person, drill: Drill) -> list[Play]:
    return list(Play.objects.filter(person=person, drill=drill).exclude(ended_at=None)[:5])


@dataclass(frozen=True)
class Skill:
    """How well somebody tells fine from foul, in words for themselves; only after enough decisions."""

    decided: int
    discrimination: recall.Discrimination


LEAST_DECIDED = 8


def skill(person: Person) -> Skill | None:
    """Over one's own choices in scenes to be judged; each scene counts the first time only."""
    first: dict[tuple[int, str], drills.Decided] = {}
    rows = Choice.objects.filter(play__person=person).exclude(verdict="").order_by("id")
    for drill, scene, verdict, is_right in rows.values_list("play__drill", "scene", "verdict", "is_right"):
        first.setdefault((drill, scene), drills.Decided(verdict, is_right))
    if len(first) < LEAST_DECIDED:
        return None
    return Skill(len(first), drills.skill(list(first.values())))


def skill_of_all(least_people: int = 5) -> Skill | None:
    """Discrimination over everybody's first decisions; None for fewer people than may be shown."""
    first: dict[tuple[int, int, str], drills.Decided] = {}
    rows = (
        Choice.objects.exclude(verdict="")
        .order_by("id")
        .values_list("play__person", "play__drill", "scene", "verdict", "is_right")
    )
    for person, drill, scene, verdict, is_right in rows.iterator():
        first.setdefault((person, drill, scene), drills.Decided(verdict, is_right))
    if len({person for person, _drill, _scene in first}) < least_people:
        return None
    return Skill(len(first), drills.skill(list(first.values())))


def people_who_learnt() -> int:
    """How many people who work here have done at least one lesson."""
    return Done.objects.filter(person__is_active=True).values("person").distinct().count()


def drill_for(person: Person) -> Drill | None:
    """The villain that fits now: of the grade that the last choices ask for, one not yet won, else the one met longest ago."""
    recent = list(
        Choice.objects.filter(play__person=person).order_by("-id").values_list("is_right", flat=True)[: drills.RECENT]
    )
    last = Play.objects.filter(person=person).first()
    grade = drills.next_grade(recent[::-1], last.grade if last else drills.GRADES[0])
    met = {play.drill_id: play for play in Play.objects.filter(person=person).order_by("began_at")}
    rows = list(Drill.objects.all())

    def order(drill: Drill) -> tuple[object, ...]:
        play = met.get(drill.pk)
        distance = abs(drills.GRADES.index(drill.grade) - drills.GRADES.index(grade))
        return bool(play and play.is_won), distance, play.began_at.timestamp() if play else 0, drill.starter, drill.pk

    return min(rows, key=order) if rows else None


def scene(play: Play) -> dict[str, Any]:
    """What the page of a play shows: the scene, its choices in an order of one's own, and what the last choice did."""
    parsed = drills.parse(play.source)[0]
    now = parsed.scenes[play.scene]
    made = list(play.choices.all())
    last = None
    if made:
        chosen = parsed.scenes[made[-1].scene].choices[made[-1].number]
        last = {"choice": chosen, "verdict": made[-1].verdict}
    order = sorted(range(len(now.choices)), key=lambda at: engine.shuffled(f"{play.pk}{play.scene}{at}"))
    right = sum(own.is_right for own in made)
    return {"scene": now, "parsed": parsed, "options": [(at, now.choices[at]) for at in order], "last": last,
            "step": len(made) + 1, "made": len(made), "right": right}  # fmt: skip


COLUMN, ROW = 150, 84


def drill_map(parsed: drills.Drill) -> dict[str, Any]:
    """The map of branches as places for the template to draw."""
    nodes = drills.layout(parsed)
    at = {node.scene.id: (node.column * COLUMN + 12, node.row * ROW + 10) for node in nodes}
    lines = [
        (at[node.scene.id][0] + 60, at[node.scene.id][1] + 44, at[target][0] + 60, at[target][1], is_right)
        for node in nodes
        for target, is_right in node.leads_to
        if target in at
    ]
    width = COLUMN * (1 + max((node.column for node in nodes), default=0))
    height = ROW * (1 + max((node.row for node in nodes), default=0))
    return {
        "nodes": [(node.scene, *at[node.scene.id]) for node in nodes],
        "lines": lines,
        "width": width,
        "height": height,
    }


def drill_template() -> str:
    """Where a new drill begins."""
    return (
        "# The …\nvillain: gremlin\ntechnique: …\ngrade: easy\nabout: …\nsign: …\n\n"
        "[start] message foul\nSomebody: …\n? What do you do?\n+ … -> second | because …\n- … -> lost | because …\n\n"
        "[second] post fine\nSomebody: …\n? And this one?\n+ Nothing wrong with it -> won | because …\n- … -> won | because …\n\n"
        "[won] end won\n…\n\n[lost] end lost\n…\n"
    )


def _packed(id: str, own: engine.Question) -> packs.Question:
    def options(rows: Any) -> tuple[packs.Option, ...]:
        return tuple(packs.Option(o.text, o.is_right, o.feedback) for o in rows)

    return packs.Question(
        id, own.text, options(own.options[at] for at in engine.order(own, "package")), own.kind, own.steps,
        tuple(sorted(range(len(own.steps)), key=lambda at: engine.shuffled(own.steps[at]))), own.accepted, own.bins,
        options(own.items), own.feedback,
    )  # fmt: skip


def my_data(person: Person) -> list[dict[str, Any]]:
    """What this part knows about a person, for the export they may ask for."""
    rows = Done.objects.filter(person=person).select_related("lesson")
    return [
        {"lesson": row.lesson.title, "at": row.at.isoformat(), "right": row.right, "questions": row.questions}
        for row in rows
    ]

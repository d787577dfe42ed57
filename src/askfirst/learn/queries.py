"""Named reads over learning."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from askfirst.base import markdown
from askfirst.engines import lessons as engine
from askfirst.engines import packs
from askfirst.learn.models import Answered, Course, Done, Item, Lesson, Recall
from askfirst.people.models import Person

REFRESHERS_A_WEEK = 2
WORDS = (
    ("check", "Check"), ("next", "Next"), ("right", "Right."), ("wrong", "Not quite."), ("done", "Done."), ("again", "Look at it once more."),
    ("restart", "Begin again"), ("unrecorded", "Not recorded: no learning system was found around this page. You can read everything all the same."),
)  # fmt: skip


def lessons() -> QuerySet[Lesson]:
    return Lesson.objects.all()


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
    done = set(Done.objects.filter(person=person).values_list("lesson", flat=True))
    found = []
    for course in Course.objects.filter(starts_on__lte=timezone.localdate()).prefetch_related("places__lesson"):
        begins = max(course.starts_on, person.joined_on or course.starts_on)
        steps = [(place.lesson, place.lesson_id in done) for place in course.places.all()]
        found.append(Way(course, steps, begins + timedelta(days=course.days)))
    return found


def waiting_for(person: Person) -> list[Way]:
    """Courses with a lesson left."""
    return [way for way in ways(person) if way.next]


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


def pack(course: Course) -> packs.Course:
    """A course as it goes into a package."""
    rows = []
    for place in course.places.select_related("lesson"):
        parsed = place.lesson.parsed
        questions = tuple(
            packs.Question(
                f"l{place.lesson_id}-q{number}",
                own.text,
                tuple(
                    packs.Option(o.text, o.is_right, o.feedback)
                    for o in (own.options[at] for at in engine.order(own, "package"))
                ),
            )
            for number, own in enumerate(parsed.questions, start=1)
        )
        rows.append(packs.Lesson(parsed.title, str(markdown.render(parsed.body)), questions))
    return packs.Course(f"askfirst-course-{course.pk}", course.title, "en", tuple(rows), words=WORDS)


def my_data(person: Person) -> list[dict[str, Any]]:
    """What this part knows about a person, for the export they may ask for."""
    rows = Done.objects.filter(person=person).select_related("lesson")
    return [
        {"lesson": row.lesson.title, "at": row.at.isoformat(), "right": row.right, "questions": row.questions}
        for row in rows
    ]

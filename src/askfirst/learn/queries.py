"""Named reads over learning."""

import base64
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from askfirst.base import markdown
from askfirst.base import queries as base
from askfirst.base.lately import lately
from askfirst.base.web import absolute
from askfirst.engines import lessons as engine
from askfirst.engines import packs
from askfirst.learn import studies, translations
from askfirst.learn.models import Course, Done, Item, Lesson, Place
from askfirst.library import media
from askfirst.library import queries as library
from askfirst.library.models import Material
from askfirst.people.models import Person
from askfirst.policy import queries as policy

PLAYED = ("video/", "audio/")
WORDS = (
    ("check", _("Check")), ("next", _("Next")), ("right", _("Right.")), ("wrong", _("Not quite.")), ("done", _("Done.")),
    ("again", _("Look at it once more.")), ("restart", _("Begin again")),
    ("reopen", _("Open this course again to try once more.")), ("leave", _("Leave")),
    ("unrecorded", _("Not recorded: no learning system was found around this page. You can read everything all the same.")),
)  # fmt: skip


def lessons() -> QuerySet[Lesson]:
    return Lesson.objects.all()


def lesson_on(topics: Sequence[str]) -> Lesson | None:
    """A lesson about one of these topics."""
    return Lesson.objects.filter(topic__in=topics).order_by("pk").first()


def lessons_of_answers(answers: Collection[int]) -> dict[int, list[Lesson]]:
    """Lessons that were made of answers of the library, by the number of the answer."""
    found: dict[int, list[Lesson]] = {}
    for lesson in Lesson.objects.filter(answer__in=answers):
        found.setdefault(lesson.answer_id or 0, []).append(lesson)
    return found


def told_of(*happenings: str) -> list[str]:
    """Names of other systems that are told when one of these happens to a person here."""
    return sorted({hook.name for event in happenings for hook in base.hooks_that_hear(event)})


def courses() -> QuerySet[Course]:
    return Course.objects.prefetch_related("teams")


def lessons_in_no_course() -> QuerySet[Lesson]:
    return Lesson.objects.exclude(pk__in=Place.objects.values("lesson"))


def begun_courses() -> QuerySet[Course]:
    """Courses that run now."""
    return Course.objects.filter(starts_on__lte=timezone.localdate(), is_ended=False)


@dataclass(frozen=True)
class Step:
    """A lesson of a course: its title in the reader's language where it has one, and whether it is done."""

    lesson: Lesson
    title: str
    is_done: bool


@dataclass(frozen=True)
class Way:
    """A course as one person walks it; `next`: the first lesson that is not done."""

    course: Course
    steps: list[Step]
    due_on: date

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def next(self) -> Step | None:
        return next((step for step in self.steps if not step.is_done), None)

    def holds(self, lesson: Lesson) -> bool:
        return any(step.lesson == lesson for step in self.steps)


def ways(person: Person) -> list[Way]:
    """All courses that run now, as this person walks them."""
    titles = translations.titles_in(translation.get_language() or "")
    done = dict(Done.objects.filter(person=person).values_list("lesson", "at"))
    found = []
    begun = begun_courses().exclude(pk__in=set(studies.opening_days(person)))
    for course in begun.prefetch_related("places__lesson", "teams"):
        if not course.is_for(person):
            continue
        begins = max(course.starts_on, person.joined_on or course.starts_on)
        since = lapses_before(course)
        steps = [
            Step(
                place.lesson,
                titles.get(place.lesson_id, place.lesson.title),
                place.lesson_id in done and done[place.lesson_id] >= since,
            )
            for place in course.places.all()
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


@dataclass(frozen=True)
class Finish:
    """A course that somebody has done whole: when the last lesson, and how many questions rightly of how many."""

    at: datetime
    right: int
    questions: int


def finish(course: Course, person: Person) -> Finish | None:
    """What came of a course for one whom it is, or was, for; None while a lesson is left, or has lapsed."""
    lessons = [place.lesson_id for place in course.places.all()]
    rows = list(Done.objects.filter(person=person, lesson__in=lessons, at__gte=lapses_before(course)))
    if not lessons or len({row.lesson_id for row in rows}) < len(lessons) or not course.is_for(person):
        return None
    return Finish(max(row.at for row in rows), sum(row.right for row in rows), sum(row.questions for row in rows))


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
    options: list[tuple[int, engine.Option, bool, Material | None]]
    steps: list[tuple[int, str, str]]
    items: list[tuple[int, engine.Option, str]]
    given: tuple[str, ...]
    is_right: bool

    @property
    def places(self) -> range:
        return range(1, len(self.question.steps) + 1)


def asked(question: engine.Question, name: str, seed: str, given: Sequence[str]) -> Asked:
    """Lay a question out for a page."""
    pictures = library.materials().in_bulk([own.material for own in question.options if own.material])
    mixed = sorted(range(len(question.steps)), key=lambda at: engine.shuffled(f"{seed}{question.steps[at]}"))
    return Asked(
        name,
        question,
        [
            (at, question.options[at], str(at) in given, pictures.get(question.options[at].material))
            for at in engine.order(question, seed)
        ],
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


def question_of(item: Item, language: str = "") -> engine.Question | None:
    """The question behind an item of a lesson, as the lesson has it now, in this language where there is one."""
    if item.lesson is None:
        return None
    original = item.lesson.parsed
    number = next((at for at, own in enumerate(original.questions) if own.text[:400] == item.text), None)
    return None if number is None else translations.parsed_in(item.lesson, language).questions[number]


def showable_materials() -> list[Material]:
    """What a lesson can show: materials of which there is a file or a text here."""
    return [material for material in library.materials() if not material.is_link_only]


def showable_clauses() -> list[tuple[int, Any]]:
    """Clauses of the policies in force, each with its policy's number."""
    return [(version.policy_id, clause) for version in policy.current_versions() for clause in version.clauses]


@dataclass(frozen=True)
class Shown:
    """A block of a lesson as a page shows it: its Markdown, the material, or the clause with its title."""

    block: engine.Block
    material: Material | None = None
    clause: str = ""


def shown(parsed: engine.Lesson) -> list[Shown]:
    """The lesson's body, block by block; what has gone from the library or the policy is left out."""
    materials = library.materials().in_bulk(parsed.materials)
    rows = []
    for block in parsed.blocks:
        if block.kind == "text":
            rows.append(Shown(block))
        elif block.kind == "material" and block.number in materials:
            rows.append(Shown(block, material=materials[block.number]))
        elif block.kind == "clause" and (title := policy.clause_title(block.number, block.text)):
            rows.append(Shown(block, clause=title))
    return rows


def lessons_on_policy(pk: int) -> list[tuple[Lesson, str]]:
    """Lessons that lead to clauses of a policy, each with the clause's key."""
    # JSON lists cannot be searched alike on both databases; lessons are few.
    rows = Lesson.objects.exclude(clauses=[])
    found = [(lesson, own.partition("-")) for lesson in rows for own in lesson.clauses]
    return [(lesson, key) for lesson, (number, _dash, key) in found if number == str(pk)]


def has_lapsed(person: Person, done: Done) -> bool:
    """Whether a course of this person wants the lesson done again."""
    courses = begun_courses().filter(places__lesson=done.lesson_id, again_months__gt=0).prefetch_related("teams")
    return any(course.is_for(person) and done.at < lapses_before(course) for course in courses)


def pack(course: Course, language: str = "") -> packs.Course:
    """A course as it goes into a package: in this language where its lessons have it, with its pictures, videos and sounds.

    What its licence lets us only link is named with its address.
    """
    title, _note = course.in_language(language or "en")
    lessons = [place.lesson for place in course.places.select_related("lesson")]
    return _packed_course(f"askfirst-course-{course.pk}", title, lessons, language or "en", language)


def pack_lesson(lesson: Lesson, language: str = "") -> packs.Course:
    """One lesson as a package of its own, as pack."""
    title = translations.parsed_in(lesson, language).title
    return _packed_course(f"askfirst-lesson-{lesson.pk}", title, [lesson], language or lesson.language, language)


def _packed_course(key: str, title: str, lessons: list[Lesson], words_in: str, language: str) -> packs.Course:
    """Lessons in `language` (empty: their own), the player's words in `words_in`."""
    rows, materials = [], []
    for lesson in lessons:
        parsed = translations.parsed_in(lesson, language)
        blocks = shown(parsed)
        materials += [own.material for own in blocks if own.material]
        questions = tuple(
            _packed(f"l{lesson.pk}-q{number}", own) for number, own in enumerate(parsed.questions, start=1)
        )
        rows.append(packs.Lesson(parsed.title, "".join(_packed_block(own) for own in blocks), questions))
    with translation.override(words_in):
        words = tuple((name, str(word)) for name, word in WORDS)
    return packs.Course(key, title, words_in, tuple(rows), words=words, files=_played(materials))


def _played(materials: Iterable[Material]) -> tuple[tuple[str, Path], ...]:
    """Files of what is played and not drawn: name, and where it lies."""
    names = [name for own in materials if own.media_type[:6] in PLAYED for name in (own.file, own.captions) if name]
    return tuple((name, media.folder() / name) for name in sorted(set(names)) if (media.folder() / name).is_file())


def _packed_block(own: Shown) -> str:
    if own.clause:
        address = absolute(f"{reverse('policy:read', args=[own.block.number])}#{own.block.text}")
        return format_html('<p><a href="{}" target="_blank" rel="noopener">{}</a></p>', address, own.clause)
    if own.material is None:
        return str(markdown.render(own.block.text))
    address = absolute(reverse("library:material", args=[own.material.pk]))
    name = format_html('<a href="{}" target="_blank" rel="noopener">{}</a>', address, own.material.title)
    return format_html(
        "<figure>{}<figcaption>{}<br>{}</figcaption></figure>", _packed_material(own.material), name, own.material.line
    )


def _packed_material(material: Material) -> str:
    """What of a material can be seen or heard in a package; empty where it is only linked."""
    if material.file and material.media_type.startswith("video/"):
        track = format_html(
            '<track kind="captions" src="media/{}" srclang="{}" default>', material.captions, material.language
        ) if material.captions else ""  # fmt: skip
        return format_html('<video controls preload="metadata" src="media/{}">{}</video>', material.file, track)
    if material.file and material.media_type.startswith("audio/"):
        return format_html('<audio controls preload="metadata" src="media/{}"></audio>', material.file)
    picture = _data_address(material)
    return format_html('<img src="{}" alt="{}">', picture, material.note or material.title) if picture else ""


def _data_address(material: Material) -> str:
    """The picture of a material within the address itself; empty when it has none that may go along."""
    file = material.file if material.media_type.startswith("image/") else next(iter(material.pages), "")
    path = media.folder() / file
    if not file or not path.is_file():
        return ""
    kind = material.media_type if material.media_type.startswith("image/") else "image/webp"
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


def people_who_learnt() -> int:
    """How many people who work here have done at least one lesson."""
    rows = Done.objects.filter(person__is_active=True).values("person").distinct()
    return lately("learn.learnt", rows.count, int)


def _packed(id: str, own: engine.Question) -> packs.Question:
    pictures = library.materials().in_bulk([option.material for option in own.options if option.material])

    def options(rows: Any) -> tuple[packs.Option, ...]:
        return tuple(
            packs.Option(
                o.text, o.is_right, o.feedback, _data_address(pictures[o.material]) if o.material in pictures else ""
            )
            for o in rows
        )

    return packs.Question(
        id, own.text, options(own.options[at] for at in engine.order(own, "package")), own.kind, own.steps,
        tuple(sorted(range(len(own.steps)), key=lambda at: engine.shuffled(own.steps[at]))), own.accepted, own.bins,
        options(own.items), own.feedback,
    )  # fmt: skip

"""Named writes over learning."""

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from askfirst.base import log, outbox
from askfirst.engines import lessons as engine
from askfirst.engines import recall
from askfirst.engines.problems import Problem
from askfirst.learn import queries, translations
from askfirst.learn.errors import LearnError, OtherQuestions, on_line, refuse_wrong
from askfirst.learn.models import Answered, Check, Course, Done, Item, Lesson, LessonText, Place, Play, Recall, Wish
from askfirst.learn.refreshers import Refresher, parts_of
from askfirst.library import queries as library
from askfirst.library.models import Answer
from askfirst.people import mails
from askfirst.people.models import MailKind, Person
from askfirst.policy import queries as policy

STARTER = Path(__file__).with_name("starter")


def keep_lesson(
    lesson: Lesson | None = None, /, *, by: Any, source: str, answer: Answer | None = None, starter: str = ""
) -> Lesson:
    """Write a lesson, or a new version of one.

    Raises:
        LearnError: the text cannot be used, or shows what there is not; the message names the line.
    """
    parsed = usable_lesson(source)
    with transaction.atomic():
        lesson = lesson or Lesson(written_by=by, answer=answer, starter=starter, version=0)
        lesson.title, lesson.source, lesson.version = parsed.title, source, lesson.version + 1
        lesson.topic, lesson.language = parsed.fields.get("topic", ""), parsed.fields.get("language", "en")
        lesson.clauses = [f"{own.number}-{own.text}" for own in parsed.blocks if own.kind == "clause"]
        lesson.save()
        lesson.materials.set(parsed.materials)
        _keep_text(lesson, lesson.language, source, parsed.title, by)
        _match_items(lesson, parsed.questions)
        log.record("learn.lesson_kept", actor=by, subject=str(lesson.pk), version=lesson.version)
    return lesson


def usable_lesson(source: str) -> engine.Lesson:
    """A lesson's text as it is read.

    Raises:
        LearnError: the text cannot be used, or shows what there is not; the message names the lines.
    """
    parsed, problems = engine.parse(source)
    refuse_wrong([*problems, *_missing(parsed, source)])
    return parsed


def lesson_hints(source: str) -> list[str]:
    """What could be better about a lesson's text, in words; it can be used all the same."""
    return [on_line(problem) for problem in engine.parse(source)[1] if not problem.is_error]


def drop_lesson(lesson: Lesson, *, by: Any) -> None:
    """Delete a lesson that nobody has done and no course holds.

    Raises:
        LearnError: a course holds it, or it is on somebody's record.
    """
    if Place.objects.filter(lesson=lesson).exists():
        raise LearnError(_("A course holds this lesson. Take it out there first."))
    if Done.objects.filter(lesson=lesson).exists():
        raise LearnError(_("Somebody has done this lesson, so it stays on record. In no course nobody else meets it."))
    with transaction.atomic():
        log.record("learn.lesson_dropped", actor=by, subject=lesson.title)
        lesson.delete()


def say_lesson_in(lesson: Lesson, language: str, *, by: Any, source: str) -> LessonText:
    """Keep the lesson in another language: the same questions in the same order, so that answers count alike.

    Raises:
        LearnError: the text cannot be used, or its questions differ; the message says where.
    """
    parsed = usable_lesson(source)
    refuse_wrong(engine.same_shape(lesson.parsed, parsed))
    if language == lesson.language:
        raise LearnError(_("The lesson is in this language already."))
    with transaction.atomic():
        text = _keep_text(lesson, language, source, parsed.title, by)
        log.record("learn.lesson_kept", actor=by, subject=str(lesson.pk), version=lesson.version, language=language)
    return text


def _keep_text(lesson: Lesson, language: str, source: str, title: str, by: Any) -> LessonText:
    return LessonText.objects.create(
        lesson=lesson, language=language, version=lesson.version, title=title, source=source, written_by=by
    )


def _missing(parsed: engine.Lesson, source: str) -> list[Problem]:
    """Materials and clauses that the text shows and that there are not."""
    there = library.materials().in_bulk(parsed.materials)
    found = []
    for number, line in enumerate(source.split("\n"), start=1):
        for material in re.findall(r"@material (\d{1,9})", line):
            if int(material) not in there:
                found.append(Problem(number, _("The library has no material %(number)s."), {"number": material}))
        clause = re.match(r"@clause (\d{1,9}) ([\w-]+)", line)
        if clause and not policy.clause_title(int(clause[1]), clause[2]):
            found.append(
                Problem(
                    number,
                    _("Policy %(number)s has no published clause “%(key)s”."),
                    {"number": clause[1], "key": clause[2]},
                )
            )
    return found


def _match_items(lesson: Lesson, questions: Sequence[engine.Question]) -> None:
    for position, question in enumerate(questions):
        Item.objects.update_or_create(
            lesson=lesson, text=question.text[:400], defaults={"position": position, "is_asked": True}
        )
    lesson.items.exclude(text__in=[question.text[:400] for question in questions]).update(is_asked=False)


def keep_course(course: Course | None = None, /, *, by: Any, lessons: Iterable[Lesson], **fields: Any) -> Course:
    """Make a course, or change one; `lessons` in their order."""
    with transaction.atomic():
        course = course or Course()
        teams = fields.pop("teams", None)
        for name, value in fields.items():
            setattr(course, name, value)
        course.save()
        if teams is not None:
            course.teams.set(teams)
        course.places.all().delete()
        Place.objects.bulk_create(Place(course=course, lesson=lesson, position=at) for at, lesson in enumerate(lessons))
        log.record("learn.course_kept", actor=by, subject=str(course.pk))
    return course


def end_course(course: Course, *, by: Any, is_ended: bool) -> None:
    """Ask a course of nobody any more, or again; completions and badges stay."""
    with transaction.atomic():
        course.is_ended = is_ended
        course.save(update_fields=["is_ended"])
        log.record("learn.course_ended" if is_ended else "learn.course_resumed", actor=by, subject=str(course.pk))


def finish_lesson(
    lesson: Lesson,
    *,
    person: Person,
    chosen: Mapping[int, Sequence[str | int]],
    unsure: Collection[int] = (),
    language: str = "",
    paper: str = "",
) -> tuple[int, int]:
    """Record the answers to a lesson's questions; the first time counts. Returns how many were right, of how many.

    Args:
        chosen: answers as engines.lessons.is_right reads them, by the question's number in the lesson.
        unsure: numbers of the questions of which the person said that they were not sure.
        language: in which the questions were shown.
        paper: which questions were shown, as `paper_of` names them; empty where nobody can have been shown others.

    Raises:
        OtherQuestions: the lesson was changed meanwhile, or a try elsewhere has drawn other questions.
        LearnError: a question was left out.
    """
    originals = lesson.parsed.questions
    questions = translations.parsed_in(lesson, language).questions
    asked = drawn(lesson, person)
    if paper not in ("", paper_of(lesson, asked)):
        raise OtherQuestions(
            _("The lesson was changed, or answered in another tab or on another device meanwhile. Nothing was counted.")
        )
    if any(not engine.is_complete(questions[number], chosen.get(number, ())) for number in asked):
        raise LearnError(_("Answer every question first; there is no pass mark."))
    items = {item.text: item for item in lesson.items.all()}
    right = 0
    with transaction.atomic():
        before = queries.done_of(person, lesson)
        has_lapsed = before is not None and queries.has_lapsed(person, before)
        is_first = before is None or has_lapsed
        for number in asked:
            question = questions[number]
            is_right = engine.is_right(question, chosen[number])
            right += is_right
            item = items.get(originals[number].text[:400])
            if is_first and item:
                _schedule(
                    item,
                    person,
                    is_right=is_right,
                    is_sure=number not in unsure,
                    seconds=20,
                    is_refresher=False,
                )
        if has_lapsed:
            Done.objects.filter(person=person, lesson=lesson).delete()
        _note_done(lesson, person, right=right, questions=len(asked))
    return right, len(asked)


def _note_done(lesson: Lesson, person: Person, *, right: int, questions: int) -> None:
    """The first try counts; where the lesson allows more, the best of them, whatever tab or device they come from."""
    values = {"version": lesson.version, "right": right, "questions": questions}
    _row, is_new = Done.objects.get_or_create(person=person, lesson=lesson, defaults=values)
    if is_new:
        _announce_done(lesson, person, right=right, questions=questions)
        return
    tried = Done.objects.filter(person=person, lesson=lesson, attempts__lt=lesson.parsed.attempts)
    if tried.update(attempts=F("attempts") + 1):
        Done.objects.filter(person=person, lesson=lesson, right__lt=right).update(
            right=right, questions=questions, at=timezone.now()
        )


def _announce_done(lesson: Lesson, person: Person, *, right: int, questions: int) -> None:
    outbox.announce(
        "learn.lesson_done", subject=str(lesson.pk), person=person.pk, title=lesson.title, right=right,
        questions=questions,
    )  # fmt: skip
    for way in queries.ways(person):
        if way.next is None and way.holds(lesson):
            course = way.course
            outbox.announce("learn.course_done", subject=str(course.pk), person=person.pk, title=course.title)


def drawn(lesson: Lesson, person: Person) -> tuple[int, ...]:
    """Numbers of the questions that this person is asked now; others at the next try where a lesson draws from a bank."""
    done = queries.done_of(person, lesson)
    return lesson.parsed.drawn(f"{person.pk}.{done.attempts if done else 0}")


def paper_of(lesson: Lesson, asked: Sequence[int]) -> str:
    """A name for the questions that a page asks: another one after a change of the lesson, or where a try elsewhere has drawn anew."""
    return f"{lesson.version}.{'-'.join(map(str, asked))}"


def answer_refresher(
    due: Refresher, *, person: Person, chosen: Sequence[str | int], is_sure: bool, seconds: float
) -> bool:
    """Record the answer to a refresher and when to ask again. Returns whether it was right.

    Raises:
        LearnError: nothing was chosen.
    """
    if not engine.is_complete(due.question, chosen):
        raise LearnError(_("Choose an answer first."))
    is_right = engine.is_right(due.question, chosen)
    with transaction.atomic():
        item = _item_of(due)
        _schedule(item, person, is_right=is_right, is_sure=is_sure, seconds=seconds, is_refresher=True)
        outbox.announce(
            "learn.refreshed", subject=str(item.pk), person=person.pk, title=item.text, is_right=is_right,
            seconds=round(seconds, 1),
        )  # fmt: skip
    return is_right


def _item_of(due: Refresher) -> Item:
    kind, number, scene = parts_of(due.ref)
    if kind == "item":
        return Item.objects.get(pk=number)
    text = {"text": due.question.text[:400]}
    if kind == "clause":
        return Item.objects.get_or_create(comprehension_id=number, defaults=text)[0]
    return Item.objects.get_or_create(drill_id=number, scene=scene, defaults=text)[0]


def wish_mails(person: Person, *, is_wanted: bool) -> None:
    """Whether the person wants a mail when a question is due."""
    if is_wanted:
        Wish.objects.get_or_create(person=person)
        mails.start(person, MailKind.REFRESHERS)
    else:
        Wish.objects.filter(person=person).delete()


def _schedule(item: Item, person: Person, *, is_right: bool, is_sure: bool, seconds: float, is_refresher: bool) -> None:
    now = timezone.now()
    Answered.objects.create(
        person=person, item=item, at=now, is_right=is_right, is_sure=is_sure, is_refresher=is_refresher
    )
    known = Recall.objects.select_for_update().filter(person=person, item=item).first()
    card, due = recall.after_answer(
        known.card if known else None, is_right=is_right, is_sure=is_sure, seconds=seconds, now=now
    )
    Recall.objects.update_or_create(
        person=person, item=item, defaults={"card": card, "due_at": due, "answered_at": now}
    )


def lesson_from_answer(answer: Answer) -> str:
    """The first draft of a lesson from an answer of the library, for an editor to finish."""
    question, first = _in_a_line(answer.question), _in_a_line(answer.answer).split(". ")[0][:160].rstrip(".")
    wrong, why = _("a wrong but tempting answer"), _("why it is not right")
    head = f"# {question}\nlanguage: {answer.language}\n\n{answer.answer}\n\n"
    return f"{head}? {question}\n+ {first} | {_('Right.')}\n- [{wrong}] | [{why}]\n"


def _in_a_line(text: str) -> str:
    return " ".join(text.split())


def erase_person(person: Person) -> None:
    """Take out what somebody has learnt and decided, and when. Badges stay: they name nobody, and were earned."""
    for model in (Done, Recall, Answered, Wish, Play, Check):
        model.objects.filter(person=person).delete()


def load_starter() -> int:
    """Put the course that comes with Askfirst into an empty installation. Returns the number of lessons.

    Called again later, it adds only the languages that have come since.
    """
    made = [] if Lesson.objects.exists() else _starter_course()
    for lesson in Lesson.objects.exclude(starter="").filter(version=1):
        _say_starter_in_its_languages(lesson)
    return len(made)


def _starter_course() -> list[Lesson]:
    facts = json.loads((STARTER / "course.json").read_text(encoding="utf-8"))
    made = [
        keep_lesson(by=None, source=_starter_source(STARTER / f"{name}.md"), starter=name) for name in facts["lessons"]
    ]
    keep_course(by=None, lessons=made, **{name: facts[name] for name in ("title", "note", "days", "said")})
    return made


def _say_starter_in_its_languages(lesson: Lesson) -> None:
    """A lesson nobody has changed gets its other languages, such as 01-how-posts-travel.de.md, beside its own."""
    there = set(lesson.texts.values_list("language", flat=True))
    for language, path in translations.starter_files(STARTER, lesson.starter, ".md", there):
        say_lesson_in(lesson, language, by=None, source=_starter_source(path))


def _starter_source(path: Path) -> str:
    """A text that comes with Askfirst. Lines such as {material 12-how-a-post-travels} show that material of the starter shelf, where it is on the shelf."""
    numbers = library.starter_numbers()

    def line(found: re.Match[str]) -> str:
        return f"@material {numbers[found[1]]}\n" if found[1] in numbers else ""

    return re.sub(r"^\{material ([\w.-]+)\}\n", line, path.read_text(encoding="utf-8"), flags=re.MULTILINE)

"""Named reads over what comes back: questions of lessons and policies, and what went wrong in drills."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from askfirst.base.web import whole
from askfirst.engines import drills
from askfirst.engines import lessons as engine
from askfirst.learn import queries, translations
from askfirst.learn.models import Answered, Choice, Drill, Item, Recall, Wish
from askfirst.people import mails
from askfirst.people.models import MailKind, Person
from askfirst.policy import knowing
from askfirst.policy.models import Question as Comprehension


@dataclass(frozen=True)
class Refresher:
    """A question that is due. `ref` names it in forms: item.12, clause.5 or scene.3.start; `title` says where it comes from."""

    ref: str
    title: str
    question: engine.Question
    due_at: datetime


# A question of a policy comes back a week after it was known; what went wrong in a drill after three days.
CLAUSE_AFTER, SCENE_AFTER, SCENE_UNTIL = timedelta(days=7), timedelta(days=3), timedelta(days=60)


def refresher_for(person: Person) -> Refresher | None:
    """What to ask this person now: what is due longest. At most a few a week (ASKFIRST_REFRESHERS_A_WEEK); what was missed never piles up."""
    now, most = timezone.now(), settings.OPTIONS.refreshers_a_week
    if Answered.objects.filter(person=person, is_refresher=True, at__gte=now - timedelta(days=7)).count() >= most:
        return None
    known = Recall.objects.filter(person=person, item__is_asked=True, due_at__lte=now).order_by("due_at")
    due = [(row.due_at, f"item.{row.item_id}") for row in known[:5]]
    due += _clauses_due(person, now) + _scenes_due(person, now)
    found = (refresher(ref, person, at) for at, ref in sorted(due))
    return next((own for own in found if own), None)


def people_with_due(people: Sequence[Person]) -> set[int]:
    """Primary keys of those among `people` for whom `refresher_for` has something now; a few queries, however many they are."""
    now, most = timezone.now(), settings.OPTIONS.refreshers_a_week
    if not most:
        return set()
    keys = [person.pk for person in people]
    asked = Answered.objects.filter(person__in=keys, is_refresher=True, at__gte=now - timedelta(days=7)).values(
        "person"
    )
    full = set(asked.annotate(number=Count("pk")).filter(number__gte=most).values_list("person", flat=True))
    due = Recall.objects.filter(person__in=keys, item__is_asked=True, item__lesson__isnull=False, due_at__lte=now)
    found = set(due.values_list("person", flat=True).distinct())
    # What comes from policies and drills is rarer, and looked at one by one where there can be any.
    maybe = set(knowing.known_before(keys, now - CLAUSE_AFTER))
    maybe |= set(
        Recall.objects.filter(person__in=keys, due_at__lte=now, item__lesson=None).values_list("person", flat=True)
    )
    maybe |= set(
        Choice.objects.filter(
            play__person__in=keys, is_right=False, at__lte=now - SCENE_AFTER, at__gte=now - SCENE_UNTIL
        ).values_list("play__person", flat=True)
    )
    rest = maybe - found - full
    return (found - full) | {person.pk for person in people if person.pk in rest and refresher_for(person)}


def _clauses_due(person: Person, now: datetime) -> list[tuple[datetime, str]]:
    """Questions of the policies that this person knows, which they have not met as refreshers yet."""
    met = Recall.objects.filter(person=person, item__comprehension__isnull=False).values("item__comprehension")
    rows = Comprehension.objects.exclude(pk__in=met)
    known = knowing.known_since(person)
    fresh = rows.filter(policy__in=[own for own, at in known.items() if at <= now - CLAUSE_AFTER])
    return [(known[own] + CLAUSE_AFTER, f"clause.{pk}") for pk, own in fresh.values_list("pk", "policy_id")[:20]]


def _scenes_due(person: Person, now: datetime) -> list[tuple[datetime, str]]:
    """Scenes of drills in which this person lately decided wrongly, which they have not met as refreshers yet."""
    met = set(Recall.objects.filter(person=person, item__drill__isnull=False).values_list("item__drill", "item__scene"))
    wrong = Choice.objects.filter(
        play__person=person, is_right=False, at__lte=now - SCENE_AFTER, at__gte=now - SCENE_UNTIL
    ).order_by("at")
    return [
        (at + SCENE_AFTER, f"scene.{drill}.{scene}")
        for drill, scene, at in wrong.values_list("play__drill", "scene", "at")[:50]
        if (drill, scene) not in met
    ]


def parts_of(ref: str) -> tuple[str, int | None, str]:
    """(item, clause or scene; its number, None where there is none; the drill's scene) of a refresher's name."""
    kind, _dot, rest = ref.partition(".")
    number, _dot, scene = rest.partition(".")
    return kind, whole(number), scene


def refresher(ref: str, person: Person, due_at: datetime) -> Refresher | None:
    """The refresher of this name, with its question as it is now; None when it is no longer asked."""
    kind, number, scene = parts_of(ref)
    if number is None:
        return None
    if kind == "item":
        item = Item.objects.select_related("lesson", "comprehension__policy", "drill").filter(pk=number).first()
        if item is None:
            return None
        if item.lesson is None:
            kind, number = ("clause", item.comprehension_id) if item.comprehension_id else ("scene", item.drill_id)
            scene = item.scene
        else:
            question = queries.question_of(item, person.language)
            return Refresher(ref, item.lesson.title, question, due_at) if question else None
    if kind == "clause":
        row = Comprehension.objects.select_related("policy").filter(pk=number).first()
        return Refresher(ref, row.policy.title, _of_policy(row), due_at) if row else None
    drill = Drill.objects.filter(pk=number, is_out=False).first()
    if drill is None:
        return None
    parsed, _problems = drills.parse(translations.drill_source(drill, person.language))
    found = parsed.scenes.get(scene)
    return Refresher(ref, parsed.title, _of_scene(found), due_at) if found and found.choices else None


def _of_policy(row: Comprehension) -> engine.Question:
    return engine.Question(
        row.text, tuple(engine.Option(own["text"], own["is_right"], own.get("feedback", "")) for own in row.options)
    )


def _of_scene(scene: drills.Scene) -> engine.Question:
    said = " ".join(f"{line.who}: {line.text}" if line.who else line.text for line in scene.lines)
    options = tuple(engine.Option(own.text, own.is_right, own.feedback) for own in scene.choices)
    return engine.Question(f"{said} {scene.question}".strip(), options)


def wants_mails(person: Person) -> bool:
    """Whether the person asked for mails, and has not stopped them from one since."""
    return Wish.objects.filter(person=person).exists() and bool(mails.wanting([person], MailKind.REFRESHERS))

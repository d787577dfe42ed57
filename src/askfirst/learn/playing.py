"""Named reads over drills: the gallery, the villain that fits now, a scene, how well somebody tells fine from foul."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from askfirst.base.lately import lately
from askfirst.engines import drills, recall
from askfirst.engines import lessons as engine
from askfirst.learn import translations
from askfirst.learn.models import Choice, Drill, Play
from askfirst.people.models import Person


@dataclass(frozen=True)
class Villain:
    """A villain as one person knows it: how often won and lost, and whether a play is open."""

    drill: Drill
    won: int
    lost: int
    is_open: bool


def gallery(person: Person) -> list[tuple[str, list[Villain]]]:
    """All villains by grade, the easily vanquished first, under their names in the reader's language."""
    own: dict[int, list[bool | None]] = {}
    for drill, is_won in Play.objects.filter(person=person).values_list("drill", "is_won"):
        own.setdefault(drill, []).append(is_won)
    rows: dict[str, list[Villain]] = {grade: [] for grade in drills.GRADES}
    for drill in translations.drills_in(get_language() or ""):
        known = own.get(drill.pk, [])
        rows[drill.grade].append(Villain(drill, known.count(True), known.count(False), None in known))
    return [(grade, villains) for grade, villains in rows.items() if villains]


def easy_drills() -> QuerySet[Drill]:
    """Those to begin with."""
    return Drill.objects.filter(grade=drills.GRADES[0], is_out=False)


def drills_out() -> QuerySet[Drill]:
    """Those that an editor has taken out of the gallery."""
    return Drill.objects.filter(is_out=True)


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


def skill_of_all(least_people: int = 5, people: QuerySet[Person] | None = None) -> Skill | None:
    """Discrimination over the first decisions of everybody, or of `people`; None for fewer than may be shown."""
    if people is None:
        key = f"learn.skill:{least_people}"
        return lately(key, lambda: _skill(Choice.objects.all(), least_people), lambda _skill: Choice.objects.count())
    return _skill(Choice.objects.filter(play__person__in=people), least_people)


def _skill(asked: QuerySet[Choice], least_people: int) -> Skill | None:
    first: dict[tuple[int, int, str], drills.Decided] = {}
    rows = (
        asked.exclude(verdict="")
        .order_by("id")
        .values_list("play__person", "play__drill", "scene", "verdict", "is_right")
    )
    for person, drill, scene, verdict, is_right in rows.iterator():
        first.setdefault((person, drill, scene), drills.Decided(verdict, is_right))
    if len({person for person, _drill, _scene in first}) < least_people:
        return None
    return Skill(len(first), drills.skill(list(first.values())))


def drill_for(person: Person) -> Drill | None:
    """The villain that fits now: of the grade that the last choices ask for, one not yet won, else the one met longest ago."""
    recent = list(
        Choice.objects.filter(play__person=person).order_by("-id").values_list("is_right", flat=True)[: drills.RECENT]
    )
    last = Play.objects.filter(person=person).first()
    grade = drills.next_grade(recent[::-1], last.grade if last else drills.GRADES[0])
    met = {play.drill_id: play for play in Play.objects.filter(person=person).order_by("began_at")}
    rows = list(translations.drills_in(get_language() or ""))

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


def drill_template(about: str = "…") -> str:
    """Where a new drill begins; `about`: what it is about, in a line."""
    return (
        f"# The …\nvillain: gremlin\ntechnique: …\ngrade: easy\nabout: {' '.join(about.split())[:300] or '…'}\nsign: …\n\n"
        "[start] message foul\nSomebody: …\n? What do you do?\n+ … -> second | because …\n- … -> lost | because …\n\n"
        "[second] post fine\nSomebody: …\n? And this one?\n+ Nothing wrong with it -> won | because …\n- … -> won | because …\n\n"
        "[won] end won\n…\n\n[lost] end lost\n…\n"
    )

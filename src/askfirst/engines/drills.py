"""The text of a drill: scenes shaped like posts, messages and comments, with branches, in a plain format to review.

    # The Hurrier
    villain: hurrier
    technique: false urgency
    grade: easy

    [start] message foul
    Marten, new number: In a meeting. Need the list, now.
    Between the speakers' lines narration may stand.
    ? What do you do?
    + Call the number you already had -> saved | The second way beats every disguise.
    - Send the list -> lost | Half a minute ago it was yours.

    [saved] end won
    The Hurrier hangs up.

Shapes of scenes: post, message, comments, mail, aside, write (say it worst first, then mend it) and end. A scene in which
something is to be judged says what it is: `foul`, `fine`, or `protected` (speech that the law protects: fine as well).
In a foul scene the right options stop it; in the others they let it pass. Several right options may lead to different scenes.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from askfirst.engines.marking import _
from askfirst.engines.problems import Problem, wrong_head
from askfirst.engines.recall import Discrimination, discrimination

SHAPES = ("post", "message", "comments", "mail", "aside", "write", "end")
VERDICTS = ("foul", "fine", "protected")
OUTCOMES = ("won", "lost")
GRADES = ("easy", "tough", "boss")
FIELDS = {"villain", "technique", "grade", "side", "language", "about", "sign"}
SIDES = ("target", "villain")
# Of what is shown to be judged, at least this share must be fine: suspicion of everything must lose.
FINE_SHARE = 0.4
AIM = (0.70, 0.85)
RECENT = 5

_SCENE = re.compile(r"\[([\w-]+)\]\s+(\w+)(?:\s+(\w+))?\s*$")
_FIELD = re.compile(r"(\w+): (.+)$")
_CHOICE = re.compile(r"([+-]) (.+?) -> ([\w-]+)(?: \| (.*))?$")
_SAID = re.compile(r"([^:|]{1,60}): (.+)$")


@dataclass(frozen=True)
class Said:
    """One line of a scene; `who` is empty for narration."""

    who: str
    text: str


@dataclass(frozen=True)
class Choice:
    text: str
    target: str
    is_right: bool
    feedback: str = ""


@dataclass(frozen=True)
class Scene:
    """`verdict` is one of VERDICTS or empty; for a scene of shape `end`, one of OUTCOMES."""

    id: str
    shape: str
    verdict: str
    lines: tuple[Said, ...]
    question: str
    choices: tuple[Choice, ...]
    line: int = 1

    @property
    def is_end(self) -> bool:
        return self.shape == "end"


@dataclass(frozen=True)
class Drill:
    title: str
    fields: dict[str, str]
    scenes: dict[str, Scene]

    @property
    def grade(self) -> str:
        return self.fields.get("grade", GRADES[0])

    @property
    def start(self) -> Scene:
        return next(iter(self.scenes.values()))


@dataclass(frozen=True)
class Decided:
    """One choice as it counts for discrimination: what the scene was and whether the choice was right."""

    verdict: str
    is_right: bool


def is_drill(text: str) -> bool:
    """Whether a text is meant as a drill rather than a lesson: it has a scene or a drill's fields."""
    return bool(re.search(r"^(?:\[[\w-]+\] \w+|(?:villain|grade|technique): )", text, re.MULTILINE))


def parse(text: str) -> tuple[Drill, list[Problem]]:
    """Read a drill and say what is wrong with it; branches that lead nowhere and scenes that nothing leads to are errors."""
    problems: list[Problem] = []
    title = ""
    fields: dict[str, str] = {}
    scenes: dict[str, Scene] = {}
    head: tuple[str, str, str, int] | None = None
    lines: list[Said] = []
    choices: list[Choice] = []
    question = ""

    def finish() -> None:
        if head is None:
            return
        if head[0] in scenes:
            problems.append(Problem(head[3], _("There are two scenes [%(scene)s]."), {"scene": head[0]}))
        scenes[head[0]] = Scene(head[0], head[1], head[2], tuple(lines), question, tuple(choices), head[3])

    for number, raw in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        line = raw.strip()
        if not line:
            continue
        if line.startswith("["):
            found = _SCENE.match(line)
            if not found:
                problems.append(Problem(number, _("A scene begins like “[name] message foul”.")))
                continue
            finish()
            head = (found[1], found[2], found[3] or "", number)
            lines, choices, question = [], [], ""
            problems += _check_head(*head)
        elif head is None and line.startswith("# "):
            title = line[2:].strip()
        elif head is None:
            pair = _FIELD.match(line)
            if pair and pair[1] in FIELDS:
                fields[pair[1]] = pair[2].strip()
            else:
                problems.append(
                    Problem(
                        number,
                        _("Before the first scene only these may stand: %(names)s."),
                        {"names": ", ".join(sorted(FIELDS))},
                    )
                )
        elif line.startswith("? "):
            question = line[2:].strip()
        elif line[:2] in {"+ ", "- "}:
            choice = _CHOICE.match(line)
            if choice:
                choices.append(Choice(choice[2].strip(), choice[3], choice[1] == "+", (choice[4] or "").strip()))
            else:
                problems.append(Problem(number, _("A choice looks like “+ words -> scene | why”.")))
        else:
            said = _SAID.match(line)
            lines.append(Said(said[1].strip(), said[2].strip()) if said else Said("", line))
    finish()
    if not title:
        problems.append(Problem(1, _("The first line must be the title: “# Title”.")))
    problems += wrong_head({"title": title, **fields}) + _check_fields(fields) + _check_branches(scenes)
    return Drill(title, fields, scenes), sorted(problems, key=lambda problem: (problem.line, problem.text))


def same_scenes(original: Drill, other: Drill) -> list[Problem]:
    """What keeps `other` from being the same drill in another language: scenes and choices must be the same, one by one."""
    if list(original.scenes) != list(other.scenes):
        return [
            Problem(
                1,
                _("The scenes must be those of the original, in its order: %(names)s."),
                {"names": ", ".join(original.scenes)},
            )
        ]
    return [
        Problem(
            scene.line,
            _("[%(scene)s] must have its shape, its verdict and its choices as in the original."),
            {"scene": scene.id},
        )
        for scene in other.scenes.values()
        if _frame(scene) != _frame(original.scenes[scene.id])
    ]


def _frame(scene: Scene) -> tuple[object, ...]:
    return scene.shape, scene.verdict, tuple((choice.target, choice.is_right) for choice in scene.choices)


def _check_head(name: str, shape: str, verdict: str, line: int) -> list[Problem]:
    if shape not in SHAPES:
        return [
            Problem(
                line,
                _("“%(word)s” is no shape of a scene; these are: %(names)s."),
                {"word": shape, "names": ", ".join(SHAPES)},
            )
        ]
    if shape == "end" and verdict not in OUTCOMES:
        return [Problem(line, _("The end [%(scene)s] must say “won” or “lost”."), {"scene": name})]
    if shape != "end" and verdict and verdict not in VERDICTS:
        return [
            Problem(
                line,
                _("“%(word)s” is no verdict; these are: %(names)s, or nothing."),
                {"word": verdict, "names": ", ".join(VERDICTS)},
            )
        ]
    return []


def _check_fields(fields: dict[str, str]) -> list[Problem]:
    found = []
    if fields.get("grade") not in GRADES:
        found.append(
            Problem(1, _("%(field)s must be one of %(names)s."), {"field": "grade", "names": ", ".join(GRADES)})
        )
    if fields.get("side", SIDES[0]) not in SIDES:
        found.append(Problem(1, _("%(field)s must be one of %(names)s."), {"field": "side", "names": ", ".join(SIDES)}))
    if not fields.get("technique"):
        found.append(Problem(1, _("technique is missing: what the villain does, in two or three words.")))
    return found


def _check_branches(scenes: dict[str, Scene]) -> list[Problem]:
    if not scenes:
        return [Problem(1, _("The drill has no scene; one begins like “[start] message foul”."))]
    found = []
    for scene in scenes.values():
        for choice in scene.choices:
            if choice.target not in scenes:
                found.append(
                    Problem(
                        scene.line,
                        _("[%(scene)s] leads to [%(target)s], which does not exist."),
                        {"scene": scene.id, "target": choice.target},
                    )
                )
            if not choice.feedback:
                found.append(
                    Problem(
                        scene.line,
                        _("“%(choice)s” has no reason; write it after “ | ”."),
                        {"choice": choice.text[:40]},
                        is_error=False,
                    )
                )
        if scene.is_end:
            continue
        if len(scene.choices) < 2:
            found.append(
                Problem(
                    scene.line,
                    _("[%(scene)s] is a dead end: it needs two choices, or must be an end."),
                    {"scene": scene.id},
                )
            )
        elif not any(choice.is_right for choice in scene.choices):
            found.append(
                Problem(
                    scene.line,
                    _("In [%(scene)s] no choice is right; the right one begins with “+ ”."),
                    {"scene": scene.id},
                )
            )
        elif all(choice.is_right for choice in scene.choices) and scene.verdict:
            found.append(
                Problem(
                    scene.line, _("In [%(scene)s] every choice is right, so nothing is judged."), {"scene": scene.id}
                )
            )
    reached = _reachable(scenes, [next(iter(scenes))])
    found += [
        Problem(scene.line, _("Nothing leads to [%(scene)s]."), {"scene": scene.id})
        for scene in scenes.values()
        if scene.id not in reached
    ]
    ends = [scene.id for scene in scenes.values() if scene.is_end]
    if not ends:
        found.append(Problem(1, _("The drill has no end; one begins like “[saved] end won”.")))
    found += [
        Problem(scene.line, _("From [%(scene)s] no end can be reached."), {"scene": scene.id})
        for scene in scenes.values()
        if ends and not set(ends) & _reachable(scenes, [scene.id])
    ]
    return found


def _reachable(scenes: dict[str, Scene], start: list[str]) -> set[str]:
    reached: set[str] = set()
    while start:
        name = start.pop()
        if name in scenes and name not in reached:
            reached.add(name)
            start += [choice.target for choice in scenes[name].choices]
    return reached


@dataclass(frozen=True)
class Node:
    """A scene in the map of branches: its row and column (from 0) and the scenes it leads to, with whether that is right."""

    scene: Scene
    row: int
    column: int
    leads_to: tuple[tuple[str, bool], ...]


def layout(drill: Drill) -> list[Node]:
    """The map of branches: rows by the shortest way from the start, in the order of the text."""
    rows: dict[str, int] = {}
    edge = [drill.start.id] if drill.scenes else []
    depth = 0
    while edge:
        fresh = list(dict.fromkeys(name for name in edge if name in drill.scenes and name not in rows))
        rows.update(dict.fromkeys(fresh, depth))
        edge = [choice.target for name in fresh for choice in drill.scenes[name].choices]
        depth += 1
    columns: dict[int, int] = {}
    nodes = []
    for name, scene in drill.scenes.items():
        if name in rows:
            column = columns.get(rows[name], 0)
            columns[rows[name]] = column + 1
            leads = tuple((choice.target, choice.is_right) for choice in scene.choices)
            nodes.append(Node(scene, rows[name], column, leads))
    return nodes


def fine_share(drills: Iterable[Drill]) -> float:
    """Which share of all scenes to be judged is fine or protected; 1 where nothing is judged."""
    verdicts = [
        scene.verdict for drill in drills for scene in drill.scenes.values() if scene.verdict and not scene.is_end
    ]
    return sum(verdict != "foul" for verdict in verdicts) / len(verdicts) if verdicts else 1.0


def skill(decided: Sequence[Decided]) -> Discrimination:
    """d' and c over judged choices: a right choice in a foul scene is a hit, a wrong one in a fine scene a false alarm."""
    foul = [own.is_right for own in decided if own.verdict == "foul"]
    fine = [own.is_right for own in decided if own.verdict in {"fine", "protected"}]
    return discrimination(sum(foul), len(foul) - sum(foul), len(fine) - sum(fine), sum(fine))


def next_grade(recent: Sequence[bool], grade: str) -> str:
    """The grade that fits after the last choices (the newest last): up above 85 % right, down below 70 %."""
    last = list(recent)[-RECENT:]
    at = GRADES.index(grade)
    if len(last) < RECENT:
        return grade
    share = sum(last) / len(last)
    if share > AIM[1]:
        at += 1
    elif share < AIM[0]:
        at -= 1
    return GRADES[max(0, min(at, len(GRADES) - 1))]

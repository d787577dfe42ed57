"""The text of a lesson: Markdown, then questions, in a plain format that people can read and review.

    # Title
    topic: posting
    minutes: 3

    Markdown …

    ? What would you do?
    + The right option | why it is right
    - Another option | why it is not

Two or more right options (+) make a question with several right answers, all of which must be chosen. Other kinds of questions:

    ? Put in order:            ? What is it called?      ? Fine, or better not?
    1. Look                    = disclosure              / Fine / Better not
    2. Ask                     = a disclosure            < My desk, tidied | nobody is in it
    3. Post                    | Readers must know.      > The whiteboard | it says too much

Between paragraphs, a line “@material 12” shows that material of the library and “@clause 3 photos” leads to that clause of policy 3;
“+ @material 12 The whiteboard | why” gives an option its picture.

A line that begins with “| ” says why, for the question as a whole. `draw: 3` asks three of the questions, others each time a person
comes; `attempts: 2` allows two tries, of which the better counts. An option or reason that stands whole in [square brackets] is still
to be written.
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from askfirst.engines.marking import _
from askfirst.engines.problems import Problem, wrong_head

FIELDS = {"topic", "minutes", "language", "draw", "attempts"}
KINDS = ("choice", "order", "text", "sort")
LONGEST_MINUTES = 4
WORDS_A_MINUTE = 180


@dataclass(frozen=True)
class Option:
    """`material`: number of the picture in the library that is shown with it; 0 for none."""

    text: str
    is_right: bool
    feedback: str = ""
    material: int = 0


@dataclass(frozen=True)
class Block:
    """A part of a lesson's body: Markdown, a material of the library, or a clause of a policy.

    Attributes:
        kind: text, material or clause.
        text: the Markdown, or the key of the clause.
        number: of the material, or of the clause's policy.
    """

    kind: str
    text: str = ""
    number: int = 0


@dataclass(frozen=True)
class Question:
    """One question of one of KINDS.

    Attributes:
        options: of a choice; steps: of an ordering, in their right order; accepted: forms of a short text;
        bins: the two names of a sorting; items: what is sorted, `is_right` meaning the second bin.
        feedback: why, for the question as a whole.
    """

    text: str
    options: tuple[Option, ...] = ()
    kind: str = "choice"
    steps: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    bins: tuple[str, str] = ("", "")
    items: tuple[Option, ...] = ()
    feedback: str = ""

    @property
    def has_several(self) -> bool:
        return sum(option.is_right for option in self.options) > 1


@dataclass(frozen=True)
class Lesson:
    """One lesson. `fields` are topic, minutes, language."""

    title: str
    body: str
    questions: tuple[Question, ...]
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The body in its parts, in order."""
        return _blocks(self.body)

    @property
    def materials(self) -> tuple[int, ...]:
        """Numbers of all materials that are shown, in the body and with options, each once."""
        shown = [block.number for block in self.blocks if block.kind == "material"]
        shown += [option.material for question in self.questions for option in question.options if option.material]
        return tuple(dict.fromkeys(shown))

    @property
    def attempts(self) -> int:
        """How often it may be tried so that it counts; 1 unless the text says more."""
        return max(1, _whole(self.fields.get("attempts", ""), 1))

    def drawn(self, seed: str) -> tuple[int, ...]:
        """Numbers of the questions to ask: all of them, or as many as `draw` says, always the same for one seed."""
        number = min(
            len(self.questions), _whole(self.fields.get("draw", ""), len(self.questions)) or len(self.questions)
        )
        order = sorted(range(len(self.questions)), key=lambda at: shuffled(f"{seed}{at}{self.questions[at].text}"))
        return tuple(sorted(order[:number]))


def order(question: Question, seed: str) -> list[int]:
    """Numbers of the options in an order that is the same for one seed, so that the right one is not always first."""
    return sorted(
        range(len(question.options)), key=lambda at: shuffled(f"{seed}{question.text}{question.options[at].text}")
    )


def _whole(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() else default


def is_right(question: Question, given: Sequence[str | int]) -> bool:
    """Whether an answer is right.

    Args:
        given: numbers of the chosen options; or for each step its place (from 1) in the order given; or the short text;
            or for each item the number of its bin (0 or 1).
    """
    if question.kind == "text":
        said = _plain(str(given[0]) if given else "")
        return bool(said) and said in {_plain(form) for form in question.accepted}
    numbers = [int(value) for value in given if str(value).isdigit()]
    if question.kind == "order":
        return numbers == list(range(1, len(question.steps) + 1))
    if question.kind == "sort":
        return numbers == [int(item.is_right) for item in question.items]
    return set(numbers) == {number for number, option in enumerate(question.options) if option.is_right}


def right_answer(question: Question) -> list[str]:
    """An answer that is right, as `is_right` reads it."""
    if question.kind == "text":
        return [question.accepted[0]]
    if question.kind == "order":
        return [str(place) for place in range(1, len(question.steps) + 1)]
    if question.kind == "sort":
        return [str(int(item.is_right)) for item in question.items]
    return [str(number) for number, option in enumerate(question.options) if option.is_right]


def is_complete(question: Question, given: Sequence[str | int]) -> bool:
    """Whether something was answered at all."""
    wanted = {"order": len(question.steps), "sort": len(question.items)}.get(question.kind, 1)
    return len([value for value in given if str(value).strip()]) >= wanted


def _plain(text: str) -> str:
    kept = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w\s]", " ", kept).split())


def shuffled(text: str) -> bytes:
    """A place in an order that looks random and is always the same for the same text."""
    return hashlib.blake2b(text.encode(), digest_size=8).digest()


def parse(text: str) -> tuple[Lesson, list[Problem]]:
    """Read a lesson and say what is wrong with it."""
    problems: list[Problem] = []
    title = ""
    fields: dict[str, str] = {}
    body: list[str] = []
    questions: list[Question] = []
    lines: list[tuple[int, str]] = []
    asked, asked_on = "", 0

    def finish() -> None:
        if asked:
            question, wrong = _question(asked, lines, asked_on)
            problems.extend(wrong)
            questions.append(question)

    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        found = re.match(r"(\w+): (.+)$", line)
        if line.startswith("? "):
            finish()
            asked, asked_on, lines = line[2:].strip(), number, []
        elif asked and line.strip():
            lines.append((number, line.strip()))
        elif not asked and line.startswith("# ") and not title:
            title = line[2:].strip()
        elif not asked and found and found[1] in FIELDS and not any(part.strip() for part in body):
            fields[found[1]] = found[2].strip()
        elif not asked:
            if line.startswith("@") and not _BLOCK.match(line):
                problems.append(Problem(number, _("A line with “@” is “@material 12” or “@clause 3 key”.")))
            body.append(line)
    finish()
    written = "\n".join(body).strip()
    if not title:
        problems.append(Problem(1, _("The first line must be the title: “# Title”.")))
    problems += wrong_head({"title": title, **fields})
    if not written:
        problems.append(Problem(1, _("The lesson has no text.")))
    if not questions:
        problems.append(Problem(1, _("A lesson ends with at least one question; it begins with “? ”.")))
    if len(written.split()) > LONGEST_MINUTES * WORDS_A_MINUTE:
        problems.append(
            Problem(
                1,
                _("%(words)d words take longer than %(most)d minutes."),
                {"words": len(written.split()), "most": LONGEST_MINUTES},
                is_error=False,
            )  # fmt: skip
        )
    return Lesson(title, written, tuple(questions), fields), sorted(problems, key=lambda problem: problem.line)


_BLOCK = re.compile(r"@(?:(material) (\d{1,9})|(clause) (\d{1,9}) ([\w-]+))\s*$")
_PICTURE = re.compile(r"@material (\d{1,9}) (.+)$")


def _blocks(body: str) -> tuple[Block, ...]:
    blocks: list[Block] = []
    lines: list[str] = []

    def end_text() -> None:
        text = "\n".join(lines).strip()
        if text:
            blocks.append(Block("text", text))
        lines.clear()

    for line in body.split("\n"):
        found = _BLOCK.match(line)
        if not found:
            lines.append(line)
            continue
        end_text()
        if found[1]:
            blocks.append(Block("material", number=int(found[2])))
        else:
            blocks.append(Block("clause", found[5], int(found[4])))
    end_text()
    return tuple(blocks)


def same_shape(original: Lesson, other: Lesson) -> list[Problem]:
    """What keeps `other` from being the same lesson in another language: its questions must be the same, one by one."""
    if len(original.questions) != len(other.questions):
        return [
            Problem(
                1,
                _("The original has %(one)d questions, this has %(other)d."),
                {"one": len(original.questions), "other": len(other.questions)},
            )
        ]
    found = []
    for number, (one, two) in enumerate(zip(original.questions, other.questions, strict=True), start=1):
        if _shape(one) != _shape(two):
            found.append(
                Problem(
                    1,
                    _(
                        "Question %(number)d must have the same parts in the same order as the original, the same ones right."
                    ),
                    {"number": number},
                )
            )
    return found


def _shape(question: Question) -> tuple[object, ...]:
    return (
        question.kind, tuple(option.is_right for option in question.options), len(question.steps),
        tuple(item.is_right for item in question.items),
    )  # fmt: skip


_UNFINISHED = re.compile(r"\[[^\]]*\]$")
_STEP = re.compile(r"\d+[.)] (.+)$")


def _question(asked: str, lines: list[tuple[int, str]], line: int) -> tuple[Question, list[Problem]]:
    """A question from the lines below it; their marks say which kind it is."""
    options, steps, accepted, items, bins, why = [], [], [], [], ("", ""), []
    problems = []
    for number, text in lines:
        words, _bar, reason = text[2:].partition(" | ")
        step = _STEP.match(text)
        if text[:2] in {"+ ", "- "}:
            picture = _PICTURE.match(words)
            if any(_UNFINISHED.match(part.strip()) for part in (words, reason)):
                problems.append(Problem(number, _("What stands in square brackets is still to be written.")))
            options.append(
                Option(picture[2].strip() if picture else words.strip(), text[0] == "+", reason.strip(),
                       int(picture[1]) if picture else 0)
            )  # fmt: skip
        elif text[:2] in {"< ", "> "}:
            items.append(Option(words.strip(), text[0] == ">", reason.strip()))
        elif text.startswith("= "):
            accepted.append(text[2:].strip())
        elif text.startswith("| "):
            why.append(text[2:].strip())
        elif text.startswith("/ ") and " / " in text[2:]:
            left, _slash, right = text[2:].partition(" / ")
            bins = (left.strip(), right.strip())
        elif step:
            steps.append(step[1].strip())
        else:
            problems.append(
                Problem(
                    number,
                    _(
                        "Between questions only options may stand; they begin with “+ ”, “- ”, “1. ”, “= ”, “< ” or “> ”."
                    ),
                )
            )
    given = [
        name for name, rows in (("choice", options), ("order", steps), ("text", accepted), ("sort", items)) if rows
    ]
    if len(given) > 1:
        problems.append(Problem(line, _("A question is of one kind: options, steps, accepted words or items to sort.")))
    kind = given[0] if given else "choice"
    question = Question(asked, tuple(options), kind, tuple(steps), tuple(accepted), bins, tuple(items), " ".join(why))
    return question, problems + _check(question, line)


def _check(question: Question, line: int) -> list[Problem]:
    if question.kind == "order":
        return [Problem(line, _("An ordering needs at least three steps."))] if len(question.steps) < 3 else []
    if question.kind == "text":
        return []
    if question.kind == "sort":
        found = (
            []
            if all(question.bins)
            else [Problem(line, _("Sorting needs the names of the two sides: “/ Fine / Better not”."))]
        )
        if len({item.is_right for item in question.items}) < 2:
            found.append(Problem(line, _("Each side needs at least one item; they begin with “< ” or “> ”.")))
        return found
    return _check_options(list(question.options), line)


def _check_options(options: list[Option], line: int) -> list[Problem]:
    found = []
    if len(options) < 2:
        found.append(Problem(line, _("A question needs at least two options.")))
    if options and not any(option.is_right for option in options):
        found.append(Problem(line, _("No option is right; the right one begins with “+ ”.")))
    if len({option.text for option in options}) < len(options):
        found.append(Problem(line, _("Two options are the same.")))
    found += [
        Problem(
            line, _("“%(option)s” has no feedback; write it after “ | ”."), {"option": option.text[:40]}, is_error=False
        )
        for option in options
        if not option.feedback
    ]
    return found

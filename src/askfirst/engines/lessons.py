"""The text of a lesson: Markdown, then questions, in a plain format that people can read and review.

    # Title
    topic: posting
    minutes: 3

    Markdown …

    ? What would you do?
    + The right option | why it is right
    - Another option | why it is not

Two or more right options (+) make a question with several right answers, all of which must be chosen.
"""

import hashlib
import re
from dataclasses import dataclass, field

FIELDS = {"topic", "minutes", "language"}
LONGEST_MINUTES = 4
WORDS_A_MINUTE = 180


@dataclass(frozen=True)
class Option:
    text: str
    is_right: bool
    feedback: str = ""


@dataclass(frozen=True)
class Question:
    text: str
    options: tuple[Option, ...]

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


@dataclass(frozen=True)
class Problem:
    """What is wrong, and on which line (from 1). `is_error`: it cannot be used like this."""

    line: int
    text: str
    is_error: bool = True


def order(question: Question, seed: str) -> list[int]:
    """Numbers of the options in an order that is the same for one seed, so that the right one is not always first."""
    return sorted(
        range(len(question.options)), key=lambda at: shuffled(f"{seed}{question.text}{question.options[at].text}")
    )


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
    options: list[Option] = []
    asked, asked_on = "", 0

    def finish() -> None:
        if asked:
            problems.extend(_check(asked, options, asked_on))
            questions.append(Question(asked, tuple(options)))

    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        found = re.match(r"(\w+): (.+)$", line)
        if line.startswith("? "):
            finish()
            asked, asked_on, options = line[2:].strip(), number, []
        elif asked and line[:2] in {"+ ", "- "}:
            words, _, why = line[2:].partition(" | ")
            options.append(Option(words.strip(), line[0] == "+", why.strip()))
        elif asked and line.strip():
            problems.append(Problem(number, "Between questions only options may stand; they begin with “+ ” or “- ”."))
        elif not asked and line.startswith("# ") and not title:
            title = line[2:].strip()
        elif not asked and found and found[1] in FIELDS and not any(part.strip() for part in body):
            fields[found[1]] = found[2].strip()
        elif not asked:
            body.append(line)
    finish()
    written = "\n".join(body).strip()
    if not title:
        problems.append(Problem(1, "The first line must be the title: “# Title”."))
    if not written:
        problems.append(Problem(1, "The lesson has no text."))
    if not questions:
        problems.append(Problem(1, "A lesson ends with at least one question; it begins with “? ”."))
    if len(written.split()) > LONGEST_MINUTES * WORDS_A_MINUTE:
        problems.append(
            Problem(1, f"{len(written.split())} words take longer than {LONGEST_MINUTES} minutes.", is_error=False)
        )
    return Lesson(title, written, tuple(questions), fields), sorted(problems, key=lambda problem: problem.line)


def _check(asked: str, options: list[Option], line: int) -> list[Problem]:
    found = []
    if len(options) < 2:
        found.append(Problem(line, "A question needs at least two options."))
    if options and not any(option.is_right for option in options):
        found.append(Problem(line, "No option is right; the right one begins with “+ ”."))
    if len({option.text for option in options}) < len(options):
        found.append(Problem(line, "Two options are the same."))
    found += [
        Problem(line, f"“{option.text[:40]}” has no feedback; write it after “ | ”.", is_error=False)
        for option in options
        if not option.feedback
    ]
    return found

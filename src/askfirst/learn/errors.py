"""What the learn part may refuse, each with words for people."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from askfirst.engines.problems import Problem


class LearnError(Exception):
    """A request that cannot be carried out. `message` says why and what to do."""

    status = 422

    def __init__(self, message: object) -> None:
        super().__init__(str(message))
        self.message = message


class OtherQuestions(LearnError):
    """Answers came to questions that are asked no more."""

    status = 409


def refuse_wrong(problems: Iterable[Problem]) -> None:
    """Raise a LearnError for what makes a text unusable, a line for each problem."""
    wrong = [on_line(problem) for problem in problems if problem.is_error]
    if wrong:
        raise LearnError("\n".join(wrong))


def on_line(problem: Problem) -> str:
    """A problem in the reader's language, with the line where it is."""
    return _("Line %(line)d: %(text)s") % {"line": problem.line, "text": in_words(problem)}


def in_words(problem: Problem) -> str:
    """A problem in the reader's language."""
    return _(problem.message) % problem.values

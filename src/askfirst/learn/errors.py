"""What the learn part may refuse, each with words for people."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from askfirst.engines.lessons import Problem


class LearnError(Exception):
    """A request that cannot be carried out. `message` says why and what to do."""

    status = 422

    def __init__(self, message: object) -> None:
        super().__init__(str(message))
        self.message = message


def refuse_wrong(problems: Iterable[Problem]) -> None:
    """Raise a LearnError for the first problem that makes a text unusable."""
    wrong = next((problem for problem in problems if problem.is_error), None)
    if wrong:
        raise LearnError(_("Line %(line)d: %(text)s") % {"line": wrong.line, "text": in_words(wrong)})


def in_words(problem: Problem) -> str:
    """A problem in the reader's language."""
    return _(problem.message) % problem.values

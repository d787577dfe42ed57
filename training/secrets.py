"""Train the second judge of what is a password or code: `python -m training.secrets`.

From sentences of our own (secrets.*.txt: secret|text with the [[secret]] marked, other|text without one), from the gold sets of the
coach (what its rules find in them is a secret, all else is none), and, counting less, from drafts and posts that are about something else.
Each thing that may be a secret by its looks (engines/draftcheck/unannounced.py) is a row.
"""

import re
from collections.abc import Iterator

from askfirst.engines import draftcheck
from askfirst.engines.draftcheck import unannounced
from askfirst.engines.draftcheck.findings import Span, touches
from training.words import OTHERS_WEIGH, Row, labelled, read, tell_apart

MARKED = re.compile(r"\[\[(.+?)\]\]")
# What other detectors tell for sure; it is never asked about.
SURE = ("iban", "card", "id", "mail", "phone", "link")


def own() -> Iterator[Row]:
    for _kind, text in read("secrets.*.txt"):
        marks, plain = [], ""
        for at, part in enumerate(MARKED.split(text)):
            if at % 2:
                marks.append((len(plain), len(plain) + len(part)))
            plain += part
        yield from rows(plain, marks, [])


def found_by_rules() -> Iterator[Row]:
    for label, text in labelled():
        found = [one for one in draftcheck.check(draftcheck.Draft(text)) if not one.is_guess]
        marks = [(one.start, one.end) for one in found if one.detector == "secrets"]
        passed = [(one.start, one.end) for one in found if one.detector in SURE]
        # Where the rules and the label disagree, nobody knows which of the candidates it is.
        if bool(marks) == ("secrets" in label.split()):
            yield from rows(text, marks, passed)


def rows(text: str, marks: list[Span], passed: list[Span], weighs: float = 1.0) -> Iterator[Row]:
    """A row for each candidate; of the kind where it touches a mark, none where it touches what is passed over."""
    for one in unannounced.candidates(text, passed):
        yield Row(touches(one.start, one.end, marks), one.words, one.signs, weighs)


def main() -> None:
    ours = [*own(), *found_by_rules()]
    patterns = ("posts.*.txt", "drafts.*.txt", "rights.*.txt", "whereabouts.*.txt", "facts.*.txt")
    others = [
        row for pattern in patterns for _kind, text in read(pattern) for row in rows(text, [], [], weighs=OTHERS_WEIGH)
    ]
    odds, right = tell_apart(unannounced.PATH, [*ours, *others])

    print(
        f"{sum(right)} secrets, {len(right) - sum(right)} things that are none, of which {len(others)} count less; by cross-validation"
    )
    for least in (0.0, 0.5, unannounced.SURE, 1.5, 2.0):
        said = odds > least
        print(f"from {least}: precision {right[said].mean():.2f}, recall {said[right].mean():.2f}")


if __name__ == "__main__":
    main()

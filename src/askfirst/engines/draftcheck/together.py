"""Signs that say something only together: a sentence counts where all the signs of one line stand in it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from askfirst.engines.draftcheck.findings import Span, folded, small_letters

SENTENCE = re.compile(
    r"(?:[^.!?\n]|[.!?](?=\w)|(?<=\d)\.(?= [a-zäöü])|(?:(?<=\bSt)|(?<=\bDr)|(?<=\bMr)|(?<=\bNr)|(?<=\bMrs))\.(?= ))+"
)


class Together:
    """Looks through sentences.

    Args:
        signs: what each kind of sign looks like, as words of a regular expression, in any case unless it begins with (?-i:.
        lines: which signs count together. One that begins with "no " must not be there; each other one must stand at a
            place of its own, unless it is the only one.
    """

    def __init__(self, signs: Mapping[str, str], lines: Sequence[tuple[str, ...]]) -> None:
        self._lines = _led_by_few(lines)
        self._signs: dict[str, tuple[re.Pattern[str], bool]] = {}
        for name, sign in signs.items():
            own = re.compile(rf"(?<!\w)(?:{sign})(?!\w)" if not sign.endswith(" ") else sign, re.IGNORECASE)
            small = folded(own)
            self._signs[name] = small or own, small is not None

    def row(self, text: str) -> list[float]:
        """1 for each sign that is there, else 0, in their order."""
        return [float(self._search(name, text, 0, len(text)) is not None) for name in self._signs]

    def told(self, text: str, given: Mapping[str, Sequence[Span]] | None = None) -> Iterator[Span]:
        """Where sentences tell it, as (start, end) from the first sign to the last.

        Args:
            given: where signs stand that were found otherwise, by their names.
        """
        for sentence in SENTENCE.finditer(text):
            seen: dict[str, Span | None] = {
                name: next((own for own in spans if sentence.start() <= own[0] < sentence.end()), None)
                for name, spans in (given or {}).items()
            }
            for line in self._lines:
                if seen.get(line[0], ()) is None:
                    continue
                spans = self._all_of(line, text, sentence.span(), seen)
                if spans and (len(spans) == 1 or len(set(spans)) > 1):
                    yield min(start for start, _end in spans), max(end for _start, end in spans)
                    break

    def _all_of(self, line: tuple[str, ...], text: str, sentence: Span, seen: dict[str, Span | None]) -> list[Span]:
        """Where the signs of a line stand in a sentence; none where one is missing, or one stands that must not."""
        spans = []
        for name in line:
            sign = name.removeprefix("no ")
            if sign not in seen:
                seen[sign] = self._search(sign, text, *sentence)
            span = seen[sign]
            if (span is None) != (sign != name):
                return []
            if span:
                spans.append(span)
        return spans

    def _search(self, name: str, text: str, start: int, end: int) -> Span | None:
        sign, in_small = self._signs[name]
        found = sign.search(small_letters(text) if in_small else text, start, end)
        return found.span() if found else None


def _led_by_few(lines: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The same lines, each with the sign in front that stands in most lines which no other leads yet: where it is missing, all of
    these are done with. (A cover of the lines by few signs, found greedily.)
    """
    led: dict[int, tuple[str, ...]] = {}
    while len(led) < len(lines):
        rest = [at for at in range(len(lines)) if at not in led]
        counts = Counter(sign for at in rest for sign in lines[at] if not sign.startswith("no "))
        leader = counts.most_common(1)[0][0]
        for at in rest:
            if leader in lines[at]:
                led[at] = (leader, *(sign for sign in lines[at] if sign != leader))
    return [led[at] for at in range(len(lines))]

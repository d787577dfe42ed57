"""A policy's text as clauses: sections under headings, each with a key that stays when wording and order change."""

import difflib
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import slugify

_HEADING = re.compile(r"^(#{1,3})[ \t]+(.+?)[ \t]*#*[ \t]*$", re.M)
SAME = 0.6
# Words that make a duty or take one away: a change among them is likely one of substance.
_DUTIES = re.compile(
    r"\b(must|mustn[’']t|shall|may|never|always|not|no|only|every|all|any|before|within|until|unless|except|required|forbidden|prohibited|allowed|permitted|"
    r"free|voluntary|ask|tell|report|disclose|approval|permission|consent|delete|\d+|"
    r"muss|musst|müssen|darf|darfst|dürfen|soll|sollst|sollen|nie|niemals|immer|nicht|keine?[nmrs]?|nur|jede[nmrs]?|alle[nmrs]?|vor|bevor|innerhalb|bis|außer|"
    r"pflicht|verboten|untersagt|erlaubt|gestattet|freiwillig|frag\w*|meld\w*|nenn\w*|offenleg\w*|zustimmung|einwilligung|erlaubnis|freigabe|lösch\w*)\b",
    re.I,
)


@dataclass(frozen=True)
class Clause:
    """One section. `start` is where its heading begins in the text."""

    key: str
    title: str
    text: str
    start: int = 0

    @property
    def digest(self) -> str:
        return hashlib.sha256(f"{self.title}\n{self.text}".encode()).hexdigest()


@dataclass(frozen=True)
class Change:
    """What became of a clause between two versions: new, removed, wording or substance."""

    key: str
    title: str
    kind: str
    before: str
    after: str


def parse(text: str, known: Iterable[Clause] = ()) -> list[Clause]:
    """Cut a text into clauses. Keys come from `known` where title or text are those of a clause there."""
    found = list(_sections(text))
    left = {clause.key: clause for clause in known}
    keys: dict[int, str] = {}
    for same in (_same_title, _same_text):
        for at, section in enumerate(found):
            if at not in keys:
                match = next((key for key, old in left.items() if same(section, old)), None)
                if match:
                    keys[at] = match
                    del left[match]
    taken = {clause.key for clause in known} | set(keys.values())
    done = []
    for at, section in enumerate(found):
        key = keys.get(at)
        if key is None:
            base = slugify(section.title)[:60] or "clause"
            key, number = base, 2
            while key in taken:
                key, number = f"{base}-{number}", number + 1
            taken.add(key)
        done.append(Clause(key, section.title, section.text, section.start))
    return done


def renamed(before: Iterable[Clause], after: Iterable[Clause]) -> dict[str, str]:
    """Clauses of one text whose key another text gave up for a new title, old key to new."""
    old, new = {own.key: own for own in before}, {own.key: own for own in after}
    fresh = [own for key, own in new.items() if key not in old]
    found: dict[str, str] = {}
    for key, own in old.items():
        match = key not in new and next((one for one in fresh if _same_text(one, own)), None)
        if match:
            found[key] = match.key
            fresh.remove(match)
    return found


def compare(before: Iterable[Clause], after: Iterable[Clause]) -> list[Change]:
    """Clauses that changed, in the order of the newer version, what was removed last; kinds are proposals."""
    old = {clause.key: clause for clause in before}
    new = {clause.key: clause for clause in after}
    changes = []
    for key, clause in new.items():
        if key not in old:
            changes.append(Change(key, clause.title, "new", "", clause.text))
        elif old[key].digest != clause.digest:
            changes.append(Change(key, clause.title, _kind(old[key], clause), old[key].text, clause.text))
    return changes + [
        Change(key, clause.title, "removed", clause.text, "") for key, clause in old.items() if key not in new
    ]


def words_changed(before: str, after: str) -> list[tuple[str, str]]:
    """A difference in words: (same, removed or added; text), for marking."""
    one, other = re.findall(r"\S+\s*", before), re.findall(r"\S+\s*", after)
    parts: list[tuple[str, str]] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(("same", "".join(one[a:b])))
            continue
        if b > a:
            parts.append(("removed", "".join(one[a:b])))
        if d > c:
            parts.append(("added", "".join(other[c:d])))
    return parts


def _kind(old: Clause, new: Clause) -> str:
    """Substance where words of duty or numbers changed, in title or text, or much of the text; else wording."""
    before, after = old.text, new.text
    parts = words_changed(old.title, new.title) + words_changed(before, after)
    changed = " ".join(text for kind, text in parts if kind != "same")
    if _DUTIES.search(changed):
        return "substance"
    return (
        "substance"
        if difflib.SequenceMatcher(None, before.split(), after.split(), autojunk=False).ratio() < 0.7
        else "wording"
    )


def _sections(text: str) -> Iterable[Clause]:
    heads = list(_HEADING.finditer(text))
    # A single first-level heading is the policy's own title.
    if heads and len(heads[0].group(1)) == 1 and sum(len(head.group(1)) == 1 for head in heads) == 1:
        title = heads.pop(0)
        intro = text[title.end() : heads[0].start() if heads else len(text)].strip()
        if intro:
            yield Clause("", title.group(2), intro, title.start())
    elif text[: heads[0].start() if heads else len(text)].strip():
        yield Clause("", "Introduction", text[: heads[0].start() if heads else len(text)].strip(), 0)
    for at, head in enumerate(heads):
        end = heads[at + 1].start() if at + 1 < len(heads) else len(text)
        yield Clause("", head.group(2), text[head.end() : end].strip(), head.start())


def _same_title(one: Clause, other: Clause) -> bool:
    return one.title.casefold() == other.title.casefold()


def _same_text(one: Clause, other: Clause) -> bool:
    return (
        bool(one.text)
        and difflib.SequenceMatcher(None, one.text.split(), other.text.split(), autojunk=False).ratio() > SAME
    )

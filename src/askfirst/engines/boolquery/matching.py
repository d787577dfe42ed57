"""Match one post against many saved queries: two words that must be there lead to the few queries worth looking at.

Each query is filed under words one of which must be there (its rarest group), and below them under a second such group, so that most
queries are never touched. What remains is decided by a test made once from the tree (deciding.py). Adding, changing and removing a query
touches its own files only; all of them together can be stored and read back in a fraction of the time.

The path that every post takes is made of operations on sets and dicts as wholes: a loop in Python over its words would cost more than
what it looks up.
"""

import gc
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from typing import Any, NamedTuple

from askfirst.engines.boolquery import tree as t
from askfirst.engines.boolquery.deciding import Test, TooCostly, test_of
from askfirst.engines.boolquery.language import parse
from askfirst.engines.boolquery.prefixes import SHORTEST, Prefixes
from askfirst.engines.boolquery.storing import pack, unpack
from askfirst.engines.boolquery.words import FEW_WORDS, FIELDS, Post, term

# Words that stand in a good part of all posts; anything else is taken for rare until counts say otherwise.
_COMMON = frozenset(
    "the to a and i of in is it you for that on my this me with so have be at just not but are was they all "
    "your we like do no get can out up if what when now one good new day time go love know see from about "
    "more will how an has he she as or there by who our u im rt lol don t s re ll ve ist und die der das ich "
    "nicht ein zu es mit auf für den im sie wir".split()
)
# How many (first, second) pairs one query may be filed under before the second level is given up.
MOST_PAIRS = 24
MOST_TESTS = 20_000
# Prefixes below a word: so few are looked for one by one, and none that is longer is filed there.
FEW, LONGEST_PREFIX = 20, 40
# Goes up when queries are read or filed in another way: what was stored before is not read any more.
FORMAT = 2


Groups = list[tuple[frozenset[str], bool]]
# Where only one query is filed it is a tuple, the same in all files of that query: most are so, and each list would cost memory.
Marks = tuple[int, ...] | list[int]


def _groups(node: t.Node) -> Groups:
    """Sets of words of which one must be there for the node to match, with whether that alone decides the node."""
    match node:
        case t.Word(text):
            return [(frozenset((text,)), True)]
        case t.Phrase(words) | t.Loose(words):
            return [(frozenset((word,)), False) for word in words]
        case t.Case(text):
            return [(frozenset((word.lstrip("#@$") or word,)), False) for word in term(text)]
        case t.Prefix(text):
            return [(frozenset((f"{text}*",)), True)]
        case t.Near(left, right):
            return [(words, False) for side in (left, right) for words, _exact in _groups(side)]
        case t.And(nodes):
            return [group for part in nodes for group in _groups(part)]
        case t.Or(nodes):
            merged: list[tuple[frozenset[str], bool]] = []
            parts = [_groups(part) for part in nodes]
            if any(not part for part in parts):
                return []
            union: frozenset[str] = frozenset()
            exact = True
            for part in parts:
                best = min(part, key=lambda group: (len(group[0]), sorted(group[0])))
                union |= best[0]
                exact = exact and best[1] and len(part) == 1
            merged.append((union, exact))
            return merged
    return []


def _presumed(word: str) -> float:
    """In how many of a thousand posts a word may stand of which nothing is known."""
    if word in _COMMON:
        return 150.0
    if word[-1] == "*":
        return 140.0
    return 30.0 if word.startswith(("lang:", "source:", "is:", "has:")) else 1.0


def _can_be_second(words: frozenset[str], first: frozenset[str]) -> bool:
    """Whether words can be filed below others. Prefixes of tags cannot: they are looked for among the plain words."""
    return (
        len(words) * len(first) <= MOST_PAIRS
        and not words & first
        and not any(word.endswith("*") and (word[0] in "#@$" or len(word) > LONGEST_PREFIX) for word in words)
    )


class _Filing(NamedTuple):
    """Under which words a query is filed, and which of its parts, as bits, they leave to be decided."""

    first: frozenset[str]
    second: frozenset[str]
    left: int


def _parts(node: t.Node) -> tuple[t.Node, ...]:
    return node.nodes if isinstance(node, t.And) else (node,)


class Matcher:
    """All saved queries.

    Args:
        frequencies: in how many of a thousand posts a word stands, where known; makes the files better, never the answers.
    """

    def __init__(self, frequencies: Mapping[str, float] | None = None) -> None:
        self._frequencies = frequencies or {}
        self._names: list[str] = []
        # A text is a tree that was stored and has not been needed yet.
        self._nodes: list[t.Node | str | None] = []
        # Which parts of a query its words do not decide, as bits.
        self._left: list[int] = []
        # A query's number + 1, negative where its words alone decide it.
        self._single: dict[str, Marks] = {}
        # The second words beside what is filed under them: sets are asked far quicker than dicts.
        self._pairs: dict[str, tuple[set[str], dict[str, Marks]]] = {}
        # What is below is a prefix with a space before it, for the joined text.
        self._begun: dict[str, dict[str, Marks]] = {}
        # The words of _single and _begun, which are few.
        self._others: set[str] = set()
        self._always: list[int] = []
        self._prefixes = Prefixes()
        self._tests: dict[int, Test] = {}
        self._numbers: dict[str, int] = {}
        self._free: list[int] = []
        self.fields: set[str] = set()
        # Names of queries that gave up on a post, and on how many.
        self.gave_up: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._numbers)

    def __contains__(self, name: object) -> bool:
        return name in self._numbers

    def add(self, name: str, query: t.Query | str) -> None:
        """Put a query in, or another in its place."""
        if name in self._numbers:
            self.remove(name)
        query = parse(query) if isinstance(query, str) else query
        node = query.node
        # No field is asked for without a colon.
        if ":" in query.source:
            self.fields |= _fields_of(node)
        if self._free:
            number = self._free.pop()
            self._names[number], self._nodes[number] = name, node
        else:
            number = len(self._names)
            self._names.append(name)
            self._nodes.append(node)
            self._left.append(-1)
        self._numbers[name] = number
        self._file(number, node, 1)

    def add_all(self, named: Iterable[tuple[str, t.Query | str]]) -> None:
        """Put many in; much quicker than one by one."""
        with _uncollected():
            for name, query in named:
                self.add(name, query)

    def remove(self, name: str) -> None:
        number = self._numbers.pop(name)
        self._file(number, self._node(number), -1)
        self._nodes[number] = None
        self._tests.pop(number, None)
        self._free.append(number)

    def names(self) -> list[str]:
        return list(self._numbers)

    def _weight(self, words: frozenset[str]) -> float:
        known = self._frequencies
        return sum(known[word] if word in known else _presumed(word) for word in words)

    def _filing(self, node: t.Node) -> _Filing | None:
        """How a query is filed; None when no word must be there. The same each time that it is asked, for a query is taken out so too."""
        parts = _parts(node)
        groups = [(words, at, exact) for at, part in enumerate(parts) for words, exact in _groups(part)]
        if not groups:
            return None
        groups.sort(key=lambda group: (self._weight(group[0]), sorted(group[0])))
        first = groups[0][0]
        filed = [groups[0], *(group for group in groups[1:] if _can_be_second(group[0], first))][:2]
        left = (1 << len(parts)) - 1
        for _words, at, exact in filed:
            left &= ~(exact << at)
        return _Filing(first, filed[1][0] if len(filed) > 1 else frozenset(), left)

    def _file(self, number: int, node: t.Node, sign: int) -> None:
        filing = self._filing(node)
        if filing is None:
            self._left[number] = -1
            (self._always.append if sign > 0 else self._always.remove)(number + 1)
            return
        self._left[number] = filing.left
        mark = (number + 1 if filing.left else -(number + 1),)
        for word in filing.first:
            if word.endswith("*"):
                self._prefixes.count(word, sign)
            if not filing.second:
                _change(self._single, word, mark, sign)
            for other in filing.second:
                if other.endswith("*"):
                    _change(self._begun.setdefault(word, {}), f" {other[:-1]}", mark, sign)
                    continue
                seconds, below = self._pairs.setdefault(word, (set(), {}))
                _change(below, other, mark, sign)
                (seconds.add if other in below else seconds.discard)(other)
            self._tidy(word)

    def _tidy(self, word: str) -> None:
        """Leave nothing empty behind."""
        if word in self._pairs and not self._pairs[word][0]:
            del self._pairs[word]
        if word in self._begun and not self._begun[word]:
            del self._begun[word]
        (self._others.add if word in self._single or word in self._begun else self._others.discard)(word)

    def match(self, row: Mapping[str, Any] | Post) -> list[str]:
        """Names of the queries that match a post, in the order in which they were put in."""
        post = row if isinstance(row, Post) else Post(row, self.fields)
        keys = post.words
        if self._prefixes.counts:
            # No word looks like a prefix as it is filed, so the post's own set can take them.
            keys.update(self._prefixes.beginning(keys))
        open_ = self._always.copy()
        starts: set[str] = set()
        for word in keys & self._others:
            open_ += self._single.get(word, ())
            prefixes = self._begun.get(word, {})
            if len(prefixes) < FEW and len(keys) < FEW_WORDS:
                for begun, marks in prefixes.items():
                    if begun in post.joined:
                        open_ += marks
            else:
                starts = starts or _starts(post)
                for begun in prefixes.keys() & starts:
                    open_ += prefixes[begun]
        for seconds, below in filter(None, map(self._pairs.get, keys)):
            for other in seconds & keys:
                open_ += below[other]
        return self._decided(open_, post) if open_ else []

    def _decided(self, marks: list[int], post: Post) -> list[str]:
        words, joined, tests = post.words, post.joined, self._tests
        found = []
        for mark in set(marks) if len(marks) > 1 else marks:
            if mark < 0:
                found.append(-mark - 1)
                continue
            test = tests.get(mark - 1) or self._make_test(mark - 1)
            post.steps = 0
            try:
                if test(words, joined, post):
                    found.append(mark - 1)
            except TooCostly:
                self.gave_up[self._names[mark - 1]] += 1
        found.sort()
        return [self._names[number] for number in found]

    def _make_test(self, number: int) -> Test:
        """Made when first needed; thrown away all together when they grow too many, so that memory stays flat."""
        if len(self._tests) >= max(MOST_TESTS, len(self._numbers) // 3):
            self._tests.clear()
        left = self._left[number]
        parts = tuple(part for at, part in enumerate(_parts(self._node(number))) if left >> at & 1)
        made = self._tests[number] = test_of(parts[0] if len(parts) == 1 else t.And(parts))
        return made

    def _node(self, number: int) -> t.Node:
        node = self._nodes[number]
        assert node is not None
        return unpack(node) if isinstance(node, str) else node

    def to_json(self) -> str:
        """All queries as they are filed, for `from_json`."""
        said = {
            "format": FORMAT,
            "frequencies": self._frequencies,
            "names": self._names,
            "numbers": self._numbers,
            "nodes": [pack(node) if isinstance(node, t.Node) else node for node in self._nodes],
            "left": self._left,
            "single": self._single,
            "pairs": {word: below for word, (_seconds, below) in self._pairs.items()},
            "begun": self._begun,
            "always": self._always,
            "prefixes": self._prefixes.counts,
            "free": self._free,
            "fields": sorted(self.fields),
        }
        return json.dumps(said, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Matcher":
        """What `to_json` said; a query's tree is read when a post first needs it.

        Raises:
            ValueError: it is not whole, or an older version stored it.
        """
        with _uncollected():
            said = json.loads(text)
            if not isinstance(said, dict) or said.get("format") != FORMAT:
                raise ValueError("The stored queries are of another version.")
            matcher = cls(said["frequencies"])
            matcher._names, matcher._numbers, matcher._nodes = said["names"], said["numbers"], said["nodes"]
            matcher._left = said["left"]
            matcher._single, matcher._begun, matcher._always = said["single"], said["begun"], said["always"]
            matcher._pairs = {word: (set(below), below) for word, below in said["pairs"].items()}
            matcher._others = {*matcher._single, *matcher._begun}
            matcher._prefixes = Prefixes(said["prefixes"])
            matcher._free, matcher.fields = said["free"], set(said["fields"])
        return matcher


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collector, which would walk through hundreds of thousands of lists again and again while more are made."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _change(files: dict[str, Marks], word: str, mark: tuple[int], sign: int) -> None:
    held = files.get(word, ())
    if sign < 0:
        files[word] = [own for own in held if own != mark[0]]
        if not files[word]:
            del files[word]
    elif not held:
        files[word] = mark
    elif isinstance(held, list):
        held += mark
    else:
        files[word] = [*held, *mark]


def _starts(post: Post) -> set[str]:
    """All that plain words of a post begin with, and that a prefix filed below another word may be."""
    plain = set(post.joined.split())
    return {f" {word[:length]}" for word in plain for length in range(SHORTEST, min(len(word), LONGEST_PREFIX) + 1)}


_NONE: frozenset[str] = frozenset()


def _fields_of(node: t.Node) -> Set[str]:
    """Which fields of a post a query asks for."""
    match node:
        case t.Word(text):
            name, colon, _value = text.partition(":")
            return {name} if colon and name in FIELDS else _NONE
        case t.Followers():
            return {"followers"}
        case t.Not(inner):
            return _fields_of(inner)
        case t.And(nodes) | t.Or(nodes):
            return _NONE.union(*map(_fields_of, nodes))
    return _NONE


def matches(query: t.Query, row: Mapping[str, Any]) -> bool:
    """Whether one query matches one post: for previews and back-fill, by the same test. One that is too costly does not."""
    post = Post(row)
    try:
        return test_of(query.node)(post.words, post.joined, post)
    except TooCostly:
        return False


def missing(query: t.Query, row: Mapping[str, Any]) -> str:
    """The one part, as it is read, for want of which a post is not found; empty when it is found, or lacks more than one."""
    if not isinstance(query.node, t.And):
        return ""
    post = Post(row)
    lacks = []
    for part in query.node.nodes:
        try:
            if not test_of(part)(post.words, post.joined, post):
                lacks.append(part)
        except TooCostly:
            return ""
        if len(lacks) > 1:
            return ""
    return t.shown(lacks[0]) if lacks else ""

"""Match one post against many saved queries: two words that must be there lead to the few queries worth looking at.

Each query is filed under words one of which must be there (its rarest group), and below them under a second such group, so that most
queries are never touched. What remains is decided by a test made once from the tree (deciding.py). Adding, changing and removing a query
touches its own files only; all of them together can be stored and read back in a fraction of the time.
"""

import gc
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from askfirst.engines.boolquery import tree as t
from askfirst.engines.boolquery.deciding import Test, TooCostly, test_of
from askfirst.engines.boolquery.language import parse
from askfirst.engines.boolquery.storing import pack, unpack
from askfirst.engines.boolquery.words import FIELDS, Post, term

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
# How many words of posts are remembered by the prefixes that begin them, among few queries.
MOST_WORDS, LONGEST_WORD = 500, 40
# Goes up when queries are read or filed in another way: what was stored before is not read any more.
FORMAT = 1


Groups = list[tuple[frozenset[str], bool]]


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
            return [(frozenset((f"{text}*",)), False)]
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


def _is_decided(node: t.Node, groups: Groups) -> bool:
    """Whether the groups alone say all: an AND of words and of ORs of words."""
    parts = node.nodes if isinstance(node, t.And) else (node,)
    return len(parts) == len(groups) and all(exact for _words, exact in groups)


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
        # A query's number + 1, negative where its groups alone decide it.
        self._single: dict[str, list[int]] = {}
        self._pairs: dict[str, dict[str, list[int]]] = {}
        # The words of both: one look at a set instead of two at dicts.
        self._filed: set[str] = set()
        self._always: list[int] = []
        # Prefixes in use by their length, each with how often.
        self._prefixes: dict[int, dict[str, int]] = {}
        # Words of posts that begin with none of these, and others with those that they begin with.
        self._plain: set[str] = set()
        self._begun: dict[str, tuple[str, ...]] = {}
        self._same: dict[tuple[str, ...], tuple[str, ...]] = {}
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
        node = (parse(query) if isinstance(query, str) else query).node
        if self._free:
            number = self._free.pop()
            self._names[number], self._nodes[number] = name, node
        else:
            number = len(self._names)
            self._names.append(name)
            self._nodes.append(node)
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
        return sum(
            self._frequencies.get(
                word,
                150.0
                if word in _COMMON
                else 30.0
                if word.endswith("*") or word.startswith(("lang:", "source:", "is:", "has:"))
                else 1.0,
            )
            for word in words
        )

    def _file(self, number: int, node: t.Node, sign: int) -> None:
        groups = _groups(node)
        self.fields |= _fields_of(node)
        if not groups:
            _change(self._always, number + 1, sign)
            return
        ranked = sorted(groups, key=lambda group: (self._weight(group[0]), sorted(group[0])))
        mark = -(number + 1) if _is_decided(node, groups) and len(groups) <= 2 else number + 1
        first = ranked[0][0]
        second = next(
            (words for words, _exact in ranked[1:] if len(words) * len(first) <= MOST_PAIRS and not words & first), None
        )
        if second is None and mark < 0 and len(groups) == 2:
            mark = number + 1
        for word in first:
            self._count_prefix(word, sign)
            if second is None:
                _change_in(self._single, word, mark, sign)
            else:
                below = self._pairs.setdefault(word, {})
                for other in second:
                    self._count_prefix(other, sign)
                    _change_in(below, other, mark, sign)
                if not below:
                    del self._pairs[word]
            if word in self._single or word in self._pairs:
                self._filed.add(word)
            else:
                self._filed.discard(word)

    def _count_prefix(self, word: str, sign: int) -> None:
        if word.endswith("*"):
            self._forget_words()
            counts = self._prefixes.setdefault(len(word) - 1, {})
            counts[word[:-1]] = counts.get(word[:-1], 0) + sign
            if not counts[word[:-1]]:
                del counts[word[:-1]]
            if not counts:
                del self._prefixes[len(word) - 1]

    def match(self, row: Mapping[str, Any] | Post) -> list[str]:
        """Names of the queries that match a post, in the order in which they were put in."""
        post = row if isinstance(row, Post) else Post(row, self.fields)
        keys = post.words
        if self._prefixes and (rest := keys - self._plain):
            # No word looks like a prefix as it is filed, so the post's own set can take them.
            keys.update(self._begun_by(rest))
        open_ = self._always.copy()
        single, pairs, has_none = self._single, self._pairs, keys.isdisjoint
        for word in keys & self._filed:
            if word in single:
                open_ += single[word]
            if word in pairs:
                below = pairs[word]
                # Most second words are not there; asking is cheaper than looking them up, unless there are very many.
                if len(below) < 40 and has_none(below):
                    continue
                for other in below.keys() & keys:
                    open_ += below[other]
        if not open_:
            return []
        return self._decided(open_, post)

    def _forget_words(self) -> None:
        self._plain.clear()
        self._begun.clear()
        self._same.clear()

    def _begun_by(self, words: set[str]) -> list[str]:
        """The prefixes in use that begin these words, as they are filed; what is found out is remembered for the next post."""
        if len(self._plain) + len(self._begun) > max(MOST_WORDS, len(self._numbers)):
            self._forget_words()
        known = self._begun
        more: list[str] = []
        for word in words:
            begun = known.get(word)
            if begun is None:
                begun = tuple(f"{word[:length]}*" for length, used in self._prefixes.items() if word[:length] in used)
                if len(word) <= LONGEST_WORD:
                    if begun:
                        known[word] = self._same.setdefault(begun, begun)
                    else:
                        self._plain.add(word)
            more += begun
        return more

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
        made = self._tests[number] = test_of(self._node(number))
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
            "single": self._single,
            "pairs": self._pairs,
            "always": self._always,
            "prefixes": [[length, counts] for length, counts in self._prefixes.items()],
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
            matcher._single, matcher._pairs, matcher._always = said["single"], said["pairs"], said["always"]
            matcher._filed = {*matcher._single, *matcher._pairs}
            matcher._prefixes = {length: counts for length, counts in said["prefixes"]}
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


def _change(marks: list[int], mark: int, sign: int) -> None:
    if sign > 0:
        marks.append(mark)
    else:
        marks.remove(mark)


def _change_in(files: dict[str, list[int]], word: str, mark: int, sign: int) -> None:
    marks = files.get(word)
    if marks is None:
        files[word] = [mark]
        return
    _change(marks, mark, sign)
    if not marks:
        del files[word]


def _fields_of(node: t.Node) -> set[str]:
    """Which fields of a post a query asks for."""
    match node:
        case t.Word(text):
            name = text.partition(":")[0]
            return {name} if ":" in text and name in FIELDS else set()
        case t.Followers():
            return {"followers"}
        case t.Not(inner):
            return _fields_of(inner)
        case t.And(nodes) | t.Or(nodes):
            return set().union(*map(_fields_of, nodes))
    return set()


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

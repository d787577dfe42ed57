"""Match one post against many saved queries: two words that must be there lead to the few queries worth looking at.

Each query is filed under words one of which must be there (its rarest group), and below them under a second such group, so that most
queries are never touched. What remains is decided by a predicate compiled once from the tree, by the same rules for live posts and for
stored ones. Adding, changing and removing a query touches its own files only.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from askfirst.engines.boolquery.language import (
    And,
    Case,
    Followers,
    Loose,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Wild,
    Word,
    parse,
)
from askfirst.engines.boolquery.words import FIELDS, Post, term

Predicate = Callable[[set[str], str, Post], bool]
# Words that stand in a good part of all posts; anything else is taken for rare until counts say otherwise.
_COMMON = frozenset(
    "the to a and i of in is it you for that on my this me with so have be at just not but are was they all "
    "your we like do no get can out up if what when now one good new day time go love know see from about "
    "more will how an has he she as or there by who our u im rt lol don t s re ll ve ist und die der das ich "
    "nicht ein zu es mit auf für den im sie wir".split()
)
# How many (first, second) pairs one query may be filed under before the second level is given up.
MOST_PAIRS = 24
MOST_COMPILED = 20_000


def predicate(node: Node) -> Predicate:
    """A function of (words, joined text, post) that says whether the node matches; user text enters only through repr."""
    known: dict[str, Any] = {"_near": _near_matches, "_loose": _loose_matches}
    source = _source(node, known)
    made: Predicate = eval(f"lambda s, j, p: {source}", known)
    return made


def _source(node: Node, known: dict[str, Any]) -> str:
    match node:
        case Word(text):
            return f"{text!r} in s"
        case Phrase(words):
            return f"({words[0]!r} in s and {_spaced(words)!r} in j)"
        case Prefix(text):
            if text[0] in "#@$":
                return f"any(w.startswith({text!r}) for w in s)"
            return f"{' ' + text!r} in j"
        case Wild():
            name = f"_w{len(known)}"
            known[name] = _wild(node.pattern).search
            return f"{name}(j) is not None"
        case Case(text):
            name = f"_c{len(known)}"
            known[name] = _cased(text).search
            return f"{name}(p.raw) is not None"
        case Loose():
            name = f"_l{len(known)}"
            known[name] = node
            return f"({' and '.join(f'{word!r} in s' for word in node.words)} and _loose({name}, p))"
        case Followers(least, most):
            return f"{least} <= p.followers <= {most}"
        case Near():
            name = f"_n{len(known)}"
            known[name] = node
            guard = " and ".join(f"({_any_word(side)})" for side in (node.left, node.right))
            return f"({guard} and _near({name}, p))"
        case Not(inner):
            return f"not ({_source(inner, known)})"
        case And(nodes):
            # What must be there first: it fails sooner.
            ordered = sorted(nodes, key=lambda part: isinstance(part, Not))
            return "(" + " and ".join(_source(part, known) for part in ordered) + ")"
        case Or(nodes):
            return "(" + " or ".join(_source(part, known) for part in nodes) + ")"


def _spaced(words: Iterable[str]) -> str:
    return f" {' '.join(words)} "


def _any_word(node: Node) -> str:
    """A cheap test that must hold for a side of NEAR to be anywhere."""
    match node:
        case Word(text):
            return f"{text!r} in s"
        case Phrase(words):
            return f"{words[0]!r} in s"
        case Or(nodes):
            return " or ".join(_any_word(part) for part in nodes)
        case Near(left, right):
            return f"({_any_word(left)}) and ({_any_word(right)})"
    return "True"


@lru_cache(maxsize=20_000)
def _wild(pattern: str) -> re.Pattern[str]:
    inner = re.escape(pattern.rstrip("*")).replace(r"\?", "[^ ]")
    return re.compile(f" {inner}{'' if pattern.endswith('*') else ' '}")


@lru_cache(maxsize=20_000)
def _cased(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(text)}(?!\w)")


Span = tuple[int, int]


def _spans(node: Node, post: Post) -> list[Span]:
    """(first, last) places of a node that has places."""
    places = post.places
    match node:
        case Word(text):
            return [(at, at) for at in places.get(text, ())]
        case Phrase(words):
            rest = [set(places.get(word, ())) for word in words[1:]]
            return [
                (at, at + len(rest))
                for at in places.get(words[0], ())
                if all(at + step in there for step, there in enumerate(rest, start=1))
            ]
        case Prefix(text):
            return sorted((at, at) for word, own in places.items() if word.startswith(text) for at in own)
        case Wild(pattern):
            found = _wild(pattern)
            return sorted((at, at) for word, own in places.items() if found.match(f" {word} ") for at in own)
        case Or(nodes):
            return sorted({span for part in nodes for span in _spans(part, post)})
        case Near():
            return _near_spans(node, post)
    return []


def _near_spans(node: Near, post: Post) -> list[Span]:
    left = _spans(node.left, post)
    right = _spans(node.right, post) if left else []
    found = set()
    for a_first, a_last in left:
        for b_first, b_last in right:
            if 0 <= b_first - a_last - 1 <= node.gap and b_first > a_last:
                found.add((a_first, b_last))
            elif not node.is_ordered and a_first > b_last and a_first - b_last - 1 <= node.gap:
                found.add((b_first, a_last))
    return sorted(found)[:200]


def _near_matches(node: Near, post: Post) -> bool:
    return bool(_near_spans(node, post))


def _loose_matches(node: Loose, post: Post) -> bool:
    """A window in which every word stands, one place each, with at most `gap` others."""
    need: dict[str, int] = {}
    for word in node.words:
        need[word] = need.get(word, 0) + 1
    events = sorted((at, word) for word in need for at in post.places.get(word, ()))
    have: dict[str, int] = {}
    start = 0
    for at, word in events:
        have[word] = have.get(word, 0) + 1
        while all(have.get(own, 0) >= count for own, count in need.items()):
            first_at, first = events[start]
            if at - first_at + 1 - len(node.words) <= node.gap:
                return True
            have[first] -= 1
            start += 1
    return False


Groups = list[tuple[frozenset[str], bool]]


def _groups(node: Node) -> Groups:
    """Sets of words of which one must be there for the node to match, with whether that alone decides the node."""
    match node:
        case Word(text):
            return [(frozenset((text,)), True)]
        case Phrase(words) | Loose(words):
            return [(frozenset((word,)), False) for word in words]
        case Case(text):
            return [(frozenset((word.lstrip("#@$") or word,)), False) for word in term(text)]
        case Prefix(text):
            return [(frozenset((f"{text}*",)), False)]
        case Near(left, right):
            return [(words, False) for side in (left, right) for words, _exact in _groups(side)]
        case And(nodes):
            return [group for part in nodes for group in _groups(part)]
        case Or(nodes):
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


def _is_decided(node: Node, groups: Groups) -> bool:
    """Whether the groups alone say all: an AND of words and of ORs of words."""
    parts = node.nodes if isinstance(node, And) else (node,)
    return len(parts) == len(groups) and all(exact for _words, exact in groups)


class Matcher:
    """All saved queries.

    Args:
        frequencies: in how many of a thousand posts a word stands, where known; makes the files better, never the answers.
    """

    def __init__(self, frequencies: Mapping[str, float] | None = None) -> None:
        self._frequencies = frequencies or {}
        self._names: list[str] = []
        self._nodes: list[Node | None] = []
        # A query's number + 1, negative where its groups alone decide it.
        self._single: dict[str, list[int]] = {}
        self._pairs: dict[str, dict[str, list[int]]] = {}
        self._always: list[int] = []
        # Prefixes in use by their length, each with how often.
        self._prefixes: dict[int, dict[str, int]] = {}
        self._compiled: dict[int, Predicate] = {}
        self._numbers: dict[str, int] = {}
        self._free: list[int] = []
        self.fields: set[str] = set()

    def __len__(self) -> int:
        return len(self._numbers)

    def add(self, name: str, query: Query | str) -> None:
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

    def remove(self, name: str) -> None:
        number = self._numbers.pop(name)
        node = self._nodes[number]
        self._nodes[number] = None
        if node is not None:
            self._file(number, node, -1)
        self._compiled.pop(number, None)
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

    def _file(self, number: int, node: Node, sign: int) -> None:
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
                continue
            below = self._pairs.setdefault(word, {})
            for other in second:
                self._count_prefix(other, sign)
                _change_in(below, other, mark, sign)
            if not below:
                del self._pairs[word]

    def _count_prefix(self, word: str, sign: int) -> None:
        if word.endswith("*"):
            counts = self._prefixes.setdefault(len(word) - 1, {})
            counts[word[:-1]] = counts.get(word[:-1], 0) + sign
            if not counts[word[:-1]]:
                del counts[word[:-1]]

    def match(self, row: Mapping[str, Any] | Post) -> list[str]:
        """Names of the queries that match a post, in the order in which they were put in."""
        post = row if isinstance(row, Post) else Post(row, self.fields)
        keys = words = post.words
        for length, prefixes in self._prefixes.items():
            hit = prefixes.keys() & {word[:length] for word in words}
            if hit:
                keys = keys.union([f"{prefix}*" for prefix in hit])
        open_ = self._always.copy()
        for word in self._single.keys() & keys:
            open_ += self._single[word]
        for word in self._pairs.keys() & keys:
            below = self._pairs[word]
            if len(below) < 4:
                for other in below:
                    if other in keys:
                        open_ += below[other]
            else:
                for other in below.keys() & keys:
                    open_ += below[other]
        if not open_:
            return []
        return self._decided(open_, post)

    def _decided(self, marks: list[int], post: Post) -> list[str]:
        words, joined, compiled = post.words, post.joined, self._compiled
        found: set[int] = set()
        for mark in set(marks):
            if mark < 0:
                found.add(-mark - 1)
                continue
            test = compiled.get(mark - 1) or self._compile(mark - 1)
            if test(words, joined, post):
                found.add(mark - 1)
        return [self._names[number] for number in sorted(found)]

    def _compile(self, number: int) -> Predicate:
        """Compiled when first needed; thrown away all together when they grow too many, so that memory stays flat."""
        if len(self._compiled) >= max(MOST_COMPILED, len(self._numbers) // 3):
            self._compiled.clear()
        node = self._nodes[number]
        assert node is not None
        made = self._compiled[number] = predicate(node)
        return made


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


def _fields_of(node: Node) -> set[str]:
    """Which fields of a post a query asks for."""
    match node:
        case Word(text):
            name = text.partition(":")[0]
            return {name} if ":" in text and name in FIELDS else set()
        case Followers():
            return {"followers"}
        case Not(inner):
            return _fields_of(inner)
        case And(nodes) | Or(nodes):
            return set().union(*map(_fields_of, nodes))
    return set()


def matches(query: Query, row: Mapping[str, Any]) -> bool:
    """Whether one query matches one post: for previews and back-fill, by the same predicate."""
    post = Post(row)
    return predicate(query.node)(post.words, post.joined, post)

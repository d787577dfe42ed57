"""Whether one query matches one post: a test made from the tree, the same for live posts, previews and back-fill.

What nearness costs is bounded: a query that would compare more than `MOST_STEPS` pairs of places in one post gives up on it (`TooCostly`),
so that no post, however it is written, holds up the others.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter

from askfirst.engines.boolquery import tree as t
from askfirst.engines.boolquery.words import Post

# (words, joined text, post) to yes or no.
Test = Callable[[set[str], str, Post], bool]
Span = tuple[int, int]
MOST_STEPS = 40_000
# So many pairs of places are compared one by one; of more, only those within reach.
MOST_COMPARED = 64


class TooCostly(Exception):
    """Nearness among so many places that the query gives up on this post."""


def test_of(node: t.Node) -> Test:
    """A function that says whether a node matches. It may raise `TooCostly` where the node holds NEAR."""
    match node:
        case t.Word(text):
            return lambda s, _j, _p: text in s
        case t.Phrase(words):
            first, spaced = words[0], f" {' '.join(words)} "
            return lambda s, j, _p: first in s and spaced in j
        case t.Prefix(text):
            if text[0] in "#@$":
                return lambda s, _j, _p: any(word.startswith(text) for word in s)
            begun = " " + text
            return lambda _s, j, _p: begun in j
        case t.Wild(pattern):
            found = _wild(pattern).search
            return lambda _s, j, _p: found(j) is not None
        case t.Case(text):
            cased = _cased(text).search
            return lambda _s, _j, p: cased(p.raw) is not None
        case t.Followers(least, most):
            return lambda _s, _j, p: least <= p.followers <= most
        case t.Loose((first, second), gap) if first != second:
            return test_of(t.Near(t.Word(first), t.Word(second), gap, is_ordered=False))
        case t.Loose(words):
            need = frozenset(words)
            return lambda s, _j, p: need <= s and _is_loosely_there(node, p)
        case t.Near(left, right):
            before, after = words_of(left), words_of(right)
            if before and after:
                return _near_words(node, before, after)
            guard = _may_be_there(node)
            return lambda s, j, p: guard(s, j, p) and bool(_near_spans(node, p))
        case t.Not(inner):
            banned = words_of(inner)
            if banned:
                has_none = banned.isdisjoint
                return lambda s, _j, _p: has_none(s)
            test = test_of(inner)
            return lambda s, j, p: not test(s, j, p)
        case t.And(nodes):
            return _all_of(nodes)
        case t.Or(nodes):
            return _any_of(nodes)


def words_of(node: t.Node) -> frozenset[str] | None:
    """The words of which one is all that a node asks for; None when it asks for more."""
    if isinstance(node, t.Word):
        return frozenset((node.text,))
    if isinstance(node, t.Or):
        words = frozenset([part.text for part in node.nodes if isinstance(part, t.Word)])
        return words if len(words) == len(node.nodes) else None
    return None


def _all_of(nodes: Sequence[t.Node]) -> Test:
    """Sets first, which cost next to nothing; then what must be there; then what must not."""
    single: list[str] = []
    several: list[frozenset[str]] = []
    banned: list[str] = []
    rest: list[t.Node] = []
    for part in nodes:
        is_not = isinstance(part, t.Not)
        words = words_of(part.node if isinstance(part, t.Not) else part)
        if words is None:
            rest.append(part)
        elif is_not:
            banned += words
        elif len(words) == 1:
            single += words
        else:
            several.append(words)
    need, has_none = frozenset(single), frozenset(banned).isdisjoint
    misses = [words.isdisjoint for words in several]
    tests = [test_of(part) for part in sorted(rest, key=lambda part: isinstance(part, t.Not))]

    # Plain loops: a generator would cost as much as what it goes through.
    def test(s: set[str], j: str, p: Post) -> bool:
        if not need <= s or not has_none(s):
            return False
        for miss in misses:
            if miss(s):
                return False
        for own in tests:  # noqa: SIM110
            if not own(s, j, p):
                return False
        return True

    return test


def _any_of(nodes: Sequence[t.Node]) -> Test:
    plain = frozenset(part.text for part in nodes if isinstance(part, t.Word))
    tests = [test_of(part) for part in nodes if not isinstance(part, t.Word)]
    if not tests:
        return lambda s, _j, _p: not plain.isdisjoint(s)
    return lambda s, j, p: not plain.isdisjoint(s) or any(own(s, j, p) for own in tests)


def _near_words(node: t.Near, left: frozenset[str], right: frozenset[str]) -> Test:
    """NEAR between words, as nearly all are, in a post that says each of them a few times at most."""
    least, most = 1 if node.is_ordered else -node.gap - 1, node.gap + 1

    def test(s: set[str], _j: str, p: Post) -> bool:
        before, after = left & s, right & s
        if not before or not after:
            return False
        firsts = [at for word in before for at in p.places_of(word)]
        seconds = [at for word in after for at in p.places_of(word)]
        if len(firsts) * len(seconds) > MOST_COMPARED:
            return bool(_near_spans(node, p))
        return any(least <= b - a <= most and a != b for a in firsts for b in seconds)

    return test


def _may_be_there(node: t.Node) -> Test:
    """A cheap test that must hold for a NEAR, or for a side of one, to be anywhere."""
    if not isinstance(node, t.Near):
        return test_of(node)
    left, right = _may_be_there(node.left), _may_be_there(node.right)
    return lambda s, j, p: left(s, j, p) and right(s, j, p)


@lru_cache(maxsize=20_000)
def _wild(pattern: str) -> re.Pattern[str]:
    inner = re.escape(pattern.rstrip("*")).replace(r"\?", "[^ ]")
    return re.compile(f" {inner}{'' if pattern.endswith('*') else ' '}")


@lru_cache(maxsize=20_000)
def _cased(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(text)}(?!\w)")


def _spans(node: t.Node, post: Post) -> list[Span]:
    """(first, last) places of a node that has places, in order."""
    match node:
        case t.Word(text):
            return [(at, at) for at in post.places_of(text)]
        case t.Phrase(words):
            rest = [set(post.places_of(word)) for word in words[1:]]
            return [
                (at, at + len(rest))
                for at in post.places_of(words[0])
                if all(at + step in there for step, there in enumerate(rest, start=1))
            ]
        case t.Prefix(text):
            return sorted((at, at) for word, own in post.places.items() if word.startswith(text) for at in own)
        case t.Wild(pattern):
            found = _wild(pattern)
            return sorted((at, at) for word, own in post.places.items() if found.match(f" {word} ") for at in own)
        case t.Or(nodes):
            return sorted({span for part in nodes for span in _spans(part, post)})
        case t.Near():
            return _near_spans(node, post)
    return []


def _near_spans(node: t.Near, post: Post) -> list[Span]:
    """Spans of two sides that are near enough: for each place of the left, only the places of the right within reach are looked at."""
    left = _spans(node.left, post)
    right = _spans(node.right, post) if left else []
    if not right:
        return []
    found: set[Span] = set()
    for a_first, a_last in left:
        low = bisect_left(right, a_last + 1, key=itemgetter(0))
        high = bisect_right(right, a_last + 1 + node.gap, key=itemgetter(0))
        _spend(post, high - low + 1)
        found.update((a_first, b_last) for _b_first, b_last in right[low:high])
    if not node.is_ordered:
        ending = sorted(right, key=itemgetter(1))
        for a_first, a_last in left:
            low = bisect_left(ending, a_first - 1 - node.gap, key=itemgetter(1))
            high = bisect_right(ending, a_first - 1, key=itemgetter(1))
            _spend(post, high - low + 1)
            found.update((b_first, a_last) for b_first, _b_last in ending[low:high])
    return sorted(found)


def _spend(post: Post, steps: int) -> None:
    post.steps += steps
    if post.steps > MOST_STEPS:
        raise TooCostly


def _is_loosely_there(node: t.Loose, post: Post) -> bool:
    """A window in which every word stands, one place each, with at most `gap` others."""
    need: dict[str, int] = {}
    for word in node.words:
        need[word] = need.get(word, 0) + 1
    events = sorted((at, word) for word in need for at in post.places_of(word))
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

"""Trees of queries as short JSON texts, so that a hundred thousand of them are read back without being parsed again."""

import json
from typing import Any

from askfirst.engines.boolquery import tree as t


def pack(node: t.Node) -> str:
    """A tree as JSON: a word is a string, anything else a list whose first element says what it is."""
    return json.dumps(_listed(node), ensure_ascii=False, separators=(",", ":"))


def unpack(text: str) -> t.Node:
    """The tree that `pack` made the text of."""
    return _node(json.loads(text))


def _listed(node: t.Node) -> Any:
    match node:
        case t.Word(text):
            return text
        case t.Phrase(words):
            return ["phrase", *words]
        case t.Prefix(text):
            return ["prefix", text]
        case t.Wild(pattern):
            return ["wild", pattern]
        case t.Case(text):
            return ["case", text]
        case t.Loose(words, gap):
            return ["loose", gap, *words]
        case t.Followers(least, most):
            return ["followers", least, most]
        case t.Near(left, right, gap, is_ordered):
            return ["near", gap, is_ordered, _listed(left), _listed(right)]
        case t.Not(inner):
            return ["not", _listed(inner)]
        case t.And(nodes):
            return ["and", *map(_listed, nodes)]
        case t.Or(nodes):
            return ["or", *map(_listed, nodes)]


def _node(value: Any) -> t.Node:
    match value:
        case str():
            return t.Word(value)
        case ["phrase", *words]:
            return t.Phrase(tuple(words))
        case ["prefix", text]:
            return t.Prefix(text)
        case ["wild", pattern]:
            return t.Wild(pattern)
        case ["case", text]:
            return t.Case(text)
        case ["loose", gap, *words]:
            return t.Loose(tuple(words), gap)
        case ["followers", least, most]:
            return t.Followers(least, most)
        case ["near", gap, is_ordered, left, right]:
            return t.Near(_node(left), _node(right), gap, is_ordered)
        case ["not", inner]:
            return t.Not(_node(inner))
        case ["and", *nodes]:
            return t.And(tuple(map(_node, nodes)))
        case ["or", *nodes]:
            return t.Or(tuple(map(_node, nodes)))
    raise ValueError(f"No stored query: {value!r:.80}")

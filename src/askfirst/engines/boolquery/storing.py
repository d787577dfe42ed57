"""Trees of queries as short JSON texts, so that a hundred thousand of them are read back without being parsed again."""

import json
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
    Wild,
    Word,
)


def pack(node: Node) -> str:
    """A tree as JSON: a word is a string, anything else a list whose first element says what it is."""
    return json.dumps(_listed(node), ensure_ascii=False, separators=(",", ":"))


def unpack(text: str) -> Node:
    """The tree that `pack` made the text of."""
    return _node(json.loads(text))


def _listed(node: Node) -> Any:
    match node:
        case Word(text):
            return text
        case Phrase(words):
            return ["phrase", *words]
        case Prefix(text):
            return ["prefix", text]
        case Wild(pattern):
            return ["wild", pattern]
        case Case(text):
            return ["case", text]
        case Loose(words, gap):
            return ["loose", gap, *words]
        case Followers(least, most):
            return ["followers", least, most]
        case Near(left, right, gap, is_ordered):
            return ["near", gap, is_ordered, _listed(left), _listed(right)]
        case Not(inner):
            return ["not", _listed(inner)]
        case And(nodes):
            return ["and", *map(_listed, nodes)]
        case Or(nodes):
            return ["or", *map(_listed, nodes)]


def _node(value: Any) -> Node:
    match value:
        case str():
            return Word(value)
        case ["phrase", *words]:
            return Phrase(tuple(words))
        case ["prefix", text]:
            return Prefix(text)
        case ["wild", pattern]:
            return Wild(pattern)
        case ["case", text]:
            return Case(text)
        case ["loose", gap, *words]:
            return Loose(tuple(words), gap)
        case ["followers", least, most]:
            return Followers(least, most)
        case ["near", gap, is_ordered, left, right]:
            return Near(_node(left), _node(right), gap, is_ordered)
        case ["not", inner]:
            return Not(_node(inner))
        case ["and", *nodes]:
            return And(tuple(map(_node, nodes)))
        case ["or", *nodes]:
            return Or(tuple(map(_node, nodes)))
    raise ValueError(f"No stored query: {value!r:.80}")

"""What a query says that is surely not meant: parts that exclude each other, and parts said twice."""

from collections.abc import Iterator

from askfirst.engines.boolquery.language import And, Loose, Near, Node, Not, Or, Phrase, Word, shown

# A post has one of each.
_SINGLE = ("lang:", "source:", "author:")


def lint(node: Node) -> list[str]:
    """Hints in words, the outermost first."""
    return list(dict.fromkeys(_hints(node)))


def _hints(node: Node) -> Iterator[str]:
    match node:
        case And(nodes):
            yield from _contradictions(nodes)
        case Or(nodes):
            for part in {part for part in nodes if nodes.count(part) > 1}:
                yield f"{shown(part)} is said twice."
    match node:
        case And(nodes) | Or(nodes):
            for part in nodes:
                yield from _hints(part)
        case Not(inner):
            yield from _hints(inner)
        case Near(left, right):
            yield from _hints(left)
            yield from _hints(right)


def _contradictions(nodes: tuple[Node, ...]) -> Iterator[str]:
    banned = {word for part in nodes if isinstance(part, Not) for word in _alternatives(part.node)}
    for part in nodes:
        if isinstance(part, Not):
            continue
        if isinstance(part, Or):
            kept = [own for own in part.nodes if not _needed(own) & banned]
            if not kept:
                yield f"{shown(part)} can never be there: all of it is excluded."
            elif len(kept) < len(part.nodes):
                lost = ", ".join(shown(own) for own in part.nodes if own not in kept)
                yield f"{lost} can never be there: it is excluded."
        elif _needed(part) & banned:
            yield f"{shown(part)} can never be there: it is excluded."
    for field in _SINGLE:
        asked = sorted({part.text for part in nodes if isinstance(part, Word) and part.text.startswith(field)})
        if len(asked) > 1:
            yield f"{' and '.join(asked)}: a post has only one. Write ({' OR '.join(asked)})."


def _alternatives(node: Node) -> set[str]:
    """Words that are each enough for a node."""
    match node:
        case Word(text):
            return {text}
        case Or(nodes):
            return set().union(*map(_alternatives, nodes))
    return set()


def _needed(node: Node) -> set[str]:
    """Words that a node cannot do without."""
    match node:
        case Word(text):
            # A tag, a name or a share is also its plain word.
            return {text, text[1:]} if text[0] in "#@$" else {text}
        case Phrase(words) | Loose(words):
            return set(words)
        case And(nodes):
            return set().union(*map(_needed, nodes))
        case Near(left, right):
            return _needed(left) | _needed(right)
    return set()

"""What a query says that is surely not meant: parts that exclude each other, and parts said twice."""

from collections.abc import Iterator

from askfirst.engines.boolquery import tree as t
from askfirst.engines.marking import _

# A post has one of each.
_SINGLE = ("lang:", "source:", "author:")


def lint(node: t.Node) -> list[t.Hint]:
    """Hints about the whole query, the outermost first."""
    return list({str(hint): hint for hint in _hints(node)}.values())


def _hints(node: t.Node) -> Iterator[t.Hint]:
    match node:
        case t.And(nodes):
            yield from _contradictions(nodes)
        case t.Or(nodes):
            for part in {part for part in nodes if nodes.count(part) > 1}:
                yield t.Hint(0, _("%(part)s is said twice."), part=t.shown(part))
    match node:
        case t.And(nodes) | t.Or(nodes):
            for part in nodes:
                yield from _hints(part)
        case t.Not(inner):
            yield from _hints(inner)
        case t.Near(left, right):
            yield from _hints(left)
            yield from _hints(right)


def _contradictions(nodes: tuple[t.Node, ...]) -> Iterator[t.Hint]:
    banned = {word for part in nodes if isinstance(part, t.Not) for word in _alternatives(part.node)}
    for part in nodes:
        if isinstance(part, t.Not):
            continue
        if isinstance(part, t.Or):
            kept = [own for own in part.nodes if not _needed(own) & banned]
            if not kept:
                yield t.Hint(0, _("%(part)s can never be there: all of it is excluded."), part=t.shown(part))
            elif len(kept) < len(part.nodes):
                lost = ", ".join(t.shown(own) for own in part.nodes if own not in kept)
                yield t.Hint(0, _("%(part)s can never be there: it is excluded."), part=lost)
        elif _needed(part) & banned:
            yield t.Hint(0, _("%(part)s can never be there: it is excluded."), part=t.shown(part))
    for field in _SINGLE:
        asked = sorted({part.text for part in nodes if isinstance(part, t.Word) and part.text.startswith(field)})
        if len(asked) > 1:
            yield t.Hint(
                0,
                _("%(parts)s: a post has only one of them. Write (%(mend)s)."),
                parts=", ".join(asked),
                mend=" OR ".join(asked),
            )


def _alternatives(node: t.Node) -> set[str]:
    """Words that are each enough for a node."""
    match node:
        case t.Word(text):
            return {text}
        case t.Or(nodes):
            return set().union(*map(_alternatives, nodes))
    return set()


def _needed(node: t.Node) -> set[str]:
    """Words that a node cannot do without."""
    match node:
        case t.Word(text):
            # A tag, a name or a share is also its plain word.
            return {text, text[1:]} if text[0] in "#@$" else {text}
        case t.Phrase(words) | t.Loose(words):
            return set(words)
        case t.And(nodes):
            return set().union(*map(_needed, nodes))
        case t.Near(left, right):
            return _needed(left) | _needed(right)
    return set()

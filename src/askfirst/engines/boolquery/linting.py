"""What a query says that is surely not meant: parts that exclude each other, and parts said twice."""

from collections.abc import Iterator

from askfirst.engines.boolquery.language import And, Hint, Loose, Near, Node, Not, Or, Phrase, Word, shown

# A post has one of each.
_SINGLE = ("lang:", "source:", "author:")


def lint(node: Node) -> list[Hint]:
    """Hints about the whole query, the outermost first."""
    return list({str(hint): hint for hint in _hints(node)}.values())


def _(text: str) -> str:
    """Marks words for people; the doors translate them."""
    return text


def _hints(node: Node) -> Iterator[Hint]:
    match node:
        case And(nodes):
            yield from _contradictions(nodes)
        case Or(nodes):
            for part in {part for part in nodes if nodes.count(part) > 1}:
                yield Hint(0, _("%(part)s is said twice."), part=shown(part))
    match node:
        case And(nodes) | Or(nodes):
            for part in nodes:
                yield from _hints(part)
        case Not(inner):
            yield from _hints(inner)
        case Near(left, right):
            yield from _hints(left)
            yield from _hints(right)


def _contradictions(nodes: tuple[Node, ...]) -> Iterator[Hint]:
    banned = {word for part in nodes if isinstance(part, Not) for word in _alternatives(part.node)}
    for part in nodes:
        if isinstance(part, Not):
            continue
        if isinstance(part, Or):
            kept = [own for own in part.nodes if not _needed(own) & banned]
            if not kept:
                yield Hint(0, _("%(part)s can never be there: all of it is excluded."), part=shown(part))
            elif len(kept) < len(part.nodes):
                lost = ", ".join(shown(own) for own in part.nodes if own not in kept)
                yield Hint(0, _("%(part)s can never be there: it is excluded."), part=lost)
        elif _needed(part) & banned:
            yield Hint(0, _("%(part)s can never be there: it is excluded."), part=shown(part))
    for field in _SINGLE:
        asked = sorted({part.text for part in nodes if isinstance(part, Word) and part.text.startswith(field)})
        if len(asked) > 1:
            yield Hint(
                0,
                _("%(parts)s: a post has only one of them. Write (%(mend)s)."),
                parts=", ".join(asked),
                mend=" OR ".join(asked),
            )


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

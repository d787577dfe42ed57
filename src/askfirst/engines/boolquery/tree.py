"""The parts that a query is made of, how they are written out, and what can be wrong or strange about one."""

from dataclasses import dataclass


class QueryError(ValueError):
    """A query that cannot be used.

    Attributes:
        at: where in the text, from 0.
        message, mend: what is wrong and what to do, with %(name)s where one of `values` belongs; the doors translate them.
    """

    def __init__(self, message: str, at: int, mend: str, **values: object) -> None:
        super().__init__(f"{message} {mend}" % values)
        self.message, self.at, self.mend, self.values = message, at, mend, values


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the post, or a made-up one for a tag or field, such as #sale or lang:de."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    text: str


@dataclass(frozen=True, slots=True)
class Wild:
    """A word with ? for one letter each (and perhaps * at its end)."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Case:
    """Written exactly so."""

    text: str


@dataclass(frozen=True, slots=True)
class Loose:
    """All of the words, in any order, with at most `gap` others among them."""

    words: tuple[str, ...]
    gap: int


@dataclass(frozen=True, slots=True)
class Followers:
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Near:
    left: "Node"
    right: "Node"
    gap: int
    is_ordered: bool


@dataclass(frozen=True, slots=True)
class Not:
    node: "Node"


@dataclass(frozen=True, slots=True)
class And:
    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    nodes: tuple["Node", ...]


Node = Word | Phrase | Prefix | Wild | Case | Loose | Followers | Near | Not | And | Or


class Hint:
    """Something that is allowed and perhaps not meant. `at`: where in the text; `text` with %(name)s where one of `values` belongs."""

    def __init__(self, at: int, text: str, **values: object) -> None:
        self.at, self.text, self.values = at, text, values

    def __str__(self) -> str:
        return self.text % self.values


@dataclass(frozen=True)
class Query:
    """A query that can be matched. `source` is the text as written."""

    source: str
    node: Node
    hints: tuple[Hint, ...] = ()

    @property
    def as_read(self) -> str:
        """The query with every operator and parenthesis written out."""
        return shown(self.node)


def is_positive(node: Node) -> bool:
    """Whether something must be there for the query to match."""
    if isinstance(node, Not | Followers):
        return False
    if isinstance(node, And):
        return any(is_positive(part) for part in node.nodes)
    if isinstance(node, Or):
        return all(is_positive(part) for part in node.nodes)
    return True


def shown(node: Node) -> str:
    """A node as a query in which nothing is left to precedence."""
    match node:
        case Word(text):
            return text
        case Phrase(words):
            return f'"{" ".join(words)}"'
        case Prefix(text):
            return f"{text}*"
        case Wild(pattern):
            return pattern
        case Case(text):
            return f'case:"{text}"'
        case Loose(words, gap):
            return f'"{" ".join(words)}"~{gap}'
        case Followers(least, most):
            return f"followers:>={least}" if most >= 10**12 else f"followers:<={most}"
        case Near(left, right, gap, is_ordered):
            return f"({shown(left)} {'O' if is_ordered else ''}NEAR/{gap} {shown(right)})"
        case Not(inner):
            return f"NOT {shown(inner)}"
        case And(nodes):
            return f"({' AND '.join(map(shown, nodes))})"
        case Or(nodes):
            return f"({' OR '.join(map(shown, nodes))})"

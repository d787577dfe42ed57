"""The query language: read into a tree, with errors that point at the place and say the mend.

Precedence NEAR > NOT > AND > OR; a bare space is AND; operators are written in capitals. See docs/reference/queries.md.
"""

import re

from askfirst.engines.boolquery.tokens import ALIASES, END, Token, tokens_of
from askfirst.engines.boolquery.tree import (
    And,
    Case,
    Followers,
    Hint,
    Loose,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    QueryError,
    Wild,
    Word,
    is_positive,
)
from askfirst.engines.boolquery.words import folded, term
from askfirst.engines.marking import _

LONGEST, MOST_TERMS, DEEPEST, MOST_PREFIXES, FARTHEST, NEAR_DEFAULT = 4096, 500, 20, 50, 30, 5
HAS, IS = ("link", "media", "question"), ("reply", "repost", "quote")


def parse(source: str) -> Query:
    """Read a query.

    Raises:
        QueryError: it cannot be used; the error says where, why, and what to do.
    """
    if len(source) > LONGEST:
        raise QueryError(
            _("The query has %(length)s characters; %(most)s are allowed."),
            LONGEST,
            _("Split it into two queries."),
            length=len(source),
            most=LONGEST,
        )
    hints: list[Hint] = []
    tokens = list(tokens_of(source, hints))
    if len(tokens) == 1:
        raise QueryError(_("The query is empty."), 0, _("Write at least one word."))
    reader = _Reader(tokens)
    node = reader.read()
    if reader.terms > MOST_TERMS:
        raise QueryError(
            _("The query has %(terms)s terms; %(most)s are allowed."),
            0,
            _("Split it into two queries."),
            terms=reader.terms,
            most=MOST_TERMS,
        )
    if reader.prefixes > MOST_PREFIXES:
        raise QueryError(
            _("The query has %(number)s words with * or ?; %(most)s are allowed."),
            0,
            _("Write some of them out."),
            number=reader.prefixes,
            most=MOST_PREFIXES,
        )
    if not is_positive(node):
        raise QueryError(
            _("The query would match everything that lacks some words."),
            0,
            _("Give at least one word, phrase or tag that must be there, in each part of an OR."),
        )
    return Query(source, node, tuple(hints))


class _Reader:
    """Reads tokens by falling down the precedence: OR, AND, NOT, NEAR, one term."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens, self._at = tokens, 0
        self.terms = self.prefixes = 0

    def read(self) -> Node:
        node = self._or(0)
        left = self._tokens[self._at]
        if left.kind != END:
            raise QueryError(_("A “)” has no “(” before it."), left.at, _("Take it out, or open a group before."))
        return node

    def _is(self, kind: str) -> bool:
        return self._tokens[self._at].kind == kind

    def _or(self, depth: int) -> Node:
        if depth > DEEPEST:
            raise QueryError(
                _("Groups are nested more than %(most)s deep."),
                self._tokens[self._at].at,
                _("Make it flatter."),
                most=DEEPEST,
            )
        nodes = [self._and(depth)]
        while self._is("OR"):
            self._at += 1
            nodes.append(self._and(depth))
        return (
            nodes[0]
            if len(nodes) == 1
            else Or(tuple(part for node in nodes for part in (node.nodes if isinstance(node, Or) else (node,))))
        )

    def _and(self, depth: int) -> Node:
        nodes = [self._not(depth)]
        while (token := self._tokens[self._at]).kind not in {"OR", ")", END}:
            if token.kind == "AND":
                self._at += 1
            elif token.kind == "near":
                raise QueryError(
                    _("%(word)s has nothing that it can be near to."),
                    token.at,
                    _("Put a word, phrase or group on each side."),
                    word=token.text,
                )
            nodes.append(self._not(depth))
        return (
            nodes[0]
            if len(nodes) == 1
            else And(tuple(part for node in nodes for part in (node.nodes if isinstance(node, And) else (node,))))
        )

    def _not(self, depth: int) -> Node:
        count = 0
        while self._is("NOT"):
            self._at += 1
            count += 1
        node = self._near(depth)
        return Not(node) if count % 2 else node

    def _near(self, depth: int) -> Node:
        node = self._term(depth)
        while self._is("near"):
            token = self._tokens[self._at]
            self._at += 1
            given = re.search(r"/(\d+)", token.text)
            gap = int(given[1]) if given else NEAR_DEFAULT
            if gap > FARTHEST:
                raise QueryError(
                    _("%(word)s reaches too far."),
                    token.at,
                    _("At most %(most)s words may stand between."),
                    word=token.text,
                    most=FARTHEST,
                )
            right = self._term(depth)
            for side in (node, right):
                _must_have_places(side, token)
            node = Near(node, right, gap, token.text.startswith("ONEAR") or token.text[-1] in "fF")
        return node

    def _term(self, depth: int) -> Node:
        token = self._tokens[self._at]
        if token.kind == END:
            before = self._tokens[self._at - 1] if self._at else None
            is_after = before is not None and before.kind in {"AND", "OR", "NOT", "near"}
            message = _("After %(word)s a word is missing.") if is_after else _("Here a word is missing.")
            mend = _("Write one, or take the operator out.")
            raise QueryError(message, token.at, mend, word=before.text if before else "")
        self._at += 1
        if token.kind == "(":
            if self._is(")"):
                raise QueryError(_("The group is empty."), token.at, _("Write something between ( and )."))
            node = self._or(depth + 1)
            if not self._is(")"):
                raise QueryError(_("A “(” is not closed."), token.at, _("Put “)” where the group ends."))
            self._at += 1
            return node
        if token.kind in {"AND", "OR", "near", ")"}:
            message = _("%(word)s stands where a word is expected.")
            if token.kind == ")":
                message = _("A group ends where a word is expected.")
            mend = _("Put a word before it, or write it in quotation marks to search for it.")
            raise QueryError(message, token.at, mend, word=token.text)
        self.terms += 1
        if token.kind == "field":
            return self._field(token)
        return self._plain(token)

    def _plain(self, token: Token) -> Node:
        if token.kind == "phrase":
            return _phrase(token.text, token.at)
        if token.kind == "loose":
            gap, _bar, inside = token.text.partition("\x00")
            words = tuple(_words(inside, token.at))
            if int(gap) > FARTHEST:
                raise QueryError(
                    _("~%(gap)s reaches too far."),
                    token.at,
                    _("At most %(most)s words may stand between."),
                    gap=gap,
                    most=FARTHEST,
                )
            return Loose(words, int(gap)) if len(words) > 1 else Word(words[0])
        return self._word(token.text, token.at)

    def _word(self, text: str, at: int) -> Node:
        if text.isascii() and text.isalnum():
            return Word(text.lower())
        if text[0] in "#@$＃＠" and len(text) > 1:
            mark = {"＃": "#", "＠": "@"}.get(text[0], text[0])
            if text.endswith("*"):
                return self._prefix(text, at)
            inner = term(text[1:])
            if len(inner) == 1:
                return Word(mark + inner[0])
            raise QueryError(
                _("“%(text)s” is no tag or name."), at, _("Letters, digits and _ may follow the mark."), text=text
            )
        if "?" in text.rstrip("?!.,") or (
            text.endswith("?") and len(text.rstrip("?")) >= 2 and not text.endswith("??")
        ):
            return self._wild(text, at)
        if "*" in text:
            return self._prefix(text, at)
        return _phrase(text, at)

    def _prefix(self, text: str, at: int) -> Node:
        if text.index("*") != len(text) - 1:
            raise QueryError(
                _("* can only stand at the end of a word."), at + text.index("*"), _("For one letter inside write ?.")
            )
        inner = term(text[:-1])
        if len(inner) != 1:
            raise QueryError(
                _("“%(text)s” is more than one word."), at, _("Use * at the end of a single word."), text=text
            )
        if len(inner[0].lstrip("#@$")) < 3:
            raise QueryError(
                _("“%(text)s” would match too many words."), at, _("Write at least three letters before *."), text=text
            )
        self.prefixes += 1
        return Prefix(inner[0])

    def _wild(self, text: str, at: int) -> Node:
        plain = folded(text)
        if len(plain.replace("?", "").replace("*", "")) < 2 or not re.fullmatch(r"[\w?]+\*?", plain):
            raise QueryError(
                _("“%(text)s” would match too many words."), at, _("Write at least two letters beside ?."), text=text
            )
        self.prefixes += 1
        return Wild(plain)

    def _field(self, token: Token) -> Node:
        name = ALIASES.get(token.text, token.text)
        value = self._tokens[self._at]
        if value.kind not in {"word", "phrase"}:
            raise QueryError(
                _("%(word)s: needs a value."), token.at, _("Write for example %(word)s:word."), word=token.text
            )
        self._at += 1
        if name in "#@":
            return self._word(name + value.text.lstrip("#@"), value.at)
        if name == "case":
            if not term(value.text):
                raise QueryError(_("case: needs a word."), value.at, _('Write for example case:"IT".'))
            return Case(value.text)
        if name == "title":
            words = _words(value.text, value.at)
            nodes = tuple(Word(f"title:{word}") for word in words)
            return nodes[0] if len(nodes) == 1 else And(nodes)
        if name == "followers":
            return _followers(value)
        if name in {"has", "is"}:
            allowed = HAS if name == "has" else IS
            if value.text.lower() not in allowed:
                raise QueryError(
                    _("%(name)s:%(value)s is unknown."),
                    value.at,
                    _("Known are %(known)s."),
                    name=name,
                    value=value.text,
                    known=", ".join(allowed),
                )
            return Word(f"{name}:{value.text.lower()}")
        plain = folded(value.text).lstrip("@")
        if name in {"link", "site"}:
            plain = re.sub(r"^https?://", "", plain).removeprefix("www.").split("/")[0]
        return Word(f"{name}:{plain}")


def _followers(value: Token) -> Followers:
    found = re.fullmatch(r"([<>]=?)?(\d{1,12})", value.text)
    if not found:
        raise QueryError(_("followers: needs a number."), value.at, _("Write for example followers:>1000."))
    number = int(found[2])
    sign = found[1] or ">="
    if sign.startswith(">"):
        return Followers(number + (sign == ">"), 10**12)
    return Followers(0, number - (sign == "<"))


def _words(text: str, at: int) -> list[str]:
    """The words of a term without their marks."""
    return _unmarked(term(text), text, at)


def _unmarked(listed: list[str], text: str, at: int) -> list[str]:
    words = [word[1:] if word[0] in "#@$" and len(word) > 1 else word for word in listed]
    if not words:
        raise QueryError(_("“%(text)s” holds no letter, digit or emoji."), at, _("Write a word."), text=text)
    return words


def _phrase(text: str, at: int) -> Node:
    listed = term(text)
    if len(listed) == 1 and listed[0][0] in "#@$" and len(listed[0]) > 1:
        return Word(listed[0])
    words = _unmarked(listed, text, at)
    return Word(words[0]) if len(words) == 1 else Phrase(tuple(words))


def _must_have_places(node: Node, token: Token) -> None:
    if isinstance(node, Word | Phrase | Prefix | Wild | Near):
        if isinstance(node, Word) and (":" in node.text or node.text[0] in "#@$"):
            raise QueryError(
                _("%(word)s needs words or phrases on both sides."),
                token.at,
                _("Tags and fields have no place in the text; join them with AND."),
                word=token.text,
            )
        return
    if isinstance(node, Or):
        for part in node.nodes:
            _must_have_places(part, token)
        return
    raise QueryError(
        _("%(word)s needs words, phrases or groups of them with OR on both sides."),
        token.at,
        _("Join other parts with AND."),
        word=token.text,
    )

"""The query language's first reading: from characters to words, phrases, operators and fields, each with its place."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from askfirst.engines.boolquery.tree import Hint, QueryError
from askfirst.engines.marking import _

FIELDS = ("author", "lang", "source", "site", "link", "title", "has", "is", "followers", "case")
ALIASES = {
    "from": "author",
    "url": "link",
    "domain": "site",
    "language": "lang",
    "hashtag": "#",
    "hashtags": "#",
    "mention": "@",
    "at_mentions": "@",
}


class Token(NamedTuple):
    """One piece of a query: what it is, its words, and where it stands. The last one is the END."""

    kind: str
    text: str
    at: int


END = "end"
# What nearly all queries are made of, in one step: a parenthesis, a phrase, an operator, a word in small letters.
_COMMON = re.compile(
    r"\s*(?:([()])|\"([^\"]*)\"(?!~)|(AND|OR|NOT)(?=[\s(])|(?!(?:and|or|not|o?near)\b)([a-z0-9]+\*?)(?=[\s()]|$))"
)
_KINDS = ("", "", "phrase", "", "word")
_OPERATOR = re.compile(r"(?:AND|OR|NOT)(?![\w/])|O?NEAR(?:/(\d+)[fF]?)?(?!\w)")
_SMALL = re.compile(r"(?:and|or|not|o?near(?:/\d+)?)(?!\w)")
_FIELD = re.compile(r"(\w+):(?=\S)")
_BARE = re.compile(r"[^\s()\"“”„]+")
_QUOTES = {'"': '"', "“": "”", "„": "“", "”": "”"}


def tokens_of(source: str, hints: list[Hint]) -> Iterator[Token]:
    """The pieces in order; what is allowed but probably not meant is added to `hints`.

    Raises:
        QueryError: a quotation mark is not closed, or a sign means nothing.
    """
    at = 0
    while at < len(source):
        if found := _COMMON.match(source, at):
            group = found.lastindex or 0
            text = found[group]
            yield Token(_KINDS[group] or text, text, found.start(group) - (group == 2))
            at = found.end()
            continue
        c = source[at]
        if c.isspace():
            at += 1
        elif c in "()":
            yield Token(c, c, at)
            at += 1
        elif c in _QUOTES:
            end = at + 1
            while end < len(source) and source[end] not in {_QUOTES[c], '"'}:
                end += 1
            if end >= len(source):
                raise QueryError(
                    _("A quotation mark is not closed."), at, _('Put " behind the last word of the phrase.')
                )
            inside = source[at + 1 : end]
            slop = re.match(r"~(\d+)", source[end + 1 :])
            yield Token("loose" if slop else "phrase", f"{slop[1]}\x00{inside}" if slop else inside, at)
            at = end + 1 + (len(slop[0]) if slop else 0)
        elif found := _OPERATOR.match(source, at):
            word = found[0]
            kind = "near" if "NEAR" in word else word
            yield Token(kind, word, at)
            at = found.end()
        elif (
            c == "-"
            and at + 1 < len(source)
            and not source[at + 1].isspace()
            and (at == 0 or source[at - 1] in " \t\n(")
        ):
            yield Token("NOT", "-", at)
            at += 1
        else:
            if _SMALL.match(source, at):
                word = _SMALL.match(source, at)[0]  # type: ignore[index]
                hints.append(
                    Hint(
                        at,
                        _("“%(word)s” is read as a word; the operator is written %(operator)s."),
                        word=word,
                        operator=word.upper(),
                    )
                )
            found = _FIELD.match(source, at)
            if found and (found[1].lower() in FIELDS or found[1].lower() in ALIASES):
                yield Token("field", found[1].lower(), at)
                at = found.end()
                continue
            found = _BARE.match(source, at)
            if not found:
                raise QueryError(_("“%(sign)s” cannot stand here."), at, _("Take it out."), sign=c)
            yield Token("word", found[0], at)
            at = found.end()
    yield Token(END, "", len(source))

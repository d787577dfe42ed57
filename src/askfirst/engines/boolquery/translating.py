"""Queries as other listening tools write them, in our words: what differs is replaced, what we do not have is taken out and named.

Differences that are known: operators in small letters, && || and !; distances as near3, w/3, /3, adj3 or "…"~3; {exact letters} and raw:;
<<<comments>>>; other names of fields (tokens.FIELDS reads some by itself).
"""

import re

_PIECE = re.compile(
    r"(?P<comment><<<.*?>>>)"
    r"|(?P<quoted>\"[^\"]*\"(?:~\d+)?|“[^”]*”(?:~\d+)?)"
    r"|(?P<exact>\{[^{}]*\})"
    r"|(?P<symbol>&&|\|\||!(?=[\w(\"{]))"
    r"|(?P<near>\b(?P<ordered>o)?near/?(?P<gap>\d+)[fF]?(?!\w)|\b(?:w|n)/(?P<within>\d+)\b|\b(?P<next>adj|pre/?)(?P<apart>\d+)\b|(?<=\s)/(?P<bare>\d+)(?=\s))"
    r"|(?P<operator>\b(?:and|or|not|andnot|near|onear|adj)(?!\w|:))"
    r"|(?P<field>\b[A-Za-z_]+:)(?P<value>\"[^\"]*\"|\[[^\]]*\]|[^\s()]+)?",
    re.IGNORECASE | re.DOTALL,
)
_FIELDS = {
    "headline": "title", "hlead": "title", "hl": "title", "intitle": "title", "raw": "case", "domainurl": "site", "host": "site", "sitename": "site",
    "links": "link", "inurl": "link", "from_user": "author", "authors": "author", "screenname": "author", "username": "author",
    "languages": "lang", "hashtag": "hashtags", "tag": "hashtags", "at": "mention", "followercount": "followers", "xfollowers": "followers",
}  # fmt: skip
_OURS = frozenset(
    "author lang source site link title has is followers case from url domain language hashtag hashtags mention at_mentions".split()
)
_OPERATORS = {"andnot": "NOT", "adj": "ONEAR/0"}


def translate(text: str) -> tuple[str, list[str]]:
    """(the query in our language, what was taken out because we have nothing like it); a query of ours comes back as it is."""
    dropped: list[str] = []

    def replaced(found: re.Match[str]) -> str:
        whole = found[0]
        if found["comment"]:
            return " "
        if found["quoted"]:
            return whole
        if found["exact"]:
            return f'case:"{whole[1:-1].strip()}"'
        if found["symbol"]:
            return {"&&": "AND", "||": "OR", "!": "NOT "}[whole]
        if found["near"]:
            gap = found["gap"] or found["within"] or found["apart"] or found["bare"]
            is_ordered = found["ordered"] or found["next"] or whole[-1] in "fF"
            return f"{'O' if is_ordered else ''}NEAR/{gap}"
        if found["operator"]:
            return _OPERATORS.get(whole.lower(), whole.upper())
        name = found["field"][:-1].lower()
        if name in {"http", "https"}:
            return whole
        name = _FIELDS.get(name, name)
        if name not in _OURS:
            dropped.append(whole)
            return ""
        return f"{name}:{found['value'] or ''}"

    made = _PIECE.sub(replaced, text)
    return _tidied(made), dropped


def _tidied(text: str) -> str:
    """Without operators that what was taken out has left alone."""
    text = " ".join(text.split())
    before = ""
    while text != before:
        before = text
        text = re.sub(r"\(\s*\)", "", text)
        text = re.sub(r"\b(?:AND|OR|NOT)\s+(?=(?:AND|OR|\)))", "", text)
        text = re.sub(r"\b(?:AND|OR)\s+NOT\s*(?=\)|$)", "", text)
        text = re.sub(r"(?:^|(?<=\())\s*(?:AND|OR)\s+", "", text)
        text = re.sub(r"\s+(?:AND|OR|NOT)\s*(?=\)|$)", "", text)
        text = " ".join(text.split()).replace("( ", "(").replace(" )", ")")
    return text

"""The slow matcher that the quick one is held against: walks the tree over the list of words, with nothing prepared.

And seeded posts and queries of the kind that people save.
"""

import random
from typing import Any

from askfirst.engines.boolquery import parse
from askfirst.engines.boolquery import tree as q
from askfirst.engines.boolquery import words as w


def plain_words(row: dict[str, Any]) -> tuple[list[str], list[str]]:
    def bare(text: str) -> list[str]:
        return [word[1:] if word[0] in "#@$" and len(word) > 1 else word for word in w.split(text)]

    body, head = row.get("text") or "", row.get("title") or ""
    marked = [word for word in w.split(body) + w.split(head) if word[0] in "#@$" and len(word) > 1]
    return (bare(head) + ["\x00"] * 32 if head else []) + bare(body), marked


def fields(row: dict[str, Any]) -> set[str]:
    return {word for word in w.Post(row).words if ":" in word}


def spans(node: q.Node, words: list[str]) -> set[tuple[int, int]]:
    places = range(len(words))
    match node:
        case q.Word(text):
            return {(at, at) for at in places if words[at] == text}
        case q.Phrase(parts):
            return {(at, at + len(parts) - 1) for at in places if tuple(words[at : at + len(parts)]) == parts}
        case q.Prefix(text):
            return {(at, at) for at in places if words[at].startswith(text)}
        case q.Wild(pattern):
            return {(at, at) for at in places if fits(pattern, words[at])}
        case q.Or(nodes):
            return {span for part in nodes for span in spans(part, words)}
        case q.Near(left, right, gap, is_ordered):
            return {
                (min(a[0], b[0]), max(a[1], b[1]))
                for a in spans(left, words)
                for b in spans(right, words)
                if (b[0] > a[1] and b[0] - a[1] - 1 <= gap)
                or (not is_ordered and a[0] > b[1] and a[0] - b[1] - 1 <= gap)
            }
    raise AssertionError(node)


def fits(pattern: str, word: str) -> bool:
    if pattern.endswith("*"):
        pattern = pattern[:-1]
        word = word[: len(pattern)]
    return len(pattern) == len(word) and all(a in ("?", b) for a, b in zip(pattern, word, strict=True))


def holds(node: q.Node, row: dict[str, Any], words: list[str], marked: list[str]) -> bool:
    match node:
        case q.And(nodes):
            return all(holds(part, row, words, marked) for part in nodes)
        case q.Or(nodes):
            return any(holds(part, row, words, marked) for part in nodes)
        case q.Not(inner):
            return not holds(inner, row, words, marked)
        case q.Word(text):
            return text in words or text in marked or text in fields(row)
        case q.Prefix(text) if text[0] in "#@$":
            return any(own.startswith(text) for own in marked)
        case q.Followers(least, most):
            return least <= int(row.get("followers") or 0) <= most
        case q.Loose(parts, gap):
            return any(
                all(words[first : last + 1].count(part) >= parts.count(part) for part in parts)
                for first in range(len(words))
                for last in range(first, min(len(words), first + len(parts) + gap))
            )
        case q.Case(text):
            raw = f"{row['title']}\n{row['text']}" if row.get("title") else row["text"]
            at = raw.find(text)
            while at >= 0:
                before, after = raw[at - 1 : at], raw[at + len(text) : at + len(text) + 1]
                if not (before.isalnum() or before == "_") and not (after.isalnum() or after == "_"):
                    return True
                at = raw.find(text, at + 1)
            return False
        case _:
            return bool(spans(node, words))


def slow_match(queries: dict[str, str], row: dict[str, Any]) -> list[str]:
    words, marked = plain_words(row)
    return [name for name, text in queries.items() if holds(parse(text).node, row, words, marked)]


def is_query(text: str) -> bool:
    """Whether a made-up query can be read."""
    try:
        parse(text)
    except q.QueryError:
        return False
    return True


SYLLABLES = (
    "ba be bo da de do fa fi ga go ka ki la le lo ma me mi na no pa po ra re ri sa se so ta te to va vi wa zo".split()
)


class Maker:
    """Seeded vocabulary, posts and queries; word frequencies fall off as in real text (Zipf)."""

    def __init__(self, seed: int, size: int = 20_000) -> None:
        self.random = random.Random(seed)
        words: dict[str, None] = {}
        while len(words) < size:
            words["".join(self.random.choice(SYLLABLES) for _ in range(self.random.randint(1, 4)))] = None
        self.words = list(words)
        self.weights = [1 / (rank + 3) for rank in range(size)]
        self._drawn: list[str] = []

    def word(self) -> str:
        if not self._drawn:
            self._drawn = self.random.choices(self.words, self.weights, k=50_000)
        return self._drawn.pop()

    def rare(self) -> str:
        return self.words[int(self.random.random() ** 1.6 * (len(self.words) - 60)) + 60]

    def post(self, number: int) -> dict[str, Any]:
        text = ""
        length = self.random.randint(60, 300)
        while len(text) < length:
            word = self.word()
            roll = self.random.random()
            text += (
                "#" + word if roll < 0.03 else "@" + word if roll < 0.04 else word.capitalize() if roll < 0.1 else word
            ) + (" " if roll < 0.93 else ", ")
        row = {"id": number, "text": text.strip(), "lang": self.random.choice(["en", "en", "de", "es"])}
        if self.random.random() < 0.1:
            row["title"] = " ".join(self.word() for _ in range(4))
        if self.random.random() < 0.2:
            row["followers"] = self.random.randint(0, 5000)
        return row

    def query(self) -> str:
        roll, r = self.random.random(), self.rare
        group = f"({' OR '.join(r() for _ in range(self.random.randint(2, 6)))})"
        if roll < 0.2:
            return f"{r()} {group}"
        if roll < 0.35:
            return f"{group} {r()} NOT {self.word()}"
        if roll < 0.5:
            return f'"{self.word()} {r()}" {"" if self.random.random() < 0.5 else group}'
        if roll < 0.62:
            return f"{r()} NEAR/{self.random.randint(1, 12)} {group}"
        if roll < 0.7:
            return f"{group} ({self.word()} OR {r()}) NOT ({r()} OR {r()})"
        if roll < 0.78:
            return f"{r()[:4].ljust(3, 'a')}* {r()}"
        if roll < 0.84:
            return f'"{r()} {self.word()}"~{self.random.randint(0, 9)}'
        if roll < 0.89:
            return f"#{self.word()} {group}"
        if roll < 0.93:
            return f"lang:{self.random.choice(['en', 'de'])} {r()} {self.word()}"
        if roll < 0.96:
            return (
                f"({r()} OR {self.word()} {r()}) ONEAR/4 {r()}"
                if self.random.random() < 0
                else f"({r()} OR {r()}) ONEAR/4 ({r()} OR {self.word()})"
            )
        return r()

    def common_query(self) -> str:
        """One that often matches, for the comparison with the slow matcher."""
        w_ = self.word
        return self.random.choice([
            f"{w_()} {w_()}", f"({w_()} OR {w_()}) NOT {w_()}", f'"{w_()} {w_()}"', f"{w_()} NEAR/6 ({w_()} OR {w_()})", f"#{w_()} OR @{w_()}",
            f'"{w_()} {w_()}"~5', f"{w_()[:3].ljust(3, 'a')}* NOT {w_()}", f"{w_()} ONEAR/9 {w_()} ONEAR/9 {w_()}",
            f"lang:de {w_()}", f"{w_()[0]}?{w_()[:1]} {w_()}",
            f"title:{w_()} OR {w_()}", f"case:{w_().capitalize()}", f"{w_()} followers:>2000",
            f"({w_()} ({w_()} OR {w_()} NOT {w_()})) OR {w_()}", f"{w_()} -{w_()} -{w_()}",
            f"#{w_()[:3].ljust(3, 'a')}* {w_()}", f'("{w_()} {w_()}" OR {w_()}) NEAR/3 {w_()}', f"NOT {w_()} AND ({w_()} OR {w_()})",
        ])  # fmt: skip

"""Posts as words: the one way of folding and splitting that queries and posts share.

NFKC, small letters, no diacritics; words split at everything that is no letter or digit; addresses left out; emoji are words; scripts
without spaces (CJK, Thai, Lao, Khmer) are runs of two characters at both ends. A hashtag, mention or cashtag is also its plain word.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

# More words than any NEAR may reach, so that nothing is near across title and text.
GAP = " \x00" * 32
# In a post of no more words, those that are asked for are counted one by one.
FEW_WORDS = 200
_ASCII = re.compile(r"[#@$]?[a-z0-9_]+")
# What separates words becomes a space, marks too, and capitals small letters.
_PLAIN = bytes(ord(chr(at).lower()) if re.match(r"\w", chr(at), re.ASCII) else 32 for at in range(256))
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)
_DENSE = "\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f"
_EMOJI = "\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d\U0001f000-\U0001faff"
_ANY = re.compile(rf"[{_DENSE}]+|[{_EMOJI}]|[#@$＃＠]?[^\W{_DENSE}]+")
_MARKS = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe00-\ufe0f\ufe20-\ufe2f\u200b-\u200f\u2060\ufeff\U0001f3fb-\U0001f3ff]"
)
_IS_DENSE = re.compile(rf"[{_DENSE}]")


def folded(text: str) -> str:
    """Small letters without diacritics, compatibility characters made plain."""
    if text.isascii():
        return text.lower()
    return _fold(text) if len(text) < 60 else _folded(text)


def _folded(text: str) -> str:
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFKC", _MARKS.sub("", unicodedata.normalize("NFKD", plain)))


_fold = lru_cache(maxsize=20_000)(_folded)


def split(text: str) -> list[str]:
    """Folded words in order; marks (#, @, $) stay in front of theirs."""
    if "://" in text or "www." in text or "WWW." in text:
        text = _URL.sub(" ", text)
    if text.isascii():
        return _ASCII.findall(text.lower())
    found = []
    for token in _ANY.findall(_folded(text)):
        if _IS_DENSE.match(token) and len(token) > 1:
            found += [token[at : at + 2] for at in range(len(token) - 1)]
        else:
            found.append(token.replace("＃", "#").replace("＠", "@"))
    return found


def plain_and_marked(text: str) -> tuple[list[str], list[str]]:
    """(words without their marks, in order; those that had one, with it), as `split` has them together; several times as quick."""
    if "://" in text or "www." in text or "WWW." in text:
        text = _URL.sub(" ", text)
    if text.isascii():
        plain = (text.encode().translate(_PLAIN) + b" ").decode()
        marked: list[str] = []
        for mark in "#@$":
            at = text.find(mark)
            while at >= 0:
                # Where the mark stood is a space now, and the word begins behind it.
                end = plain.find(" ", at + 1)
                if end > at + 1:
                    marked.append(mark + plain[at + 1 : end])
                at = text.find(mark, at + 1)
        return plain.split(), marked
    listed = split(text)
    marked = [word for word in listed if word[0] in "#@$"]
    return [word[1:] if word[0] in "#@$" else word for word in listed] if marked else listed, marked


def term(text: str) -> list[str]:
    """The words of a query's term; more than one where the text is split, as in don't or 東京都."""
    return split(text)


FIELDS = frozenset(("author", "lang", "source", "link", "site", "is", "has", "followers"))


class Post:
    """One post, ready to be matched.

    Args:
        row: id, text, and any of title, author, lang, source, url, links, is_reply, is_repost, is_quote, has_media, followers.
        fields: for which fields (of FIELDS) the words are made by which queries ask for them.
    """

    __slots__ = ("_listed", "_places", "followers", "joined", "raw", "steps", "words")

    def __init__(self, row: Mapping[str, Any], fields: Collection[str] = FIELDS) -> None:
        text = self.raw = row.get("text") or ""
        plain, marked = plain_and_marked(text)
        self.words = set(plain)
        if marked:
            self.words.update(marked)
        self.joined = f" {' '.join(plain)} "
        self._listed = plain
        self._places: dict[str, list[int]] | None = None
        self.followers = 0
        # What nearness has cost so far, for the query that is being tried.
        self.steps = 0
        if row.get("title"):
            self._add_title(row["title"])
        for field in fields:
            _ADDERS[field](self, row)

    def _add_title(self, title: str) -> None:
        head, marked = plain_and_marked(title)
        self.words.update(head, marked, (f"title:{word}" for word in head))
        self.joined = f" {' '.join(head)}{GAP}{self.joined}"
        self._listed = [*head, *GAP.split(" ")[1:], *self._listed]
        self.raw = f"{title}\n{self.raw}"

    @property
    def places(self) -> dict[str, list[int]]:
        """Where each plain word stands, counted from 0."""
        if self._places is None:
            found: dict[str, list[int]] = {}
            for at, word in enumerate(self._listed):
                found.setdefault(word, []).append(at)
            self._places = found
        return self._places

    def places_of(self, word: str) -> Sequence[int]:
        """Where one plain word stands; in a short post without looking at the others, as nearly all queries that ask want one or two."""
        listed = self._listed
        if self._places is not None or len(listed) > FEW_WORDS:
            return self.places.get(word, ())
        number = listed.count(word)
        if number < 2:
            return (listed.index(word),) if number else ()
        return [at for at, own in enumerate(listed) if own == word]


# A post's words for one field each: only for fields that a query asks for are they made.
def _name(field: str) -> Callable[[Post, Mapping[str, Any]], None]:
    def add(post: Post, row: Mapping[str, Any]) -> None:
        value = row.get(field)
        if value:
            post.words.add(_of_field(field, str(value)))

    return add


def _link(post: Post, row: Mapping[str, Any]) -> None:
    for link in row.get("links") or _URL.findall(row.get("text") or ""):
        post.words.add("has:link")
        post.words.update(f"link:{host}" for host in hosts(str(link)))


def _site(post: Post, row: Mapping[str, Any]) -> None:
    if row.get("url"):
        post.words.update(f"site:{host}" for host in hosts(str(row["url"])))


def _is(post: Post, row: Mapping[str, Any]) -> None:
    post.words.update(f"is:{name}" for name in ("reply", "repost", "quote") if row.get(f"is_{name}"))


def _has(post: Post, row: Mapping[str, Any]) -> None:
    if row.get("links") or _URL.search(row.get("text") or ""):
        post.words.add("has:link")
    if row.get("has_media") or row.get("media"):
        post.words.add("has:media")
    if "?" in post.raw or "？" in post.raw:
        post.words.add("has:question")


def _followers(post: Post, row: Mapping[str, Any]) -> None:
    try:
        post.followers = int(row.get("followers") or 0)
    except (TypeError, ValueError):
        post.followers = 0


_ADDERS = {
    "author": _name("author"), "lang": _name("lang"), "source": _name("source"), "link": _link, "site": _site, "is": _is, "has": _has,
    "followers": _followers,
}  # fmt: skip


@lru_cache(maxsize=20_000)
def _of_field(name: str, value: str) -> str:
    return f"{name}:{folded(value).lstrip('@')}"


def hosts(address: str) -> list[str]:
    """A link's host and the domains above it, so that a query for a domain finds its subdomains."""
    try:
        host = (
            (urlsplit(address if "://" in address else f"https://{address}").hostname or "")
            .lower()
            .removeprefix("www.")
        )
    except ValueError:
        return []
    parts = host.split(".")
    return [".".join(parts[at:]) for at in range(max(1, len(parts) - 1))] if host else []

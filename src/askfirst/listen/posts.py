"""A post as it is matched, judged and kept: cut to what is kept first, so that live posts and stored ones give the same answers."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from askfirst.base.texts import storable
from askfirst.engines import boolquery, triage
from askfirst.listen.models import RISKS, Mention, Source

TEXT_LIMIT, TITLE_LIMIT, AUTHOR_LIMIT, ADDRESS_LIMIT, ID_LIMIT = 10_000, 300, 200, 2000, 300
# What queries can ask for beside the columns of a mention.
SHAPE = ("is_reply", "is_repost", "is_quote", "has_media")
MOST_LINKS = 20
FIRST_YEAR = 1990
RISKS_SET = frozenset(map(str, RISKS))


def normal(row: Mapping[str, Any], source: Source) -> dict[str, Any]:
    """A source's row with everything in the shape and length that is kept; what is missing is left out."""
    found: dict[str, Any] = {
        "id": key_of(row.get("id")),
        "text": storable(str(row.get("text") or ""))[:TEXT_LIMIT],
        "source": storable(str(row.get("source") or source.kind))[:40],
    }
    for name, most in (("title", TITLE_LIMIT), ("author", AUTHOR_LIMIT), ("lang", 8)):
        if row.get(name):
            found[name] = storable(str(row[name]))[:most]
    address = storable(str(row.get("url") or ""))
    # A shortened address would be another one: it would open something else, and answer that the post is gone.
    if address.startswith(("http://", "https://")) and len(address) <= ADDRESS_LIMIT:
        found["url"] = address
    if row.get("followers"):
        found["followers"] = _number(row["followers"])
    links = row.get("links")
    if isinstance(links, list) and links:
        found["links"] = [storable(str(link))[:ADDRESS_LIMIT] for link in links[:MOST_LINKS]]
    for name in SHAPE:
        if row.get(name) or (name == "has_media" and row.get("media")):
            found[name] = True
    return found


def key_of(value: object) -> str:
    """A post's id as it is kept; of a longer one the beginning and a digest, so that two that begin alike stay two."""
    key = storable(str(value))
    if len(key) <= ID_LIMIT:
        return key
    return f"{key[: ID_LIMIT - 33]}…{hashlib.blake2b(key.encode(), digest_size=16).hexdigest()}"


def as_row(mention: Mention) -> dict[str, Any]:
    """The row that `normal` made when the post came."""
    kept = {
        "title": mention.title, "author": mention.author, "lang": mention.language, "url": mention.address, "followers": mention.followers,
    }  # fmt: skip
    return {
        "id": mention.foreign_id,
        "text": mention.text,
        "source": mention.source.kind,
        **{name: value for name, value in kept.items() if value},
        **mention.shape,
    }


def mention_of(row: Mapping[str, Any], found: triage.Mention, source: Source, posted_at: Any) -> Mention:
    """What is kept of a normal row; not saved yet."""
    shape = {name: row[name] for name in ("links", *SHAPE) if name in row}
    if row["source"] != source.kind:
        shape["source"] = row["source"]
    return Mention(
        source=source, foreign_id=row["id"], address=row.get("url", ""), author=row.get("author", ""), title=row.get("title", ""), text=row["text"],
        language=row.get("lang", ""), followers=row.get("followers", 0), shape=shape, posted_at=_moment(posted_at), kind=found.kind,
        kinds=list(found.kinds), mood=found.mood, priority=found.priority, reasons=list(found.reasons), telling=list(found.telling),
        is_risk=is_risk(found.kinds), is_unsure=found.is_unsure,
        engine=found.version, digest=digest(row["text"]),
    )  # fmt: skip


def is_risk(kinds: Iterable[str]) -> bool:
    """Whether a mention of these kinds belongs among the risks."""
    return not RISKS_SET.isdisjoint(kinds)


def digest(text: str) -> str:
    """The same for posts whose words are the same."""
    plain = " ".join(word.lstrip("#@$") for word in boolquery.words.split(text))
    return hashlib.blake2b(plain.encode(), digest_size=16).hexdigest()


def _number(value: Any) -> int:
    try:
        return max(0, min(int(value), 2_000_000_000))
    except (TypeError, ValueError):
        return 0


def _moment(value: Any) -> datetime:
    try:
        found = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    except ValueError:
        return timezone.now()
    if found.year < FIRST_YEAR:
        # Nobody posted then: programs write such a day where they know none.
        return timezone.now()
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    # A clock that runs ahead must not put a post into the future.
    return min(found, timezone.now())

"""Named reads over sources, queries, mentions and bursts."""

import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from math import log
from typing import Any

from django.db.models import Avg, Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from askfirst.base import queries as base
from askfirst.base.lately import lately
from askfirst.base.web import whole
from askfirst.engines import boolquery, burst, triage
from askfirst.engines import words as plain_words
from askfirst.listen import posts
from askfirst.listen.models import (
    OPPORTUNITIES,
    RISKS,
    Alert,
    Digest,
    Learnt,
    Mention,
    Mute,
    Query,
    Source,
    State,
    Step,
)
from askfirst.listen.sources import BY_ID
from askfirst.people import queries as people
from askfirst.people.models import Person

SHOWN = 60
PREVIEW = 2000
# How far the half hour that is judged reaches back from its last step.
BEFORE = timedelta(minutes=burst.STEP_MINUTES * (burst.STEPS - 1))


def sources() -> QuerySet[Source]:
    return Source.objects.annotate(number=Count("mentions"))


def gaps_of(source: Source) -> list[tuple[datetime, datetime]]:
    """From when to when nothing could be heard, of the last gaps that lie within what the source keeps."""
    since = timezone.now() - timedelta(days=source.keep_days)
    found = [(parse_datetime(start or ""), parse_datetime(end or "")) for start, end in source.gaps]
    return [(start, end) for start, end in found if start and end and end >= since]


def source(pk: int) -> Source | None:
    return Source.objects.filter(pk=pk).first()


def saved() -> QuerySet[Query]:
    return Query.objects.annotate(number=Count("mentions"))


def saved_query(pk: int, version: int) -> Query | None:
    """A query, if it still says what it said in that version."""
    return Query.objects.filter(pk=pk, version=version).first()


def due_sources(now: datetime) -> list[Source]:
    return list(
        Source.objects.filter(is_on=True)
        .filter(kind__in=[kind.id for kind in BY_ID.values() if kind.fetch])
        .filter(Q(next_at=None) | Q(next_at__lte=now))
    )


def streaming_sources(now: datetime) -> list[Source]:
    """Sources that are on and stay connected, and whose time to try again has come."""
    kinds = [kind.id for kind in BY_ID.values() if kind.stream]
    return list(Source.objects.filter(is_on=True, kind__in=kinds).filter(Q(next_at=None) | Q(next_at__lte=now)))


def sources_to_ask(now: datetime) -> list[Source]:
    """Sources that are on, can say whether a post is still there, and did not ask to be left alone."""
    kinds = [kind.id for kind in BY_ID.values() if kind.gone]
    waits = Q(failures__gt=0, next_at__gt=now)
    return list(Source.objects.filter(is_on=True, kind__in=kinds).exclude(waits))


def head() -> triage.Head | None:
    """What this installation has learnt, if anybody has corrected anything."""
    row = Learnt.objects.filter(pk=1).first()
    return triage.Head.from_bytes(bytes(row.weights), row.decisions) if row else None


def brand_names() -> list[str]:
    """How we are called, in small letters: the organisation's name and its first word."""
    name = base.organisation().name.lower()
    return list(dict.fromkeys([name, name.split()[0]])) if name else []


def roster_names() -> frozenset[str]:
    """Names of everybody who works here and handles that they have connected, folded: posts by them are never kept.

    But for those who said that they may be heard. A name that was changed counts within ten minutes.
    """
    newest = Person.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    names = _roster_names(_unheard().count(), newest, int(time.monotonic() // 600))
    handles = people.handles()
    return names | {plain_words.folded(handle.lstrip("@")) for handle in handles} if handles else names


def _unheard() -> QuerySet[Person]:
    return Person.objects.filter(is_active=True, may_be_heard=False)


@lru_cache(maxsize=2)
def _roster_names(_number: int, _last: int, _time: int) -> frozenset[str]:
    rows = _unheard().values_list("name", flat=True)
    return frozenset(plain_words.folded(" ".join(name.split())) for name in rows.iterator() if " " in name.strip())


@dataclass(frozen=True)
class Suppressed:
    """What is never kept: posts by colleagues, and what somebody muted; all folded to small letters."""

    colleagues: frozenset[str]
    authors: frozenset[str]
    phrases: tuple[str, ...]
    sites: frozenset[str]

    def holds(self, row: Mapping[str, Any]) -> bool:
        author = plain_words.folded(" ".join(str(row.get("author") or "").lstrip("@").split()))
        if author and {author, author.replace(".", " ").replace("_", " ")} & self.colleagues or author in self.authors:
            return True
        if self.sites and not self.sites.isdisjoint(boolquery.words.hosts(str(row.get("url") or ""))):
            return True
        low = f"{row.get('title') or ''} {row['text']}".lower()
        return any(phrase in low for phrase in self.phrases)


def suppressed() -> Suppressed:
    rows: dict[str, list[str]] = {"author": [], "phrase": [], "site": []}
    for what, value in Mute.objects.values_list("what", "value"):
        rows[what].append(value.lower())
    authors = frozenset(plain_words.folded(value.lstrip("@")) for value in rows["author"])
    return Suppressed(roster_names(), authors, tuple(rows["phrase"]), frozenset(rows["site"]))


def mutes() -> list[Mute]:
    return list(Mute.objects.select_related("set_by").order_by("what", "value"))


@dataclass(frozen=True)
class Desk:
    """The two columns, equally long, and what is unsure or nobody's."""

    opportunities: list[Mention]
    risks: list[Mention]
    unsure: list[Mention]
    # How many more each holds than is shown.
    more_opportunities: int
    more_risks: int
    more_unsure: int


def desk(*, query: str = "", mine: Person | None = None) -> Desk:
    """Open mentions, the most worthwhile first in each column; how many more there are is among many a minute old at most."""
    rows = _open(query, mine)
    opportunities = Q(is_unsure=False, kind__in=OPPORTUNITIES, is_risk=False)
    parts = (opportunities, Q(is_unsure=False, is_risk=True), Q(is_unsure=True))
    copies = Mention.objects.filter(copy_of=OuterRef("pk")).order_by().values("copy_of").annotate(own=Count("pk"))
    full = rows.select_related("source", "assigned_to").annotate(copies_number=Subquery(copies.values("own")))
    shown = [list(full.filter(part)[:SHOWN]) for part in parts]

    def count() -> list[int]:
        sums = rows.aggregate(**{f"part{at}": Count("pk", filter=part) for at, part in enumerate(parts)})
        return [sums[f"part{at}"] for at in range(len(parts))]

    more = [0, 0, 0]
    if any(len(part) == SHOWN for part in shown):
        key = f"listen.desk:{whole(query)}:{mine.pk if mine else ''}"
        more = [max(0, number - SHOWN) for number in lately(key, count, sum)]
    return Desk(*shown, *more)


def newest() -> int:
    """The key of the mention that came last; 0 for none."""
    return Mention.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def fresh(since: int, *, query: str = "", mine: Person | None = None) -> int:
    """Open mentions of a desk that came after the one with this key."""
    return _open(query, mine).filter(pk__gt=since).count()


def _open(query: str, mine: Person | None) -> QuerySet[Mention]:
    """What waits on a desk; copies are folded under their first."""
    rows = Mention.objects.filter(state=State.OPEN, copy_of=None)
    if (number := whole(query)) is not None:
        rows = rows.filter(queries=number)
    return rows.filter(assigned_to=mine) if mine else rows


def done_lately(most: int = 10) -> list[Mention]:
    """What was done last, to be looked up or opened again."""
    return list(Mention.objects.filter(done_at__isnull=False).order_by("-done_at")[:most])


def for_export(query: str = "") -> Iterable[Mention]:
    """Every mention that is kept, or those of one query, the latest first; read piece by piece."""
    rows = Mention.objects.select_related("source").prefetch_related("queries").order_by("-posted_at", "-pk")
    number = whole(query)
    return (rows if number is None else rows.filter(queries=number)).iterator(chunk_size=500)


def assigned_to(person: Person, most: int = 5) -> list[Mention]:
    """Open mentions that this person has taken or was handed, those due first."""
    mine = Mention.objects.filter(assigned_to=person, state=State.OPEN, copy_of=None)
    return list(mine.order_by("due_at", "pk")[:most]) if person.can_listen else []


def has_digest(week: date) -> bool:
    """Whether the digest of the week that began on this Monday has gone out, or is on its way."""
    return Digest.objects.filter(week=week).exists()


def alerts() -> QuerySet[Alert]:
    return Alert.objects.select_related("query").prefetch_related("sample")


def alert(pk: int) -> Alert | None:
    return Alert.objects.select_related("query").filter(pk=pk).first()


def listeners() -> list[Person]:
    """Everybody who works the mentions."""
    return list(Person.objects.filter(is_active=True, is_listener=True))


def can_be_asked() -> QuerySet[Person]:
    """Whom a mention can be handed to."""
    return Person.objects.filter(Q(is_listener=True) | Q(is_admin=True), is_active=True)


def open_alerts() -> list[Alert]:
    return list(Alert.objects.filter(ended_at=None).select_related("query"))


@dataclass(frozen=True)
class Preview:
    """What a query would have found among the posts kept lately.

    Attributes:
        a_day: mentions a day, over the last thirty.
        near: posts that it just misses, each with the part that they lack.
        hints: what is surely not meant.
    """

    query: boolquery.Query
    looked_at: int
    found: list[Mention]
    number: int
    a_day: float
    near: list[tuple[Mention, str]]
    hints: list[boolquery.Hint]


def preview(text: str) -> Preview:
    """Try a query on the last weeks.

    Raises:
        boolquery.QueryError: it cannot be read.
    """
    parsed = boolquery.parse(text)
    rows = [
        (own, posts.as_row(own)) for own in Mention.objects.order_by("-posted_at").select_related("source")[:PREVIEW]
    ]
    found, near = [], []
    for own, row in rows:
        if boolquery.matches(parsed, row):
            found.append(own)
        elif lacks := boolquery.missing(parsed, row):
            near.append((own, lacks))
    month = timezone.now() - timedelta(days=30)
    a_day = sum(row.posted_at >= month for row in found) / 30
    hints = [*parsed.hints, *boolquery.lint(parsed.node)]
    return Preview(parsed, len(rows), found[:3], len(found), a_day, near[:3], hints)


def terms_of(query: Query, since: datetime, most: int = 6) -> list[str]:
    """Words that the posts since then have much more often than those of the week before (log-odds)."""
    now_words: Counter[str] = Counter()
    before: Counter[str] = Counter()
    week = since - timedelta(days=7)
    for text, at in (
        query.mentions.filter(posted_at__gte=week).order_by("-posted_at").values_list("text", "posted_at")[:3000]
    ):
        (now_words if at >= since else before).update({word.lower() for word in plain_words.content_words(text)})
    # Unseen words are not infinitely surprising: a few hundred are taken for seen before.
    total_now, total_before = sum(now_words.values()) + 1, sum(before.values()) + 300
    scored = {
        word: count**0.5 * log(((count + 0.5) / total_now) / ((before[word] + 0.5) / total_before))
        for word, count in now_words.items()
        if count >= 3
    }
    return [word for word, score in sorted(scored.items(), key=lambda pair: -pair[1])[:most] if score > 0]


@dataclass(frozen=True)
class Numbers:
    """What can be counted: never per person."""

    mentions: int
    open: int
    answered: int
    hours_to_answer: float | None
    kinds: list[tuple[str, int]]


def numbers(days: int = 30) -> Numbers:
    """What was heard in these days; among many, at most a minute old."""
    return lately(f"listen.numbers:{days}", lambda: _numbers(days), lambda own: own.mentions)


def _numbers(days: int) -> Numbers:
    rows = Mention.objects.filter(posted_at__gte=timezone.now() - timedelta(days=days), copy_of=None).order_by()
    sums = rows.aggregate(
        open=Count("pk", filter=Q(state=State.OPEN)), answered=Count("answered_at"), took=Avg(F("answered_at") - F("posted_at"))
    )  # fmt: skip
    kinds = list(rows.values_list("kind").annotate(number=Count("pk")).order_by("-number"))
    hours = round(sums["took"].total_seconds() / 3600, 1) if sums["took"] else None
    return Numbers(sum(number for _kind, number in kinds), sums["open"], sums["answered"], hours, kinds)


def foremost(kinds: Iterable[str], days: int, most: int) -> list[Mention]:
    """The mentions of these kinds with the highest priority, of the last days."""
    since = timezone.now() - timedelta(days=days)
    return list(
        Mention.objects.filter(posted_at__gte=since, copy_of=None, kind__in=kinds).order_by("-priority", "-pk")[:most]
    )


def sides(days: int = 30) -> tuple[int, int]:
    """(opportunities, risks) heard in these days."""
    rows = dict(numbers(days).kinds)
    return sum(rows.get(kind, 0) for kind in OPPORTUNITIES), sum(rows.get(kind, 0) for kind in RISKS)


def sources_of(alert: Alert, most: int = 4) -> list[tuple[str, int]]:
    """Which sources made a burst, with how many of its mentions each."""
    rows = alert.query.mentions.filter(posted_at__gte=alert.began_at - BEFORE)
    rows = rows.filter(posted_at__lte=alert.ended_at) if alert.ended_at else rows
    counted = (
        rows.order_by().values_list("source__name").annotate(number=Count("pk")).order_by("-number", "source__name")
    )
    return list(counted[:most])


def expected_of(query: Query, hours: int = 24) -> list[float]:
    """Posts an hour that the hour of the day lets expect, by what is known now; the oldest first, as `steps_of`."""
    memory = burst.Burst.from_values(query.memory)
    now = timezone.localtime().hour
    steps = 60 // burst.STEP_MINUTES
    return [round(memory.level * memory.profile[(now - back) % 24] * steps, 1) for back in range(hours - 1, -1, -1)]


def steps_of(query: Query, hours: int = 24) -> list[tuple[str, int]]:
    """Posts an hour of a query, the oldest first."""
    now = timezone.localtime().replace(minute=0, second=0, microsecond=0)
    rows = Step.objects.filter(query=query, at__gte=now - timedelta(hours=hours - 1)).values_list("at", "number")
    sums: Counter[datetime] = Counter()
    for at, number in rows:
        sums[timezone.localtime(at).replace(minute=0, second=0, microsecond=0)] += number
    return [
        (f"{(now - timedelta(hours=back)):%H}:00", sums[now - timedelta(hours=back)])
        for back in range(hours - 1, -1, -1)
    ]

"""What is heard becomes mentions, is counted, and goes again: the writes that no person makes.

Whatever comes is matched before it is kept; what does not match, what colleagues wrote, and what is muted is never written to disk.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from askfirst.engines import boolquery, burst, triage
from askfirst.listen import posts, queries, saved
from askfirst.listen.models import Mention, Query, Source, State, Step
from askfirst.listen.sources import BY_ID

BATCH = 500
# How often a mention is looked up where it came from, and how many at a time (each minute, each source): as many as it takes to
# come round within the hour, but no more than Mastodon's usual limit leaves (300 requests in five minutes).
ASK_AGAIN, ASKED_AT_ONCE, MOST_AT_ONCE = timedelta(minutes=50), 20, 45
# Pages that answer slowly are asked fewer at a time: others wait.
SECONDS_OF_ASKING = 40
Matched = Sequence[int]


def take_posts(rows: Iterable[dict[str, Any]], *, source: Source) -> tuple[int, int]:
    """Match posts against the saved queries and keep those that match. Returns (how many were read, how many became mentions).

    A post that is there already is not doubled; with other words it is matched and judged anew, and goes when no query finds it any more.
    """
    taken = kept = 0
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        taken += len(batch)
        kept += _take(batch, source)
    return taken, kept


def _take(batch: list[dict[str, Any]], source: Source) -> int:
    normal = [posts.normal(row, source) for row in batch]
    matched = saved.queries().match(normal)
    _drop_changed([row for row, found in zip(normal, matched, strict=True) if not found], source)
    if not any(matched):
        return 0
    suppressed = queries.suppressed()
    head, names = queries.head(), queries.brand_names()
    fresh: dict[str, tuple[Mention, Matched]] = {}
    for row, given, found in zip(normal, batch, matched, strict=True):
        if found and not suppressed.holds(row):
            said = triage.triage(row, names=names, head=head)
            # The same id twice in a batch: the later words are those that stand.
            fresh[row["id"]] = (posts.mention_of(row, said, source, given.get("posted_at")), found)
    with transaction.atomic():
        known = {own.foreign_id: own for own in Mention.objects.filter(source=source, foreign_id__in=list(fresh))}
        for key, old in known.items():
            _update(old, *fresh[key])
        new = [pair for key, pair in fresh.items() if key not in known]
        return _insert(new) if new else 0


def _drop_changed(rows: list[dict[str, Any]], source: Source) -> None:
    """A post that its author changed so that no query finds it is not kept either, unless somebody is at work on it."""
    texts = {row["id"]: row["text"] for row in rows}
    if not texts:
        return
    known = Mention.objects.filter(source=source, foreign_id__in=list(texts), assigned_to=None, state=State.OPEN)
    remove_posts(source, [own.foreign_id for own in known if posts.digest(texts[own.foreign_id]) != own.digest])


def _insert(new: list[tuple[Mention, Matched]]) -> int:
    """Save them all at once; when another process saved one of them in between, one by one."""
    firsts = {
        own.digest: own
        for own in Mention.objects.filter(digest__in={own.digest for own, _matched in new}, copy_of=None).order_by(
            "-pk"
        )
    }
    originals, copies = [], []
    for mention, found in new:
        first = firsts.setdefault(mention.digest, mention)
        mention.copy_of = None if first is mention else first
        (originals if first is mention else copies).append((mention, found))
    kept = _save(originals) + _save(copies)
    _count(kept)
    return len(kept)


def _count(kept: Iterable[tuple[Mention, Matched]]) -> None:
    """Add to the steps of queries, in as many statements as there are different numbers to add.

    In one order everywhere, so that processes that share the work wait for each other and never in a circle.
    """
    numbers: Counter[tuple[int, datetime]] = Counter()
    risks: Counter[tuple[int, datetime]] = Counter()
    for mention, found in kept:
        for query in found:
            numbers[query, step_of(mention.posted_at)] += 1
            risks[query, step_of(mention.posted_at)] += mention.is_risk
    if not numbers:
        return
    Step.objects.bulk_create([Step(query_id=query, at=at) for query, at in sorted(numbers)], ignore_conflicts=True)
    rows = Step.objects.filter(query__in={query for query, _at in numbers}, at__in={at for _query, at in numbers})
    rows = rows.select_for_update().order_by("pk")
    same: dict[tuple[int, int], list[int]] = defaultdict(list)
    for pk, query, at in rows.values_list("pk", "query_id", "at"):
        if (query, at) in numbers:
            same[numbers[query, at], risks[query, at]].append(pk)
    for (number, risky), keys in same.items():
        for start in range(0, len(keys), BATCH):
            Step.objects.filter(pk__in=keys[start : start + BATCH]).update(
                number=F("number") + number, risks=F("risks") + risky
            )


def _save(pairs: list[tuple[Mention, Matched]]) -> list[tuple[Mention, Matched]]:
    try:
        with transaction.atomic():
            Mention.objects.bulk_create([mention for mention, _found in pairs])
        kept = pairs
    except IntegrityError:
        kept = [pair for pair in pairs if _save_one(pair[0])]
    link = Mention.queries.through
    link.objects.bulk_create(
        [link(mention_id=mention.pk, query_id=query) for mention, found in kept for query in found],
        ignore_conflicts=True,
    )
    return kept


def _save_one(mention: Mention) -> bool:
    mention.pk = None
    try:
        with transaction.atomic():
            mention.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _update(old: Mention, fresh: Mention, found: Matched) -> None:
    if old.digest == fresh.digest and old.shape == fresh.shape:
        return
    if old.digest != fresh.digest:
        # In other words it is a copy of something else, or of nothing, and what was like it is not.
        _part_from_copies(old)
        same = Mention.objects.filter(digest=fresh.digest, copy_of=None).exclude(pk=old.pk)
        old.copy_of = same.order_by("pk").first()
    for name in ("text", "title", "shape", "digest", "mood", "priority", "reasons", "telling", "is_unsure", "engine"):
        setattr(old, name, getattr(fresh, name))
    if not old.is_corrected:
        old.kind, old.kinds, old.is_risk = fresh.kind, fresh.kinds, fresh.is_risk
    old.save()
    old.queries.set(found)


def step_of(moment: datetime) -> datetime:
    """The step of five minutes that a moment belongs to."""
    return moment.replace(minute=moment.minute - moment.minute % burst.STEP_MINUTES, second=0, microsecond=0)


def back_fill(query: Query) -> int:
    """Give a query the mentions that it would have found, had it been there when they came. Returns how many it has now.

    Among what is kept: what no query found was never written. Steps are not counted again, so that a burst is judged by what came while
    the query was listening.
    """
    parsed = boolquery.parse(query.text)
    has = set(query.mentions.values_list("pk", flat=True))
    finds = {
        own.pk
        for own in Mention.objects.select_related("source").iterator(chunk_size=BATCH)
        if boolquery.matches(parsed, posts.as_row(own))
    }
    link = Mention.queries.through
    with transaction.atomic():
        for start in range(0, len(lost := sorted(has - finds)), BATCH):
            link.objects.filter(query_id=query.pk, mention_id__in=lost[start : start + BATCH]).delete()
        link.objects.bulk_create(
            [link(query_id=query.pk, mention_id=pk) for pk in sorted(finds - has)],
            batch_size=BATCH,
            ignore_conflicts=True,
        )
    return len(finds)


def remove_posts(source: Source, ids: Iterable[str]) -> int:
    """What its author deleted is deleted here too, with its copies' link to it.

    Args:
        ids: of posts; one with a slash at its end means everything below it, as when an account ends.
    """
    listed = [posts.key_of(own) for own in ids]
    for prefix in [own for own in listed if own.endswith("/")]:
        listed += source.mentions.filter(foreign_id__startswith=prefix).values_list("foreign_id", flat=True)
    removed = 0
    for start in range(0, len(listed), BATCH):
        with transaction.atomic():
            rows = Mention.objects.filter(source=source, foreign_id__in=listed[start : start + BATCH])
            going = list(rows.values_list("pk", flat=True))
            for mention in rows.filter(copies__isnull=False).distinct():
                _part_from_copies(mention, going)
            Mention.objects.filter(pk__in=going).delete()
        removed += len(going)
    return removed


def _part_from_copies(mention: Mention, going: Iterable[int] = ()) -> None:
    """The first of a mention's copies that does not go too stands in its place."""
    staying = mention.copies.exclude(pk__in=going).order_by("pk")
    if first := staying.first():
        staying.exclude(pk=first.pk).update(copy_of=first)
        Mention.objects.filter(pk=first.pk).update(copy_of=None)


def remove_gone(source: Source, *, now: datetime | None = None) -> int:
    """Ask a source whether what we keep is still there, the longest unasked first, and remove what is not.

    Raises:
        SourceError: the source asks to be left alone.
    """
    look = BY_ID[source.kind].gone
    if look is None:
        return 0
    moment = now or timezone.now()
    number = min(MOST_AT_ONCE, max(ASKED_AT_ONCE, -(-source.mentions.count() // 50)))
    due = source.mentions.filter(Q(asked_at=None) | Q(asked_at__lte=moment - ASK_AGAIN))
    end, asked, gone = time.monotonic() + SECONDS_OF_ASKING, [], []
    try:
        for own in due.order_by(F("asked_at").asc(nulls_first=True), "pk")[:number]:
            if time.monotonic() > end:
                break
            gone += look(source.address, [(own.foreign_id, own.address)])
            asked.append(own.pk)
    finally:
        # Also where the source stops it half way.
        Mention.objects.filter(pk__in=asked).update(asked_at=moment)
        removed = remove_posts(source, gone)
    return removed


def forget_old(now: datetime | None = None) -> int:
    """Delete mentions older than their source keeps them."""
    moment = now or timezone.now()
    removed = 0
    for source in Source.objects.all():
        old = source.mentions.filter(posted_at__lt=moment - timedelta(days=source.keep_days))
        removed += remove_posts(source, list(old.values_list("foreign_id", flat=True)))
    Step.objects.filter(at__lt=moment - timedelta(days=60)).delete()
    return removed

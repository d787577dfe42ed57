"""Named writes over listening: take posts in, decide about mentions, save queries, switch sources, count bursts."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from askfirst.base import log
from askfirst.base.sealing import seal
from askfirst.engines import boolquery, burst, triage
from askfirst.engines import words as plain_words
from askfirst.listen import queries
from askfirst.listen.errors import ListenError
from askfirst.listen.models import Alert, Digest, Kind, Learnt, Mention, Mute, Query, Source, State, Step
from askfirst.listen.sources import BY_ID
from askfirst.people.models import Person
from askfirst.policy import actions as policy

BATCH = 500
PURPOSE = "mailbox"
# How long a process holds a stream without saying that it is still there.
HOLD = timedelta(seconds=30)
# How often a mention is looked up where it came from, and how many at a time (each minute, each source).
ASK_AGAIN, ASKED_AT_ONCE = timedelta(minutes=50), 20
TEXT_LIMIT = 10_000


def take_posts(rows: Iterable[dict[str, Any]], *, source: Source) -> tuple[int, int]:
    """Match posts against the saved queries and keep those that match. Returns (how many were read, how many became mentions).

    A post that is there already is not doubled; with other words it is matched and judged anew. What does not match, what colleagues
    wrote, and what is muted is never written to disk.
    """
    taken = kept = 0
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        taken += len(batch)
        kept += _take(batch, source)
    return taken, kept


def _take(batch: list[dict[str, Any]], source: Source) -> int:
    matcher, head, names = queries.matcher(), queries.head(), queries.brand_names()
    colleagues = queries.roster_names()
    authors, phrases = queries.mutes()
    fresh: list[tuple[Mention, list[int]]] = []
    for row in batch:
        row.setdefault("source", source.kind)
        matched = [int(name) for name in matcher.match(row)]
        if not matched or _is_suppressed(row, colleagues, authors, phrases):
            continue
        found = triage.triage(row, names=names, head=head)
        fresh.append((_mention(row, found, source), matched))
    if not fresh:
        return 0
    with transaction.atomic():
        known = {
            own.foreign_id: own
            for own in Mention.objects.filter(source=source, foreign_id__in=[own.foreign_id for own, _matched in fresh])
        }
        new = 0
        for mention, matched in fresh:
            old = known.get(mention.foreign_id)
            if old is not None:
                _update(old, mention, matched)
                continue
            mention.copy_of = Mention.objects.filter(digest=mention.digest, copy_of=None).order_by("pk").first()
            try:
                with transaction.atomic():
                    mention.save()
            except IntegrityError:
                continue
            known[mention.foreign_id] = mention
            mention.queries.set(matched)
            new += 1
            _count(matched, mention.posted_at)
    return new


def _is_suppressed(
    row: dict[str, Any], colleagues: frozenset[str], authors: frozenset[str], phrases: tuple[str, ...]
) -> bool:
    author = plain_words.folded(" ".join(str(row.get("author") or "").lstrip("@").split()))
    if author and (
        author in colleagues or author.replace(".", " ").replace("_", " ") in colleagues or author in authors
    ):
        return True
    low = f"{row.get('title') or ''} {row.get('text') or ''}".lower()
    return any(phrase in low for phrase in phrases)


def _mention(row: dict[str, Any], found: triage.Mention, source: Source) -> Mention:
    text = str(row.get("text") or "")[:TEXT_LIMIT]
    address = str(row.get("url") or "")
    return Mention(
        source=source, foreign_id=str(row.get("id"))[:300], address=address[:500] if address.startswith(("http://", "https://")) else "",
        author=str(row.get("author") or "")[:200], title=str(row.get("title") or "")[:300], text=text, language=str(row.get("lang") or "")[:8],
        followers=_number(row.get("followers")), posted_at=_moment(row.get("posted_at")), kind=found.kind, kinds=list(found.kinds), mood=found.mood,
        priority=found.priority, reasons=list(found.reasons), is_unsure=found.is_unsure, engine=found.version, digest=queries.digest(text),
    )  # fmt: skip


def _number(value: Any) -> int:
    try:
        return max(0, min(int(value or 0), 2_000_000_000))
    except (TypeError, ValueError):
        return 0


def _moment(value: Any) -> datetime:
    try:
        found = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    except ValueError:
        return timezone.now()
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    # A clock that runs ahead must not put a post into the future.
    return min(found, timezone.now())


def _update(old: Mention, fresh: Mention, matched: list[int]) -> None:
    if old.digest == fresh.digest:
        return
    for name in ("text", "title", "digest", "mood", "priority", "reasons", "is_unsure", "engine"):
        setattr(old, name, getattr(fresh, name))
    if not old.is_corrected:
        old.kind, old.kinds = fresh.kind, fresh.kinds
    old.save()
    old.queries.set(matched)


def _count(matched: list[int], posted_at: datetime) -> None:
    at = step_of(posted_at)
    for query in matched:
        Step.objects.get_or_create(query_id=query, at=at)
        Step.objects.filter(query_id=query, at=at).update(number=F("number") + 1)


def step_of(moment: datetime) -> datetime:
    """The step of five minutes that a moment belongs to."""
    return moment.replace(minute=moment.minute - moment.minute % burst.STEP_MINUTES, second=0, microsecond=0)


def remove_posts(source: Source, ids: Iterable[str]) -> int:
    """What its author deleted is deleted here too, with its copies' link to it.

    Args:
        ids: of posts; one with a slash at its end means everything below it, as when an account ends.
    """
    listed = list(ids)
    for prefix in [own for own in listed if own.endswith("/")]:
        listed += source.mentions.filter(foreign_id__startswith=prefix).values_list("foreign_id", flat=True)
    removed = 0
    for start in range(0, len(listed), BATCH):
        rows = Mention.objects.filter(source=source, foreign_id__in=listed[start : start + BATCH])
        for mention in rows:
            first = mention.copies.order_by("pk").first()
            if first:
                Mention.objects.filter(copy_of=mention).exclude(pk=first.pk).update(copy_of=first)
                Mention.objects.filter(pk=first.pk).update(copy_of=None)
            mention.delete()
            removed += 1
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


def save_query(query: Query | None = None, /, *, by: Any, name: str, text: str) -> Query:
    """Save a query, or change one; it is in force for the next post.

    Raises:
        boolquery.QueryError: it cannot be read.
        ListenError: it looks for a colleague, or another query has this name.
    """
    parsed = boolquery.parse(text)
    low = plain_words.folded(parsed.source)
    named = next((own for own in queries.roster_names() if own in low), "")
    if named:
        raise ListenError(
            _("This looks for “%s”, who works here. Listening is about the brand, never about colleagues.")
            % named.title()
        )
    with transaction.atomic():
        query = query or Query(written_by=by, version=0)
        query.name, query.text, query.version = name.strip()[:80], text, query.version + 1
        if Query.objects.filter(name=query.name).exclude(pk=query.pk).exists():
            raise ListenError(_("Another query has this name."))
        query.save()
        log.record("listen.query_saved", actor=by, subject=query.name, version=query.version)
    return query


def remove_query(query: Query, *, by: Any) -> None:
    with transaction.atomic():
        log.record("listen.query_removed", actor=by, subject=query.name)
        query.delete()


def add_source(*, by: Any, password: str = "", **fields: Any) -> Source:
    """Add a source, switched off. A password is kept sealed."""
    with transaction.atomic():
        source = Source.objects.create(added_by=by, sealed=seal(password, PURPOSE) if password else "", **fields)
        log.record("listen.source_added", actor=by, subject=source.name, kind=source.kind)
    return source


def switch_source(source: Source, *, by: Any, is_on: bool) -> None:
    """Switch a source on or off; on, it is fetched at once."""
    with transaction.atomic():
        Source.objects.filter(pk=source.pk).update(is_on=is_on, next_at=None, failures=0, last_error="")
        log.record("listen.source_switched", actor=by, subject=source.name, is_on=is_on)


def file_source(name: str) -> Source:
    """The source that a file's posts belong to."""
    return Source.objects.get_or_create(kind="file", name=name[:120], defaults={"is_on": True})[0]


def note_fetched(source: Source, *, cursor: dict[str, Any], now: datetime) -> None:
    minutes = BY_ID[source.kind].minutes
    Source.objects.filter(pk=source.pk).update(
        cursor=cursor, fetched_at=now, next_at=now + timedelta(minutes=minutes), failures=0, last_error=""
    )


def hold(source: Source, *, name: str) -> bool:
    """Take a streaming source for this process; False when another has it."""
    now = timezone.now()
    free = Q(held_until=None) | Q(held_until__lte=now) | Q(held_by=name)
    return bool(Source.objects.filter(free, pk=source.pk, is_on=True).update(held_by=name, held_until=now + HOLD))


def let_go(name: str) -> int:
    """Give back every source that this process holds."""
    return Source.objects.filter(held_by=name).update(held_by="", held_until=None)


def note_streamed(source: Source, *, name: str, cursor: dict[str, Any], now: datetime) -> bool:
    """Move a stream's cursor and keep holding it; False when it was switched off, or another process has it by now."""
    mine = Source.objects.filter(pk=source.pk, is_on=True, held_by=name)
    return bool(
        mine.update(cursor=cursor, fetched_at=now, held_until=now + HOLD, failures=0, last_error="", next_at=None)
    )


def remove_gone(source: Source, *, now: datetime | None = None) -> int:
    """Ask a source whether what we keep is still there, the longest unasked first, and remove what is not.

    Raises:
        SourceError: the source asks to be left alone.
    """
    look = BY_ID[source.kind].gone
    if look is None:
        return 0
    moment = now or timezone.now()
    due = source.mentions.filter(Q(asked_at=None) | Q(asked_at__lte=moment - ASK_AGAIN))
    posts = list(due.order_by(F("asked_at").asc(nulls_first=True), "pk")[:ASKED_AT_ONCE])
    gone = look(source.address, [(post.foreign_id, post.address) for post in posts])
    Mention.objects.filter(pk__in=[post.pk for post in posts]).update(asked_at=moment)
    return remove_posts(source, gone)


def note_failure(source: Source, *, message: str, wait: int, now: datetime) -> None:
    """Say what went wrong and wait longer each time, up to six hours."""
    failures = source.failures + 1
    seconds = max(wait, min(6 * 3600, 60 * BY_ID[source.kind].minutes * 2 ** min(failures, 10)))
    Source.objects.filter(pk=source.pk).update(
        failures=failures, last_error=message[:300], next_at=now + timedelta(seconds=seconds)
    )


def assign(mention: Mention, *, to: Person, by: Any, hours: int = 24) -> None:
    with transaction.atomic():
        Mention.objects.filter(pk=mention.pk).update(assigned_to=to, due_at=timezone.now() + timedelta(hours=hours))
        log.record("listen.assigned", actor=by, subject=str(mention.pk))


def correct_kind(mention: Mention, *, kind: str, by: Any) -> None:
    """A person knows better; the installation learns from it.

    Raises:
        ListenError: there is no such kind.
    """
    if kind not in Kind.values:
        raise ListenError(_("There is no such kind."))
    with transaction.atomic():
        row = Learnt.objects.select_for_update().get_or_create(pk=1)[0]
        head = triage.Head.from_bytes(bytes(row.weights), row.decisions)
        head.learn(f"{mention.title} {mention.text}", kind)
        row.weights, row.decisions = head.to_bytes(), head.decisions
        row.save()
        Mention.objects.filter(pk=mention.pk).update(kind=kind, kinds=[kind], is_corrected=True, is_unsure=False)
        log.record("listen.kind_corrected", actor=by, subject=str(mention.pk), kind=kind)


def draft_reply(mention: Mention, *, text: str) -> None:
    Mention.objects.filter(pk=mention.pk).update(reply=text[:2000])


def finish(mention: Mention, *, by: Any, outcome: str, is_answered: bool) -> None:
    """Done, with what came of it."""
    answered = {"answered_at": timezone.now()} if is_answered else {}
    with transaction.atomic():
        Mention.objects.filter(pk=mention.pk).update(state=State.DONE, outcome=outcome.strip()[:200], **answered)
        Mention.objects.filter(copy_of=mention).update(state=State.DONE)
        log.record("listen.done", actor=by, subject=str(mention.pk), answered=is_answered)


def tag(mention: Mention, *, tags: str) -> None:
    plain = ", ".join(dict.fromkeys(part.strip() for part in tags.split(",") if part.strip()))
    Mention.objects.filter(pk=mention.pk).update(tags=plain[:200])


def mute(*, what: str, value: str, by: Any) -> int:
    """No longer show an author or a phrase. Returns how many open mentions went."""
    if not value.strip() or what not in {"author", "phrase"}:
        raise ListenError(_("Say which author or phrase."))
    with transaction.atomic():
        Mute.objects.get_or_create(what=what, value=value.strip()[:200], defaults={"set_by": by})
        rows = Mention.objects.filter(state=State.OPEN)
        rows = (
            rows.filter(author__iexact=value.strip())
            if what == "author"
            else rows.filter(text__icontains=value.strip())
        )
        number = rows.update(state=State.MUTED)
        log.record("listen.muted", actor=by, subject=what)
    return number


def claim_digest(week: date) -> bool:
    """Whether this process sends the digest of the week: the first one that asks."""
    return Digest.objects.get_or_create(week=week)[1]


def note_gap(alert: Alert, *, by: Any) -> None:
    """Put what a burst is about on the editors' list of gaps in the policy."""
    about = ", ".join(alert.terms[:4]) or alert.query.name
    with transaction.atomic():
        policy.note_gap(
            question=_("What do we say, and who says it, about: %s?") % about, topic="", weight=alert.seen,
            origin=_("Burst: %s") % alert.query.name, origin_path=f"{reverse('listen:alerts')}#a{alert.pk}",
        )  # fmt: skip
        log.record("listen.gap_noted", actor=by, subject=alert.query.name)


def count_steps(now: datetime | None = None) -> list[Alert]:
    """Give each query's counts up to now to its burst memory. Returns the bursts that began."""
    end = step_of(now or timezone.now())
    begun = []
    for query in Query.objects.filter(is_on=True):
        begun += _count_query(query, end)
    return begun


def _count_query(query: Query, end: datetime) -> list[Alert]:
    step = timedelta(minutes=burst.STEP_MINUTES)
    memory = burst.Burst.from_values(query.memory) if query.memory else burst.Burst()
    first = query.steps.order_by("at").values_list("at", flat=True).first()
    at = query.counted_to or first
    if at is None or at >= end:
        return []
    # After a long pause the missing steps are zeros, at most two days of them.
    at = max(at, end - timedelta(days=2))
    counts: Counter[datetime] = Counter(dict(query.steps.filter(at__gte=at, at__lt=end).values_list("at", "number")))
    begun = []
    while at < end:
        reading = memory.add(counts[at], timezone.localtime(at).hour)
        if reading.has_begun:
            begun.append(_begin(query, at, reading))
        at += step
    if not memory.is_on:
        query.alerts.filter(ended_at=None).update(ended_at=end)
    Query.objects.filter(pk=query.pk).update(memory=memory.to_values(), counted_to=end)
    return begun


def _begin(query: Query, at: datetime, reading: burst.Reading) -> Alert:
    since = at - timedelta(minutes=burst.STEP_MINUTES * (burst.STEPS - 1))
    alert = Alert.objects.create(
        query=query, began_at=at, seen=reading.seen, expected=reading.expected, terms=queries.terms_of(query, since)
    )
    alert.sample.set(query.mentions.filter(posted_at__gte=since, copy_of=None)[:5])
    log.record("listen.burst_begun", actor=None, subject=query.name, seen=reading.seen)
    return alert

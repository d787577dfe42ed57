"""Named writes over listening by people: save queries, switch sources, decide about mentions. What comes by itself: heard.py."""

import logging
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from askfirst.base import log
from askfirst.base.sealing import seal, unseal
from askfirst.base.web import kept_path
from askfirst.engines import boolquery, triage
from askfirst.engines import words as plain_words
from askfirst.listen import posts, queries, tasks
from askfirst.listen.errors import ListenError
from askfirst.listen.models import RISKS, Alert, Digest, Kind, Learnt, Mention, Mute, Query, Source, State
from askfirst.listen.sources import BY_ID
from askfirst.people.models import Person
from askfirst.policy import actions as policy

logger = logging.getLogger(__name__)

BATCH = 500
SHORTEST_PHRASE = 3
PURPOSE = "mailbox"
# How many gaps a source remembers.
GAPS = 10
# How long a process holds a stream without saying that it is still there.
HOLD = timedelta(seconds=30)


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
        tasks.back_fill.enqueue(query.pk, query.version)
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


def change_source(source: Source, *, by: Any, name: str, address: str, keep_days: int, password: str = "") -> None:
    """Change what a source is called, where it is, and how long its mentions are kept.

    At another address it begins anew, and waits for an administrator to switch it on there.

    Args:
        password: a new one; empty keeps what there is.
    """
    with transaction.atomic():
        is_elsewhere = address != source.address
        if is_elsewhere:
            source.cursor, source.next_at, source.failures, source.last_error = {}, None, 0, ""
            source.is_on = source.is_on and by.is_admin
        if password:
            source.sealed, source.next_at, source.failures, source.last_error = seal(password, PURPOSE), None, 0, ""
        source.name, source.address, source.keep_days = name, address, keep_days
        # Whether it is on, and where it goes on, may have changed since it was read.
        written = ["name", "address", "keep_days"]
        if is_elsewhere or password:
            written += ["next_at", "failures", "last_error", "sealed"]
        source.save(update_fields=written + (["cursor", "is_on"] if is_elsewhere else []))
        log.record("listen.source_changed", actor=by, subject=source.name)


def remove_source(source: Source, *, by: Any) -> int:
    """Remove a source with everything it brought. Returns how many mentions went."""
    with transaction.atomic():
        number = source.mentions.count()
        log.record("listen.source_removed", actor=by, subject=source.name, mentions=number)
        source.delete()
    return number


def switch_source(source: Source, *, by: Any, is_on: bool) -> None:
    """Switch a source on or off; on, it is fetched at once."""
    with transaction.atomic():
        Source.objects.filter(pk=source.pk).update(is_on=is_on, next_at=None, failures=0, last_error="")
        log.record("listen.source_switched", actor=by, subject=source.name, is_on=is_on)


def file_source(name: str) -> Source:
    """The source that a file's posts belong to."""
    return Source.objects.get_or_create(kind="file", name=name[:120], defaults={"is_on": True})[0]


def password_of(source: Source) -> str:
    """The password or access token of a source, or nothing.

    Raises:
        CannotUnseal: it was sealed with another key.
    """
    return unseal(source.sealed, PURPOSE) if source.sealed else ""


def keep_cursor(source: Source) -> None:
    """Where a stream ended, when it ends; nothing when its address was changed meanwhile."""
    Source.objects.filter(pk=source.pk, address=source.address).update(cursor=source.cursor)


def note_gap_in(source: Source, gap: tuple[str, str]) -> None:
    """Keep from when to when nothing could be heard, so that nobody takes silence for quiet."""
    with transaction.atomic():
        row = Source.objects.select_for_update().get(pk=source.pk)
        row.gaps = [*row.gaps, list(gap)][-GAPS:]
        row.save(update_fields=["gaps"])


def note_fetched(source: Source, *, cursor: dict[str, Any], now: datetime) -> None:
    """Move on; a source that was given another address meanwhile begins there."""
    minutes = BY_ID[source.kind].minutes
    Source.objects.filter(pk=source.pk, address=source.address).update(
        cursor=cursor, fetched_at=now, next_at=now + timedelta(minutes=minutes), failures=0, last_error=""
    )


def note_brought(source: Source, *, problem: str = "") -> None:
    """Say when a file was read, or what was wrong with it; nothing is tried again by itself."""
    Source.objects.filter(pk=source.pk).update(fetched_at=timezone.now(), last_error=problem[:300], next_at=None)


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
    mine = Source.objects.filter(pk=source.pk, address=source.address, is_on=True, held_by=name)
    return bool(
        mine.update(cursor=cursor, fetched_at=now, held_until=now + HOLD, failures=0, last_error="", next_at=None)
    )


def note_failure(source: Source, *, message: str, wait: int, now: datetime) -> None:
    """Say what went wrong and wait longer each time, up to six hours."""
    failures = source.failures + 1
    seconds = max(wait, min(6 * 3600, 60 * BY_ID[source.kind].minutes * 2 ** min(failures, 10)))
    Source.objects.filter(pk=source.pk).update(
        failures=failures, last_error=message[:300], next_at=now + timedelta(seconds=seconds)
    )


def note_unforeseen(source: Source, error: Exception) -> None:
    """Say beside the source and in the log what nobody had thought of; called where the error is caught."""
    logger.exception("Source %s could not be read.", source.pk)
    said = _("What came could not be read (%s); the server's log says more.") % type(error).__name__
    note_failure(source, message=said, wait=0, now=timezone.now())


def assign(mention: Mention, *, to: Person, by: Any, hours: int = 24, had: str | None = None) -> None:
    """Hand a mention to somebody who listens, to be answered within so many hours.

    Args:
        had: key of who had it when it was looked at, empty for nobody; None takes it from whoever has it.

    Raises:
        ListenError: they do not listen, or somebody else has it meanwhile.
    """
    if not (to.is_active and to.can_listen):
        raise ListenError(_("%s does not work the mentions.") % to)
    with transaction.atomic():
        now = Mention.objects.select_for_update(of=("self",)).select_related("assigned_to").get(pk=mention.pk)
        if had is not None and str(now.assigned_to_id or "") != had and now.assigned_to not in {None, to}:
            raise ListenError(_("%s has it meanwhile. Look at it again before you take it.") % now.assigned_to)
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
        triage.learn(head, posts.as_row(mention), kind)
        row.weights, row.decisions = head.to_bytes(), head.decisions
        row.save()
        Mention.objects.filter(pk=mention.pk).update(
            kind=kind, kinds=[kind], is_risk=kind in RISKS, is_corrected=True, is_unsure=False
        )
        log.record("listen.kind_corrected", actor=by, subject=str(mention.pk), kind=kind)


def draft_reply(mention: Mention, *, text: str, seen: str) -> None:
    """Keep a draft in place of the one that was `seen`.

    Raises:
        ListenError: somebody has kept another one since.
    """
    with transaction.atomic():
        theirs = Mention.objects.select_for_update().get(pk=mention.pk).reply
        if theirs.split() != seen.split():
            raise ListenError(_("Somebody kept another draft while you wrote: “%s”. Put the two together.") % theirs)
        Mention.objects.filter(pk=mention.pk).update(reply=text)


def finish(mention: Mention, *, by: Any, outcome: str, is_answered: bool) -> None:
    """Done, with what came of it.

    Raises:
        ListenError: somebody has done it already.
    """
    answered = {"answered_at": timezone.now()} if is_answered else {}
    with transaction.atomic():
        now = Mention.objects.select_for_update().get(pk=mention.pk)
        if now.state == State.DONE:
            said = now.outcome or (_("answered") if now.answered_at else _("seen"))
            raise ListenError(_("It is done already: “%s”.") % said)
        Mention.objects.filter(pk=mention.pk).update(
            state=State.DONE, outcome=outcome, done_at=timezone.now(), **answered
        )
        Mention.objects.filter(copy_of=mention).update(state=State.DONE)
        log.record("listen.done", actor=by, subject=str(mention.pk), answered=is_answered)


def open_again(mention: Mention, *, by: Any) -> None:
    """What was called done, or was muted, waits once more."""
    with transaction.atomic():
        Mention.objects.filter(Q(pk=mention.pk) | Q(copy_of=mention)).update(
            state=State.OPEN, answered_at=None, done_at=None
        )
        log.record("listen.opened_again", actor=by, subject=str(mention.pk))


def tag(mention: Mention, *, tags: str) -> None:
    plain = ", ".join(dict.fromkeys(part.strip() for part in tags.split(",") if part.strip()))
    Mention.objects.filter(pk=mention.pk).update(tags=plain[:200])


def mute(*, what: str, value: str, by: Any) -> int:
    """Keep nothing more by an author, with a phrase, or of a web site. Returns how many open mentions went.

    Raises:
        ListenError: it is not said which.
    """
    value = value.strip()
    if what == "phrase" and 0 < len(value) < SHORTEST_PHRASE:
        raise ListenError(_("A phrase of one or two letters is in nearly every post. Write a longer one."))
    if what == "site":
        value = (boolquery.words.hosts(value) or [""])[0]
    if not value or what not in dict(Mute.WHAT):
        raise ListenError(_("Say which author, phrase or web site."))
    with transaction.atomic():
        Mute.objects.get_or_create(what=what, value=value, defaults={"set_by": by})
        gone = _of_mute(what, value, State.OPEN)
        _move(gone, State.MUTED)
        log.record("listen.muted", actor=by, subject=what)
    return len(gone)


def unmute(muted: Mute, *, by: Any) -> int:
    """Keep it again from now on; what it had put aside waits once more. Returns how many mentions that are."""
    with transaction.atomic():
        log.record("listen.unmuted", actor=by, subject=muted.what)
        muted.delete()
        back = set(_of_mute(muted.what, muted.value, State.MUTED))
        for other in Mute.objects.all():
            back -= set(_of_mute(other.what, other.value, State.MUTED))
        _move(sorted(back), State.OPEN)
    return len(back)


def _of_mute(what: str, value: str, state: str) -> list[int]:
    """Keys of mentions in this state that a mute is about."""
    rows = Mention.objects.filter(state=state)
    if what == "author":
        rows = rows.filter(author__iexact=value)
    elif what == "phrase":
        rows = rows.filter(Q(text__icontains=value) | Q(title__icontains=value))
    else:
        return [own.pk for own in rows.filter(address__icontains=value) if value in boolquery.words.hosts(own.address)]
    return list(rows.values_list("pk", flat=True))


def _move(keys: list[int], state: str) -> None:
    for start in range(0, len(keys), BATCH):
        Mention.objects.filter(pk__in=keys[start : start + BATCH]).update(state=state)


def claim_digest(week: date) -> bool:
    """Whether this process sends the digest of the week: the first one that asks."""
    return Digest.objects.get_or_create(week=week)[1]


def note_gap(alert: Alert, *, by: Any) -> None:
    """Put what a burst is about on the editors' list of gaps in the policy."""
    about = ", ".join(alert.terms[:4]) or alert.query.name
    with transaction.atomic():
        policy.note_gap(
            question=_("What do we say, and who says it, about: %s?") % about, topic="", weight=alert.seen,
            origin=_("Burst: %s") % alert.query.name, origin_path=f"{kept_path(reverse('listen:alerts'))}#a{alert.pk}",
        )  # fmt: skip
        log.record("listen.gap_noted", actor=by, subject=alert.query.name)

"""What is heard, shared among processes: a Redis stream with one consumer group (option REDIS_URL; without it nothing here runs).

Whoever fetches puts batches in; any number of `askfirst listen work` processes take them out. A batch is acknowledged only after its
mentions are on disk, and a batch whose process died is taken over after half a minute: at least once. A mention is there once for a
source and id, however often its batch is worked on: exactly once in effect. A deletion leaves a mark for an hour, so that a post
that is worked on later than its own deletion does not come back.
"""

import json
import logging
import secrets
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.utils.translation import gettext as _

from askfirst.listen import heard, queries
from askfirst.listen.models import Source

if TYPE_CHECKING:
    from redis import Redis

logger = logging.getLogger(__name__)

STREAM, GROUP = "askfirst:heard", "matchers"
BATCH = 200
# A batch that nobody has acknowledged for this many seconds was in the hands of a process that died.
DEAD_AFTER = 30
WAIT_MS = 1000
GONE_SECONDS = 3600
# Above this, whoever fetches waits: Redis keeps the stream in memory.
MOST_WAITING = 20_000


class NotQueued(Exception):
    """What was fetched could not be handed over, and is asked for again; the message says why."""


def is_used() -> bool:
    return bool(settings.OPTIONS.redis_url)


def connect() -> "Redis":
    """A connection; the package redis is an extra of its own (pip install askfirst[redis])."""
    from redis import Redis  # noqa: PLC0415 - an extra

    redis = Redis.from_url(settings.OPTIONS.redis_url, decode_responses=True)
    _make_group(redis)
    return redis


def _make_group(redis: "Redis") -> None:
    from redis.exceptions import ResponseError  # noqa: PLC0415 - an extra

    try:
        redis.xgroup_create(STREAM, GROUP, id="0", mkstream=True)
    except ResponseError as error:
        if "BUSYGROUP" not in str(error):
            raise


def put(redis: "Redis", source: Source, rows: Iterable[dict[str, Any]], gone: Iterable[str] = ()) -> int:
    """Hand over what a source brought. Returns how many batches.

    Raises:
        NotQueued: too much waits already, or Redis does not answer.
    """
    from redis.exceptions import RedisError  # noqa: PLC0415 - an extra

    try:
        return _put(redis, source, rows, gone)
    except RedisError as error:
        raise NotQueued(_("Redis does not answer (%s).") % type(error).__name__) from error


def _put(redis: "Redis", source: Source, rows: Iterable[dict[str, Any]], gone: Iterable[str]) -> int:
    if redis.xlen(STREAM) > MOST_WAITING:
        raise NotQueued(_("More waits than is worked on; it is fetched again."))
    listed, gone = list(rows), list(gone)
    batches = [listed[start : start + BATCH] for start in range(0, len(listed), BATCH)] or ([[]] if gone else [])
    pipe = redis.pipeline(transaction=True)
    for number, batch in enumerate(batches):
        said = {"source": source.pk, "rows": batch, "gone": gone if number == len(batches) - 1 else []}
        # Halves of a character, which JSON lets through, are no text.
        pipe.xadd(STREAM, {"batch": json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")})
    pipe.execute()
    return len(batches)


def work(
    stopped: threading.Event, *, redis: "Redis | None" = None, name: str = "", dead_after: float = DEAD_AFTER
) -> int:
    """Take batches until `stopped` is set. Returns how many mentions became of them."""
    from redis.exceptions import RedisError  # noqa: PLC0415 - an extra

    redis, name = redis or connect(), name or secrets.token_hex(6)
    new = 0
    while not stopped.is_set():
        try:
            new += _work_once(redis, name, dead_after)
        except RedisError as error:
            logger.warning("Redis does not answer (%s); it is asked again in a moment.", type(error).__name__)
            stopped.wait(WAIT_MS / 1000)
            # It may have come back empty, without the group.
            with suppress(RedisError):
                _make_group(redis)
    return new


def _work_once(redis: "Redis", name: str, dead_after: float) -> int:
    new = 0
    for key, fields in _next(redis, name, int(dead_after * 1000)):
        taken = _take_surely(redis, fields)
        if taken is None:
            continue
        new += taken
        pipe = redis.pipeline(transaction=True)
        pipe.xack(STREAM, GROUP, key)
        pipe.xdel(STREAM, key)
        pipe.execute()
    return new


def _next(redis: "Redis", name: str, dead_ms: int) -> list[tuple[str, dict[str, str]]]:
    """What a dead process left, else the next new batch, else nothing after a second."""
    left: Any = redis.xautoclaim(STREAM, GROUP, name, dead_ms, count=1)
    if left[1]:
        return [(key, fields) for key, fields in left[1] if fields]
    fresh: Any = redis.xreadgroup(GROUP, name, {STREAM: ">"}, count=1, block=WAIT_MS)
    return fresh[0][1] if fresh else []


def _take_surely(redis: "Redis", fields: dict[str, str]) -> int | None:
    """Work on a batch; None when the database would not have it. It is not acknowledged then, and taken over like a dead process's."""
    for wait in (0.1, 0.5, 0):
        try:
            return _take(redis, fields)
        except DatabaseError:
            logger.exception("A batch could not be kept; it is tried again.")
            close_old_connections()
            time.sleep(wait)
        except Exception:
            logger.exception("A batch holds what cannot be worked on; its posts are taken one by one.")
            return _take_singly(redis, fields)
    return None


def _take_singly(redis: "Redis", fields: dict[str, str]) -> int:
    said, new = json.loads(fields["batch"]), 0
    for row in said["rows"]:
        try:
            new += _take(redis, {"batch": json.dumps(said | {"rows": [row], "gone": []})})
        except DatabaseError:
            raise
        except Exception:
            logger.exception("A post of source %s was passed over.", said["source"])
    return new + _take(redis, {"batch": json.dumps(said | {"rows": []})})


def _take(redis: "Redis", fields: dict[str, str]) -> int:
    said = json.loads(fields["batch"])
    source = queries.source(said["source"])
    if source is None:
        return 0
    for key in said["gone"]:
        redis.setex(_mark(source, key), GONE_SECONDS, "1")
    new = heard.take_posts(said["rows"], source=source)[1] if said["rows"] else 0
    heard.remove_posts(source, said["gone"])
    ids = [str(row.get("id")) for row in said["rows"]]
    marks = (
        redis.mget([_mark(source, own) for own in ids] + [_mark(source, _author(own)) for own in ids]) if ids else []
    )
    dead = [own for own, mark in zip(ids * 2, marks, strict=True) if mark]
    if dead:
        heard.remove_posts(source, dead)
    return new


def _author(key: str) -> str:
    return f"{key.partition('/')[0]}/"


def _mark(source: Source, key: str) -> str:
    return f"askfirst:gone:{source.pk}:{key}"

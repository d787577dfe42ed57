"""The jam's live door, raw ASGI: stream the board down, take votes up. Nothing here enters Django's request cycle.

GET  /live/CODE?since=EPOCH-REVISION&lang=en&key=…         server-sent events
GET  /live/CODE/poll?since=EPOCH-REVISION&lang=en&key=…    the same as one JSON answer, 204 when nothing is new
GET  /live/CODE?looks=yes&since=…&key=…                    only that something changed: desk and big screen, not counted
POST /live/CODE/vote?lang=en   group=NUMBER or take_back=NUMBER    200 once the vote is on disk
"""

import functools
import json
import time
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings
from django.db import Error as DatabaseError
from django.utils import translation

from askfirst.base import commit
from askfirst.base.live import Feed, Live
from askfirst.base.server import answer, body_of
from askfirst.jam import access, queries, seat
from askfirst.jam.errors import Gone, JamError, NoSeat, TooMany
from askfirst.jam.limits import VOTES, limiter
from askfirst.jam.voting import Ballot, Cast, ballots

PREFIX = "/live/"
KNOWN_SECONDS = 10


class Door:
    """The ASGI application below /live/.

    Args:
        live: the streams of this process.
    """

    def __init__(self, live: Live) -> None:
        self._live = live
        self._jams: dict[str, tuple[float, int, int]] = {}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        code, _, verb = scope["path"][len(PREFIX) :].partition("/")
        jam = await self._jam(code.upper())
        if jam is None:
            await answer(send, 404, b'{"error": "no such jam"}')
        elif scope["method"] == "POST" and verb == "vote":
            await self._vote(scope, receive, send, code.upper(), jam[0])
        elif scope["method"] == "GET" and verb in {"", "poll"}:
            await self._watch(scope, receive, send, code.upper(), jam, is_poll=verb == "poll")
        elif scope["method"] == "POST" and verb == "bench" and settings.OPTIONS.bench:
            data = await body_of(receive, 65536) or b""
            self._live.publish_raw(jam[1], data, with_frame=scope["query_string"] == b"with_frame")
            await answer(send, 200)
        else:
            await answer(send, 405, b'{"error": "not here"}')

    async def _jam(self, code: str) -> tuple[int, int] | None:
        """(primary key, topic) of a jam; asked of the database at most every few seconds."""
        known = self._jams.get(code)
        if known and known[0] > time.monotonic():
            return known[1], known[2]
        found = await self._live.read(queries.jam_by_code, code)
        if found is None:
            return None
        if len(self._jams) > 1000:
            self._jams.clear()
        self._jams[code] = (time.monotonic() + KNOWN_SECONDS, found.pk, found.topic_id)
        return found.pk, found.topic_id

    async def _watch(
        self, scope: Any, receive: Any, send: Any, code: str, jam: tuple[int, int], *, is_poll: bool
    ) -> None:
        asked = _asked(code, scope["query_string"])
        if asked is None:
            await answer(send, 403, b'{"error": "open the jam first"}')
            return
        language, since, looks = asked
        pk, topic = jam
        if is_poll:
            epoch, revision = await self._live.recent(topic)
            if since == f"{epoch}-{revision}":
                self._live.remember_unchanged(
                    topic, (epoch, revision), scope["raw_path"] + b"?" + scope["query_string"]
                )
                await answer(send, 204)
                return
        feed = Feed(topic, language, functools.partial(queries.changes, pk, language))
        if looks:
            feed = Feed(topic, "looks", _nothing, is_counted=False)
        if not is_poll:
            last = dict(scope["headers"]).get(b"last-event-id", b"").decode("latin-1")
            await self._live.open(scope, receive, feed, last or since)
            return
        epoch, revision, payload = await self._live.delta(feed, since)
        body = f'{{"id": "{epoch}-{revision}", "frame": {payload}}}'
        await answer(send, 200, body.encode())

    async def _vote(self, scope: Any, receive: Any, send: Any, code: str, jam: int) -> None:
        headers = dict(scope["headers"])
        own = seat.read(code, _cookie(headers, seat.cookie_name(code)))
        body = await body_of(receive, 4096)
        language = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[-1]
        if own is None or not _is_from_us(headers) or body is None:
            await self._refuse(send, language, NoSeat())
            return
        ballot = _ballot(body, jam, own.voter)
        if ballot is None:
            await answer(send, 422, b'{"error": "group=NUMBER or take_back=NUMBER"}')
            return
        wait = limiter.wait(VOTES, "vote", own.voter)
        if wait:
            await self._refuse(send, language, TooMany(retry_after=wait))
            return
        try:
            cast: Cast = await ballots.submit_from_loop(ballot)
        except JamError as error:
            await self._refuse(send, language, error)
        except (DatabaseError, commit.Busy):
            await answer(send, 503, b'{"error": "not kept; try again"}', b"application/json", (b"retry-after", b"2"))
        else:
            await answer(send, 200, json.dumps({"contribution": cast.contribution, "group": cast.group}).encode())

    async def _refuse(self, send: Any, language: str, error: JamError) -> None:
        with translation.override(language if translation.check_for_language(language) else settings.LANGUAGE_CODE):
            body = json.dumps({"error": str(error.message), "gone": isinstance(error, Gone)}).encode()
        more = [(b"retry-after", b"%d" % error.retry_after)] if isinstance(error, TooMany) else []
        await answer(send, error.status, body, b"application/json", *more)


@functools.lru_cache(maxsize=4096)
def _asked(code: str, query_string: bytes) -> tuple[str, str, bool] | None:
    """(language, since, looks) of a watcher's address, None without the right key. A room of phones asks for the same."""
    query = {name: values[-1] for name, values in parse_qs(query_string.decode("latin-1")).items()}
    if not access.may_watch(code, query.get("key", "")):
        return None
    language = query.get("lang", "")
    language = language if translation.check_for_language(language) else settings.LANGUAGE_CODE
    return language, query.get("since", ""), "looks" in query


def _nothing(_since: int) -> str:
    return "{}"


def _cookie(headers: dict[bytes, bytes], name: str) -> str:
    wanted = f"{name}=".encode()
    for pair in headers.get(b"cookie", b"").split(b";"):
        pair = pair.strip()
        if pair.startswith(wanted):
            return pair[len(wanted) :].decode("latin-1")
    return ""


def _is_from_us(headers: dict[bytes, bytes]) -> bool:
    """Browsers say where a request comes from; another site's page must not vote for its visitor."""
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site in {b"same-origin", b"none"}
    origin = headers.get(b"origin", b"").decode("latin-1")
    return not origin or origin.partition("://")[2] == headers.get(b"host", b"").decode("latin-1")


def _ballot(body: bytes, jam: int, voter: str) -> Ballot | None:
    fields = parse_qs(body.decode("latin-1"))
    for name in ("group", "take_back"):
        value = fields.get(name, [""])[-1]
        if value.isascii() and value.isdigit() and len(value) < 19:
            return Ballot(jam, int(value), voter, is_up=name == "group")
    return None

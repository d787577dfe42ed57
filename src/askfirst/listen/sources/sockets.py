"""A WebSocket that stays open: messages in batches of at most a second, with what is deleted folded in."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from websockets.exceptions import InvalidStatus, WebSocketException
from websockets.sync.client import ClientConnection, connect

from askfirst.base import fetch
from askfirst.listen.sources.rows import SourceError

MOST_MESSAGE = 256 * 1024
BATCH, SECONDS = 500, 1.0


@dataclass(frozen=True)
class Heard:
    """What one message says. `gone`: a post's id, or an author's with a slash behind it; `mark`: where to go on, larger is later."""

    row: dict[str, Any] | None = None
    gone: str = ""
    mark: int = 0


@dataclass
class Batch:
    """What came within a second: the last word on each post, what is gone, and the marks of the first and the furthest message."""

    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    gone: dict[str, None] = field(default_factory=dict)
    first: int = 0
    mark: int = 0

    def add(self, heard: Heard) -> None:
        self.first = self.first or heard.mark
        self.mark = max(self.mark, heard.mark)
        if heard.gone:
            self.gone[heard.gone] = None
            for known in [own for own in self.rows if _is_under(own, heard.gone)]:
                del self.rows[known]
        if heard.row:
            self.gone.pop(heard.row["id"], None)
            self.rows[heard.row["id"]] = heard.row


def follow(
    where: str,
    read: Callable[[str | bytes], Heard],
    is_wanted: Callable[[], bool],
    *,
    headers: Mapping[str, str] | None = None,
) -> Iterator[Batch]:
    """Batches until `is_wanted` says no; an empty one each second in which nothing came.

    Raises:
        SourceError: the server cannot be reached, refuses, or hangs up; what came before that is given first.
    """
    try:
        sock = fetch.open_socket(where, allow_private=settings.OPTIONS.listen_private)
        options = {
            "additional_headers": dict(headers or {}),
            "max_size": MOST_MESSAGE,
            "open_timeout": 10,
            "close_timeout": 2,
        }
        with connect(where, sock=sock, **options) as socket:
            while is_wanted():
                yield _batch(socket, read)
    except fetch.CannotFetch as error:
        raise SourceError(str(error)) from error
    except InvalidStatus as error:
        status = error.response.status_code
        if status in {401, 403}:
            raise SourceError(_("The server answered %d. It wants an access token.") % status) from error
        raise SourceError(_("The source answered %d.") % status) from error
    except (OSError, WebSocketException) as error:
        raise SourceError(_("The stream broke off (%s).") % type(error).__name__) from error


def _batch(socket: ClientConnection, read: Callable[[str | bytes], Heard]) -> Batch:
    batch = Batch()
    end = time.monotonic() + SECONDS
    for count in range(BATCH):
        left = end - time.monotonic()
        if left <= 0:
            break
        try:
            batch.add(read(socket.recv(timeout=left)))
        except TimeoutError:
            break
        except WebSocketException:
            # What came before it broke off is kept; the next read says so again.
            if not count:
                raise
            break
    return batch


def _is_under(key: str, gone: str) -> bool:
    return key == gone or (gone.endswith("/") and key.startswith(gone))

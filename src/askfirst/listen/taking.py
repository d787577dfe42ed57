"""Where what was heard goes: worked on here, or handed to the processes that share the work (askfirst.listen.queue)."""

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from askfirst.listen import heard, queue
from askfirst.listen.models import Source

if TYPE_CHECKING:
    from redis import Redis


def take(source: Source, rows: Iterable[dict[str, Any]], gone: Iterable[str] = ()) -> int:
    """Take in what a source brought. Returns how many mentions are new, as far as is known yet.

    Raises:
        NotQueued: the processes that share the work do not keep up, or Redis does not answer.
    """
    if queue.is_used():
        queue.put(_redis(), source, rows, gone)
        return 0
    new = heard.take_posts(rows, source=source)[1]
    heard.remove_posts(source, gone)
    return new


@cache
def _redis() -> "Redis":
    return queue.connect()

"""Where what was heard goes: worked on here, or handed to the processes that share the work (askfirst.listen.queue)."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from askfirst.listen import actions, heard, queue
from askfirst.listen.errors import ListenError
from askfirst.listen.models import Source
from askfirst.listen.sources import files

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


def take_file(path: Path, *, source: Source) -> tuple[int, int]:
    """Take in the posts of a file. Returns (how many were read, how many became mentions); the source says when, or what is wrong.

    Raises:
        ListenError: a line cannot be read; what stands before it may have been taken, and is not doubled when the file comes again.
    """
    try:
        found = heard.take_posts(files.read(path), source=source)
    except ListenError as error:
        actions.note_brought(source, problem=str(error.message))
        raise
    actions.note_brought(source)
    return found


@cache
def _redis() -> "Redis":
    return queue.connect()

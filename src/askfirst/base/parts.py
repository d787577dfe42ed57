"""A file as a whole, or the part of it that was asked for (RFC 9110, section 14).

Players ask for parts to jump in a video or a sound; Safari plays none without them.
"""

import io
import re
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

TAKEN = {"Accept-Ranges": "bytes"}
_ONE_PART = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def response(request: HttpRequest, path: Path, media_type: str) -> HttpResponseBase:
    """The file, or one part of it; several parts at once are answered with all of it, as is allowed."""
    size = path.stat().st_size
    asked = _ONE_PART.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    # What If-Range would compare, a date or tag, is not given here.
    if asked is None or not any(asked.groups()) or "If-Range" in request.headers:
        return FileResponse(path.open("rb"), content_type=media_type, headers=TAKEN)
    first, last = _bounds(asked[1], asked[2], size)
    if first > last:
        refused = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        refused["Content-Range"] = f"bytes */{size}"
        return refused
    length = last - first + 1
    headers = {**TAKEN, "Content-Range": f"bytes {first}-{last}/{size}", "Content-Length": str(length)}
    part = _Part(path, first, length)
    return FileResponse(part, content_type=media_type, status=HTTPStatus.PARTIAL_CONTENT, headers=headers)


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """First and last byte; the first comes after the last where there is nothing to give."""
    if not first:
        # The last so many bytes.
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last) if last else size - 1, size - 1)


class _Part(io.RawIOBase):
    """Reads so many bytes of a file, from one of them on."""

    def __init__(self, path: Path, start: int, length: int) -> None:
        self._file: BinaryIO = path.open("rb")
        self._file.seek(start)
        self._left = length

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(chunk)
        return chunk

    def close(self) -> None:
        self._file.close()
        super().close()

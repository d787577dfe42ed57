"""Reading exactly and copying in pieces."""

import io
from typing import BinaryIO

COPY = 1 << 20
# Boxes and segments larger than this are not metadata that we read.
LARGEST = 16 << 20


def size_of(file: BinaryIO) -> int:
    """Bytes in all; the file stands at its end afterwards."""
    return file.seek(0, io.SEEK_END)


def exactly(file: BinaryIO, size: int) -> bytes:
    data = file.read(size)
    if len(data) < size:
        raise EOFError
    return data


def copy(file: BinaryIO, out: BinaryIO, size: int) -> None:
    while size:
        chunk = file.read(min(size, COPY))
        if not chunk:
            raise EOFError
        out.write(chunk)
        size -= len(chunk)


def copy_changed(file: BinaryIO, out: BinaryIO, changes: dict[int, bytes]) -> None:
    """Copy the whole file with these bytes in place of its own; offsets are kept."""
    file.seek(0)
    at = 0
    for offset, data in sorted(changes.items()):
        if offset < at:
            continue
        copy(file, out, offset - at)
        out.write(data)
        at = offset + len(data)
        file.seek(at)
    while chunk := file.read(COPY):
        out.write(chunk)

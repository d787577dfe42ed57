"""EBML elements: what WebM and Matroska say beside their frames (RFC 8794, RFC 9559)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

from askfirst.engines.photo.details import Detail, plain
from askfirst.engines.photo.pieces import LARGEST, copy_changed, exactly, size_of

_SEGMENT, _CLUSTER, _INFO, _TRACKS, _TRACK, _TAGS, _ATTACHMENTS = (
    0x18538067, 0x1F43B675, 0x1549A966, 0x1654AE6B, 0xAE, 0x1254C367, 0x1941A469,
)  # fmt: skip
_TAG, _SIMPLE_TAG, _TAG_NAME, _TAG_TEXT = 0x7373, 0x67C8, 0x45A3, 0x4487
_DATE, _CHECKSUM, _VOID = 0x4461, 0xBF, 0xEC
_ENTERED = {_SEGMENT, _INFO, _TRACKS, _TRACK}
# Words of their own, and words that a file must have, which are emptied and not taken out.
_WORDS = {
    0x7BA9: ("other", "title"), 0x7384: ("other", "file name"), 0x73A4: ("device", "unique number"), 0x536E: ("other", "name of a track"),
}  # fmt: skip
_NEEDED = {0x4D80: ("device", "software"), 0x5741: ("device", "software")}
_TAGGED = {
    "LOCATION": ("location", "coordinates"), "RECORDING_LOCATION": ("location", "place"), "COMPOSITION_LOCATION": ("location", "place"),
    "COM.APPLE.QUICKTIME.LOCATION.ISO6709": ("location", "coordinates"), "DATE_RECORDED": ("time", "taken"), "CREATION_TIME": ("time", "taken"),
    "DATE": ("time", "taken"), "DATE_ENCODED": ("time", "changed"), "MAKE": ("device", "maker"), "MODEL": ("device", "model"),
    "ENCODER": ("device", "software"), "ENCODED_BY": ("person", "author"), "ARTIST": ("person", "artist"), "AUTHOR": ("person", "author"),
    "DIRECTOR": ("person", "author"), "COPYRIGHT": ("person", "copyright"), "TITLE": ("other", "title"), "COMMENT": ("other", "comment"),
    "DESCRIPTION": ("other", "description"),
}  # fmt: skip
_EPOCH = datetime(2001, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class _Element:
    id: int
    start: int
    body: int
    end: int


def _vint(file: BinaryIO, *, keeps_marker: bool) -> tuple[int, int]:
    """A number of variable length, and how many bytes it took."""
    first = exactly(file, 1)[0]
    length = 9 - first.bit_length()
    if length > 8:
        raise EOFError
    value = int.from_bytes(bytes([first]) + exactly(file, length - 1), "big")
    return (value if keeps_marker else value & ((1 << 7 * length) - 1)), length


def _walk(file: BinaryIO, start: int, end: int, entered: set[int]) -> Iterator[_Element]:
    """Elements in their order; the children of `entered` ones follow them. Segments and clusters of unknown size end where the file ends."""
    at = start
    while at < end:
        file.seek(at)
        id_, id_length = _vint(file, keeps_marker=True)
        size, length = _vint(file, keeps_marker=False)
        body = at + id_length + length
        is_unknown = size == (1 << 7 * length) - 1
        if is_unknown and id_ not in {_SEGMENT, _CLUSTER}:
            raise EOFError
        if not is_unknown and body + size > end:
            raise EOFError
        yield _Element(id_, at, body, end if is_unknown else body + size)
        at = body if is_unknown or id_ in entered else body + size


def _data(file: BinaryIO, element: _Element) -> bytes:
    file.seek(element.body)
    return exactly(file, min(element.end - element.body, LARGEST))


def read_webm(file: BinaryIO) -> Iterator[Detail]:
    for element in _walk(file, 0, size_of(file), _ENTERED):
        if element.id in _WORDS or element.id in _NEEDED:
            data = _data(file, element).rstrip(b"\0")
            if data:
                label = _WORDS.get(element.id) or _NEEDED[element.id]
                yield Detail(*label, "present" if element.id == 0x73A4 else plain(data))
        elif element.id == _DATE:
            data = _data(file, element)
            moment = _EPOCH + timedelta(microseconds=struct.unpack(">q", data)[0] // 1000)
            yield Detail("time", "taken", f"{moment:%Y-%m-%d %H:%M:%S}")
        elif element.id == _TAGS:
            yield from _tags(file, element)
        elif element.id == _ATTACHMENTS:
            yield Detail("other", "attached files", "present")


def _tags(file: BinaryIO, tags: _Element) -> Iterator[Detail]:
    name = ""
    for element in _walk(file, tags.body, tags.end, {_TAG, _SIMPLE_TAG}):
        if element.id == _TAG_NAME:
            name = _data(file, element).decode("utf-8", "replace").strip("\0")
        elif element.id == _TAG_TEXT and not name.startswith(("DURATION", "BPS", "NUMBER_OF_", "_STATISTICS")):
            label = _TAGGED.get(name.upper()) or ("other", plain(name.lower().replace("_", " ")))
            yield Detail(*label, plain(_data(file, element)))


def _void(length: int) -> bytes:
    """An element that says nothing, `length` bytes long, 2 at least."""
    size = 1 if length <= 128 else 8
    rest = length - 1 - size
    return bytes([_VOID]) + ((1 << 7 * size) | rest).to_bytes(size, "big") + b"\0" * rest


def strip_webm(file: BinaryIO, out: BinaryIO) -> None:
    """Tags, attachments, dates and words become empty space of the same size, so no offset in the file moves; so do checksums over what changed."""
    changes: dict[int, bytes] = {}
    for element in _walk(file, 0, size_of(file), _ENTERED):
        if element.id in {_TAGS, _ATTACHMENTS, _DATE, _CHECKSUM, *_WORDS}:
            changes[element.start] = _void(element.end - element.start)
        elif element.id in _NEEDED:
            changes[element.body] = b"\0" * (element.end - element.body)
    copy_changed(file, out, changes)

"""ISO boxes: the items of HEIC and AVIF, and the atoms of MP4 and QuickTime (ISO/IEC 14496-12, 23008-12)."""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from askfirst.engines.photo.details import Detail, exif, plain, xmp
from askfirst.engines.photo.pieces import LARGEST, copy_changed, exactly, size_of


@dataclass(frozen=True)
class _Box:
    kind: bytes
    start: int
    body: int
    end: int


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[_Box]:
    at = start
    while at + 8 <= end:
        file.seek(at)
        size, kind = struct.unpack(">I4s", exactly(file, 8))
        body = at + 8
        if size == 1:
            size = struct.unpack(">Q", exactly(file, 8))[0]
            body = at + 16
        elif size == 0:
            size = end - at
        if size < body - at or at + size > end:
            raise EOFError
        yield _Box(kind, at, body, at + size)
        at += size


def _data(file: BinaryIO, box: _Box) -> bytes:
    if box.end - box.body > LARGEST:
        return b""
    file.seek(box.body)
    return exactly(file, box.end - box.body)


def _heif_items(file: BinaryIO) -> list[tuple[str, list[tuple[int, int]]]]:
    """(Exif or xmp, extents in the file as (offset, length)) of a HEIF file's metadata items."""
    meta = next((box for box in _boxes(file, 0, size_of(file)) if box.kind == b"meta"), None)
    if meta is None:
        return []
    parts = {box.kind: box for box in _boxes(file, meta.body + 4, meta.end)}
    if b"iinf" not in parts or b"iloc" not in parts:
        return []
    names = _item_names(file, parts[b"iinf"])
    base = parts[b"idat"].body if b"idat" in parts else 0
    return [
        (names[item], places)
        for item, places in _item_places(_data(file, parts[b"iloc"]), base).items()
        if item in names
    ]


def _item_names(file: BinaryIO, box: _Box) -> dict[int, str]:
    head = _data(file, box)
    first = box.body + (6 if head[0] == 0 else 8)
    found = {}
    for entry in _boxes(file, first, box.end):
        data = _data(file, entry)
        if data[0] < 2:
            continue
        wide = data[0] == 3
        number = struct.unpack(">I" if wide else ">H", data[4 : 8 if wide else 6])[0]
        kind = data[(10 if wide else 8) : (14 if wide else 12)]
        if kind == b"Exif":
            found[number] = "exif"
        elif kind == b"mime" and b"rdf+xml" in data:
            found[number] = "xmp"
    return found


def _item_places(data: bytes, idat: int) -> dict[int, list[tuple[int, int]]]:
    version = data[0]
    sizes = struct.unpack(">H", data[4:6])[0]
    offset_size, length_size, base_size, index_size = sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15, sizes & 15
    at = 6
    count, at = _number(data, at, 4 if version == 2 else 2)
    found: dict[int, list[tuple[int, int]]] = {}
    for _ in range(count):
        item, at = _number(data, at, 4 if version == 2 else 2)
        method = 0
        if version in {1, 2}:
            value, at = _number(data, at, 2)
            method = value & 15
        at += 2
        base, at = _number(data, at, base_size)
        extents, at = _number(data, at, 2)
        for _extent in range(extents):
            if version in {1, 2} and index_size:
                at += index_size
            offset, at = _number(data, at, offset_size)
            length, at = _number(data, at, length_size)
            if method in {0, 1}:
                found.setdefault(item, []).append(((idat if method else 0) + base + offset, length))
    return found


def _number(data: bytes, at: int, size: int) -> tuple[int, int]:
    if at + size > len(data):
        raise EOFError
    return int.from_bytes(data[at : at + size], "big"), at + size


def read_heif(file: BinaryIO) -> Iterator[Detail]:
    for kind, places in _heif_items(file):
        data = b""
        for offset, length in places:
            file.seek(offset)
            data += file.read(min(length, LARGEST))
        if kind == "exif" and len(data) > 4:
            skip = 4 + struct.unpack(">I", data[:4])[0]
            yield from exif(data[skip:])
        elif kind == "xmp":
            yield from xmp(data)
    yield from read_movie(file)


def strip_heif(file: BinaryIO, out: BinaryIO) -> None:
    """Metadata items are overwritten in place: an empty TIFF in the EXIF item, spaces in the XMP packet. Which way is up stands elsewhere (irot)."""
    changes: dict[int, bytes] = {}
    for kind, places in _heif_items(file):
        for number, (offset, length) in enumerate(places):
            fill = b" " * length
            if kind == "exif":
                empty = b"\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"
                fill = (empty + b"\0" * length)[:length] if number == 0 else b"\0" * length
            changes[offset] = fill
    changes |= _movie_changes(file)
    copy_changed(file, out, changes)


_MOVIE_PARENTS = {b"moov", b"trak", b"mdia", b"edts", b"moof", b"traf"}
_APPLE = {
    b"com.apple.quicktime.location.ISO6709": ("location", "coordinates"), b"com.apple.quicktime.location.name": ("location", "place"),
    b"com.apple.quicktime.creationdate": ("time", "taken"), b"com.apple.quicktime.make": ("device", "maker"),
    b"com.apple.quicktime.model": ("device", "model"), b"com.apple.quicktime.software": ("device", "software"),
    b"com.apple.quicktime.author": ("person", "author"), b"com.android.model": ("device", "model"), b"com.android.manufacturer": ("device", "maker"),
}  # fmt: skip
_USER_DATA = {
    b"\xa9xyz": ("location", "coordinates"), b"loci": ("location", "place"), b"\xa9day": ("time", "taken"), b"\xa9mak": ("device", "maker"),
    b"\xa9mod": ("device", "model"), b"\xa9swr": ("device", "software"), b"\xa9too": ("device", "software"), b"\xa9aut": ("person", "author"),
    b"auth": ("person", "author"),
    b"\xa9cmt": ("other", "comment"), b"\xa9nam": ("other", "title"), b"\xa9des": ("other", "description"),
    b"SDLN": ("device", "maker's notes"), b"smrd": ("device", "maker's notes"),
}  # fmt: skip
# Seconds from 1904 to 1970, where QuickTime's clock begins.
_CLOCK = 2_082_844_800


def _walk(file: BinaryIO, start: int, end: int) -> Iterator[_Box]:
    for box in _boxes(file, start, end):
        yield box
        if box.kind in _MOVIE_PARENTS:
            yield from _walk(file, box.body, box.end)


def read_movie(file: BinaryIO) -> Iterator[Detail]:
    for box in _walk(file, 0, size_of(file)):
        if box.kind == b"udta":
            yield from _user_data(file, box)
        elif box.kind == b"meta" and _is_movie_meta(file, box):
            data = _data(file, box)
            yield from (_apple(data, key, *label) for key, label in _APPLE.items() if key in data)
            yield from _itunes(data)
        elif box.kind == b"uuid":
            data = _data(file, box)
            if b"rdf:RDF" in data or b"xpacket" in data:
                yield from xmp(data)
        elif box.kind == b"mvhd":
            data = _data(file, box)
            created = int.from_bytes(data[4 : 12 if data[0] == 1 else 8], "big")
            if created > _CLOCK:
                yield Detail("time", "recorded", _day(created - _CLOCK))


def _day(seconds: int) -> str:
    """A Unix time as a date, without asking for a clock (civil-from-days, Howard Hinnant's algorithm)."""
    days = seconds // 86_400 + 719_468
    era = days // 146_097
    of_era = days - era * 146_097
    year_of_era = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
    day_of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month_part = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * month_part + 2) // 5 + 1
    month = month_part + 3 if month_part < 10 else month_part - 9
    return f"{year_of_era + era * 400 + (month <= 2)}-{month:02}-{day:02}"


def _user_data(file: BinaryIO, box: _Box) -> Iterator[Detail]:
    try:
        children = list(_boxes(file, box.body, box.end))
    except EOFError:
        children = []
    for child in children:
        data = _data(file, child)
        if child.kind == b"loci":
            yield Detail("location", "coordinates", _loci(data))
        elif child.kind in _USER_DATA:
            shown = re.search(rb"[\x20-\x7e]{3,}", data)
            yield Detail(*_USER_DATA[child.kind], plain(shown[0]) if shown else "present")
        elif child.kind == b"meta":
            yield from _itunes(data)
        elif child.kind == b"XMP_":
            yield from xmp(data)


def _loci(data: bytes) -> str:
    """3GPP location: flags, language, name up to a zero, role, then longitude and latitude in 65536ths of a degree."""
    at = data.index(b"\0", 6) + 2 if b"\0" in data[6:] else len(data)
    if at + 8 > len(data):
        return "present"
    longitude, latitude = struct.unpack(">ii", data[at : at + 8])
    return f"{latitude / 65536:.5f}, {longitude / 65536:.5f}"


def _itunes(data: bytes) -> Iterator[Detail]:
    for key, label in _USER_DATA.items():
        at = data.find(key)
        if at > 0:
            shown = re.search(rb"[\x20-\x7e]{3,}", data[at + 4 :].replace(b"data", b"\0\0\0\0", 1))
            yield Detail(*label, plain(shown[0]) if shown else "present")


def _apple(data: bytes, key: bytes, group: str, name: str) -> Detail:
    if name == "coordinates":
        found = re.search(rb"[+-]\d{1,2}\.\d+[+-]\d{1,3}\.\d+(?:[+-][\d.]+)?/?", data)
        return Detail(group, name, plain(found[0]) if found else "present")
    return Detail(group, name, "present")


def _is_movie_meta(file: BinaryIO, box: _Box) -> bool:
    """Whether a meta box holds words about a movie, not the items that a HEIF picture is made of."""
    data = _data(file, box)[:64]
    return b"pict" not in data


def _movie_changes(file: BinaryIO) -> dict[int, bytes]:
    """Bytes to overwrite: boxes with words become free space of the same size, so no offset in the file moves; clocks become 0."""
    changes: dict[int, bytes] = {}
    for box in _walk(file, 0, size_of(file)):
        if (
            box.kind == b"udta"
            or (box.kind == b"meta" and _is_movie_meta(file, box))
            or (box.kind == b"uuid" and (b"rdf:RDF" in (data := _data(file, box)) or b"xpacket" in data))
        ):
            changes[box.start + 4] = b"free"
            changes[box.body] = b"\0" * (box.end - box.body)
        elif box.kind in {b"mvhd", b"tkhd", b"mdhd"}:
            file.seek(box.body)
            wide = exactly(file, 1)[0] == 1
            changes[box.body + 4] = b"\0" * (16 if wide else 8)
    return changes


def strip_movie(file: BinaryIO, out: BinaryIO) -> None:
    copy_changed(file, out, _movie_changes(file))

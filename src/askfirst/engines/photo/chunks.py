"""PNG chunks, RIFF chunks of WebP, and blocks of GIF (W3C PNG, RFC 9649, GIF89a)."""

import io
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from askfirst.engines.photo.details import Detail, exif, minimal_exif, orientation_of, plain, xmp
from askfirst.engines.photo.pieces import LARGEST, copy, exactly

_PNG_DROPPED = {b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME", b"caBX", b"dSIG"}


def _png_chunks(file: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
    """(type, where its head begins, size of its data); the caller may move in the file."""
    at = 8
    while True:
        file.seek(at)
        head = exactly(file, 8)
        size, kind = struct.unpack(">I4s", head)
        yield kind, at, size
        if kind == b"IEND":
            return
        at += 12 + size


def read_png(file: BinaryIO) -> Iterator[Detail]:
    for kind, at, size in _png_chunks(file):
        if kind not in _PNG_DROPPED or size > LARGEST:
            continue
        file.seek(at + 8)
        data = exactly(file, size)
        if kind == b"eXIf":
            yield from exif(data)
        elif kind == b"tIME":
            year, month, day, hour, minute, second = struct.unpack(">HBBBBB", data[:7])
            yield Detail("time", "changed", f"{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
        elif data.startswith(b"XML:com.adobe.xmp"):
            yield from xmp(data)
        else:
            name, _, rest = data.partition(b"\0")
            yield Detail("other", plain(name), "present" if kind != b"tEXt" else plain(rest))


def strip_png(file: BinaryIO, out: BinaryIO) -> None:
    out.write(b"\x89PNG\r\n\x1a\n")
    chunks = list(_png_chunks(file))
    orientation = 1
    for kind, at, size in chunks:
        if kind == b"eXIf" and size <= LARGEST:
            file.seek(at + 8)
            orientation = orientation_of(b"Exif\0\0" + exactly(file, size))
    for kind, at, size in chunks:
        if kind in _PNG_DROPPED:
            continue
        file.seek(at)
        copy(file, out, 12 + size)
        if kind == b"IHDR" and orientation != 1:
            body = b"eXIf" + minimal_exif(orientation)[6:]
            out.write(struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body)))


def _riff_chunks(file: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
    file.seek(4)
    end = 8 + struct.unpack("<I", exactly(file, 4))[0]
    at = 12
    while at + 8 <= end:
        file.seek(at)
        kind, size = struct.unpack("<4sI", exactly(file, 8))
        yield kind, at, size
        at += 8 + size + size % 2


def read_webp(file: BinaryIO) -> Iterator[Detail]:
    for kind, at, size in _riff_chunks(file):
        if kind in {b"EXIF", b"XMP "} and size <= LARGEST:
            file.seek(at + 8)
            data = exactly(file, size)
            yield from exif(data) if kind == b"EXIF" else xmp(data)


def strip_webp(file: BinaryIO, out: BinaryIO) -> None:
    chunks = list(_riff_chunks(file))
    known = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
    orientation = 1
    for kind, at, size in chunks:
        if kind == b"EXIF" and size <= LARGEST:
            file.seek(at + 8)
            data = exactly(file, size)
            orientation = orientation_of(data if data.startswith(b"Exif\0\0") else b"Exif\0\0" + data)
    kept = [own for own in chunks if own[0] in known]
    tail = b""
    if orientation != 1 and kept and kept[0][0] == b"VP8X":
        exif = minimal_exif(orientation)[6:]
        tail = b"EXIF" + struct.pack("<I", len(exif)) + exif + b"\0" * (len(exif) % 2)
    out.write(
        b"RIFF" + struct.pack("<I", 4 + len(tail) + sum(8 + size + size % 2 for _kind, _at, size in kept)) + b"WEBP"
    )
    for kind, at, size in kept:
        file.seek(at)
        if kind == b"VP8X":
            head = bytearray(exactly(file, 8 + size))
            # Flags: 0x08 EXIF, 0x04 XMP.
            head[8] = (head[8] & ~0x0C) | (0x08 if tail else 0)
            out.write(bytes(head) + b"\0" * (size % 2))
        else:
            copy(file, out, 8 + size)
            out.write(b"\0" * (size % 2))
    out.write(tail)


def _gif_blocks(file: BinaryIO) -> Iterator[tuple[str, int, int, bytes]]:
    """(what, start, end, first data) of each block: head, picture, control, loop, comment, text, application, end."""
    file.seek(0)
    head = exactly(file, 13)
    at = 13 + (3 << ((head[10] & 7) + 1) if head[10] & 0x80 else 0)
    yield "head", 0, at, b""
    while True:
        file.seek(at)
        mark = file.read(1)
        if not mark or mark == b";":
            yield "end", at, at + len(mark), b""
            return
        start = at
        if mark == b"!":
            label = exactly(file, 1)
            first = _sub_blocks(file)
            what = {b"\xf9": "control", b"\xfe": "comment", b"\x01": "text", b"\xff": "application"}.get(label, "other")
            if what == "application" and first[:11] in {b"NETSCAPE2.0", b"ANIMEXTS1.0"}:
                what = "loop"
            at = file.tell()
            yield what, start, at, first
        elif mark == b",":
            descriptor = exactly(file, 9)
            if descriptor[8] & 0x80:
                file.seek(3 << ((descriptor[8] & 7) + 1), io.SEEK_CUR)
            file.seek(1, io.SEEK_CUR)
            _sub_blocks(file)
            at = file.tell()
            yield "picture", start, at, b""
        else:
            raise EOFError


def _sub_blocks(file: BinaryIO) -> bytes:
    first = b""
    while size := exactly(file, 1)[0]:
        data = exactly(file, size)
        if len(first) < 1000:
            first += data
    return first


def read_gif(file: BinaryIO) -> Iterator[Detail]:
    for what, _start, _end, first in _gif_blocks(file):
        if what == "comment":
            yield Detail("other", "comment", plain(first))
        elif what == "application" and first.startswith(b"XMP DataXMP"):
            yield Detail("other", "xmp", "present")


def strip_gif(file: BinaryIO, out: BinaryIO) -> None:
    for what, start, end, _first in list(_gif_blocks(file)):
        if what in {"head", "picture", "control", "loop", "text"}:
            file.seek(start)
            copy(file, out, end - start)
    out.write(b";")

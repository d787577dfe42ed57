"""JPEG: segments up to the picture, the coded picture to its end, and whatever hides behind it (ITU T.81)."""

import io
import struct
from collections.abc import Iterator
from typing import BinaryIO

from askfirst.engines.photo.details import Detail, exif, minimal_exif, orientation_of, plain, xmp
from askfirst.engines.photo.pieces import COPY, exactly


def _jpeg_segments(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """(marker, payload) up to the picture itself; the file then stands right after its start-of-scan header."""
    file.seek(2)
    while True:
        lead = file.read(1)
        while lead and lead != b"\xff":
            lead = file.read(1)
        marker = file.read(1)
        while marker == b"\xff":
            marker = file.read(1)
        if not marker:
            raise EOFError
        code = marker[0]
        if code in {0x01, *range(0xD0, 0xD8)}:
            continue
        if code == 0xD9:
            yield code, b""
            return
        size = struct.unpack(">H", exactly(file, 2))[0]
        payload = exactly(file, size - 2)
        yield code, payload
        if code == 0xDA:
            return


def read_jpeg(file: BinaryIO) -> Iterator[Detail]:
    for code, payload in _jpeg_segments(file):
        if code == 0xE1 and payload.startswith(b"Exif\0\0"):
            yield from exif(payload)
        elif code == 0xE1 and b"ns.adobe.com/x" in payload[:40]:
            yield from xmp(payload)
        elif code == 0xED and payload:
            yield Detail("other", "iptc", _iptc(payload))
        elif code == 0xFE and payload.strip():
            yield Detail("other", "comment", plain(payload))
        elif code == 0xE2 and payload.startswith(b"MPF\0"):
            yield Detail("preview", "second picture", "present")
    if _after_jpeg(file):
        yield Detail("preview", "live picture or data behind the photo", "present")


def _iptc(payload: bytes) -> str:
    fields = {
        b"\x1c\x02\x50": "author",
        b"\x1c\x02\x5a": "city",
        b"\x1c\x02\x65": "country",
        b"\x1c\x02\x78": "caption",
    }
    return ", ".join(name for key, name in fields.items() if key in payload) or "present"


def _after_jpeg(file: BinaryIO) -> bool:
    """Walk the coded picture to its end and say whether anything follows."""
    _copy_scan(file, None)
    rest = file.read(64)
    return bool(rest.strip(b"\0\r\n"))


def _copy_scan(file: BinaryIO, out: BinaryIO | None) -> None:
    """Copy coded data up to and including the end-of-image marker; progressive pictures have several scans."""
    carry = b""
    while chunk := file.read(COPY):
        data = carry + chunk
        at = 0
        while True:
            at = data.find(b"\xff", at)
            if at < 0 or at + 1 >= len(data):
                break
            code = data[at + 1]
            if code == 0xD9:
                if out:
                    out.write(data[: at + 2])
                file.seek(at + 2 - len(data), io.SEEK_CUR)
                return
            if code in {0x00, 0x01, 0xFF, *range(0xD0, 0xD8)}:
                at += 1 if code == 0xFF else 2
                continue
            # A table or another scan inside: its length says how far to go.
            if at + 4 > len(data):
                break
            at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
            if at > len(data):
                missing = file.read(at - len(data))
                data += missing
        keep = len(data) - at if 0 <= at < len(data) else 0
        if out:
            out.write(data[: len(data) - keep])
        carry = data[len(data) - keep :] if keep else b""
    if out:
        out.write(carry)


def strip_jpeg(file: BinaryIO, out: BinaryIO) -> None:
    out.write(b"\xff\xd8")
    kept: list[tuple[int, bytes]] = []
    orientation = 1
    for code, payload in _jpeg_segments(file):
        if code == 0xE1:
            if payload.startswith(b"Exif\0\0"):
                orientation = orientation_of(payload)
            continue
        # Kept: JFIF, colour profile, Adobe's colour transform; dropped: everything else that an application wrote.
        if (0xE0 <= code <= 0xEF or code == 0xFE) and not (
            (code == 0xE0 and payload.startswith(b"JFIF\0"))
            or (code == 0xE2 and payload.startswith(b"ICC_PROFILE\0"))
            or (code == 0xEE and payload.startswith(b"Adobe"))
        ):
            continue
        kept.append((code, payload))
    if orientation != 1:
        at = 1 if kept and kept[0][0] == 0xE0 else 0
        kept.insert(at, (0xE1, minimal_exif(orientation)))
    for code, payload in kept:
        out.write(bytes((0xFF, code)) + (b"" if code == 0xD9 else struct.pack(">H", len(payload) + 2) + payload))
    if kept and kept[-1][0] == 0xDA:
        _copy_scan(file, out)

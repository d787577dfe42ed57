"""Read and strip what photos and videos say about where, when, with what and by whom they were taken.

Pixels and frames are never decoded: containers are walked (JPEG segments, PNG chunks, RIFF chunks of WebP, GIF extensions, ISO boxes of
HEIC, AVIF, MP4 and QuickTime), so a bomb costs nothing and a video of any length is copied through a small buffer. Formats after their
public specifications: ITU T.81, W3C PNG, RFC 9649 (WebP), GIF89a, ISO/IEC 14496-12 and 23008-12, Exif 2.32, XMP part 3.
"""

import io
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from PIL import ExifTags, Image

KINDS = ("jpeg", "png", "webp", "gif", "heic", "avif", "mp4", "mov")
COPY = 1 << 20
# Boxes and segments larger than this are not metadata that we read.
LARGEST = 16 << 20


class PhotoError(ValueError):
    """The file cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Detail:
    """One thing the file says. `group` is location, time, device, person, preview or other; `name` in small English words."""

    group: str
    name: str
    value: str


@dataclass(frozen=True)
class Report:
    """What a file says. `kind` is one of KINDS."""

    kind: str
    details: tuple[Detail, ...]

    @property
    def has_location(self) -> bool:
        return any(detail.group == "location" for detail in self.details)


def kind_of(file: BinaryIO) -> str:
    """The kind by the first bytes, whatever the name says.

    Raises:
        PhotoError: none of KINDS.
    """
    file.seek(0)
    head = file.read(64)
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[:6] in {b"GIF87a", b"GIF89a"}:
        return "gif"
    if head[4:8] == b"ftyp":
        brands = {
            head[8:12],
            *(head[at : at + 4] for at in range(16, min(len(head), struct.unpack(">I", head[:4])[0]), 4)),
        }
        if brands & {b"avif", b"avis"}:
            return "avif"
        if brands & {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"}:
            return "heic"
        return "mov" if b"qt  " in brands else "mp4"
    if head[4:8] in {b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}:
        return "mov"
    raise PhotoError("This is no JPEG, PNG, WebP, GIF, HEIC, AVIF, MP4 or QuickTime file.")


def read(file: BinaryIO) -> Report:
    """What the file says about itself.

    Raises:
        PhotoError: not a kind we know, or broken.
    """
    kind = kind_of(file)
    try:
        details = list(_READERS[kind](file))
    except (struct.error, EOFError, IndexError, OverflowError) as error:
        raise PhotoError("The file is broken or cut off; it cannot be read to its end.") from error
    return Report(kind, tuple(dict.fromkeys(details)))


def strip(file: BinaryIO, out: BinaryIO) -> str:
    """Copy the file without what `read` finds; orientation and colours stay. Returns the kind.

    Raises:
        PhotoError: as read.
    """
    kind = kind_of(file)
    try:
        _STRIPPERS[kind](file, out)
    except (struct.error, EOFError, IndexError, OverflowError) as error:
        raise PhotoError("The file is broken or cut off; it cannot be cleaned.") from error
    return kind


# --- what EXIF and XMP say ---------------------------------------------------------------------------------------------

_TAGS = {
    "DateTime": ("time", "changed"), "DateTimeOriginal": ("time", "taken"), "DateTimeDigitized": ("time", "digitised"),
    "Make": ("device", "maker"), "Model": ("device", "model"), "Software": ("device", "software"), "HostComputer": ("device", "computer"),
    "LensModel": ("device", "lens"), "LensSerialNumber": ("device", "lens serial number"), "BodySerialNumber": ("device", "serial number"),
    "CameraOwnerName": ("person", "owner"), "Artist": ("person", "artist"), "Copyright": ("person", "copyright"),
    "XPAuthor": ("person", "author"), "ImageUniqueID": ("device", "unique number"), "UserComment": ("other", "comment"),
    "ImageDescription": ("other", "description"), "XPComment": ("other", "comment"), "XPTitle": ("other", "title"), "XPKeywords": ("other", "keywords"),
    "OffsetTimeOriginal": ("time", "zone"), "MakerNote": ("other", "maker's notes"),
}  # fmt: skip
_SUB = (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo)


def _exif(data: bytes) -> Iterator[Detail]:
    found = Image.Exif()
    try:
        found.load(data if data.startswith(b"Exif\0\0") else b"Exif\0\0" + data)
        rows = [(ExifTags.TAGS.get(tag, ""), value) for tag, value in found.items()]
        rows += [(ExifTags.TAGS.get(tag, ""), value) for tag, value in found.get_ifd(ExifTags.IFD.Exif).items()]
        gps = found.get_ifd(ExifTags.IFD.GPSInfo)
        preview = found.get_ifd(ExifTags.IFD.IFD1)
    except Exception:  # noqa: BLE001 - Pillow raises many kinds on broken EXIF; what cannot be read is still stripped
        yield Detail("other", "exif", "present, cannot be read")
        return
    for name, value in rows:
        if name in _TAGS and value not in (None, "", b""):
            yield Detail(*_TAGS[name], "present" if name == "MakerNote" else _plain(value))
    yield from _gps({ExifTags.GPSTAGS.get(tag, ""): value for tag, value in gps.items()})
    if preview:
        yield Detail("preview", "small picture", "present")


def _gps(gps: dict[str, object]) -> Iterator[Detail]:
    latitude, longitude = (
        _degrees(gps.get("GPSLatitude"), gps.get("GPSLatitudeRef")),
        _degrees(gps.get("GPSLongitude"), gps.get("GPSLongitudeRef")),
    )
    if latitude is not None and longitude is not None:
        yield Detail("location", "coordinates", f"{latitude:.5f}, {longitude:.5f}")
    for name, label in (
        ("GPSAltitude", "height"),
        ("GPSImgDirection", "direction"),
        ("GPSDateStamp", "day"),
        ("GPSAreaInformation", "area"),
    ):
        if gps.get(name) not in (None, "", b""):
            yield Detail("location", label, _plain(gps[name]))


def _degrees(parts: object, reference: object) -> float | None:
    try:
        degrees, minutes, seconds = (float(part) for part in parts)  # type: ignore[attr-defined]
        value = degrees + minutes / 60 + seconds / 3600
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return -value if _plain(reference).upper() in {"S", "W"} else value


def _plain(value: object) -> str:
    wide = isinstance(value, bytes) and value[1:2] == b"\0"
    text = value.decode("utf-16-le" if wide else "utf-8", "replace") if isinstance(value, bytes) else str(value)
    return " ".join(re.sub(r"[\x00-\x1f\ufffd]", " ", text).split())[:120] or "present"


_XMP = {
    "location": r"exif:GPS(?:Latitude|Longitude|Altitude)|photoshop:(?:City|State|Country)|Iptc4xmpCore:Location|Iptc4xmpExt:LocationCreated"
    r"|(?:drone|drone-dji):(?:GpsL\w+|AbsoluteAltitude)|geo:lat",
    "person": r"dc:creator|photoshop:(?:AuthorsPosition|CaptionWriter|Credit)|mwg-rs:|MP:RegionInfo|Iptc4xmpExt:PersonInImage|xmpRights:Owner|aux:OwnerName",
    "device": r"tiff:(?:Make|Model)|aux:(?:SerialNumber|Lens)|exifEX:BodySerialNumber|xmp:CreatorTool",
    "time": r"xmp:(?:CreateDate|ModifyDate)|photoshop:DateCreated|exif:DateTimeOriginal",
    "preview": r"xmp:Thumbnails",
    "other": r"GPano:|xmpMM:History|crs:|GCamera:|HDRGainMap",
}


def _xmp(data: bytes) -> Iterator[Detail]:
    text = data.decode("utf-8", "replace")
    for group, pattern in _XMP.items():
        found = re.search(rf"(?:{pattern})[\w:-]*", text)
        if found:
            value = re.match(r"\w*(?:=\"([^\"]{1,80})|>\s*([^<]{1,80}))", text[found.end() :])
            shown = next((own.strip() for own in (value.groups() if value else ()) if own and own.strip()), "present")
            yield Detail(group, "panorama or depth data" if group == "other" else f"xmp {found[0]}", shown)


# --- JPEG --------------------------------------------------------------------------------------------------------------


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
        size = struct.unpack(">H", _exactly(file, 2))[0]
        payload = _exactly(file, size - 2)
        yield code, payload
        if code == 0xDA:
            return


def _exactly(file: BinaryIO, size: int) -> bytes:
    data = file.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _read_jpeg(file: BinaryIO) -> Iterator[Detail]:
    for code, payload in _jpeg_segments(file):
        if code == 0xE1 and payload.startswith(b"Exif\0\0"):
            yield from _exif(payload)
        elif code == 0xE1 and b"ns.adobe.com/x" in payload[:40]:
            yield from _xmp(payload)
        elif code == 0xED and payload:
            yield Detail("other", "iptc", _iptc(payload))
        elif code == 0xFE and payload.strip():
            yield Detail("other", "comment", _plain(payload))
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


def _orientation(payload: bytes) -> int:
    found = Image.Exif()
    try:
        found.load(payload)
        value = int(found.get(ExifTags.Base.Orientation, 1))
    except Exception:  # noqa: BLE001 - see _exif
        return 1
    return value if 1 <= value <= 8 else 1


def _minimal_exif(orientation: int) -> bytes:
    """EXIF that says nothing but which way is up."""
    return b"Exif\0\0MM\0*\0\0\0\x08" + struct.pack(">HHHIHHI", 1, 0x0112, 3, 1, orientation, 0, 0)


def _strip_jpeg(file: BinaryIO, out: BinaryIO) -> None:
    out.write(b"\xff\xd8")
    kept: list[tuple[int, bytes]] = []
    orientation = 1
    for code, payload in _jpeg_segments(file):
        if code == 0xE1:
            if payload.startswith(b"Exif\0\0"):
                orientation = _orientation(payload)
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
        kept.insert(at, (0xE1, _minimal_exif(orientation)))
    for code, payload in kept:
        out.write(bytes((0xFF, code)) + (b"" if code == 0xD9 else struct.pack(">H", len(payload) + 2) + payload))
    if kept and kept[-1][0] == 0xDA:
        _copy_scan(file, out)


# --- PNG, WebP, GIF ----------------------------------------------------------------------------------------------------

_PNG_DROPPED = {b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME", b"caBX", b"dSIG"}


def _png_chunks(file: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
    """(type, where its head begins, size of its data); the caller may move in the file."""
    at = 8
    while True:
        file.seek(at)
        head = _exactly(file, 8)
        size, kind = struct.unpack(">I4s", head)
        yield kind, at, size
        if kind == b"IEND":
            return
        at += 12 + size


def _read_png(file: BinaryIO) -> Iterator[Detail]:
    for kind, at, size in _png_chunks(file):
        if kind not in _PNG_DROPPED or size > LARGEST:
            continue
        file.seek(at + 8)
        data = _exactly(file, size)
        if kind == b"eXIf":
            yield from _exif(data)
        elif kind == b"tIME":
            year, month, day, hour, minute, second = struct.unpack(">HBBBBB", data[:7])
            yield Detail("time", "changed", f"{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
        elif data.startswith(b"XML:com.adobe.xmp"):
            yield from _xmp(data)
        else:
            name, _, rest = data.partition(b"\0")
            yield Detail("other", _plain(name), "present" if kind != b"tEXt" else _plain(rest))


def _strip_png(file: BinaryIO, out: BinaryIO) -> None:
    out.write(b"\x89PNG\r\n\x1a\n")
    chunks = list(_png_chunks(file))
    orientation = 1
    for kind, at, size in chunks:
        if kind == b"eXIf" and size <= LARGEST:
            file.seek(at + 8)
            orientation = _orientation(b"Exif\0\0" + _exactly(file, size))
    for kind, at, size in chunks:
        if kind in _PNG_DROPPED:
            continue
        file.seek(at)
        _copy(file, out, 12 + size)
        if kind == b"IHDR" and orientation != 1:
            body = b"eXIf" + _minimal_exif(orientation)[6:]
            out.write(struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body)))


def _riff_chunks(file: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
    file.seek(4)
    end = 8 + struct.unpack("<I", _exactly(file, 4))[0]
    at = 12
    while at + 8 <= end:
        file.seek(at)
        kind, size = struct.unpack("<4sI", _exactly(file, 8))
        yield kind, at, size
        at += 8 + size + size % 2


def _read_webp(file: BinaryIO) -> Iterator[Detail]:
    for kind, at, size in _riff_chunks(file):
        if kind in {b"EXIF", b"XMP "} and size <= LARGEST:
            file.seek(at + 8)
            data = _exactly(file, size)
            yield from _exif(data) if kind == b"EXIF" else _xmp(data)


def _strip_webp(file: BinaryIO, out: BinaryIO) -> None:
    chunks = list(_riff_chunks(file))
    known = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
    orientation = 1
    for kind, at, size in chunks:
        if kind == b"EXIF" and size <= LARGEST:
            file.seek(at + 8)
            data = _exactly(file, size)
            orientation = _orientation(data if data.startswith(b"Exif\0\0") else b"Exif\0\0" + data)
    kept = [own for own in chunks if own[0] in known]
    tail = b""
    if orientation != 1 and kept and kept[0][0] == b"VP8X":
        exif = _minimal_exif(orientation)[6:]
        tail = b"EXIF" + struct.pack("<I", len(exif)) + exif + b"\0" * (len(exif) % 2)
    out.write(
        b"RIFF" + struct.pack("<I", 4 + len(tail) + sum(8 + size + size % 2 for _kind, _at, size in kept)) + b"WEBP"
    )
    for kind, at, size in kept:
        file.seek(at)
        if kind == b"VP8X":
            head = bytearray(_exactly(file, 8 + size))
            # Flags: 0x08 EXIF, 0x04 XMP.
            head[8] = (head[8] & ~0x0C) | (0x08 if tail else 0)
            out.write(bytes(head) + b"\0" * (size % 2))
        else:
            _copy(file, out, 8 + size)
            out.write(b"\0" * (size % 2))
    out.write(tail)


def _gif_blocks(file: BinaryIO) -> Iterator[tuple[str, int, int, bytes]]:
    """(what, start, end, first data) of each block: head, picture, control, loop, comment, text, application, end."""
    file.seek(0)
    head = _exactly(file, 13)
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
            label = _exactly(file, 1)
            first = _sub_blocks(file)
            what = {b"\xf9": "control", b"\xfe": "comment", b"\x01": "text", b"\xff": "application"}.get(label, "other")
            if what == "application" and first[:11] in {b"NETSCAPE2.0", b"ANIMEXTS1.0"}:
                what = "loop"
            at = file.tell()
            yield what, start, at, first
        elif mark == b",":
            descriptor = _exactly(file, 9)
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
    while size := _exactly(file, 1)[0]:
        data = _exactly(file, size)
        if len(first) < 1000:
            first += data
    return first


def _read_gif(file: BinaryIO) -> Iterator[Detail]:
    for what, _start, _end, first in _gif_blocks(file):
        if what == "comment":
            yield Detail("other", "comment", _plain(first))
        elif what == "application" and first.startswith(b"XMP DataXMP"):
            yield Detail("other", "xmp", "present")


def _strip_gif(file: BinaryIO, out: BinaryIO) -> None:
    for what, start, end, _first in list(_gif_blocks(file)):
        if what in {"head", "picture", "control", "loop", "text"}:
            file.seek(start)
            _copy(file, out, end - start)
    out.write(b";")


# --- boxes: HEIC, AVIF, MP4, QuickTime ---------------------------------------------------------------------------------


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
        size, kind = struct.unpack(">I4s", _exactly(file, 8))
        body = at + 8
        if size == 1:
            size = struct.unpack(">Q", _exactly(file, 8))[0]
            body = at + 16
        elif size == 0:
            size = end - at
        if size < body - at or at + size > end:
            raise EOFError
        yield _Box(kind, at, body, at + size)
        at += size


def _size(file: BinaryIO) -> int:
    return file.seek(0, io.SEEK_END)


def _data(file: BinaryIO, box: _Box) -> bytes:
    if box.end - box.body > LARGEST:
        return b""
    file.seek(box.body)
    return _exactly(file, box.end - box.body)


def _heif_items(file: BinaryIO) -> list[tuple[str, list[tuple[int, int]]]]:
    """(Exif or xmp, extents in the file as (offset, length)) of a HEIF file's metadata items."""
    meta = next((box for box in _boxes(file, 0, _size(file)) if box.kind == b"meta"), None)
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


def _read_heif(file: BinaryIO) -> Iterator[Detail]:
    for kind, places in _heif_items(file):
        data = b""
        for offset, length in places:
            file.seek(offset)
            data += file.read(min(length, LARGEST))
        if kind == "exif" and len(data) > 4:
            skip = 4 + struct.unpack(">I", data[:4])[0]
            yield from _exif(data[skip:])
        elif kind == "xmp":
            yield from _xmp(data)
    yield from _read_movie(file)


def _strip_heif(file: BinaryIO, out: BinaryIO) -> None:
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
    _copy_changed(file, out, changes)


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


def _read_movie(file: BinaryIO) -> Iterator[Detail]:
    for box in _walk(file, 0, _size(file)):
        if box.kind == b"udta":
            yield from _user_data(file, box)
        elif box.kind == b"meta" and _is_movie_meta(file, box):
            data = _data(file, box)
            yield from (_apple(data, key, *label) for key, label in _APPLE.items() if key in data)
            yield from _itunes(data)
        elif box.kind == b"uuid":
            data = _data(file, box)
            if b"rdf:RDF" in data or b"xpacket" in data:
                yield from _xmp(data)
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
            yield Detail(*_USER_DATA[child.kind], _plain(shown[0]) if shown else "present")
        elif child.kind == b"meta":
            yield from _itunes(data)
        elif child.kind == b"XMP_":
            yield from _xmp(data)


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
            yield Detail(*label, _plain(shown[0]) if shown else "present")


def _apple(data: bytes, key: bytes, group: str, name: str) -> Detail:
    if name == "coordinates":
        found = re.search(rb"[+-]\d{1,2}\.\d+[+-]\d{1,3}\.\d+(?:[+-][\d.]+)?/?", data)
        return Detail(group, name, _plain(found[0]) if found else "present")
    return Detail(group, name, "present")


def _is_movie_meta(file: BinaryIO, box: _Box) -> bool:
    """Whether a meta box holds words about a movie, not the items that a HEIF picture is made of."""
    data = _data(file, box)[:64]
    return b"pict" not in data


def _movie_changes(file: BinaryIO) -> dict[int, bytes]:
    """Bytes to overwrite: boxes with words become free space of the same size, so no offset in the file moves; clocks become 0."""
    changes: dict[int, bytes] = {}
    for box in _walk(file, 0, _size(file)):
        if (
            box.kind == b"udta"
            or (box.kind == b"meta" and _is_movie_meta(file, box))
            or (box.kind == b"uuid" and (b"rdf:RDF" in (data := _data(file, box)) or b"xpacket" in data))
        ):
            changes[box.start + 4] = b"free"
            changes[box.body] = b"\0" * (box.end - box.body)
        elif box.kind in {b"mvhd", b"tkhd", b"mdhd"}:
            file.seek(box.body)
            wide = _exactly(file, 1)[0] == 1
            changes[box.body + 4] = b"\0" * (16 if wide else 8)
    return changes


def _strip_movie(file: BinaryIO, out: BinaryIO) -> None:
    _copy_changed(file, out, _movie_changes(file))


def _copy_changed(file: BinaryIO, out: BinaryIO, changes: dict[int, bytes]) -> None:
    """Copy the whole file with these bytes in place of its own; offsets are kept."""
    file.seek(0)
    at = 0
    for offset, data in sorted(changes.items()):
        if offset < at:
            continue
        _copy(file, out, offset - at)
        out.write(data)
        at = offset + len(data)
        file.seek(at)
    while chunk := file.read(COPY):
        out.write(chunk)


def _copy(file: BinaryIO, out: BinaryIO, size: int) -> None:
    while size:
        chunk = file.read(min(size, COPY))
        if not chunk:
            raise EOFError
        out.write(chunk)
        size -= len(chunk)


_READERS = {
    "jpeg": _read_jpeg, "png": _read_png, "webp": _read_webp, "gif": _read_gif,
    "heic": _read_heif, "avif": _read_heif, "mp4": _read_movie, "mov": _read_movie,
}  # fmt: skip
_STRIPPERS = {
    "jpeg": _strip_jpeg, "png": _strip_png, "webp": _strip_webp, "gif": _strip_gif,
    "heic": _strip_heif, "avif": _strip_heif, "mp4": _strip_movie, "mov": _strip_movie,
}  # fmt: skip

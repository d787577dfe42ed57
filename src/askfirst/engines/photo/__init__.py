"""Read and strip what photos and videos say about where, when, with what and by whom they were taken.

Pixels and frames are never decoded: containers are walked (JPEG segments, PNG chunks, RIFF chunks of WebP, GIF extensions, ISO boxes of
HEIC, AVIF, MP4 and QuickTime, EBML elements of WebM), so a bomb costs nothing and a video of any length is copied through a small buffer. Formats after their
public specifications: ITU T.81, W3C PNG, RFC 9649 (WebP), GIF89a, ISO/IEC 14496-12 and 23008-12, RFC 9559 (Matroska), Exif 2.32,
XMP part 3.
"""

import struct
from dataclasses import dataclass
from typing import BinaryIO

from askfirst.engines.marking import _
from askfirst.engines.photo import boxes, chunks, elements, jpeg
from askfirst.engines.photo.details import Detail

__all__ = ["EBML", "KINDS", "Detail", "PhotoError", "Report", "kind_of", "read", "strip"]

KINDS = ("jpeg", "png", "webp", "gif", "heic", "avif", "mp4", "mov", "webm")
# What WebM and Matroska begin with.
EBML = b"\x1aE\xdf\xa3"


class PhotoError(ValueError):
    """The file cannot be used; the message says why and what to do."""


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
    if head.startswith(EBML):
        return "webm"
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
    raise PhotoError(_("This is no JPEG, PNG, WebP, GIF, HEIC, AVIF, MP4, QuickTime or WebM file."))


def read(file: BinaryIO) -> Report:
    """What the file says about itself.

    Raises:
        PhotoError: not a kind we know, or broken.
    """
    kind = kind_of(file)
    try:
        details = list(_READERS[kind](file))
    except (struct.error, EOFError, IndexError, OverflowError) as error:
        raise PhotoError(_("The file is broken or cut off; it cannot be read to its end.")) from error
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
        raise PhotoError(_("The file is broken or cut off; it cannot be cleaned.")) from error
    return kind


_READERS = {
    "jpeg": jpeg.read_jpeg, "png": chunks.read_png, "webp": chunks.read_webp, "gif": chunks.read_gif,
    "heic": boxes.read_heif, "avif": boxes.read_heif, "mp4": boxes.read_movie, "mov": boxes.read_movie,
    "webm": elements.read_webm,
}  # fmt: skip
_STRIPPERS = {
    "jpeg": jpeg.strip_jpeg, "png": chunks.strip_png, "webp": chunks.strip_webp, "gif": chunks.strip_gif,
    "heic": boxes.strip_heif, "avif": boxes.strip_heif, "mp4": boxes.strip_movie, "mov": boxes.strip_movie,
    "webm": elements.strip_webm,
}  # fmt: skip

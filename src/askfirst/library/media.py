"""Files of the library: only kinds that we can decode, drawn or checked anew, kept under the hash of what we made."""

import hashlib
import io
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from askfirst.base import leftovers, parts
from askfirst.base.later import later
from askfirst.engines import photo
from askfirst.library.errors import NotTaken
from askfirst.library.models import PAGES_SHOWN

pypdfium2 = later("pypdfium2")

MOST_BYTES = 64 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2400
LONGEST_MOVING = 800
PICTURES = ("PNG", "JPEG", "WEBP", "GIF", "AVIF")
SOUND_BRANDS = {b"M4A ", b"M4B "}
TYPES = {
    "webp": "image/webp",
    "pdf": "application/pdf",
    "mp4": "video/mp4",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "webm": "video/webm",
    "vtt": "text/vtt",
    "svg": "image/svg+xml",
}


@dataclass(frozen=True)
class Kept:
    """Names in the media folder, and the media type."""

    file: str
    media_type: str
    pages: list[str] = field(default_factory=list)


def folder() -> Path:
    return Path(settings.DATA) / "media"


def keep(data: bytes) -> Kept:
    """Take in an uploaded file by what it holds, whatever it is called.

    Raises:
        NotTaken: too large, damaged, or of a kind that is not on the list.
    """
    if len(data) > MOST_BYTES:
        raise NotTaken(_("The file is larger than 64 MB."))
    if data[:5] == b"%PDF-":
        return _keep_pdf(data)
    if (data[4:8] == b"ftyp" or data.startswith(photo.EBML)) and (kind := photo.kind_of(io.BytesIO(data))) != "avif":
        return _keep_moving(data, kind)
    if data[:3] == b"ID3" or data[:2] in {b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"}:
        return Kept(_put(_without_tags(data), "mp3"), TYPES["mp3"])
    return Kept(_put(_redrawn(data), "webp"), TYPES["webp"])


def response(request: HttpRequest, name: str, media_type: str) -> HttpResponseBase:
    """A file of the media folder, or the part of it that was asked for; nothing in it may run.

    Raises:
        Http404: there is no such file.
    """
    path = folder() / name
    if path.parent != folder() or not path.exists():
        raise Http404
    answer = parts.response(request, path, media_type)
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    answer["Cache-Control"] = "private, max-age=86400"
    return answer


def keep_captions(data: bytes) -> str:
    """Take in captions of a video (WebVTT).

    Raises:
        NotTaken: it is something else.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotTaken(_("Captions must be a WebVTT file in UTF-8.")) from error
    if not text.startswith("WEBVTT"):
        raise NotTaken(_("Captions must be a WebVTT file in UTF-8."))
    return _put(text.encode(), "vtt")


def _keep_pdf(data: bytes) -> Kept:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise NotTaken(_("This PDF is damaged or locked with a password.")) from error
    with document:
        pages = []
        for number in range(min(PAGES_SHOWN, len(document))):
            page = document[number]
            scale = min(2.0, 1200 / max(page.get_size()))
            pages.append(_put(_webp(page.render(scale=scale).to_pil()), "webp"))
    return Kept(_put(data, "pdf"), TYPES["pdf"], pages)


def _keep_moving(data: bytes, kind: str) -> Kept:
    """A video or a sound, without what it says of place, time, device and owner."""
    if kind == "heic":
        raise NotTaken(_("Browsers cannot show pictures in HEIC. Share it as JPEG (phones do so on request)."))
    out = io.BytesIO()
    try:
        photo.strip(io.BytesIO(data), out)
    except photo.PhotoError as error:
        raise NotTaken(_("This video or sound is damaged or cut off.")) from error
    suffix = "webm" if kind == "webm" else "m4a" if data[8:12] in SOUND_BRANDS else "mp4"
    return Kept(_put(out.getvalue(), suffix), TYPES[suffix])


def _without_tags(data: bytes) -> bytes:
    """An MP3 without the tags around it (ID3v2 in front, its size in four times seven bits; ID3v1 behind)."""
    while data[:3] == b"ID3" and len(data) > 10:
        size = sum((byte & 0x7F) << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True))
        data = data[10 + size + (10 if data[5] & 0x10 else 0) :]
    data = data[:-128] if data[-128:-125] == b"TAG" else data
    if data[:1] != b"\xff":
        raise NotTaken(_("This video or sound is damaged or cut off."))
    return data


def _redrawn(data: bytes) -> bytes:
    try:
        with Image.open(io.BytesIO(data), formats=PICTURES) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise NotTaken(_("The picture has more than 50 million pixels."))
            if getattr(picture, "n_frames", 1) > 1:
                return _moving(picture)
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _webp(upright)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotTaken(
            _(
                "Files of this kind are not taken. Pictures (PNG, JPEG, WebP, GIF, AVIF), PDF, MP4, WebM, M4A and MP3 are."
            )
        ) from error


def _moving(picture: Image.Image) -> bytes:
    """A picture that moves, drawn anew frame by frame; it stays at its pace."""
    if picture.width * picture.height * picture.n_frames > MOST_PIXELS * 4:  # type: ignore[attr-defined]
        raise NotTaken(_("This moving picture is too long. Share it as a video (MP4)."))
    frames, pace = [], []
    for frame in ImageSequence.Iterator(picture):
        pace.append(frame.info.get("duration", 100))
        drawn = frame.convert("RGBA")
        drawn.thumbnail((LONGEST_MOVING, LONGEST_MOVING))
        frames.append(drawn)
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:], duration=pace, loop=0, quality=80)
    return out.getvalue()


def _webp(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.convert("RGBA" if picture.mode in {"RGBA", "LA", "P"} else "RGB").save(out, "WEBP", quality=85)
    return out.getvalue()


def _put(data: bytes, suffix: str) -> str:
    name = f"{hashlib.sha256(data).hexdigest()[:32]}.{suffix}"
    folder().mkdir(parents=True, exist_ok=True)
    path = folder() / name
    if path.exists():
        # Wanted again, and not yet named by any row.
        path.touch()
    else:
        part = path.with_suffix(".part")
        part.write_bytes(data)
        part.rename(path)
    return name


def drop_unused(used: set[str]) -> int:
    """Delete files that nothing names and that were not taken in within the last day. Returns how many."""
    return leftovers.drop(folder(), used)

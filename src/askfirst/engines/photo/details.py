"""What EXIF and XMP say, as details; and EXIF that says nothing but which way is up."""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import ExifTags, Image


@dataclass(frozen=True)
class Detail:
    """One thing the file says. `group` is location, time, device, person, preview or other; `name` in small English words."""

    group: str
    name: str
    value: str


_TAGS = {
    "DateTime": ("time", "changed"), "DateTimeOriginal": ("time", "taken"), "DateTimeDigitized": ("time", "digitised"),
    "Make": ("device", "maker"), "Model": ("device", "model"), "Software": ("device", "software"), "HostComputer": ("device", "computer"),
    "LensModel": ("device", "lens"), "LensSerialNumber": ("device", "lens serial number"), "BodySerialNumber": ("device", "serial number"),
    "CameraOwnerName": ("person", "owner"), "Artist": ("person", "artist"), "Copyright": ("person", "copyright"),
    "XPAuthor": ("person", "author"), "ImageUniqueID": ("device", "unique number"), "UserComment": ("other", "comment"),
    "ImageDescription": ("other", "description"), "XPComment": ("other", "comment"), "XPTitle": ("other", "title"), "XPKeywords": ("other", "keywords"),
    "OffsetTimeOriginal": ("time", "zone"), "MakerNote": ("other", "maker's notes"),
}  # fmt: skip


def exif(data: bytes) -> Iterator[Detail]:
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
            yield Detail(*_TAGS[name], "present" if name == "MakerNote" else plain(value))
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
            yield Detail("location", label, plain(gps[name]))


def _degrees(parts: object, reference: object) -> float | None:
    try:
        degrees, minutes, seconds = (float(part) for part in parts)  # type: ignore[attr-defined]
        value = degrees + minutes / 60 + seconds / 3600
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return -value if plain(reference).upper() in {"S", "W"} else value


def plain(value: object) -> str:
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


def xmp(data: bytes) -> Iterator[Detail]:
    text = data.decode("utf-8", "replace")
    for group, pattern in _XMP.items():
        found = re.search(rf"(?:{pattern})[\w:-]*", text)
        if found:
            value = re.match(r"\w*(?:=\"([^\"]{1,80})|>\s*([^<]{1,80}))", text[found.end() :])
            shown = next((own.strip() for own in (value.groups() if value else ()) if own and own.strip()), "present")
            yield Detail(group, "panorama or depth data" if group == "other" else f"xmp {found[0]}", shown)


def orientation_of(payload: bytes) -> int:
    found = Image.Exif()
    try:
        found.load(payload)
        value = int(found.get(ExifTags.Base.Orientation, 1))
    except Exception:  # noqa: BLE001 - see exif
        return 1
    return value if 1 <= value <= 8 else 1


def minimal_exif(orientation: int) -> bytes:
    """EXIF that says nothing but which way is up."""
    return b"Exif\0\0MM\0*\0\0\0\x08" + struct.pack(">HHHIHHI", 1, 0x0112, 3, 1, orientation, 0, 0)

"""Photos and videos: what they say is read and taken out, and not one pixel changes."""

import io
import shutil
import struct
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, PngImagePlugin

from askfirst.engines import photo

GPS = {1: "N", 2: (53.0, 48.0, 1.2), 3: "W", 4: (1.0, 32.0, 3.0)}


def picture(form: str, orientation: int = 6, **more) -> io.BytesIO:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x013B], exif[0x0112], exif[0x8825] = (
        "Maker",
        "Phone 9",
        "Jo Smith",
        orientation,
        GPS,
    )
    out = io.BytesIO()
    Image.radial_gradient("L").convert("RGB").resize((320, 240)).save(out, form, exif=exif.tobytes(), **more)
    return out


def cleaned(file: io.BytesIO) -> io.BytesIO:
    out = io.BytesIO()
    photo.strip(file, out)
    return out


def pixels(file: io.BytesIO) -> Image.Image:
    file.seek(0)
    found = Image.open(file)
    found.load()
    return found


@pytest.mark.parametrize(
    ("form", "more"),
    [
        ("JPEG", {}),
        ("JPEG", {"progressive": True}),
        ("PNG", {}),
        ("WEBP", {}),
        ("WEBP", {"lossless": True}),
        ("AVIF", {}),
    ],
)
def test_metadata_is_read_and_stripped_and_pixels_and_orientation_stay(form, more):
    file = picture(form, **more)

    said = {(own.group, own.name): own.value for own in photo.read(file).details}
    assert said[("location", "coordinates")] == "53.80033, -1.53417"
    assert said[("device", "model")] == "Phone 9"
    assert said[("person", "artist")] == "Jo Smith"
    clean = cleaned(file)

    assert photo.read(clean).details == ()
    assert b"Jo Smith" not in clean.getvalue()
    assert ImageChops.difference(pixels(file).convert("RGB"), pixels(clean).convert("RGB")).getbbox() is None
    assert pixels(clean).getexif().get(0x0112) == pixels(file).getexif().get(0x0112) == 6


def test_png_words_and_gif_comments_go():
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Jo")
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "PNG", pnginfo=info)
    assert [own.name for own in photo.read(file).details] == ["Author"]
    assert photo.read(cleaned(file)).details == ()

    frames = [Image.new("P", (8, 8), colour) for colour in (1, 2, 3)]
    gif = io.BytesIO()
    frames[0].save(gif, "GIF", save_all=True, append_images=frames[1:], comment=b"taken at home", loop=0)
    assert [own.value for own in photo.read(gif).details] == ["taken at home"]
    assert photo.read(cleaned(gif)).details == ()
    assert pixels(cleaned(gif)).n_frames == pixels(gif).n_frames


def test_live_picture_behind_a_photo_is_seen_and_dropped():
    file = picture("JPEG")
    file.seek(0, io.SEEK_END)
    file.write(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"video with a place")

    assert ("preview", "live picture or data behind the photo") in {
        (own.group, own.name) for own in photo.read(file).details
    }
    assert b"video with a place" not in cleaned(file).getvalue()


def test_xmp_location_is_seen():
    file = picture("JPEG")
    xmp = b'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><rdf:RDF><rdf:Description exif:GPSLatitude="53,48.0N" dc:creator="Jo"/></rdf:RDF></x:xmpmeta>'
    data = file.getvalue()
    file = io.BytesIO(data[:2] + b"\xff\xe1" + struct.pack(">H", len(xmp) + 2) + xmp + data[2:])

    assert "53,48.0N" in {own.value for own in photo.read(file).details}
    assert b"53,48.0N" not in cleaned(file).getvalue()


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="no ffmpeg on this machine")
@pytest.mark.parametrize("suffix", ["mp4", "mov", "webm", "mkv"])
def test_video_loses_its_words_and_keeps_its_frames(tmp_path, suffix):
    source, target = tmp_path / f"a.{suffix}", tmp_path / f"b.{suffix}"
    subprocess.run(
        ["ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", "testsrc=d=1:s=160x120", "-metadata", "location=+53.8003-001.5491/",
         "-metadata", "comment=at home", "-metadata", "creation_time=2024-05-01T10:00:00Z", str(source)], check=True)  # fmt: skip

    with source.open("rb") as file, target.open("w+b") as out:
        assert photo.read(file).has_location
        photo.strip(file, out)
        assert photo.read(out).details == ()

    assert target.stat().st_size == source.stat().st_size
    frames = [
        subprocess.run(
            ["ffmpeg", "-loglevel", "error", "-i", str(path), "-f", "framemd5", "-"], capture_output=True, check=True
        ).stdout
        for path in (source, target)
    ]
    assert frames[0] == frames[1]


def element(id_: int, body: bytes, *, is_endless: bool = False) -> bytes:
    """An EBML element; one without an end as a browser records it."""
    head = id_.to_bytes((id_.bit_length() + 7) // 8, "big")
    return head + (b"\x01" + b"\xff" * 7 if is_endless else ((1 << 56) | len(body)).to_bytes(8, "big")) + body


def recorded(*, is_endless: bool) -> bytes:
    def tag(name: bytes, text: bytes) -> bytes:
        return element(0x7373, element(0x67C8, element(0x45A3, name) + element(0x4487, text)))

    info = element(
        0x1549A966,
        element(0xBF, b"sums")
        + element(0x4461, struct.pack(">q", 736_000_000 * 10**9))
        + element(0x4D80, b"Recorder 3 of Jo")
        + element(0x7BA9, b"Jo's kitchen"),
    )
    tracks = element(0x1654AE6B, element(0xAE, element(0xD7, b"\1") + element(0x536E, b"Jo's camera")))
    frames = element(0x1F43B675, element(0xE7, b"\0") + element(0xA3, b"frame one"), is_endless=is_endless)
    frames += element(0x1F43B675, element(0xE7, b"\1") + element(0xA3, b"frame two"), is_endless=is_endless)
    tags = element(
        0x1254C367, tag(b"LOCATION", b"+53.8003-001.5491/") + tag(b"DURATION", b"00:01") + tag(b"MAKE", b"Maker")
    )
    files = element(0x1941A469, b"a picture of the cover")
    head = element(0x1A45DFA3, element(0x4282, b"webm"))
    return head + element(0x18538067, info + tracks + frames + tags + files, is_endless=is_endless)


@pytest.mark.parametrize("is_endless", [True, False])
def test_webm_loses_its_words_and_keeps_its_frames_in_place(is_endless):
    data = recorded(is_endless=is_endless)
    said = {(own.group, own.name): own.value for own in photo.read(io.BytesIO(data)).details}
    after = cleaned(io.BytesIO(data))

    assert said == {
        ("time", "taken"): "2024-04-28 12:26:40", ("device", "software"): "Recorder 3 of Jo", ("other", "title"): "Jo's kitchen",
        ("other", "name of a track"): "Jo's camera", ("location", "coordinates"): "+53.8003-001.5491/", ("device", "maker"): "Maker",
        ("other", "attached files"): "present",
    }  # fmt: skip
    assert photo.read(after).details == ()
    assert len(after.getvalue()) == len(data)
    assert [after.getvalue().find(own) for own in (b"frame one", b"frame two")] == [
        data.find(b"frame one"),
        data.find(b"frame two"),
    ]
    assert not {word for word in (b"Jo", b"53.8", b"Maker", b"cover", b"sums") if word in after.getvalue()}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        recorded(is_endless=False)[:-4],
        b"\x1aE\xdf\xa3\xff\0",
        b"\x1aE\xdf\xa3\x84\0\0",
        b"%PDF-1.7",
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n\0\0",
        b"RIFF\xff\xff\xff\xffWEBPVP8X\xff",
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\xff\xffmeta",
    ],
)
def test_broken_files_are_refused_in_words(data):
    with pytest.raises(photo.PhotoError):
        photo.read(io.BytesIO(data))
    with pytest.raises(photo.PhotoError):
        photo.strip(io.BytesIO(data), io.BytesIO())


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    cut=st.integers(10, 3000),
    at=st.integers(4, 3000),
    value=st.integers(0, 255),
    form=st.sampled_from(["JPEG", "PNG", "WEBP", "AVIF", "GIF"]),
)
def test_damaged_files_never_do_worse_than_a_clear_error(cut, at, value, form):
    data = bytearray(SAMPLES[form])
    data[at % len(data)] = value
    for broken in (bytes(data), SAMPLES[form][: cut % len(data)]):
        try:
            photo.read(io.BytesIO(broken))
            photo.strip(io.BytesIO(broken), io.BytesIO())
        except photo.PhotoError:
            continue


SAMPLES = {form: picture(form).getvalue() for form in ("JPEG", "PNG", "WEBP", "AVIF")} | {
    "GIF": picture("GIF").getvalue()
}

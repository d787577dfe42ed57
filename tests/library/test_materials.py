"""Materials: what is taken, what the licence forbids, how they are found, and that nothing is fetched unasked."""

import io
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from askfirst.base import fetch
from askfirst.jam import acts, facilitation
from askfirst.library import actions, imports, media, preview, queries, starter
from askfirst.library.errors import MayNotCopy, NotTaken
from askfirst.library.models import Material
from askfirst.policy import writing
from tests import makers


def picture(form="PNG", size=(40, 30), **more):
    out = io.BytesIO()
    Image.new("RGB", size, "#ffcc00").save(out, form, **more)
    return out.getvalue()


def fields(**more):
    return {
        "kind": "article",
        "title": "A title",
        "address": "https://example.org/a",
        "licence": "CC-BY-4.0",
        "language": "en",
        **more,
    }


def test_starter_shelf_is_ours_and_covers_what_it_should(db):
    actions.load_starter()
    own = Material.objects.filter(licence="own")

    assert own.count() >= 12
    assert Material.objects.filter(body="", file="").count() >= 40
    assert {"posting", "phone", "villains", "opportunity"} <= {
        topic for material in own for topic in material.topic_list
    }
    assert all(material.line for material in Material.objects.all())
    assert queries.shelf().count() == Material.objects.filter(language="en").count()
    assert actions.load_starter() == 0


def test_shelf_is_read_in_ones_language_and_in_the_original_where_it_is_not_said(edith, eli, browser_of):
    original = actions.keep_material(actor=edith, **fields(title="Before you post", body="Look twice."))
    german = fields(title="Bevor du postest", body="Schau zweimal.", language="de", original=original)
    actions.keep_material(actor=edith, **german)
    actions.keep_material(actor=edith, **fields(title="Only in English", address="https://example.org/b"))
    eli.language = "de"
    eli.save()

    def titles(person, words=""):
        found = browser_of(person).get("/library/", {"q": words}).context["found"]
        return {entry.title for entry in found.entries}

    assert titles(edith) == {"Before you post", "Only in English"}
    assert titles(eli) == {"Bevor du postest", "Only in English"}
    assert (titles(eli, "zweimal"), titles(edith, "zweimal")) == ({"Bevor du postest"}, set())
    actions.drop_material(original, actor=edith)
    assert titles(edith) == {"Bevor du postest", "Only in English"}


def test_languages_of_the_starter_shelf_come_later_and_what_was_taken_out_stays_out(db):
    actions.load_starter()
    german = Material.objects.filter(language="de", licence="own")
    assert german.count() == Material.objects.filter(language="en", licence="own").count() == 15
    assert [row.title for row in german if row.original is None or row.original.language != "en"] == []

    actions.drop_material(german.first(), actor=None)
    assert actions.load_starter() == 0
    german.delete()
    Material.objects.get(starter="08-made-with-ai").delete()

    assert actions.load_starter() == 14


def test_library_longer_than_a_page_has_pages(edith, browser_of):
    for number in range(45):
        actions.keep_material(
            actor=edith, **fields(title=f"Paper {number:02}", address=f"https://example.org/{number}")
        )
    browser = browser_of(edith)

    shown = [browser.get("/library/", {"q": "paper", "page": page}).context["page"] for page in (1, 2)]

    assert [len(page) for page in shown] == [40, 5]
    assert len({entry.pk for page in shown for entry in page}) == 45


def test_translation_of_a_translation_is_refused(edith, browser_of):
    original = actions.keep_material(actor=edith, **fields(title="One"))
    said = actions.keep_material(actor=edith, **fields(title="Eins", language="de", original=original))
    browser = browser_of(edith)

    of_said = browser.post("/library/materials/add", fields(title="Uno", language="es", original=said.pk))
    of_original = browser.post(f"/library/materials/{original.pk}/edit", fields(title="One", original=said.pk))

    assert (of_said.status_code, of_original.status_code) == (422, 422)


def test_copy_that_the_licence_forbids_is_refused_and_a_link_is_taken(edith, browser_of):
    browser = browser_of(edith)
    with pytest.raises(MayNotCopy):
        actions.keep_material(actor=edith, **fields(licence="all-rights-reserved", body="All of it."))

    refused = browser.post("/library/materials/add", fields(licence="CC-BY-ND-NC", body="All of it."))
    taken = browser.post("/library/materials/add", fields(licence="all-rights-reserved"))

    assert refused.status_code == 422
    assert taken.status_code == 302
    assert Material.objects.get().is_link_only


def test_uploaded_picture_is_drawn_anew_without_what_it_carried(edith, browser_of):
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    data = picture("JPEG", exif=exif)
    assert b"taken at home" in data

    browser_of(edith).post("/library/materials/add", fields(upload=SimpleUploadedFile("x.exe", data)))

    kept = Material.objects.get()
    stored = (media.folder() / kept.file).read_bytes()
    assert kept.media_type == "image/webp"
    assert b"taken at home" not in stored
    shown = browser_of(edith).get(f"/library/media/{kept.file}")
    assert shown["Content-Type"] == "image/webp"
    assert "sandbox" in shown["Content-Security-Policy"]


def test_pdf_is_shown_as_pictures(edith):
    kept = media.keep(writing.write("pdf", "Ours", "## One\n\nText.\n"))

    assert kept.media_type == "application/pdf"
    assert len(kept.pages) == 1


BAD = {
    "script": b"<svg onload=alert(1)>",
    "html": b"<html><script>",
    "broken picture": b"\x89PNG\r\n\x1a\nbroken",
    "broken pdf": b"%PDF-nothing",
    "empty": b"",
}


@pytest.mark.parametrize("name", BAD)
def test_other_files_are_not_taken(name):
    with pytest.raises(NotTaken):
        media.keep(BAD[name])


def test_video_needs_captions(edith, browser_of):
    video = SimpleUploadedFile("v.mp4", b"\x00\x00\x00\x18ftypisom" + b"\0" * 64)
    captions = SimpleUploadedFile("v.vtt", b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n")

    assert browser_of(edith).post("/library/materials/add", fields(kind="video", upload=video)).status_code == 422
    video.seek(0)
    assert (
        browser_of(edith)
        .post("/library/materials/add", fields(kind="video", upload=video, captions_file=captions))
        .status_code
        == 302
    )


def test_media_of_nobody_is_not_served(edith, browser_of):
    media.folder().mkdir(parents=True, exist_ok=True)
    (media.folder() / "stray.webp").write_bytes(picture("WEBP"))

    assert browser_of(edith).get("/library/media/stray.webp").status_code == 404
    assert browser_of(edith).get("/library/media/..%2Fsecret-key").status_code == 404


def test_search_finds_materials_and_answers_marks_words_and_narrows(edith, browser_of):
    actions.keep_answer(actor=edith, question="May I post photos?", answer="Yes.")
    actions.keep_material(
        actor=edith,
        kind="checklist",
        title="Photos at work",
        body="- Ask first",
        licence="own",
        topics="photos, privacy",
    )

    found = queries.find("photo")
    page = browser_of(edith).get("/library/", {"q": "photo"}).content.decode()

    assert {str(entry) for entry in found.entries} == {"May I post photos?", "Photos at work"}
    assert "<mark>Photos</mark> at work" in page
    assert [str(entry) for entry in queries.find("photo", kind="checklist").entries] == ["Photos at work"]
    assert [str(entry) for entry in queries.find("", topic="privacy").entries] == ["Photos at work"]


def test_checklist_can_be_ticked_and_printed(edith, browser_of):
    kept = actions.keep_material(
        actor=edith, kind="checklist", title="Photos", body="First look.\n\n- Ask <b>first</b>\n- Crop", licence="own"
    )

    for address in (f"/library/materials/{kept.pk}/", f"/library/materials/{kept.pk}/print"):
        page = browser_of(edith).get(address).content.decode()
        assert page.count('type="checkbox"') == 2
        assert "Ask &lt;b&gt;first" in page


BOOKMARKS = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<DL><p><DT><H3>Privacy</H3><DL><p>
<DT><A HREF="https://example.org/one">One</A>
<DT><A HREF="javascript:alert(1)">No</A></DL><p>
<DT><A HREF="https://example.org/two">Two</A></DL>"""


def test_links_come_in_from_csv_and_from_bookmarks(edith):
    rows, problems = imports.read(
        b"\xef\xbb\xbfTitle;URL;License\nA;https://example.org/a;cc-by-4.0\nB;nothing;\n;https://example.org/c;\n"
    )
    assert [(row["title"], row["licence"]) for row in rows] == [("A", "CC-BY-4.0")]
    assert [line.partition(":")[0] for line in problems] == ["3", "4"]
    assert actions.import_links(rows, actor=edith) == (1, 0)
    assert actions.import_links(rows, actor=edith) == (0, 1)

    marks, _problems = imports.read(BOOKMARKS.encode())

    assert [(row["title"], row["topics"]) for row in marks] == [("One", "Privacy"), ("Two", "")]


class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "http://169.254.169.254/latest/")
            self.end_headers()
            return
        body = b'<html><head><title> A  page </title><meta name="description" content="About it"><meta name="author" content="Ann"></head>'
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def server():
    served = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{served.server_port}"
    served.shutdown()


def test_page_is_looked_up_only_when_asked(server):
    found = preview.look_up(f"{server}/page", allow_private=True)

    assert (found.title, found.description, found.author) == ("A page", "About it", "Ann")


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://10.0.0.1/", "http://169.254.169.254/", "http://0.0.0.0/", "http://[::ffff:127.0.0.1]/",
     "file:///etc/passwd", "ftp://example.org/", "http://user:pass@example.org/", "http://example.org:22/", "http://2130706433/", "gopher://x/"],
)  # fmt: skip
def test_nothing_inside_is_ever_fetched(address):
    with pytest.raises(fetch.CannotFetch):
        fetch.fetch(address)


def test_picture_on_the_stage_is_seen_by_everybody_in_the_room_and_can_be_undone(edith, fay, nobody):
    jam = makers.make_jam(fay)
    kept = media.keep(picture())
    shown = actions.keep_material(
        actor=edith, kind="chart", title="Our chart", licence="own", file=kept.file, media_type=kept.media_type
    )

    facilitation.show_material(jam, shown, by=fay)

    assert "Our chart" in nobody.get(f"/j/{jam.code}").content.decode()
    assert nobody.get(f"/j/{jam.code}/shown")["Content-Type"] == "image/webp"
    acts.undo(jam, jam.acts.first().pk, by=fay)
    assert "Our chart" not in nobody.get(f"/j/{jam.code}").content.decode()
    assert nobody.get(f"/j/{jam.code}/shown").status_code == 404


def test_starter_texts_have_a_head_and_a_body():
    for row in starter.materials():
        assert row["title"]
        assert row["licence"]


def box(kind: bytes, data: bytes) -> bytes:
    return (8 + len(data)).to_bytes(4, "big") + kind + data


PLACE = b"+53.8003-001.5491/"


def movie(brand: bytes) -> bytes:
    said = box(b"\xa9xyz", len(PLACE).to_bytes(2, "big") + b"\x15\xc7" + PLACE)
    return box(b"ftyp", brand + b"\0\0\0\0mp42") + box(b"moov", box(b"udta", said)) + box(b"mdat", b"frames")


@pytest.mark.parametrize(
    ("data", "media_type"),
    [(movie(b"isom"), "video/mp4"), (movie(b"qt  "), "video/mp4"), (movie(b"M4A "), "audio/mp4")],
)
def test_video_and_sound_lose_where_they_were_taken(data, media_type):
    kept = media.keep(data)

    there = (media.folder() / kept.file).read_bytes()
    assert kept.media_type == media_type
    assert PLACE in data
    assert PLACE not in there
    assert b"frames" in there


def test_sound_loses_the_tags_around_it():
    frames = b"\xff\xfb\x90\x00" + b"\x11" * 400
    tagged = (
        b"ID3\x04\x00\x00\x00\x00\x01\x01"
        + b"recorded at home".ljust(129, b"\0")
        + frames
        + b"TAG"
        + b"Jo".ljust(125, b"\0")
    )

    kept = media.keep(tagged)

    assert kept.media_type == "audio/mpeg"
    assert (media.folder() / kept.file).read_bytes() == frames


def test_heic_is_refused_in_words_and_avif_is_drawn_anew():
    with pytest.raises(NotTaken, match="HEIC"):
        media.keep(box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"meta", b"\0\0\0\0"))

    assert media.keep(picture("AVIF")).media_type == "image/webp"


def test_video_is_given_in_parts_as_players_ask_for_them(eli, browser_of):
    media.folder().mkdir(parents=True, exist_ok=True)
    (media.folder() / "a.mp4").write_bytes(bytes(range(200)))
    Material.objects.create(kind="video", title="A", licence="own", file="a.mp4", media_type="video/mp4")
    browser, at = browser_of(eli), "/library/media/a.mp4"

    def asked(part, **more):
        answer = browser.get(at, headers={"Range": part, **more})
        return (
            answer.status_code,
            answer.get("Content-Range"),
            b"".join(answer.streaming_content if answer.streaming else []),
        )

    assert browser.get(at)["Accept-Ranges"] == "bytes"
    part = browser.get(at, headers={"Range": "bytes=5-9"})
    assert (part["Content-Length"], part["Accept-Ranges"], part["Content-Type"]) == ("5", "bytes", "video/mp4")
    assert asked("bytes=0-1") == (206, "bytes 0-1/200", b"\x00\x01")
    assert asked("bytes=190-") == (206, "bytes 190-199/200", bytes(range(190, 200)))
    assert asked("bytes=-5") == (206, "bytes 195-199/200", bytes(range(195, 200)))
    assert asked("bytes=10-999") == (206, "bytes 10-199/200", bytes(range(10, 200)))
    assert asked("bytes=200-") == (416, "bytes */200", b"")
    assert asked("bytes=9-3")[0] == 416
    for odd in ("bytes=0-1,5-6", "bytes=-", "lines=1-2", "bytes=x-y"):
        assert asked(odd)[0] == 200
    assert asked("bytes=0-1", **{"If-Range": '"x"'})[0] == 200


def test_moving_picture_still_moves():
    frames = [Image.new("RGB", (1200, 40), colour) for colour in ("red", "green", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=70)

    kept = media.keep(out.getvalue())

    with Image.open(media.folder() / kept.file) as drawn:
        assert (drawn.n_frames, drawn.width) == (3, 800)


def test_pdf_of_many_pages_says_that_there_are_more(edith, eli, browser_of):
    kept = media.keep(writing.write("pdf", "Ours", "Text.\n\n" * 400))
    row = Material.objects.create(
        kind="flier", title="A", licence="own", file=kept.file, media_type=kept.media_type, pages=kept.pages
    )

    for address in (f"/library/materials/{row.pk}/", f"/library/materials/{row.pk}/print"):
        assert "Only the first pages are shown here" in browser_of(eli).get(address).content.decode()


def test_nothing_goes_for_good_at_one_press(edith, browser_of):
    row = Material.objects.create(kind="article", title="Long work", licence="own", body="Text.")
    browser, at = browser_of(edith), f"/library/materials/{row.pk}/edit"

    page = browser.post(at, {"drop": "1"}).content.decode()

    assert "Take “Long work” out of the library?" in page
    assert Material.objects.filter(pk=row.pk).exists()
    browser.post(at, {"drop": "1", "sure": "1"})
    assert not Material.objects.filter(pk=row.pk).exists()


def test_link_whose_words_do_not_fit_is_left_out_and_named(edith):
    data = f"title,address,note,language\nGood,https://a.example,Short,German\nLong,https://b.example,{'x' * 301},en\n".encode()

    rows, problems = imports.read(data)

    assert [(row["title"], row["language"]) for row in rows] == [("Good", "de")]
    assert "301 characters; at most 300 fit" in problems[0]

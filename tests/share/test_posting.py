"""Posting by one's own connection: to servers on loopback that speak Mastodon's and Bluesky's protocols."""

import json
import re
import threading
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings

from askfirst.library import media
from askfirst.listen import queries as listen
from askfirst.people.models import Connection
from askfirst.share import posting
from askfirst.share.errors import ShareError
from askfirst.share.models import Shared, Story
from tests.engines.test_photo import picture

WORDS = "We mended four hundred rucksacks this year, and I sewed the last one."


class Network(ThreadingHTTPServer):
    """Both networks in one: answers as their documentation says, and keeps what was posted."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.posts: list[dict] = []
        self.asked: list[tuple[str, dict, str]] = []
        self.pictures: list[tuple[str, bytes]] = []
        self.looks = self.ready_at = 0
        self.refuses = ""
        self.keys: list[str] = []
        # Answers like something that is no such network at all.
        self.is_odd = False


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/api/v1/media/m7":
            self.server.looks += 1
            self._answer(
                {"id": "m7", "url": "https://x.example/m7" if self.server.looks >= self.server.ready_at else None}
            )
            return
        self._answer({"acct": "amba"} if self.headers["Authorization"] == "Bearer tok-1" else None)

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path in {"/api/v2/media", "/xrpc/com.atproto.repo.uploadBlob"}:
            self.server.pictures.append((self.headers["Content-Type"], sent))
            blob = {"$type": "blob", "mimeType": "image/webp", "size": len(sent), "ref": {"$link": "bafy1"}}
            ready = self.server.ready_at == 0
            self._answer({"id": "m7", "url": "/m7" if ready else None} if "media" in self.path else {"blob": blob})
            return
        body = json.loads(sent)
        if self.server.is_odd:
            self._answer({"hello": "there"})
            return
        token = (self.headers["Authorization"] or "").removeprefix("Bearer ")
        self.server.asked.append((self.path, body, token))
        if self.server.refuses and self.path in {"/api/v1/statuses", "/xrpc/com.atproto.repo.putRecord"}:
            self._answer(None, self.server.refuses)
        elif self.path == "/api/v1/apps":
            self._answer({"client_id": "c1", "client_secret": "s1"})
        elif self.path == "/oauth/token":
            self._answer(
                {"access_token": "tok-1"} if body["code"] == "good" and body["client_secret"] == "s1" else None
            )
        elif self.path == "/api/v1/statuses":
            self.server.keys.append(self.headers["Idempotency-Key"])
            self.server.posts.append(body)
            self._answer({"url": f"{self.server.address}/@amba/1"} if token == "tok-1" else None)
        elif self.path == "/xrpc/com.atproto.server.createSession":
            known = body["identifier"] in {"amba.test", "did:plc:amba"} and body["password"] == "app-pass"
            self._answer({"did": "did:plc:amba", "handle": "amba.test", "accessJwt": "jwt"} if known else None)
        elif self.path == "/xrpc/com.atproto.repo.putRecord":
            self.server.posts.append(body)
            self._answer({"uri": "at://did:plc:amba/app.bsky.feed.post/3k"} if token == "jwt" else None)
        else:
            self._answer({})

    def _answer(self, said: dict | None, why: str = "invalid") -> None:
        body = json.dumps(said if said is not None else {"error": why}).encode()
        self.send_response(200 if said is not None else 401)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def network(monkeypatch):
    options = settings.OPTIONS.__class__(**{**vars(settings.OPTIONS), "listen_private": True})
    monkeypatch.setattr(settings, "OPTIONS", options)
    server = Network()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


@pytest.fixture
def story(amba):
    return Story.objects.create(
        title="Mended", text="Four hundred.", teller=amba, state="approved", address="https://halden.example/mend"
    )


def connect_mastodon(browser, network):
    page = browser.post("/stories/accounts/", {"network": "mastodon", "handle": network.address}).content.decode()
    there = re.search(r'href="([^"]+/oauth/authorize[^"]+)"', page)[1].replace("&amp;", "&")
    asked = parse_qs(urlsplit(there).query)
    assert asked["scope"] == ["read:accounts write:statuses write:media"]
    return asked["state"][0]


def test_mastodon_is_connected_by_agreeing_there_and_posts_at_the_press_of_a_button(amba, story, network, browser_of):
    browser = browser_of(amba)
    state = connect_mastodon(browser, network)
    browser.get("/stories/accounts/back", {"state": state, "code": "good"})
    host = urlsplit(network.address).netloc
    assert Connection.objects.get().handle == f"amba@{host}"
    assert "tok-1" not in Connection.objects.get().sealed

    data = {"network": "mastodon", "words": WORDS}
    ready = browser.post(f"/stories/{story.pk}/share", {**data, "go": "1"}).content.decode()
    assert f"Post it now from amba@{host}" in ready
    assert network.posts == []
    done = browser.post(f"/stories/{story.pk}/post").content.decode()

    [posted] = network.posts
    assert WORDS in posted["status"]
    # The disclosure leads, and the link is one of ours.
    assert not posted["status"].startswith(WORDS)
    assert "/s/" in posted["status"]
    assert f"{network.address}/@amba/1" in done
    assert Shared.objects.filter(person=amba, network="mastodon").count() == 1
    # Pressed twice: once.
    browser.post(f"/stories/{story.pk}/post")
    assert len(network.posts) == 1


def test_answer_that_did_not_begin_here_connects_nothing(amba, network, browser_of):
    browser = browser_of(amba)
    connect_mastodon(browser, network)

    for query in ({"state": "other", "code": "good"}, {"state": "x"}, {}):
        browser.get("/stories/accounts/back", query)
    state = connect_mastodon(browser, network)
    browser.get("/stories/accounts/back", {"state": state, "error": "access_denied"})
    state = connect_mastodon(browser, network)
    browser.get("/stories/accounts/back", {"state": state, "code": "stolen"})

    assert Connection.objects.count() == 0


def test_bluesky_is_connected_by_app_password_and_the_link_is_a_link(amba, story, network, browser_of):
    browser = browser_of(amba)
    form = {"network": "bluesky", "handle": "@amba.test", "server": network.address}
    assert browser.post("/stories/accounts/", form).status_code == 422
    wrong = browser.post("/stories/accounts/", {**form, "password": "nope"})
    assert wrong.status_code == 422
    assert "The network says no: invalid" in wrong.content.decode()
    browser.post("/stories/accounts/", {**form, "password": "app-pass"})
    words = "Wir haben dieses Jahr vierhundert Rucksäcke geflickt, den letzten nähte ich."

    browser.post(f"/stories/{story.pk}/share", {"network": "bluesky", "words": words, "go": "1"})
    browser.post(f"/stories/{story.pk}/post")

    [posted] = network.posts
    record = posted["record"]
    [facet] = record["facets"]
    start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
    assert record["text"].encode()[start:end].decode() == facet["features"][0]["uri"]
    assert (posted["repo"], record["$type"]) == ("did:plc:amba", "app.bsky.feed.post")


def test_network_that_says_no_posts_nothing_and_can_be_asked_again(amba, story, network, browser_of):
    posting.connect_bluesky(amba, handle="amba.test", password="app-pass", server=network.address)
    network.refuses = "rate limited"

    browser = browser_of(amba)
    browser.post(f"/stories/{story.pk}/share", {"network": "bluesky", "words": WORDS, "go": "1"})

    page = browser.post(f"/stories/{story.pk}/post")

    assert page.status_code == 422
    assert "The network says no: rate limited" in page.content.decode()
    assert "Try it again" in page.content.decode()
    network.refuses = ""
    browser.post(f"/stories/{story.pk}/post")
    assert len(network.posts) == 1


def test_connection_is_ones_own_and_ends_when_one_says_so(amba, eli, network, story, browser_of):
    browser = browser_of(amba)
    state = connect_mastodon(browser, network)
    browser.get("/stories/accounts/back", {"state": state, "code": "good"})
    eli.stance = "sometimes"
    eli.save()
    assert browser_of(eli).post("/stories/accounts/", {"disconnect": "mastodon"}).status_code == 404
    other = browser_of(eli)
    other.post(f"/stories/{story.pk}/share", {"network": "mastodon", "words": WORDS, "go": "1"})
    assert other.post(f"/stories/{story.pk}/post").status_code == 404
    assert network.posts == []

    # Listening leaves what this account writes alone.
    assert listen.roster_names() & {f"amba@{urlsplit(network.address).netloc}"}
    amba.stance = "rules"
    amba.save()
    browser.post("/stories/accounts/", {"disconnect": "mastodon"})

    assert Connection.objects.count() == 0
    assert network.asked[-1][:1] == ("/oauth/revoke",)
    assert network.asked[-1][1]["token"] == "tok-1"
    assert browser.get("/stories/accounts/").status_code == 404


def test_connection_that_another_key_sealed_is_forgotten_all_the_same(amba, browser_of):
    Connection.objects.create(
        person=amba, network="mastodon", server="https://x.example", handle="a@x.example", sealed="of another key"
    )

    browser_of(amba).post("/stories/accounts/", {"disconnect": "mastodon"})

    assert Connection.objects.count() == 0


@pytest.mark.parametrize("typed", ["not a server", "http://", "https://user:pw@x.example", "ftp://x.example", "a/b"])
def test_what_is_no_server_is_refused(typed, db):
    with pytest.raises(ShareError):
        posting.begin_mastodon(typed, back="https://ask.example/back")


def test_inside_addresses_are_not_asked_without_the_option(amba, db):
    with pytest.raises(ShareError, match="not a public address"):
        posting.connect_bluesky(amba, handle="a", password="b", server="https://127.0.0.1")


@pytest.fixture
def pictured(story, settings, tmp_path):
    settings.DATA = tmp_path
    kept = media.keep(picture("JPEG").getvalue())
    Story.objects.filter(pk=story.pk).update(file=kept.file, media_type=kept.media_type, alt_text="A rucksack, sewn")
    return (media.folder() / kept.file).read_bytes()


@pytest.mark.parametrize("name", ["mastodon", "bluesky"])
def test_picture_goes_with_the_post_and_says_what_it_shows(amba, story, pictured, network, name):
    kept = {"mastodon": {"token": "tok-1"}, "bluesky": {"did": "did:plc:amba", "password": "app-pass"}}[name]
    connection = posting._keep(amba, name, network.address, "amba", kept)

    posting.post(
        connection,
        text=WORDS,
        url="",
        key=posting.new_key(),
        picture=posting.Picture(pictured, "image/webp", "A rucksack, sewn"),
    )

    [(kind, sent)], [posted] = network.pictures, network.posts
    if name == "mastodon":
        form = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + sent)
        parts = {
            part.get_param("name", header="Content-Disposition"): part.get_payload(decode=True)
            for part in form.get_payload()
        }
        assert parts == {"description": b"A rucksack, sewn", "file": pictured}
        assert posted["media_ids"] == ["m7"]
    else:
        assert (kind, sent) == ("image/webp", pictured)
        assert posted["record"]["embed"]["images"] == [
            {
                "alt": "A rucksack, sewn",
                "image": {"$type": "blob", "mimeType": "image/webp", "size": len(pictured), "ref": {"$link": "bafy1"}},
            }
        ]


def test_picture_that_bluesky_does_not_take_is_said_before_anything_is_posted(amba, story, network):
    connection = posting._keep(
        amba, "bluesky", network.address, "amba", {"did": "did:plc:amba", "password": "app-pass"}
    )

    with pytest.raises(ShareError, match="too large"):
        posting.post(
            connection,
            text=WORDS,
            url="",
            key=posting.new_key(),
            picture=posting.Picture(b"0" * 1_000_001, "image/webp", ""),
        )

    assert network.posts == network.pictures == []


def test_button_sends_the_picture_of_the_story(amba, story, pictured, network, browser_of):
    posting._keep(amba, "mastodon", network.address, "amba", {"token": "tok-1"})
    browser = browser_of(amba)
    ready = browser.post(
        f"/stories/{story.pk}/share", {"network": "mastodon", "words": WORDS, "go": "1"}
    ).content.decode()

    browser.post(f"/stories/{story.pk}/post")

    assert "With the picture" in ready
    assert pictured in network.pictures[0][1]


@pytest.mark.parametrize(("ready_at", "posts"), [(2, 1), (99, 0)])
def test_picture_that_is_still_worked_on_is_waited_for(amba, story, network, monkeypatch, ready_at, posts):
    monkeypatch.setattr(posting, "BETWEEN_LOOKS", 0.01)
    network.ready_at = ready_at
    connection = posting._keep(amba, "mastodon", network.address, "amba", {"token": "tok-1"})
    picture = posting.Picture(b"0" * 100, "image/webp", "A rucksack")

    if posts:
        posting.post(connection, text=WORDS, url="", key=posting.new_key(), picture=picture)
    else:
        with pytest.raises(ShareError, match="still working"):
            posting.post(connection, text=WORDS, url="", key=posting.new_key(), picture=picture)

    assert len(network.posts) == posts


@pytest.mark.parametrize("name", ["mastodon", "bluesky"])
def test_post_whose_answer_was_lost_is_the_same_post_when_sent_again(
    amba, story, network, browser_of, name, monkeypatch
):
    kept = {"mastodon": {"token": "tok-1"}, "bluesky": {"did": "did:plc:amba", "password": "app-pass"}}[name]
    posting._keep(amba, name, network.address, "amba", kept)
    browser = browser_of(amba)
    browser.post(f"/stories/{story.pk}/share", {"network": name, "words": WORDS, "go": "1"})
    monkeypatch.setattr(posting, "_Said", lambda _said: (_ for _ in ()).throw(ShareError("lost")))
    if name == "mastodon":
        assert browser.post(f"/stories/{story.pk}/post").status_code == 422
    monkeypatch.undo()
    monkeypatch.setattr(
        settings, "OPTIONS", settings.OPTIONS.__class__(**{**vars(settings.OPTIONS), "listen_private": True})
    )

    browser.post(f"/stories/{story.pk}/post")

    keys = set(network.keys) if name == "mastodon" else {body["rkey"] for body in network.posts}
    assert len(keys) == 1
    assert re.fullmatch("[2-7a-j][2-7a-z]{12}", keys.pop())


@pytest.mark.parametrize("sent", [{"network": "mastodon"}, {"network": "bluesky", "password": "app-pass"}])
def test_server_that_is_something_else_is_said_and_no_error_page(amba, network, browser_of, sent):
    network.is_odd = True
    where = (
        {"handle": network.address}
        if sent["network"] == "mastodon"
        else {"handle": "a.test", "server": network.address}
    )

    page = browser_of(amba).post("/stories/accounts/", sent | where)

    assert page.status_code == 422
    assert "answer could not be read" in page.content.decode()

"""Sources that stay connected, mailboxes, and what is deleted there: against servers on loopback that speak the protocols."""

import json
import re
import socketserver
import threading
import time
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from websockets.sync.server import serve

from askfirst.listen import actions, fetching, heard, streaming, views
from askfirst.listen.models import Mention, Source
from askfirst.listen.sources import imap, jetstream, mastodon
from askfirst.listen.sources.rows import SourceError
from askfirst.listen.sources.sockets import Heard
from askfirst.people import uploads
from tests import makers
from tests.listen.test_listening import served  # noqa: F401 - a fixture


@pytest.fixture
def lio(transactional_db):
    return makers.make_person("lio", is_listener=True)


@pytest.fixture(autouse=True)
def inside(monkeypatch):
    """Addresses of this machine may be asked."""
    options = settings.OPTIONS.__class__(**{**vars(settings.OPTIONS), "listen_private": True})
    monkeypatch.setattr(settings, "OPTIONS", options)


def post(did, rkey, text, at, operation="create", **record):
    commit = {"operation": operation, "collection": jetstream.COLLECTION, "rkey": rkey}
    if operation != "delete":
        commit["record"] = {"text": text, "langs": ["en"], "createdAt": "2026-11-01T10:00:00Z", **record}
    return json.dumps({"did": did, "time_us": at, "kind": "commit", "commit": commit})


def account(did, at, status):
    said = {"active": False, "did": did, "status": status}
    return json.dumps({"did": did, "time_us": at, "kind": "account", "account": said})


class Jetstream:
    """A server that replays `script` from the cursor it is asked for; the word None hangs up."""

    def __init__(self) -> None:
        self.script: list[str | None] = []
        self.asked: list[dict[str, list[str]]] = []
        self.sent = threading.Event()

    def __call__(self, connection) -> None:
        query = parse_qs(urlsplit(connection.request.path).query)
        self.asked.append(query)
        since = int(query.get("cursor", ["0"])[0])
        for at, message in enumerate(self.script):
            if message is None:
                self.script[at] = "{}"
                return
            try:
                if json.loads(message).get("time_us", since) < since:
                    continue
            except ValueError:
                pass
            connection.send(message)
        self.sent.set()
        while True:
            connection.recv()


@pytest.fixture
def bluesky(lio):
    script = Jetstream()
    with serve(script, "127.0.0.1", 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        actions.save_query(by=lio, name="The brand", text="halden NOT weather")
        address = f"ws://127.0.0.1:{server.socket.getsockname()[1]}"
        source = actions.add_source(by=lio, kind="bluesky", name="Bluesky", address=address)
        actions.switch_source(source, by=lio, is_on=True)
        script.source = source
        yield script
        server.shutdown()


def texts():
    return sorted(Mention.objects.values_list("text", flat=True))


def until(condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "It did not happen in time."
        time.sleep(0.05)


def test_message_becomes_a_post_with_its_links_and_strange_ones_become_nothing():
    facets = [{"features": [{"$type": "app.bsky.richtext.facet#link", "uri": "https://halden.example/tent"}]}]
    said = jetstream.read(post("did:plc:a", "3k", "A Halden tent", 7_000_000, facets=facets))
    row = said.row

    assert (row["id"], row["lang"], row["links"], said.gone, said.mark) == (
        "did:plc:a/3k",
        "en",
        ["https://halden.example/tent"],
        "",
        7_000_000,
    )
    assert row["url"] == "https://bsky.app/profile/did:plc:a/post/3k"
    assert jetstream.read(post("did:plc:a", "3k", "", 8, "delete")) == Heard(None, "did:plc:a/3k", 8)
    assert jetstream.read(account("did:plc:a", 9, "deleted")) == Heard(None, "did:plc:a/", 9)
    strange = [
        "no json",
        "[]",
        "{}",
        '{"did": 1, "time_us": "x", "kind": "commit"}',
        '{"did":"a","time_us":3,"kind":"identity"}',
    ]
    assert [(own.row, own.gone) for own in map(jetstream.read, strange)] == [(None, "")] * 5


def enveloped(kind, seq, **parts):
    """A message of the later form."""
    payload = {
        "$type": f"network.bsky.jetstream.subscribeEvents#{kind}",
        "seq": seq,
        "did": "did:plc:a",
        "time": "2026-11-01T10:00:00Z",
        **parts,
    }
    return json.dumps({"$type": "message", "payload": payload})


def test_both_forms_of_messages_are_read():
    record = {"text": "A Halden tent", "reply": {"parent": {}}, "embed": {"$type": "app.bsky.embed.images"}}
    commit = {"operation": "create", "collection": jetstream.COLLECTION, "rkey": "3k", "record": record}

    said = jetstream.read(enveloped("commit", 24_664_288_881, **commit))
    assert (said.row["id"], said.row["posted_at"], said.mark) == (
        "did:plc:a/3k",
        "2026-11-01T10:00:00Z",
        24_664_288_881,
    )
    assert (said.row["is_reply"], said.row["has_media"], said.row["is_quote"]) == (True, True, False)
    deleted = {"operation": "delete", "collection": jetstream.COLLECTION, "rkey": "3k"}
    assert jetstream.read(enveloped("commit", 5, **deleted)) == Heard(None, "did:plc:a/3k", 5)
    assert jetstream.read(enveloped("account", 6, active=False, status="takendown")) == Heard(None, "did:plc:a/", 6)
    assert jetstream.read(enveloped("info", 7)).row is None
    assert jetstream.read('{"$type": "message", "payload": {"seq": null}}') == Heard()


def test_stream_that_does_not_go_back_far_enough_leaves_a_gap_that_is_said(bluesky, lio, browser_of):
    now = int(time.time() * 1e6)
    hour = 3_600_000_000
    Source.objects.update(cursor={"time_us": now - 9 * hour})
    bluesky.script = [post("did:plc:a", "1", "Halden tents are lovely", now - 2 * hour)]
    streams = streaming.Streams()

    streams.look()
    until(lambda: Mention.objects.count() == 1)
    until(lambda: len(Source.objects.get().gaps) == 1)
    streams.stop()

    assert "Nothing was heard between" in browser_of(lio).get(reverse("listen:sources")).content.decode()


class MastodonStream:
    """A streaming server that wants a token, sends `script`, and hangs up at None."""

    def __init__(self) -> None:
        self.script: list[tuple[str, object] | None] = []
        self.asked: list[str] = []

    def check(self, connection, request):
        return None if request.headers.get("Authorization") == "Bearer let-me" else connection.respond(401, "no token")

    def __call__(self, connection) -> None:
        self.asked.append(connection.request.path)
        for at, said in enumerate(self.script):
            if said is None:
                self.script[at] = ("filters_changed", "")
                return
            event, payload = said
            payload = payload if isinstance(payload, str) else json.dumps(payload)
            connection.send(json.dumps({"stream": ["public"], "event": event, "payload": payload}))
        while True:
            connection.recv()


@pytest.fixture
def toots(lio, served):  # noqa: F811 - a fixture
    script = MastodonStream()
    with serve(script, "127.0.0.1", 0, process_request=script.check) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        streaming_at = {"configuration": {"urls": {"streaming": f"ws://127.0.0.1:{server.socket.getsockname()[1]}"}}}
        served.answers["/api/v2/instance"] = (200, {}, json.dumps(streaming_at).encode())
        served.answers["/api/v1/timelines/tag/halden"] = (200, {}, b"[]")
        actions.save_query(by=lio, name="The brand", text="halden")
        address = f"http://127.0.0.1:{served.server_port}/tags/halden"
        script.source = actions.add_source(
            by=lio, kind="mastodon_stream", name="Toots", address=address, password="let-me"
        )
        actions.switch_source(script.source, by=lio, is_on=True)
        script.served = served
        yield script
        server.shutdown()


def toot(key, text, **more):
    return {
        "id": key,
        "content": f"<p>{text}</p>",
        "created_at": "2026-11-01T10:00:00Z",
        "account": {"acct": "jo@a.example"},
        **more,
    }


def test_mastodon_is_followed_as_it_comes_with_changes_deletions_and_what_was_missed(toots):
    toots.script = [
        ("update", toot("101", "Halden stoves are great")),
        ("update", toot("102", "Halden zip broke")),
        ("update", toot("103", "Halden, but do not index me", account={"acct": "x", "noindex": True})),
        ("update", "{broken"),
        ("status.update", toot("102", "Halden zip mended, thank you")),
        ("delete", "101"),
        None,
    ]
    streams = streaming.Streams()
    streams.look()
    until(lambda: Source.objects.get().failures == 1)
    assert texts() == ["Halden zip mended, thank you"]
    assert Source.objects.get().cursor == {"newest": "102"}

    missed = [toot("104", "Halden while you were away")]
    toots.served.answers["/api/v1/timelines/tag/halden"] = (200, {}, json.dumps(missed).encode())
    toots.script = [("status.update", toot("102", "Halden, only for friends", visibility="private"))]
    Source.objects.update(next_at=timezone.now())
    streams.look()
    until(lambda: texts() == ["Halden while you were away"])
    streams.stop()

    assert toots.asked[0] == "/api/v1/streaming?stream=hashtag&tag=halden"
    assert any("min_id=102" in path for path, _headers in toots.served.asked)


def test_mastodon_without_a_token_says_what_is_missing(toots):
    Source.objects.update(sealed="")
    streams = streaming.Streams()
    streams.look()
    until(lambda: Source.objects.get().failures == 1)
    streams.stop()
    assert Source.objects.get().last_error == "The server answered 401. It wants an access token."


def test_more_missed_than_is_asked_for_at_a_time_is_a_gap(served):  # noqa: F811 - a fixture
    page = [toot(str(1000 + at), "Halden") for at in range(40)]
    served.answers["/api/v1/timelines/public"] = (200, {}, json.dumps(page).encode())
    address = f"http://127.0.0.1:{served.server_port}/public"

    assert mastodon.fetch(address, {}).gap is None
    # The server of this test answers the same page whatever it is asked: a busy timeline far behind.
    found = mastodon.fetch(address, {"newest": "5"})
    assert (len(found.rows), found.cursor) == (200, {"newest": "1039"})
    for wrong in ("https://a.example/", "public", "https://a.example"):
        with pytest.raises(SourceError):
            mastodon.fetch(wrong, {})


def test_stream_is_followed_over_a_break_without_loss_or_doubles_and_deletions_reach_us(bluesky):
    bluesky.script = [
        post("did:plc:a", "1", "Halden tents are lovely", 10_000_000),
        post("did:plc:b", "1", "The weather in Halden", 11_000_000),
        "{broken",
        post("did:plc:c", "1", "My Halden zip broke", 12_000_000),
        post("did:plc:c", "2", "Another Halden zip", 12_500_000),
        None,
        post("did:plc:d", "1", "Where do I buy Halden poles?", 13_000_000),
        post("did:plc:a", "1", "", 14_000_000, "delete"),
        account("did:plc:c", 15_000_000, "deleted"),
    ]
    streams = streaming.Streams()

    streams.look()
    until(lambda: Source.objects.get().failures == 1)
    assert texts() == ["Another Halden zip", "Halden tents are lovely", "My Halden zip broke"]
    assert "broke off" in Source.objects.get().last_error
    assert streams.look() == 0

    Source.objects.update(next_at=timezone.now())
    streams.look()
    until(lambda: texts() == ["Where do I buy Halden poles?"])
    until(lambda: Source.objects.get().cursor.get("time_us") == 15_000_000)
    until(lambda: Source.objects.get().last_error == "")
    streams.stop()

    assert bluesky.asked[0] == {"wantedCollections": [jetstream.COLLECTION]}
    assert Mention.objects.get().author == "did:plc:d"
    assert Source.objects.get().held_by == ""


def test_one_process_follows_and_another_goes_on_when_it_dies(bluesky):
    bluesky.script = [post("did:plc:a", "1", "Halden tents are lovely", 10_000_000)]
    one, other = streaming.Streams(), streaming.Streams()

    assert one.look() == 1
    assert other.look() == 0
    until(lambda: Mention.objects.count() == 1)
    # As after kill -9: the hold runs out, and nobody lets go.
    Source.objects.update(held_until=timezone.now() - timedelta(seconds=1), held_by="a process that died")
    assert other.look() == 1
    until(lambda: len(bluesky.asked) == 2)
    time.sleep(0.3)
    assert Mention.objects.count() == 1
    one.stop()
    other.stop()


def test_switched_off_stream_hangs_up(bluesky, lio):
    bluesky.script = [post("did:plc:a", "1", "Halden tents are lovely", 10_000_000)]
    streams = streaming.Streams()
    streams.look()
    until(lambda: Mention.objects.count() == 1)

    actions.switch_source(bluesky.source, by=lio, is_on=False)

    until(lambda: streams.look() == 0)
    streams.stop()


class Imap(socketserver.ThreadingTCPServer):
    """A mailbox: {uid: mail}. Speaks the handful of IMAP4rev1 commands that a reader needs, and refuses wrong passwords."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _ImapHandler)
        self.mails: dict[int, bytes] = {}
        self.validity = 5
        self.said: list[str] = []


class _ImapHandler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.wfile.write(b"* OK ready\r\n")
        for line in self.rfile:
            tag, _, command = line.decode().strip().partition(" ")
            self.server.said.append(command)
            if self._answer(tag, command):
                return

    def _answer(self, tag: str, command: str) -> bool:
        word = command.split()[0].upper()
        more = ""
        if word == "CAPABILITY":
            more = "* CAPABILITY IMAP4rev1\r\n"
        elif word == "LOGIN" and '"right"' not in command and " right" not in command:
            self.wfile.write(f"{tag} NO [AUTHENTICATIONFAILED] wrong password\r\n".encode())
            return False
        elif word in {"SELECT", "EXAMINE"}:
            more = f"* {len(self.server.mails)} EXISTS\r\n* OK [UIDVALIDITY {self.server.validity}] ok\r\n"
        elif word == "UID" and "SEARCH" in command:
            first = int(command.split("UID ")[-1].split(":")[0])
            # As the standard has it: n:* always gives the last one.
            found = [uid for uid in self.server.mails if uid >= first] or sorted(self.server.mails)[-1:]
            more = f"* SEARCH {' '.join(map(str, found))}\r\n"
        elif word == "UID":
            uid = int(command.split()[2])
            mail = self.server.mails[uid]
            self.wfile.write(f"* 1 FETCH (UID {uid} BODY[]<0> {{{len(mail)}}}\r\n".encode() + mail + b")\r\n")
        elif word == "LOGOUT":
            self.wfile.write(f"* BYE\r\n{tag} OK\r\n".encode())
            return True
        self.wfile.write(f"{more}{tag} OK done\r\n".encode())
        return False


def mail(number, body, kind="plain"):
    return (
        f"From: Ann Example <ann@x.example>\r\nSubject: Note {number}\r\nMessage-ID: <{number}@x.example>\r\n"
        f"Date: Sun, 01 Nov 2026 10:00:00 +0000\r\nContent-Type: text/{kind}; charset=utf-8\r\n\r\n{body}\r\n"
    ).encode()


@pytest.fixture
def mailbox():
    server = Imap()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def mail_source(lio, mailbox):
    actions.save_query(by=lio, name="The brand", text="halden")
    address = f"imap://alerts%40x.example@127.0.0.1:{mailbox.server_address[1]}/INBOX"
    source = actions.add_source(by=lio, kind="mail", name="Mails", address=address, password="right")
    actions.switch_source(source, by=lio, is_on=True)
    source.refresh_from_db()
    return source


def test_mails_are_read_once_and_nothing_is_changed_in_the_box(mailbox, mail_source):
    mailbox.mails = {
        3: mail(1, "Halden tents in the news"),
        4: mail(2, "<p>A <b>Halden</b> story</p>", "html"),
        9: mail(3, "else"),
    }

    assert fetching.fetch_one(mail_source) == 2
    mail_source.refresh_from_db()
    assert (mail_source.cursor, mail_source.last_error) == ({"validity": 5, "uid": 9}, "")
    assert fetching.fetch_one(mail_source) == 0

    assert texts() == ["A Halden story", "Halden tents in the news"]
    assert {own.author for own in Mention.objects.all()} == {"Ann Example"}
    assert all("STORE" not in said and "SELECT" not in said for said in mailbox.said)
    assert "right" not in mail_source.sealed
    # The box was made anew: all of it is read again, and known mails are not doubled.
    mailbox.validity = 6
    mail_source.refresh_from_db()
    assert fetching.fetch_one(mail_source) == 0
    assert Mention.objects.count() == 2


@pytest.mark.parametrize("broken", ["Message-ID: <", "From: <@", "From: a:;@"])
def test_mail_that_is_no_mail_stands_in_front_of_no_other(mailbox, mail_source, broken):
    mailbox.mails = {3: f"{broken}\r\n\r\nHalden, broken\r\n".encode(), 4: mail(2, "Halden, whole")}

    assert fetching.fetch_one(mail_source) == 2

    assert texts() == ["Halden, broken", "Halden, whole"]


@pytest.mark.parametrize(
    ("address", "password", "said"),
    [
        ("imap://a@127.0.0.1:{port}/INBOX", "wrong", "The mail server says no"),
        ("https://x.example", "right", "The address looks like"),
        ("imap://a@127.0.0.1:1/INBOX", "right", "did not answer as expected"),
    ],
)
def test_mailbox_that_cannot_be_read_says_why(mailbox, address, password, said):
    with pytest.raises(SourceError, match=said):
        imap.read(address.format(port=mailbox.server_address[1]), {}, password)


def test_what_is_deleted_there_is_deleted_here_within_the_hour(lio, served):  # noqa: F811 - a fixture
    actions.save_query(by=lio, name="The brand", text="halden")
    base = f"http://127.0.0.1:{served.server_port}"
    tag = actions.add_source(by=lio, kind="mastodon", name="Tag", address=f"{base}/tags/halden")
    feed = actions.add_source(by=lio, kind="feed", name="Feed", address=f"{base}/feed")
    for source in (tag, feed):
        actions.switch_source(source, by=lio, is_on=True)
    heard.take_posts(
        [{"id": key, "text": f"halden {key}", "url": f"{base}/@a/{key}"} for key in ("1", "2", "3")], source=tag
    )
    heard.take_posts(
        [{"id": key, "text": f"halden {key}", "url": f"{base}/page/{key}"} for key in ("x", "y")], source=feed
    )
    fine = (200, {}, b"{}")
    served.answers.update(
        {"/api/v1/statuses/1": fine, "/api/v1/statuses/3": (503, {}, b""), "/page/x": fine, "/page/y": (410, {}, b"")}
    )

    assert fetching.ask_what_is_gone() == 2

    assert texts() == ["halden 1", "halden 3", "halden x"]
    asked = len(served.asked)
    assert fetching.ask_what_is_gone() == 0
    assert len(served.asked) == asked
    Mention.objects.update(asked_at=timezone.now() - timedelta(minutes=55))
    served.answers["/api/v1/statuses/1"] = (404, {}, b"")
    assert fetching.ask_what_is_gone() == 1
    # Asked to be left alone: nothing is taken for gone, and the source says so.
    Mention.objects.update(asked_at=None)
    served.answers["/api/v1/statuses/3"] = (429, {"Retry-After": "120"}, b"")
    fetching.ask_what_is_gone()
    assert texts() == ["halden 3", "halden x"]
    tag.refresh_from_db()
    assert tag.last_error == "The source answered 429."
    before = len(served.asked)
    fetching.ask_what_is_gone()
    assert not [path for path, _headers in served.asked[before:] if "statuses" in path]


def test_mention_with_a_broken_address_keeps_no_other_from_being_asked_for(lio, served):  # noqa: F811 - a fixture
    actions.save_query(by=lio, name="The brand", text="halden")
    base = f"http://127.0.0.1:{served.server_port}"
    feed = actions.add_source(by=lio, kind="feed", name="Feed", address=f"{base}/feed")
    actions.switch_source(feed, by=lio, is_on=True)
    heard.take_posts([{"id": "a", "text": "halden a", "url": "http://[broken"}], source=feed)
    heard.take_posts([{"id": "b", "text": "halden b", "url": f"{base}/page/b"}], source=feed)
    heard.take_posts([{"id": "c", "text": "halden c", "url": f"{base}/page/c%zz"}], source=feed)
    served.answers.update({"/page/b": (410, {}, b""), "/page/c%zz": (200, {}, b"")})

    heard.take_posts([{"id": "d", "text": "halden d", "url": f"{base}/page/größe now"}], source=feed)
    served.answers["/page/gr%C3%B6%C3%9Fe%20now"] = (404, {}, b"")

    assert fetching.ask_what_is_gone() == 2
    assert texts() == ["halden a", "halden c"]
    feed.refresh_from_db()
    assert feed.last_error == ""


@pytest.mark.parametrize("address", ["https://[broken/feed", "https://x.example:99999/feed", "wss://x.example:no/"])
def test_address_that_cannot_be_taken_apart_is_no_source(lio, browser_of, address):
    page = browser_of(lio).post("/listen/sources/", {"kind": "feed", "name": "F", "address": address, "keep_days": 9})

    assert page.status_code == 422
    assert "That is no address." in page.content.decode()


def test_item_of_a_year_that_is_none_keeps_no_other_of_its_feed_away(lio, served):  # noqa: F811 - a fixture
    actions.save_query(by=lio, name="The brand", text="halden")
    feed = actions.add_source(by=lio, kind="feed", name="F", address=f"http://127.0.0.1:{served.server_port}/feed")
    days = ("0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00", "2026-11-20T10:00:00Z")
    items = "".join(
        f"<item><guid>{at}</guid><title>Halden {at}</title><pubDate>{day}</pubDate></item>"
        for at, day in enumerate(days)
    )
    served.answers["/feed"] = (200, {}, f"<rss version='2.0'><channel><title>f</title>{items}</channel></rss>".encode())

    actions.switch_source(feed, by=lio, is_on=True)
    feed.refresh_from_db()
    fetching.fetch_one(feed)

    assert texts() == ["Halden 0", "Halden 1", "Halden 2", "Halden 3"]
    assert min(Mention.objects.values_list("posted_at", flat=True)).year == 2026


def test_mailbox_needs_its_password_on_the_page(lio, browser_of):
    browser = browser_of(lio)
    data = {"kind": "mail", "name": "Box", "address": "imaps://a@mail.example/INBOX", "keep_days": 90}

    assert browser.post("/listen/sources/", data).status_code == 422
    assert browser.post("/listen/sources/", {**data, "password": "s3cret"}).status_code == 302
    assert "s3cret" not in browser.get("/listen/sources/").content.decode()
    assert "s3cret" not in str(list(Source.objects.values()))


def upload(browser, text, name="export.jsonl"):
    return browser.post(reverse("listen:bring"), {"file": SimpleUploadedFile(name, text.encode())}, follow=True)


def test_small_file_is_read_at_once_and_a_large_one_in_the_background(lio, ada, browser_of, monkeypatch):
    actions.save_query(by=lio, name="Halden", text="halden")
    lines = "".join(json.dumps({"id": f"p{at}", "text": f"Halden number {at}"}) + "\n" for at in range(700))
    page = upload(browser_of(lio), lines).content.decode()
    assert "700 posts read, 700 became mentions." in page
    assert re.search(r"read (now|an? \w+ ago|\d+\sseconds ago)", page)
    assert "Switch o" not in page

    monkeypatch.setattr(views, "IN_REQUEST", 100)
    page = upload(
        browser_of(lio), lines.replace("number", "again number").replace('"p', '"q'), "large.jsonl"
    ).content.decode()
    assert "“large.jsonl” among the sources says when it is done." in page
    assert "being read" in page
    assert Mention.objects.filter(source__name="large.jsonl").count() == 0

    call_command("db_worker", batch=True, reload=False, verbosity=0)
    assert Mention.objects.filter(source__name="large.jsonl").count() == 700
    assert list(uploads._folder().iterdir()) == []
    assert "being read" not in browser_of(lio).get(reverse("listen:sources")).content.decode()


def test_what_is_wrong_with_a_large_file_stands_beside_its_source(lio, browser_of, monkeypatch):
    monkeypatch.setattr(views, "IN_REQUEST", 10)
    upload(browser_of(lio), '{"id": "1", "text": "Halden"}\nno json\n')

    call_command("db_worker", batch=True, reload=False, verbosity=0)

    assert "Line 2 is not JSON." in browser_of(lio).get(reverse("listen:sources")).content.decode()


def test_file_of_lists_within_lists_is_no_json(lio, browser_of):
    for text in ("[" * 100_000, '{"a":' * 100_000):
        assert "not JSON" in upload(browser_of(lio), text).content.decode()

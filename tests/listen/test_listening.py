"""Listening in the product: real servers on loopback, deletions, colleagues left out, the desk, bursts that become something."""

import json
import socket
import threading
import time
from contextlib import suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.conf import settings as live_settings
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from askfirst.base import fetch
from askfirst.engines.boolquery import QueryError
from askfirst.listen import actions, bursts, fetching, heard, queries, tasks
from askfirst.listen.errors import ListenError
from askfirst.listen.models import Alert, Mention, Query, Source, State, Step
from askfirst.listen.sources import files, webhook
from tests import makers

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>
<item><guid>a1</guid><title>Halden dome tent tested</title><description>&lt;p&gt;The tent is &lt;b&gt;great&lt;/b&gt;.&lt;/p&gt;</description>
<link>https://example.org/a1</link><pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate></item>
<item><guid>a2</guid><title>Something else</title><description>No brand here</description></item>{more}</channel></rss>"""
POST = {"id": "x1", "text": "Halden zip broken again, still waiting for a reply", "author": "pete"}


@pytest.fixture
def lio(db):
    return makers.make_person("lio", is_listener=True)


@pytest.fixture
def query(lio) -> Query:
    return actions.save_query(by=lio, name="The brand", text="halden NOT weather")


@pytest.fixture
def served(monkeypatch):
    """A server on loopback that answers what the test puts into `answers`, and remembers what it was asked."""
    monkeypatch.setattr(
        live_settings,
        "OPTIONS",
        live_settings.OPTIONS.__class__(**{**vars(live_settings.OPTIONS), "listen_private": True}),
    )

    class Server(ThreadingHTTPServer):
        answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        asked: list[tuple[str, dict[str, str]]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append((self.path, dict(self.headers)))
            status, headers, body = server.answers.get(self.path.split("?")[0], (404, {}, b""))
            if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            # A torn connection: fewer bytes than were promised.
            self.wfile.write(body[: len(body) // 2] if headers.get("X-Torn") else body)

        def log_message(self, *arguments: object) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    server.answers, server.asked = {}, []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


def source(lio, served=None, kind="feed", path="/feed") -> Source:
    address = f"http://127.0.0.1:{served.server_port}{path}" if served else ""
    made = actions.add_source(by=lio, kind=kind, name=kind, address=address)
    actions.switch_source(made, by=lio, is_on=True)
    made.refresh_from_db()
    return made


def test_feed_is_fetched_once_conditionally_and_without_doubles(lio, query, served):
    feed = source(lio, served)
    served.answers["/feed"] = (200, {"ETag": '"1"'}, RSS.format(more="").encode())

    assert fetching.fetch_one(feed) == 1
    feed.refresh_from_db()
    assert fetching.fetch_one(feed) == 0
    assert served.asked[-1][1]["If-None-Match"] == '"1"'
    more = "<item><guid>a3</guid><title>Halden again</title><description>x</description></item>"
    served.answers["/feed"] = (200, {"ETag": '"2"'}, RSS.format(more=more).encode())
    feed.refresh_from_db()
    assert fetching.fetch_one(feed) == 1

    first = Mention.objects.get(foreign_id="a1")
    assert (first.text, first.address, first.kind) == ("The tent is great .", "https://example.org/a1", "praise")
    assert Mention.objects.count() == 2


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((500, {}, b""), "answered 500"),
        ((429, {"Retry-After": "7200"}, b""), "answered 429"),
        ((404, {}, b""), "Is the address right"),
        ((200, {}, b"<html>no feed</html>"), "no RSS or Atom"),
        ((200, {"X-Torn": "1"}, b"<rss" + b" " * 2000), ""),
    ],
)
def test_broken_source_says_so_and_backs_off(lio, query, served, answer, said):
    feed = source(lio, served)
    served.answers["/feed"] = answer
    before = timezone.now()

    assert fetching.fetch_one(feed) == 0

    feed.refresh_from_db()
    assert said in feed.last_error
    assert feed.failures == 1
    wait = (feed.next_at - before).total_seconds()
    assert wait >= (7200 if answer[0] == 429 else 1000)
    assert queries.due_sources(timezone.now()) == []


def test_mastodon_tag_goes_on_where_it_ended_and_respects_no_index(lio, query, served):
    tag = source(lio, served, "mastodon", "/tags/halden")

    def post(number, **more):
        return {
            "id": str(number),
            "content": f"<p>Halden day {number}</p>",
            "created_at": "2026-11-24T10:00:00Z",
            "account": {"acct": f"a{number}"},
            **more,
        }

    served.answers["/api/v1/timelines/tag/halden"] = (
        200,
        {},
        json.dumps([post(12), post(9), post(11, account={"acct": "shy", "noindex": True})]).encode(),
    )
    assert fetching.fetch_one(tag) == 2
    tag.refresh_from_db()
    assert tag.cursor == {"newest": "12"}
    served.answers["/api/v1/timelines/tag/halden"] = (200, {}, b"[]")
    fetching.fetch_one(tag)

    assert "min_id=12" in served.asked[-1][0]
    assert sorted(Mention.objects.values_list("author", flat=True)) == ["a12", "a9"]


def test_hackernews_search_is_read(lio, query, served):
    hits = {
        "hits": [
            {
                "objectID": 5,
                "created_at_i": 1790000000,
                "title": "Show HN: Halden tent API",
                "author": "pg",
                "url": "https://halden.example/api",
            }
        ]
    }
    news = source(lio, served, "hackernews", "/search halden")
    served.answers["/search"] = (200, {}, json.dumps(hits).encode())

    assert fetching.fetch_one(news) == 1
    news.refresh_from_db()
    assert news.cursor == {"since": 1790000000}


def test_hackernews_reads_all_pages_and_says_what_a_search_leaves_out(lio, query, served):
    hit = {"objectID": 5, "created_at_i": 1790000000, "title": "Halden tent API", "author": "pg"}
    news = source(lio, served, "hackernews", "/search halden")
    Source.objects.filter(pk=news.pk).update(cursor={"since": 1789990000})
    news.refresh_from_db()
    served.answers["/search"] = (200, {}, json.dumps({"hits": [hit], "nbPages": 2, "nbHits": 40}).encode())

    assert fetching.fetch_one(news) == 1

    news.refresh_from_db()
    assert [path.rpartition("page=")[2] for path, _headers in served.asked] == ["0", "1"]
    assert news.gaps == [["2026-09-21T11:26:40+00:00", "2026-09-21T14:13:20+00:00"]]


ODD = (None, 5, "x", [], {"id": "1"}, {"id": "2", "account": "a", "content": 3}, {"objectID": 1, "created_at_i": 10**20, "title": "Halden"},
       {"objectID": 2, "created_at_i": "soon"}, {"objectID": 3, "created_at_i": None, "title": ["x"]})  # fmt: skip


def test_one_item_that_is_odd_keeps_no_other_of_its_source_away(lio, query, served):
    news = source(lio, served, "hackernews", "/search halden")
    hit = {"objectID": 5, "created_at_i": 1790000000, "title": "Halden tent API"}
    served.answers["/search"] = (200, {}, json.dumps({"hits": [*ODD, hit]}).encode())
    tag = source(lio, served, "mastodon", "/tags/halden")
    post = {"id": "12", "content": "<p>Halden day</p>", "created_at": "2026-11-24T10:00:00Z", "account": {"acct": "a"}}
    odd = [own for own in ODD if isinstance(own, dict) and "id" in own]
    served.answers["/api/v1/timelines/tag/halden"] = (200, {}, json.dumps([*odd, post]).encode())

    assert [fetching.fetch_one(news), fetching.fetch_one(tag)] == [1, 1]

    news.refresh_from_db()
    tag.refresh_from_db()
    assert (news.cursor, news.last_error) == ({"since": 1790000000}, "")
    assert (tag.cursor, tag.last_error) == ({"newest": "12"}, "")


def test_a_source_that_cannot_be_read_at_all_holds_up_no_other(lio, query, served):
    """Lists within lists, deeper than Python reads: nothing that the source's own file looks for."""
    strange = source(lio, served, "hackernews", "/search halden")
    served.answers["/search"] = (200, {}, b"[" * 100_000)
    source(lio, served)
    served.answers["/feed"] = (200, {}, RSS.format(more="").encode())

    assert fetching.fetch_due() == 1

    strange.refresh_from_db()
    assert "could not be read" in strange.last_error
    assert strange.failures == 1


def test_token_stays_with_its_server_and_a_slow_one_is_hung_up_on(served, monkeypatch):
    served.answers["/here"] = (302, {"Location": f"http://localhost:{served.server_port}/there"}, b"")
    served.answers["/again"] = (302, {"Location": "/there"}, b"")
    served.answers["/there"] = (200, {}, b"[]")
    base, headers = f"http://127.0.0.1:{served.server_port}", {"Authorization": "Bearer t"}

    for path in ("/here", "/again"):
        fetch.fetch(base + path, allow_private=True, headers=headers)
    assert ["Authorization" in sent for path, sent in served.asked if path == "/there"] == [False, True]

    monkeypatch.setattr(fetch, "SECONDS_IN_ALL", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as slow:
        threading.Thread(target=drip, args=(slow,), daemon=True).start()
        begun = time.monotonic()
        with pytest.raises(fetch.CannotFetch):
            fetch.fetch(f"http://127.0.0.1:{slow.getsockname()[1]}/", allow_private=True)
    assert time.monotonic() - begun < 5


def drip(server: socket.socket) -> None:
    """Answer a byte at a time, for ever."""
    opened, _address = server.accept()
    with opened, suppress(OSError):
        opened.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        while True:
            opened.sendall(b"x")
            time.sleep(0.05)


def test_what_no_database_keeps_is_left_out_of_a_post(lio, query, nobody):
    """JSON lets through a NUL and halves of a character, written as escapes."""
    hook = source(lio, kind="webhook")
    strange = r'{"posts": [{"id": "x\u0000", "text": "Halden \ud83d tent\u0000", "author": "\ud83d"}], "deleted": ["y\u0000"]}'

    assert deliver(nobody, hook, strange.encode()).status_code == 204

    kept = Mention.objects.get()
    assert (kept.foreign_id, kept.text, kept.author) == ("x", "Halden ? tent", "?")
    assert deliver(nobody, hook, rb'{"deleted": ["x\u0000"]}', id_="m2").status_code == 204
    assert not Mention.objects.exists()
    assert deliver(nobody, hook, b'{"posts": null}', id_="m3").status_code == 422


def test_in_other_words_a_post_is_no_copy_any_more_and_has_none(lio, query):
    hook = source(lio, kind="webhook")
    heard.take_posts([POST | {"id": key} for key in ("1", "2", "3")], source=hook)

    heard.take_posts([POST | {"id": "1", "text": "Halden answered, zip mended"}], source=hook)
    heard.take_posts([POST | {"id": "3", "text": "Halden answered, zip mended"}], source=hook)

    copies = dict(Mention.objects.values_list("foreign_id", "copy_of__foreign_id"))
    assert copies == {"1": None, "2": None, "3": "1"}


def test_source_with_another_address_meanwhile_begins_there(lio, query, served):
    feed = source(lio, served)
    served.answers["/feed"] = (200, {}, RSS.format(more="").encode())
    Source.objects.filter(pk=feed.pk).update(address="http://127.0.0.1:9/other", cursor={})

    fetching.fetch_one(feed)

    assert Source.objects.get(pk=feed.pk).cursor == {}


def test_inside_addresses_are_not_fetched_without_the_option(lio, query):
    feed = actions.add_source(by=lio, kind="feed", name="x", address="http://127.0.0.1:9/feed")

    fetching.fetch_one(feed)

    feed.refresh_from_db()
    assert feed.last_error


def deliver(client, to: Source, body: bytes, *, secret: str | None = None, at: float | None = None, id_: str = "m1"):
    stamp = str(int(at or time.time()))
    signature = "v1," + webhook.sign(secret or to.secret, webhook_id=id_, timestamp=stamp, body=body)
    headers = {"webhook-id": id_, "webhook-timestamp": stamp, "webhook-signature": signature}
    return client.post(reverse("listen:receive", args=[to.pk]), body, content_type="application/json", headers=headers)


def test_signed_webhook_is_taken_once_and_others_are_refused(lio, query, nobody):
    hook = source(lio, kind="webhook")
    body = json.dumps({"posts": [POST, {**POST, "id": "x2", "text": "Halden is great"}]}).encode()

    assert deliver(nobody, hook, body).status_code == 204
    assert deliver(nobody, hook, body).status_code == 204
    assert Mention.objects.count() == 2
    assert deliver(nobody, hook, body, secret="other").status_code == 401
    assert deliver(nobody, hook, body, at=time.time() - 400).status_code == 401
    assert deliver(nobody, hook, b"no json").status_code == 422
    assert deliver(nobody, hook, b'{"posts": [{"id": 1}]}').status_code == 422
    actions.switch_source(hook, by=lio, is_on=False)
    assert deliver(nobody, hook, body).status_code == 404


def test_deleted_there_is_deleted_here_and_its_copy_stands_up(lio, query, nobody):
    hook = source(lio, kind="webhook")
    deliver(nobody, hook, json.dumps([POST, {**POST, "id": "x2"}, {**POST, "id": "x3"}]).encode())
    assert Mention.objects.filter(copy_of=None).count() == 1

    deliver(nobody, hook, b'{"deleted": ["x1"]}')

    assert Mention.objects.filter(foreign_id="x1").count() == 0
    assert [own.foreign_id for own in Mention.objects.filter(copy_of=None)] == ["x2"]
    assert Mention.objects.get(foreign_id="x3").copy_of.foreign_id == "x2"


def test_long_ids_stay_apart_and_a_long_address_is_kept_whole_or_not_at_all(lio, query):
    feed, begins = source(lio, kind="webhook"), "https://e.example/" + "a" * 400
    rows = [{**POST, "id": f"{begins}{at}", "url": f"{begins}{at}", "text": f"Halden number {at}"} for at in range(2)]
    rows.append({**POST, "id": "long", "url": "https://e.example/" + "a" * 2000, "text": "Halden, far away"})
    for _twice in range(2):
        heard.take_posts(rows, source=feed)

    assert sorted(Mention.objects.values_list("address", flat=True)) == ["", f"{begins}0", f"{begins}1"]
    assert heard.remove_posts(feed, [f"{begins}1"]) == 1
    assert sorted(Mention.objects.values_list("text", flat=True)) == ["Halden number 0", "Halden, far away"]


def test_copies_stay_together_whichever_of_them_go_at_once(lio, query):
    feed = source(lio, kind="webhook")
    heard.take_posts([{**POST, "id": f"y{number}"} for number in range(5)], source=feed)

    heard.remove_posts(feed, ["y0", "y1", "y3"])

    left = dict(Mention.objects.values_list("foreign_id", "copy_of__foreign_id"))
    assert left == {"y2": None, "y4": "y2"}


def test_changed_post_is_judged_anew_but_a_correction_stays(lio, query):
    hook = source(lio, kind="webhook")
    heard.take_posts([POST], source=hook)
    actions.correct_kind(Mention.objects.get(), kind="story", by=lio)

    heard.take_posts([{**POST, "text": "Halden mended it, thank you so much!"}], source=hook)

    own = Mention.objects.get()
    assert (own.text, own.kind, own.mood) == ("Halden mended it, thank you so much!", "story", "good")


def test_colleagues_are_left_out_before_anything_is_kept(lio, query):
    makers.make_person("grace").__class__.objects.filter(name="Grace").update(name="Grace Adeyemi")
    hook = source(lio, kind="webhook")

    for author in ("Grace Adeyemi", "grace.adeyemi", "@Grace_Adeyemi"):
        assert heard.take_posts([{**POST, "author": author}], source=hook) == (1, 0)
    assert Mention.objects.count() == 0
    with pytest.raises(ListenError, match="works here"):
        actions.save_query(by=lio, name="nosy", text='"grace adeyemi" OR x')


def test_query_with_a_mistake_shows_the_place_and_what_it_would_find(lio, query, browser_of):
    heard.take_posts([POST], source=source(lio, kind="webhook"))
    browser = browser_of(lio)

    wrong = browser.post(reverse("listen:new_query"), {"name": "n", "text": "zip AND (broken"})
    assert wrong.status_code == 422
    assert "is not closed" in wrong.content.decode()
    looked = browser.post(reverse("listen:new_query"), {"name": "n", "text": "zip broken", "look": "1"})
    assert looked.context["preview"].number == 1
    browser.post(reverse("listen:new_query"), {"name": "zips", "text": "zip broken"})
    assert heard.take_posts([{**POST, "id": "n", "text": "Broken zip!"}], source=Source.objects.get()) == (1, 1)
    with pytest.raises(QueryError):
        actions.save_query(by=lio, name="z", text="")


def test_desk_has_two_columns_and_a_way_through(lio, query, browser_of, eli):
    hook = source(lio, kind="webhook")
    heard.take_posts(
        [
            POST,
            {"id": "b", "text": "Huge thanks to Halden, best tent ever"},
            {"id": "c", "text": "Leaked Halden memo: data breach"},
        ],
        source=hook,
    )
    browser = browser_of(lio)

    desk = browser.get(reverse("listen:desk")).context["desk"]
    assert ([own.kind for own in desk.opportunities], sorted(own.kind for own in desk.risks)) == (
        ["praise"],
        ["complaint", "risk"],
    )
    first = reverse("listen:mention", args=[Mention.objects.get(foreign_id="c").pk])
    for data in ({"take": "1"}, {"tags": "zip, zip, hall"}, {"reply": "Sorry!"}, {"kind": "complaint"}):
        assert browser.post(first, data).status_code == 302
    browser.post(first, {"done": "answered", "outcome": "explained"})

    own = Mention.objects.get(foreign_id="c")
    assert (own.state, own.assigned_to, own.tags, own.reply, own.kind, own.outcome) == (
        State.DONE,
        lio,
        "zip, hall",
        "Sorry!",
        "complaint",
        "explained",
    )
    assert queries.numbers().answered == 1
    assert browser_of(eli).get(reverse("listen:desk")).status_code == 403


def test_draft_of_another_listener_is_not_overwritten_unseen(lio, query, browser_of):
    heard.take_posts([POST], source=source(lio, kind="webhook"))
    address = reverse("listen:mention", args=[Mention.objects.get().pk])
    browser = browser_of(lio)
    browser.post(address, {"reply": "We are sorry.\nCall us.", "seen": ""})

    refused = browser.post(address, {"reply": "Mine.", "seen": ""}, headers={"Sec-Fetch-Site": "same-origin"})

    assert refused.status_code == 422
    assert "another draft while you wrote: “We are sorry." in refused.content.decode()
    assert "Mine." in refused.content.decode()
    assert browser.post(address, {"reply": "Both.", "seen": "We are sorry.\r\nCall us."}).status_code == 302
    assert Mention.objects.get().reply == "Both."


def test_mute_and_retention(lio, query):
    hook = source(lio, kind="webhook")
    heard.take_posts([POST, {**POST, "id": "y", "author": "loud", "text": "Halden Halden"}], source=hook)

    assert actions.mute(what="author", value="LOUD", by=lio) == 1
    assert heard.take_posts([{**POST, "id": "z", "author": "loud"}], source=hook) == (1, 0)
    Mention.objects.filter(foreign_id="x1").update(posted_at=timezone.now() - timedelta(days=91))
    assert heard.forget_old() == 1


def test_flood_is_counted_whole_and_becomes_a_burst_with_its_words(lio, query, browser_of):
    hook = source(lio, kind="webhook")
    now = heard.step_of(timezone.now())
    for back in range(4 * 288, 0, -1):
        if back % 40 == 0:
            Step.objects.create(query=query, at=now - timedelta(minutes=5 * back), number=1)
    bursts.count_steps(now)
    rows = [
        {"id": f"f{number}", "text": f"Halden carabiner snapped number {number}", "posted_at": now.isoformat()}
        for number in range(40)
    ]
    heard.take_posts(rows, source=hook)

    begun = bursts.count_steps(now + timedelta(minutes=5))

    alert = Alert.objects.get()
    assert begun == [alert]
    assert alert.seen >= 40 > alert.expected
    assert "carabiner" in alert.terms
    page = browser_of(lio).get(reverse("listen:alerts")).content.decode()
    assert "carabiner" in page
    assert reverse("share:briefings") in page
    assert tasks.mail_alert.func(alert.pk) == 1
    assert mail.outbox[0].to == ["lio@example.org"]
    assert "carabiner" in mail.outbox[0].body
    bursts.count_steps(now + timedelta(hours=3))
    assert tasks.mail_alert.func(alert.pk) == 0
    alert.refresh_from_db()
    assert alert.ended_at is not None


def test_burst_of_risks_is_seen_while_the_whole_is_as_always(lio, query, browser_of):
    """Forty posts an hour are nothing special here; that a third of them are risks is."""
    hook = source(lio, kind="webhook")
    now = heard.step_of(timezone.now())
    past = [
        Step(query=query, at=now - timedelta(minutes=5 * back), number=4, risks=int(back % 60 == 0))
        for back in range(3 * 288, 0, -1)
    ]
    Step.objects.bulk_create(past)
    bursts.count_steps(now)
    rows = [
        {
            "id": f"r{number}",
            "text": f"The Halden stove exploded, burns on both hands, hospital {number}",
            "posted_at": now.isoformat(),
        }
        for number in range(9)
    ]
    heard.take_posts(rows, source=hook)

    [alert] = bursts.count_steps(now + timedelta(minutes=5))

    assert alert.of_risks
    assert alert.seen == 9
    assert Step.objects.get(at=now).risks == 9
    page = browser_of(lio).get(reverse("listen:alerts")).content.decode()
    assert "risks and complaints" in page
    assert "webhook (9)" in page
    assert "to be expected" in page
    # Another process that counts the same steps finds them counted.
    assert bursts.count_steps(now + timedelta(minutes=5)) == []


def test_files_of_other_tools_are_read(tmp_path, lio, query):
    table = tmp_path / "export.csv"
    table.write_text(
        "Date;Headline;Full Text;Author;URL\n2026-11-20T10:00:00;H;Halden tent leaks;jo;https://e.org/1\n;;;;\n",
        encoding="utf-8-sig",
    )
    [row] = list(files.read(table))

    assert (row["title"], row["text"], row["author"]) == ("H", "Halden tent leaks", "jo")
    assert heard.take_posts([row], source=actions.file_source("export.csv")) == (1, 1)
    (tmp_path / "bad.csv").write_text("a,b\n1,2\n")
    with pytest.raises(ListenError, match="called text"):
        list(files.read(tmp_path / "bad.csv"))
    (tmp_path / "bad.jsonl").write_text('{"text": "x"}\n{"no": 1}\n')
    with pytest.raises(ListenError, match="Line 2"):
        list(files.read(tmp_path / "bad.jsonl"))


EXPORTS = {
    "lines about the report, a snippet beside the text": (
        "Report:,Bulk Mentions\nBrand:,Halden\n\nQuery Id,Query Name,Date,Title,Snippet,Url,Language,Full Text,Author,Resource Id\n"
        '7,Tents,2026-11-20 10:00:00.0,Camp,leaks,https://e.org/1,en,"Halden tent leaks, again",jo,a1\n'
        "7,Tents,2026-11-20 11:00:00.0,Camp,leaks,https://e.org/2,en,,jo,a2\n",
        [("a1", "Halden tent leaks, again", "2026-11-20T10:00:00"), ("a2", "leaks", "2026-11-20T11:00:00")],
    ),
    "UTF-16 with tabs, date and time apart, months first": (
        "Date\tTime\tDocument ID\tURL\tAuthor Handle\tTitle\tOpening Text\tHit Sentence\n"
        "11/20/2026\t10:00 AM\td1\thttps://e.org/1\tjo\tCamp\tHalden tents\tleak\n11/05/2026\t1:30 PM\td2\thttps://e.org/2\tjo\tOnly a title\t\t\n",
        [("d1", "leak", "2026-11-20T10:00:00"), ("d2", "Only a title", "2026-11-05T13:30:00")],
    ),
    "semicolons, no ids, German dates": (
        "url;published;content_snippet;content;lang\nhttps://e.org/1;20.11.2026 10:00;short;Halden; German\n",
        [("https://e.org/1", "Halden", "2026-11-20T10:00:00")],
    ),
    "a network's own export": (
        "CreatedTime,SenderScreenName,Message,Permalink\nFri Nov 20 10:00:00 +0000 2026,jo,Halden leaks,https://e.org/1\n",
        [("https://e.org/1", "Halden leaks", "2026-11-20T10:00:00+00:00")],
    ),
}


@pytest.mark.parametrize("name", EXPORTS)
def test_exports_of_listening_tools_are_read_as_they_are(tmp_path, name):
    text, rows = EXPORTS[name]
    file = tmp_path / "export.csv"
    file.write_text(text, encoding="utf-16" if "UTF-16" in name else "utf-8")

    assert [(row["id"], row["text"], row["posted_at"]) for row in files.read(file)] == rows


def test_a_date_that_is_none_is_named_and_posts_without_an_id_are_told_apart(tmp_path):
    file = tmp_path / "export.csv"
    file.write_text("text,date,language\nHalden,someday,English\n")
    with pytest.raises(ListenError, match="Line 2: “someday”"):
        list(files.read(file))
    file.write_text("text,author,language\nHalden,jo,English\nHalden,flo,German\n")

    one, other = files.read(file)
    assert one["id"] != other["id"]
    assert (one["lang"], other["lang"]) == ("en", "de")


def test_rows_of_the_desk_cost_no_more_queries(lio, query, browser_of, django_assert_max_num_queries):
    hook = source(lio, kind="webhook")
    heard.take_posts([{"id": str(number), "text": f"Halden zip {number} broken"} for number in range(30)], source=hook)

    browser = browser_of(lio)
    browser.get(reverse("listen:queries"))
    with django_assert_max_num_queries(16):
        browser.get(reverse("listen:desk"))


def test_desk_says_by_itself_what_came_and_what_it_does_not_show(lio, query, browser_of, eli, monkeypatch):
    monkeypatch.setattr(queries, "SHOWN", 3)
    hook = actions.add_source(by=lio, kind="webhook", name="In")
    heard.take_posts(
        [{"id": f"a{n}", "text": f"Thank you Halden, lovely tent number {n}!"} for n in range(5)], source=hook
    )
    Mention.objects.update(kind="praise", is_risk=False, is_unsure=False, copy_of=None)
    browser = browser_of(lio)
    page = browser.get(f"/listen/?query={query.pk}").content.decode()
    since = queries.newest()

    assert "2 more follow when some of these are done." in page
    assert f"/listen/fresh?since={since}&amp;query={query.pk}" in page
    assert "new mention" not in browser.get(f"/listen/fresh?since={since}&query={query.pk}").content.decode()

    heard.take_posts([{"id": "b1", "text": "Halden zip broken again, still no reply"}], source=hook)
    Mention.objects.filter(foreign_id="b1").update(kind="question", is_risk=True, is_unsure=False)
    fresh = browser.get(f"/listen/fresh?since={since}&query={query.pk}").content.decode()
    assert "1 new mention." in fresh
    assert f'href="/listen/?query={query.pk}"' in fresh
    # Another desk does not hold it; nonsense counts from the beginning.
    assert "new mention" not in browser.get(f"/listen/fresh?since={since}&mine").content.decode()
    assert "6 new mentions." in browser.get("/listen/fresh?since=nonsense").content.decode()
    assert "may be a risk" in browser.get("/listen/").content.decode()
    assert browser_of(eli).get("/listen/fresh?since=0").status_code == 403

"""Saved queries in step with the database, and what a new one finds among what is kept."""

import json

import pytest
from django.urls import reverse

from askfirst.listen import actions, heard, queries, saved, tasks
from askfirst.listen.errors import ListenError
from askfirst.listen.models import Mention, Mute, Query, Source
from askfirst.listen.sources import files
from tests import makers
from tests.engines.slow_queries import Maker, is_query

POST = {"id": "x1", "text": "Halden zip broken again", "author": "pete", "url": "https://news.example.org/a"}


@pytest.fixture
def lio(db):
    return makers.make_person("lio", is_listener=True)


@pytest.fixture
def hook(lio) -> Source:
    return actions.add_source(by=lio, kind="webhook", name="In")


def fill(query: Query) -> int:
    return tasks.back_fill.func(query.pk, query.version)


def test_back_fill_finds_what_the_live_query_would_have_found(lio, hook):
    """Every shape a query can ask for is kept with a mention: forty queries saved after the posts find what they would have found before."""
    maker = Maker(11, 160)
    posts = [maker.post(number) for number in range(150)]
    for number, post in enumerate(posts):
        post.update(
            author=f"a{number % 7}", url=f"https://s{number % 5}.example.org/{number}", is_reply=number % 3 == 0
        )
        post.update(
            links=[f"https://l{number % 4}.example.net"], has_media=number % 2 == 0, posted_at="2026-11-20T10:00:00Z"
        )
    everything = actions.save_query(by=lio, name="Everything", text="lang:en OR lang:de OR lang:es")
    texts = [maker.common_query() for _ in range(40)]
    texts += [
        "is:reply has:media",
        "link:l3.example.net -is:reply",
        "site:s1.example.org",
        "author:a3 OR has:question",
        "followers:>900 lang:de",
    ]
    live = [actions.save_query(by=lio, name=f"live {at}", text=text) for at, text in enumerate(texts) if is_query(text)]
    heard.take_posts(posts, source=hook)
    assert everything.mentions.count() == 150

    later = [actions.save_query(by=lio, name=f"later {at}", text=query.text) for at, query in enumerate(live)]
    found = 0
    for first, second in zip(live, later, strict=True):
        found += fill(second)
        assert set(second.mentions.values_list("pk", flat=True)) == set(first.mentions.values_list("pk", flat=True)), (
            first.text
        )
    assert found > 400
    changed = actions.save_query(later[0], by=lio, name="later 0", text="is:reply")
    assert fill(changed) == 50 == changed.mentions.count()
    # A task that comes late, after another change, leaves it to the one that belongs to that change.
    assert tasks.back_fill.func(changed.pk, changed.version - 1) == 0


def test_many_queries_are_stored_and_a_start_puts_in_what_changed_since(lio, monkeypatch, tmp_path):
    monkeypatch.setattr(saved, "MANY", 20)
    monkeypatch.setattr(saved, "LOOK_SECONDS", 0)
    made = [actions.save_query(by=lio, name=f"q{at}", text=f"word{at} OR lamp{at}") for at in range(30)]
    path = tmp_path / "deep" / "queries.json"
    first = saved.Saved(path)
    assert first.match([{"id": 1, "text": "lamp3 word29"}]) == [[made[3].pk, made[29].pk]]
    assert path.exists()
    assert not list(path.parent.glob("*.tmp"))

    actions.remove_query(made[3], by=lio)
    actions.save_query(made[4], by=lio, name="q4", text="lamp3")
    new = actions.save_query(by=lio, name="new", text="word29 lamp3")
    rows = [{"id": 1, "text": "lamp3 word29"}, {"id": 2, "text": "word4"}]
    for one in (first, saved.Saved(path)):
        assert [sorted(found) for found in one.match(rows)] == [sorted([made[4].pk, made[29].pk, new.pk]), []]
    path.write_text(json.dumps({"versions": {}, "matcher": "{"}))
    assert [len(found) for found in saved.Saved(path).match(rows)] == [3, 0]
    # Where nothing can be written it goes on without.
    (tmp_path / "file").write_text("")
    assert [len(found) for found in saved.Saved(tmp_path / "file" / "queries.json").match(rows)] == [3, 0]


def test_changed_post_that_no_query_finds_any_more_goes_unless_somebody_is_at_work(lio, hook):
    actions.save_query(by=lio, name="Brand", text="halden")
    heard.take_posts([POST, {**POST, "id": "x2", "text": "Halden again"}], source=hook)
    actions.assign(Mention.objects.get(foreign_id="x2"), to=lio, by=lio)

    heard.take_posts([{**POST, "text": "never mind"}, {**POST, "id": "x2", "text": "never mind"}], source=hook)

    assert list(Mention.objects.values_list("foreign_id", flat=True)) == ["x2"]


def test_web_site_is_muted_and_kept_again(lio, hook, browser_of):
    actions.save_query(by=lio, name="Brand", text="halden")
    heard.take_posts([POST], source=hook)
    browser = browser_of(lio)
    mention = Mention.objects.get()

    browser.post(reverse("listen:mention", args=[mention.pk]), {"mute": "site"})
    mention.refresh_from_db()
    assert (mention.state, Mute.objects.get().value) == ("muted", "news.example.org")
    assert heard.take_posts([{**POST, "id": "x2"}], source=hook) == (1, 0)
    assert "news.example.org" in browser.get(reverse("listen:queries")).content.decode()
    browser.post(reverse("listen:queries"), {"unmute": Mute.objects.get().pk})
    assert heard.take_posts([{**POST, "id": "x2"}], source=hook) == (1, 1)


def test_mention_is_handed_to_a_colleague_who_listens(lio, hook, eli, browser_of):
    actions.save_query(by=lio, name="Brand", text="halden")
    heard.take_posts([POST], source=hook)
    mention = Mention.objects.get()
    mia = makers.make_person("mia", is_listener=True)
    address = reverse("listen:mention", args=[mention.pk])

    page = browser_of(lio).post(address, {"to": mia.pk, "hours": "2"}, follow=True).content.decode()
    mention.refresh_from_db()
    assert mention.assigned_to == mia
    assert "Mia" in page
    page = browser_of(lio).post(address, {"to": eli.pk, "hours": "2"}, follow=True).content.decode()
    assert "Choose who answers" in page
    with pytest.raises(ListenError):
        actions.assign(mention, to=eli, by=lio)


def test_source_is_changed_and_removed_with_what_it_brought(lio, hook, browser_of):
    actions.save_query(by=lio, name="Brand", text="halden")
    heard.take_posts([POST], source=hook)
    Source.objects.filter(pk=hook.pk).update(cursor={"at": 5}, failures=3)
    browser, address = browser_of(lio), reverse("listen:edit_source", args=[hook.pk])

    assert browser.post(address, {"name": "", "keep_days": "7"}).status_code == 422
    browser.post(address, {"name": "Other", "address": "https://else.example.org", "keep_days": "7"})
    hook.refresh_from_db()
    assert (hook.name, hook.keep_days, hook.cursor, hook.failures) == ("Other", 7, {}, 0)
    asked = browser.post(address, {"remove": "1"}).content.decode()
    assert "1 mention that it brought goes with it" in asked
    assert Mention.objects.exists()
    page = browser.post(address, {"remove": "1", "sure": "1"}, follow=True).content.decode()
    assert "with 1 mentions" in page
    assert not Mention.objects.exists()


def test_mentions_are_exported_without_what_was_deleted_and_without_formulas(lio, hook, browser_of, nobody):
    actions.save_query(by=lio, name="Brand", text="halden")
    other = actions.save_query(by=lio, name="Other", text="halden lamp")
    heard.take_posts([{**POST, "text": "=Halden()"}, {**POST, "id": "x2", "text": "Halden lamp"}], source=hook)
    browser, address = browser_of(lio), reverse("listen:export")

    said = browser.get(address).getvalue().decode("utf-8-sig")
    assert "'=Halden()" in said
    assert len(said.strip().splitlines()) == 3
    assert "=Halden" not in browser.get(f"{address}?query={other.pk}").getvalue().decode()
    assert browser.get(f"{address}?format=xlsx").getvalue()[:2] == b"PK"
    assert browser.get(f"{address}?format=doc").status_code == 404
    heard.remove_posts(hook, ["x1"])
    assert "=Halden" not in browser.get(address).getvalue().decode()
    assert nobody.get(address).status_code == 302


def test_who_says_so_may_be_heard_and_nobody_else(lio, hook, browser_of):
    actions.save_query(by=lio, name="Brand", text="halden")
    kim = makers.make_person("kim")
    kim.name = "Kim Berger"
    kim.save()
    browser = browser_of(kim)

    assert heard.take_posts([{**POST, "author": "Kim Berger"}], source=hook) == (1, 0)
    assert "Listening leaves it out" in browser.get(reverse("people:me")).content.decode()
    browser.post(reverse("people:heard"), {"yes": "1"})
    assert heard.take_posts([{**POST, "author": "Kim Berger"}], source=hook) == (1, 1)
    browser.post(reverse("people:heard"))
    assert heard.take_posts([{**POST, "id": "x2", "author": "Kim Berger"}], source=hook) == (1, 0)


def test_preview_shows_what_is_just_missed_and_what_excludes_itself(lio, hook, browser_of):
    actions.save_query(by=lio, name="Brand", text="halden")
    heard.take_posts([POST, {**POST, "id": "x2", "text": "Halden lamp"}], source=hook)

    found = queries.preview("halden zip NOT broken")
    assert [(own.foreign_id, lacks) for own, lacks in found.near] == [("x2", "zip"), ("x1", "NOT broken")]
    page = browser_of(lio).post(
        reverse("listen:new_query"), {"name": "x", "text": "halden zip (tent OR lamp) NOT tent", "look": "1"}
    )
    assert "tent can never be there: it is excluded." in page.content.decode()


def test_mistake_is_explained_in_the_language_of_who_made_it(lio, browser_of):
    lio.language = "de"
    lio.save()
    browser = browser_of(lio)

    page = browser.post(reverse("listen:new_query"), {"name": "x", "text": "zelt AND", "look": "1"}).content.decode()
    assert "Nach AND fehlt ein Wort." in page
    page = browser.post(
        reverse("listen:new_query"), {"name": "x", "text": "zelt lang:de lang:en", "look": "1"}
    ).content.decode()
    assert "Ein Beitrag hat nur eines davon." in page


def test_query_of_another_tool_is_translated_and_what_is_taken_out_is_named(lio, browser_of):
    theirs = "halden and {IT} near3 help and sourcetype:BLOG"
    page = browser_of(lio).post(
        reverse("listen:new_query"), {"name": "x", "text": "(halden or tent) && sourcetype:BLOG", "translate": "1"}
    )

    assert "(halden OR tent)" in page.content.decode()
    assert "<code>sourcetype:BLOG</code>" in page.content.decode()
    page = browser_of(lio).post(reverse("listen:new_query"), {"name": "x", "text": theirs, "translate": "1"})
    assert page.status_code == 422
    assert "on both sides" in page.content.decode()


def test_query_that_a_newer_grammar_refuses_does_not_silence_the_others(lio, caplog):
    refused = actions.save_query(by=lio, name="Refused", text="halden tent")
    good = actions.save_query(by=lio, name="Good", text="halden zip")
    Query.objects.filter(pk=refused.pk).update(text="halden AND")

    found = saved.queries()
    assert found.match([POST]) == [[good.pk]]
    assert f"Saved query {refused.pk} cannot be read" in caplog.text
    actions.remove_query(refused, by=lio)
    assert found.match([POST]) == [[good.pk]]


def test_only_an_administrator_switches_a_source_on(lio, ada, browser_of):
    source = actions.add_source(by=lio, kind="webhook", name="Hook")
    at = reverse("listen:switch", args=[source.pk])

    assert browser_of(lio).post(at, {"on": "1"}).status_code == 403
    assert "An administrator switches it on." in browser_of(lio).get("/listen/sources/").content.decode()
    # Pressed twice, or by two: it is on.
    for _press in range(2):
        browser_of(ada).post(at, {"on": "1"})
    source.refresh_from_db()
    assert source.is_on
    page = browser_of(lio).post(
        reverse("listen:edit_source", args=[source.pk]), {"name": "Hook", "address": "https://x.example", "keep_days": "9"},
        follow=True,
    )  # fmt: skip
    assert "It is off now" in page.content.decode()
    browser_of(ada).post(at, {"on": "1"})
    browser_of(lio).post(at, {"on": "0"})
    source.refresh_from_db()
    assert not source.is_on


def test_new_password_of_a_mailbox_is_taken_and_an_empty_one_keeps_the_old(lio, ada, browser_of):
    source = actions.add_source(by=ada, kind="mail", name="Box", address="imaps://u@h/INBOX", password="old")
    at, sent = (
        reverse("listen:edit_source", args=[source.pk]),
        {"name": "Box", "address": source.address, "keep_days": "9"},
    )

    browser_of(lio).post(at, sent)
    source.refresh_from_db()
    assert actions.password_of(source) == "old"
    browser_of(lio).post(at, {**sent, "password": "new"})
    source.refresh_from_db()
    assert actions.password_of(source) == "new"


def test_two_who_work_one_mention_see_each_other(lio, ada, hook, browser_of):
    actions.save_query(by=lio, name="Brand", text="halden")
    heard.take_posts([POST], source=hook)
    mention = Mention.objects.get()
    at = reverse("listen:mention", args=[mention.pk])
    browser_of(ada).post(at, {"take": "1", "had": ""})

    taken = browser_of(lio).post(at, {"take": "1", "had": ""}, headers={"Sec-Fetch-Site": "same-origin"})

    assert "Ada has it meanwhile" in taken.content.decode()
    browser_of(lio).post(at, {"take": "1", "had": str(ada.pk)})
    mention.refresh_from_db()
    assert mention.assigned_to == lio
    browser_of(ada).post(at, {"done": "answered", "outcome": "Told her."})
    again = browser_of(lio).post(at, {"done": "seen", "outcome": "Nothing."}, headers={"Sec-Fetch-Site": "same-origin"})
    assert "It is done already: “Told her.”" in again.content.decode()
    assert "Nothing." in again.content.decode()
    assert "Told her." in browser_of(lio).get("/listen/").content.decode()
    browser_of(lio).post(at, {"open": "1"})
    mention.refresh_from_db()
    assert (mention.state, mention.answered_at, mention.outcome) == ("open", None, "Told her.")


def test_muting_says_how_many_go_and_can_be_taken_back(lio, hook, browser_of):
    actions.save_query(by=lio, name="Brand", text="halden")
    heard.take_posts([POST, {**POST, "id": "x2", "text": "Halden lamp, on sale now"}], source=hook)
    at = reverse("listen:mention", args=[Mention.objects.get(foreign_id="x2").pk])

    short = browser_of(lio).post(at, {"mute": "phrase", "phrase": "a"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert "in nearly every post" in short.content.decode()
    page = browser_of(lio).post(at, {"mute": "phrase", "phrase": "sale now"}, follow=True)
    assert "Muted; 1 open mention went." in page.content.decode()
    actions.mute(what="phrase", value="on sale", by=lio)
    muted = Mute.objects.get(value="sale now")

    assert actions.unmute(muted, by=lio) == 0
    assert actions.unmute(Mute.objects.get(), by=lio) == 1
    assert Mention.objects.filter(state="open").count() == 2


def test_query_that_cannot_be_read_any_more_can_be_removed(lio, browser_of):
    query = actions.save_query(by=lio, name="Brand", text="halden")
    Query.objects.filter(pk=query.pk).update(text="halden AND (")
    browser, at = browser_of(lio), reverse("listen:edit_query", args=[query.pk])

    assert "Remove the query “Brand”?" in browser.post(at, {"remove": "1"}).content.decode()
    browser.post(at, {"remove": "1", "sure": "1"})

    assert not Query.objects.exists()


def test_list_in_json_is_read_as_lines_are(tmp_path):
    file = tmp_path / "posts.json"
    file.write_text('[{"id": 1, "text": "Halden"}, {"text": "Lamp"}]')

    assert [row["text"] for row in files.read(file)] == ["Halden", "Lamp"]
    file.write_text('[{"id": 1, "text": "Halden"}, {"x": 1}]')
    with pytest.raises(ListenError, match="2"):
        list(files.read(file))
    file.write_text("[{")
    with pytest.raises(ListenError, match="not JSON"):
        list(files.read(file))


def test_what_was_seen_and_noted_is_said_to_whoever_comes_second(lio, hook):
    actions.save_query(by=lio, name="Brand", text="halden")
    heard.take_posts([POST], source=hook)
    mention = Mention.objects.get()
    actions.finish(mention, by=lio, outcome="Known to the shop.", is_answered=False)

    with pytest.raises(ListenError, match="Known to the shop."):
        actions.finish(mention, by=lio, outcome="", is_answered=True)

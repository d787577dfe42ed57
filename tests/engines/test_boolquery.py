"""Boolean queries: how they are read, where they are wrong, and that the quick matcher says what the slow one says."""

import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askfirst.engines import boolquery
from askfirst.engines.boolquery import QueryError, parse
from tests.engines.slow_queries import Maker, is_query, slow_match


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a b OR c", "((a AND b) OR c)"),
        ("a OR b AND c", "(a OR (b AND c))"),
        ("a NOT b c", "(a AND NOT b AND c)"),
        ("a -b", "(a AND NOT b)"),
        ("a AND NOT (b OR c)", "(a AND NOT (b OR c))"),
        ("a NEAR/3 b OR c", "((a NEAR/3 b) OR c)"),
        ("a ONEAR b", "(a ONEAR/5 b)"),
        ('"red tent"', '"red tent"'),
        ('"a b c"~4', '"a b c"~4'),
        ("Café", "cafe"),
        ("don't", '"don t"'),
        ("东京", "东京"),
        ("#Sale @Jo $ACME", "(#sale AND @jo AND $acme)"),
        ("from:Jo url:https://www.example.org/x zelt", "(author:jo AND link:example.org AND zelt)"),
        ("title:(x", None),
        ("followers:>=10 a", "(followers:>=10 AND a)"),
        ("tent “dome tent”", '(tent AND "dome tent")'),
    ],
)
def test_query_is_read_with_its_precedence(text, read):
    if read is None:
        with pytest.raises(QueryError):
            parse(text)
    else:
        assert parse(text).as_read == read


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("", 0, "empty"),
        ("a AND", 5, "a word is missing"),
        ("OR a", 0, "stands where a word is expected"),
        ("(a OR b", 0, "is not closed"),
        ("a) b", 1, "has no “"),
        ("a ()", 2, "The group is empty"),
        ('say "hello', 4, "quotation mark is not closed"),
        ("NOT a", 0, "must be there"),
        ("a OR NOT b", 0, "must be there"),
        ("ab*", 0, "at least three letters"),
        ("t*nt", 1, "only stand at the end"),
        ("a NEAR/99 b", 2, "reaches too far"),
        ('"a b"~99', 0, "~99 reaches too far"),
        ("a NEAR/2", 8, "After NEAR/2 a word is missing"),
        ("(", 1, "Here a word is missing"),
        ("a OR )", 5, "A group ends where a word is expected"),
        ("is:odd a", 3, "is:odd is unknown. Known are reply"),
        ("author:( a", 0, "author: needs a value. Write for example author:word"),
        ("#! a", 0, "is no tag or name"),
        ("a?* b", 0, "two letters beside"),
        ("a-b* c", 0, "more than one word"),
        ("a NEAR #tag", 2, "needs words or phrases"),
        ("a NEAR (b c)", 2, "needs words, phrases"),
        ("lang:", 0, ""),
        ("has:wings a", 4, "Known are"),
        ("followers:many a", 10, "needs a number"),
        ("!!!", 0, "no letter"),
        ("a " * 600, 0, "terms"),
        ("x" * 5000, 4096, "characters"),
        ("(" * 30 + "a" + ")" * 30, None, "nested"),
    ],
)
def test_wrong_query_says_where_and_what_to_do(text, at, words):
    if text == "lang:":
        assert parse(text).as_read == "lang"
        return
    with pytest.raises(QueryError, match=words) as caught:
        parse(text)
    if at is not None:
        assert caught.value.at == at
    assert caught.value.mend


def test_small_operators_raise_a_hint():
    assert [hint.at for hint in parse("tent and stove or lamp").hints] == [5, 15]


@pytest.mark.parametrize(
    ("query", "text", "holds"),
    [
        ("tent", "My TENT!", True),
        ("tent", "tents", False),
        ("tent", "#tent", True),
        ("#tent", "tent", False),
        ("cafe", "Café", True),
        ("straße", "STRASSE", True),
        ("dont", "don't", False),
        ("john", "John's boots", True),
        ('"red tent"', "red, tent", True),
        ('"red tent"', "tent red", False),
        ('"red tent"~0', "tent red", True),
        ("a NEAR/1 b", "a x b", True),
        ("a NEAR/1 b", "a x x b", False),
        ("a ONEAR/1 b", "b a", False),
        ("a NEAR a", "a", False),
        ("a NEAR a", "a a", True),
        ("leak*", "leaking", True),
        ("wom?n", "women", True),
        ("wom?n", "womeen", False),
        ('case:"IT"', "help with IT", True),
        ('case:"IT"', "help with it", False),
        ("😍", "so good 😍😍", True),
        ("東京都", "東京都に行く", True),
        ("東京都", "京都東", False),
        ("sale", "see https://example.org/sale", False),
        ("link:example.org sale", "sale https://shop.example.org/x", True),
        ("has:question tent", "tent?", True),
        ("ｔｅｎｔ", "tent", True),
    ],
)
def test_query_meets_text(query, text, holds):
    assert boolquery.matches(parse(query), {"id": 1, "text": text}) is holds


def test_title_is_searched_and_nothing_is_near_across_it():
    row = {"id": 1, "title": "Red", "text": "tent"}

    assert boolquery.matches(parse("red tent"), row)
    assert boolquery.matches(parse("title:red"), row)
    assert not boolquery.matches(parse("title:tent"), row)
    assert not boolquery.matches(parse('"red tent"'), row)
    assert not boolquery.matches(parse("red NEAR/30 tent"), row)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_quick_matcher_says_what_the_slow_one_says(seed):
    maker = Maker(seed, 240)
    saved: dict[str, str] = {}
    while len(saved) < 150:
        text = maker.common_query()
        if is_query(text):
            saved[f"q{len(saved)}"] = text
    matcher = boolquery.Matcher()
    for name, text in saved.items():
        matcher.add(name, text)

    posts = [maker.post(number) for number in range(150)]
    found = [(post["id"], matcher.match(post)) for post in posts]

    assert found == [(post["id"], slow_match(saved, post)) for post in posts]
    assert sum(len(names) for _id, names in found) > 500


def test_queries_come_change_and_go_without_a_rebuild():
    matcher = boolquery.Matcher()
    matcher.add("a", "tent (red OR blue)")
    matcher.add("b", "stove*")
    matcher.add("a", "lamp NEAR/2 oil")

    assert matcher.match({"id": 1, "text": "red tent, stoves, lamp oil"}) == ["a", "b"]
    assert matcher.match({"id": 1, "text": "red tent"}) == []
    matcher.remove("a")
    matcher.remove("b")
    assert matcher.match({"id": 1, "text": "stoves lamp oil"}) == []
    files = (
        matcher._single,
        matcher._pairs,
        matcher._begun,
        matcher._others,
        matcher._always,
        matcher._prefixes.counts,
    )
    assert not any(files)
    matcher.add("c", "lamp")
    assert matcher.match({"id": 1, "text": "lamp"}) == ["c"]


def test_prefixes_come_and_go_whatever_was_seen_before():
    matcher = boolquery.Matcher()
    matcher.add("a", "lamp*")
    post = {"id": 1, "text": "stoves and lamps"}
    assert matcher.match(post) == ["a"]
    matcher.add("b", "stov*")
    matcher.add("c", "stov* OR #lam*")
    assert matcher.match(post) == ["a", "b", "c"]
    matcher.remove("a")
    assert matcher.match(post) == ["b", "c"]
    matcher.remove("b")
    assert matcher.match({"id": 2, "text": "a stove"}) == matcher.match({"id": 3, "text": "#lamps"}) == ["c"]
    assert matcher.match({"id": 4, "text": "sto lamp stowed"}) == []
    matcher.add("d", "lang* red")
    matcher.add("e", "red (stov* OR tents)")
    assert matcher.match({"id": 5, "text": "a red stove", "lang": "en"}) == ["e", "c"]
    assert matcher.match({"id": 6, "text": "red tents and languages"}) == ["e", "d"]


def test_many_prefixes_below_one_word_are_found_as_few_are():
    matcher = boolquery.Matcher({"tent": 1.0})
    for at in range(30):
        matcher.add(f"q{at}", f"tent camp{at}*")
    long = {"id": 1, "text": "tent " + " ".join(f"word{at}" for at in range(300)) + " camp7th camp29"}
    matcher.add("long", f"tent {'x' * 50}*")

    assert matcher.match({"id": 2, "text": "a tent, camp7th, lang", "lang": "camp3"}) == ["q7"]
    assert matcher.match(long) == ["q2", "q7", "q29"]
    assert matcher.match({"id": 3, "text": f"tent {'x' * 60}"}) == ["long"]


def test_near_counts_in_a_post_that_says_its_words_often():
    often = {"id": 1, "text": "tent " * 12 + "red " * 9 + "x " * 40 + "lamp"}
    assert boolquery.matches(parse("tent NEAR/2 red"), often)
    assert boolquery.matches(parse("x ONEAR/30 lamp"), often)
    assert not boolquery.matches(parse("red ONEAR/2 tent"), often)
    assert not boolquery.matches(parse("red NEAR/30 lamp"), often)
    assert boolquery.matches(parse("(red OR lamp) NEAR/1 tent"), {"id": 2, "text": "lamp tent " * 300})


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(alphabet='abc ()"*?#@-:~/NEARORDT0123', max_size=60))
def test_any_text_is_a_query_or_a_clear_error(text):
    try:
        query = parse(text)
    except QueryError as error:
        wrong = error
    else:
        wrong = None
    if wrong is not None:
        assert 0 <= wrong.at <= len(text)
        assert wrong.mend
        return
    assert parse(query.as_read).as_read == query.as_read or "title:" in query.as_read or "case:" in query.as_read
    boolquery.matches(query, {"id": 1, "text": "abc a b c NEAR"})


def test_terminal_matches_files(tmp_path):
    queries, posts = tmp_path / "q.tsv", tmp_path / "p.jsonl"
    queries.write_text("z\ttent\na\ttent NOT circus\n")
    posts.write_text('{"id": 7, "text": "a tent"}\n{"id": 8, "text": "circus tent"}\n\n{"id": 9, "text": "lamp"}\n')
    command = [sys.executable, "-m", "askfirst", "listen", "match", "--queries", str(queries)]

    done = subprocess.run([*command, str(posts)], capture_output=True, text=True, check=False)
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {"id": 7, "names": ["z", "a"]}, {"id": 8, "names": ["z"]}, {"id": 9, "names": []}
    ]  # fmt: skip
    queries.write_text("z\ttent AND\n")
    done = subprocess.run([*command, str(posts)], capture_output=True, text=True, check=False)
    assert (done.returncode, "q.tsv:1: at character 9" in done.stderr) == (2, True)


def test_stored_queries_come_back_as_they_were_and_go_on_changing():
    maker = Maker(5, 240)
    matcher = boolquery.Matcher({"ba": 3.0})
    matcher.add_all((f"q{at}", text) for at in range(120) if is_query(text := maker.common_query()))
    matcher.remove("q7")
    posts = [maker.post(number) for number in range(60)]

    again = boolquery.Matcher.from_json(matcher.to_json())
    assert [again.match(post) for post in posts] == [matcher.match(post) for post in posts]
    for one in (matcher, again):
        one.remove("q8")
        one.add("q9", "lamp NEAR/2 oil")
        one.add("new", "stove* followers:>5 OR case:X")
    assert [again.match(post) for post in posts] == [matcher.match(post) for post in posts]
    assert again.match({"id": 1, "text": "oil lamp"}) == ["q9"]
    for broken in ("", "{}", '{"format": 0}', matcher.to_json()[:-9]):
        with pytest.raises(ValueError):
            boolquery.Matcher.from_json(broken)


def test_query_gives_up_on_a_post_made_to_hold_it_up_and_says_so():
    """The longest post that is kept, with nothing but the two words, before nearness inside nearness."""
    matcher = boolquery.Matcher()
    matcher.add("costly", "(((a* OR ab) NEAR/30 (a* OR ac)) NEAR/30 a*) NEAR/30 (a* NEAR/30 zz)".replace("a*", "abc*"))
    matcher.add("plain", "abc")
    post = {"id": 1, "text": "abc abcd " * 1100 + "zz"}

    assert matcher.match(post) == ["plain"]
    assert matcher.gave_up == {"costly": 1}
    assert boolquery.matches(parse("abc NEAR/5 abcd"), {"id": 2, "text": "abc abcd " * 16})

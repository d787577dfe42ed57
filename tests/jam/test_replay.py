"""Timelines: written the same at every run, read with care, and played into a served jam."""

import json

import click
import pytest

from askfirst.jam import replay


def test_imagined_session_is_the_same_at_every_run():
    once = list(replay.imagine(questions=520, voters=5000, seconds=3600, seed=1))
    again = list(replay.imagine(questions=520, voters=5000, seconds=3600, seed=1))

    assert once == again
    assert sum(event["act"] == "ask" for event in once) == 520
    assert len({event["person"] for event in once if event["act"] == "vote"}) > 4500


@pytest.mark.parametrize(
    "line", ["not json", '{"second": 1}', '{"second": 1, "person": 1, "act": "dance", "text": "x"}']
)
def test_bad_timeline_is_refused_by_line(tmp_path, line):
    (tmp_path / "t.jsonl").write_text('{"second": 1, "person": 1, "act": "ask", "text": "Who pays?"}\n' + line)

    with pytest.raises(click.ClickException, match="line 2"):
        replay.read_timeline(tmp_path / "t.jsonl")


def test_session_is_played_into_a_served_jam(empty_site, tmp_path):
    code = empty_site.run("jam", "open", "Rehearsal").strip()
    empty_site.start()
    events = list(replay.imagine(questions=12, voters=20, seconds=60, seed=3))
    first = next(event for event in events if event["act"] == "ask")
    events.append({**first, "second": 70, "act": "withdraw"})
    (tmp_path / "t.jsonl").write_text("\n".join(json.dumps(event) for event in events))

    told = json.loads(
        empty_site.run(
            "jam", "replay", str(tmp_path / "t.jsonl"), "--url", empty_site.url, "--code", code, "--speed", "60"
        )
    )

    assert told["ask 200"] == 12
    assert told["vote 200"] > 0
    assert told["withdraw 302"] == 1
    assert "**withdrawn**" in empty_site.run("jam", "ledger", code, "--format", "md")


def test_replay_says_at_once_that_nothing_was_played(empty_site, tmp_path):
    timeline = tmp_path / "t.jsonl"
    timeline.write_text('{"second": 0, "person": 1, "act": "ask", "text": "May I?"}\n')
    empty_site.start()

    for url, words in (
        (empty_site.url, "Nobody can join the jam NOPE22"),
        ("http://127.0.0.1:9", "Nothing answers at"),
    ):
        said = empty_site.refused("jam", "replay", str(timeline), "--url", url, "--code", "NOPE22")
        assert words in said

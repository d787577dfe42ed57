"""Triage and bursts: kinds on a gold set of our own, reasons, learning from corrections; a burst seen soon and quiet nights left alone."""

import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from askfirst.engines import burst
from askfirst.engines.triage import KINDS, Head, learn, triage
from askfirst.engines.triage.cues import BEGUN, CUES

GOLD = Path(__file__).parent / "gold"


def scored(name: str) -> tuple[float, float, float]:
    """(macro-F1, recall of risks, their precision) on a gold set; a risk is found where it is among the kinds."""
    right, wrong, missed, flagged = Counter(), Counter(), Counter(), Counter()
    for line in (GOLD / name).read_text(encoding="utf-8").splitlines():
        kind, text = line.split("|", 1)
        found = triage({"id": 1, "text": text})
        right[kind] += found.kind == kind
        wrong[found.kind] += found.kind != kind
        missed[kind] += found.kind != kind
        flagged["risk" in found.kinds, kind == "risk"] += 1
    scores = [2 * right[kind] / (2 * right[kind] + wrong[kind] + missed[kind]) for kind in KINDS]
    hits = flagged[True, True]
    return sum(scores) / len(scores), hits / (hits + flagged[False, True]), hits / (hits + flagged[True, False])


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("mentions.txt", 0.93),
        ("mentions.second.txt", 0.66),
        ("mentions.third.txt", 0.92),
        ("mentions.fourth.txt", 0.78),
    ],
)
def test_kinds_are_told_apart(name, least):
    """The first set names things by their usual words, the second avoids them, the others are ordinary; trained on is none."""
    macro, recall, precision = scored(name)

    assert macro >= least
    assert recall >= 0.9
    assert precision >= 0.3


@pytest.mark.parametrize(
    ("text", "mood", "kind"),
    [
        ("Best tent ever, thank you!", "good", "praise"),
        ("Third zip broken. Never again.", "bad", "complaint"),
        ("Great, another broken zip. Well done.", "mixed", "complaint"),
        ("It never broke in ten years, love it", "good", "praise"),
        ("I am not happy with the new zip", "bad", "complaint"),
    ],
)
def test_mood_and_kind_survive_irony_and_negation(text, mood, kind):
    found = triage({"text": text})

    assert (found.mood, found.kind) == (mood, kind)
    assert found.reasons


def test_no_cue_is_passed_over_for_how_its_phrases_begin():
    posts = [
        line.split("|", 1)[-1].lower() for path in GOLD.glob("mentions*.txt") for line in path.open(encoding="utf-8")
    ]
    posts += ["a shoutout to the driver", "we shout-out", "rip off", "ripoff", "sh1t", "hackers", "been waiting for it"]

    found = [(at, post) for at, cue in enumerate(CUES) for post in posts if cue.phrases and cue.phrases.search(post)]

    assert len(found) > 200
    for at, post in found:
        assert BEGUN.of(post) >> at & 1, (CUES[at].reason, post)


def test_sober_facts_are_no_risks():
    facts = (GOLD / "sober.txt").read_text(encoding="utf-8").splitlines()

    assert sum(triage({"text": text}).kind == "risk" for text in facts) <= len(facts) // 10


def test_risk_comes_before_chat_and_reach_counts():
    risk = triage({"text": "Stove exploded, burns on both arms", "followers": 20000})
    chat = triage({"text": "lovely mug, thanks"})

    assert risk.priority > 70 > chat.priority
    assert risk.priority > triage({"text": "Stove exploded, burns on both arms"}).priority


def test_unknown_language_is_unsure():
    assert triage({"text": "Палатка очень хорошая и лёгкая, спасибо большое"}).is_unsure
    assert triage({"text": "La tente est vraiment parfaite et très légère", "lang": "fr"}).is_unsure


def test_corrections_are_learnt_here_only():
    head = Head()
    texts = [f"zorblax number {number} arrived" for number in range(12)]
    before = triage({"text": "zorblax number 99 arrived"}, head=head).kind
    for text in texts:
        learn(head, {"text": text}, "praise")

    again = Head.from_bytes(head.to_bytes(), head.decisions)
    assert before != "praise"
    assert triage({"text": "zorblax number 99 arrived"}, head=again).kind == "praise"
    assert triage({"text": "zorblax number 99 arrived"}).kind == before


def test_terminal_triages_lines(tmp_path):
    posts = tmp_path / "p.jsonl"
    posts.write_text('{"id": 1, "text": "Do you ship to Norway?"}\n')

    done = subprocess.run(
        [sys.executable, "-m", "askfirst", "listen", "triage", str(posts)], capture_output=True, text=True, check=False
    )

    row = json.loads(done.stdout)
    assert (row["id"], row["kind"], done.returncode) == (1, "question", 0)
    posts.write_text("no json\n")
    done = subprocess.run(
        [sys.executable, "-m", "askfirst", "listen", "triage", str(posts)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, "p.jsonl:1" in done.stderr) == (2, True)


def week(seed: int, per_step: float, days: int = 8):
    """(hour, count) of steps with a rhythm of the day."""
    chance = random.Random(seed)
    for step in range(days * 288):
        hour = step // 12 % 24
        rate = per_step * (0.15 if hour < 6 else 1.0 if hour < 18 else 1.6)
        yield hour, sum(chance.random() < rate / 20 for _ in range(20))


@pytest.mark.parametrize("per_step", [0.05, 0.5, 3.0])
def test_rhythm_of_the_day_raises_nothing_and_a_burst_is_seen_within_half_an_hour(per_step):
    false, seen = 0, 0
    for seed in range(6):
        memory = burst.Burst()
        for hour, count in week(seed, per_step):
            false += memory.add(count, hour).has_begun
        for _step in range(6):
            if memory.add(max(3, round(per_step * 20)), 12).is_burst:
                seen += 1
                break

    assert seen == 6
    assert false <= 3


def test_burst_ends_and_memory_can_be_stored():
    memory = burst.Burst()
    for hour, count in week(1, 0.5, days=3):
        memory.add(count, hour)
    for _ in range(6):
        memory.add(30, 12)
    memory = burst.Burst.from_values(json.loads(json.dumps(memory.to_values())))
    assert memory.is_on

    readings = [memory.add(0, 13) for _ in range(12)]

    assert not readings[-1].is_burst

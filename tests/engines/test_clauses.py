"""The linter of policies against sentences of our own: half of them forbid too much, half are fine."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from askfirst.engines import clauses

GOLD = [line.split("\t") for line in (Path(__file__).parent / "gold/policy_sentences.tsv").read_text().splitlines()]
PROTECTED = [
    "You may talk about your pay with anybody.", "Nothing here keeps you from joining a union.", "You can report wrongdoing to the authorities.",
    "We will never ask for your password.", "You are free to criticise our decisions in public.", "Talking about working conditions is protected.",
    "Nobody is asked to share our posts.", "Your off-duty politics are your own business.",
]  # fmt: skip


def said(sentence):
    return [finding.rule for finding in clauses.lint(sentence)]


def test_gold_set_is_half_fine_and_large_enough():
    fine = sum(label == "fine" for label, _sentence in GOLD)

    assert len(GOLD) >= 120
    assert abs(fine / len(GOLD) - 0.5) < 0.05


def test_precision_and_recall_stay_where_they_are_published():
    flagged = [(label, bool(said(sentence))) for label, sentence in GOLD]
    right = sum(is_said for label, is_said in flagged if label != "fine")
    wrong = sum(is_said for label, is_said in flagged if label == "fine")

    assert right / sum(label != "fine" for label, _ in flagged) >= 0.95
    assert wrong == 0


@pytest.mark.parametrize("sentence", PROTECTED)
def test_protected_speech_that_is_allowed_is_never_flagged(sentence):
    assert said(sentence) == []


def test_finding_carries_place_authority_date_and_a_narrower_idea():
    text = "# Policy\n\nHello there, colleagues.\n\n- Never discuss salaries or working conditions.\n"

    (found,) = clauses.lint(text)

    assert text[found.start : found.end] == "Never discuss salaries or working conditions."
    assert (found.rule, bool(found.idea), "NLRA" in found.authority, found.as_of[:2]) == (
        "pay_and_conditions",
        True,
        True,
        "20",
    )


def test_coverage_depends_on_the_country():
    assert {"whistle_us", "private_accounts"} <= {topic.id for topic in clauses.missing("", {"us"})}
    assert "whistle_us" not in {topic.id for topic in clauses.missing("", {"eu"})}


def test_readability_prefers_short_words_and_sentences():
    easy = clauses.readability("Ask first. Then post. If you are not sure, wait a day.")
    hard = clauses.readability(
        "Notwithstanding any contractual stipulation to the contrary, communications disseminated electronically necessitate authorisation."
    )

    assert (easy.label, hard.label) == ("easy", "very hard")


def test_terminal_lints_a_file(tmp_path):
    file = tmp_path / "policy.md"
    file.write_text("Be respectful at all times.\n")
    command = [sys.executable, "-m", "askfirst", "policy", "lint", str(file), "--country", "uk", "--format", "json"]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert rows[0]["rule"] == "civility"
    assert {row["kind"] for row in rows} == {"restriction", "missing", "readability"}
    assert subprocess.run([*command[:-3], "mars"], capture_output=True, check=False).returncode == 2

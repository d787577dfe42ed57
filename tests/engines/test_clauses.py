"""The linter of policies against sentences of our own in two languages: half of them forbid too much, half are fine."""

import json
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from askfirst.engines import clauses

GOLD = {
    language: [line.split("\t") for line in (Path(__file__).parent / "gold" / name).read_text().splitlines()]
    for language, name in (("en", "policy_sentences.tsv"), ("de", "policy_sentences.de.tsv"))
}
GERMAN = polib.pofile(str(Path(clauses.__file__).parents[2] / "locale/de/LC_MESSAGES/django.po"))
PROTECTED = [
    "You may talk about your pay with anybody.", "Nothing here keeps you from joining a union.", "You can report wrongdoing to the authorities.",
    "We will never ask for your password.", "You are free to criticise our decisions in public.", "Talking about working conditions is protected.",
    "Nobody is asked to share our posts.", "Your off-duty politics are your own business.", "If somebody speaks at an event, it is okay to post live.",
    "Du darfst mit allen über dein Gehalt reden.", "Kritik an unseren Entscheidungen ist erlaubt, auch öffentlich.",
    "Niemand muss unsere Beiträge teilen.", "Der Weg zu den Behörden steht dir jederzeit offen.",
]  # fmt: skip


def said(sentence):
    return [finding.rule for finding in clauses.lint(sentence)]


@pytest.mark.parametrize("gold", GOLD.values(), ids=GOLD)
def test_gold_set_is_half_fine_and_large_enough(gold):
    fine = sum(label == "fine" for label, _sentence in gold)

    assert len(gold) >= 120
    assert abs(fine / len(gold) - 0.5) < 0.05


@pytest.mark.parametrize("gold", GOLD.values(), ids=GOLD)
def test_precision_and_recall_stay_where_they_are_published(gold):
    flagged = [(label, any(finding.is_sure for finding in clauses.lint(sentence))) for label, sentence in gold]
    right = sum(is_said for label, is_said in flagged if label != "fine")
    wrong = sum(is_said for label, is_said in flagged if label == "fine")

    assert right / sum(label != "fine" for label, _ in flagged) >= 0.95
    assert wrong == 0


@pytest.mark.parametrize("gold", GOLD.values(), ids=GOLD)
def test_what_is_only_likely_is_seldom_wrong(gold):
    fine = [sentence for label, sentence in gold if label == "fine"]

    assert sum(bool(said(sentence)) for sentence in fine) / len(fine) <= 0.03


def test_ordinary_sentences_are_found_surely_or_likely_and_fine_ones_left_alone():
    lines = (Path(__file__).parent / "gold/policy_sentences.ordinary.tsv").read_text().splitlines()
    rows = [(label, bool(said(sentence))) for label, sentence in (line.split("\t") for line in lines)]

    assert [label for label, is_said in rows if label == "fine" and is_said] == []
    assert sum(is_said for _label, is_said in rows) / sum(label != "fine" for label, _ in rows) >= 0.9


def test_words_that_no_rule_knows_are_likely_at_most():
    (found,) = clauses.lint("Anger at the firm has no place on the profiles of our people.")

    assert not found.is_sure
    assert clauses.lint("You may be angry at the firm on your profile, and say so.") == []


@pytest.mark.parametrize("topic", clauses.TOPICS, ids=lambda topic: topic.id)
def test_our_own_examples_cover_their_topic_and_forbid_nothing_protected(topic):
    for example in topic.examples:
        for text in (example, GERMAN.find(example).msgstr):
            assert topic.id in clauses.covered(text)
            assert said(text) == []


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


def test_countries_are_known_by_their_own_codes_too():
    assert [clauses.country(said) for said in ("DE", "gb", "US", "eu", "xx")] == ["eu", "uk", "us", "eu", "xx"]


def test_coverage_depends_on_the_country():
    assert {"whistle_us", "private_accounts"} <= {topic.id for topic in clauses.missing("", {"us"})}
    assert "whistle_us" not in {topic.id for topic in clauses.missing("", {"eu"})}


def test_readability_prefers_short_words_and_sentences():
    easy = clauses.readability("Ask first. Then post. If you are not sure, wait a day.")
    hard = clauses.readability(
        "Notwithstanding any contractual stipulation to the contrary, communications disseminated electronically necessitate authorisation."
    )

    assert (easy.label, hard.label) == ("easy", "very hard")


def test_readability_of_german_allows_for_its_longer_words():
    """Amstad's formula calls plain what Flesch's, made for English, would call hard."""
    plain = clauses.readability("Frag zuerst. Wenn du dir nicht sicher bist, warte einen Tag und schlaf darüber.")
    hard = clauses.readability(
        "Ungeachtet anderslautender vertraglicher Bestimmungen bedürfen Veröffentlichungen mit Unternehmensbezug der Genehmigung."
    )

    assert (plain.label, hard.label) == ("easy", "very hard")


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

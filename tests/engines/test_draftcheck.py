"""The coach's findings: a gold set of our own in two languages, and each detector's borders."""

import json
import subprocess
import sys
from collections import Counter
from datetime import date

import pytest

from askfirst.engines import draftcheck
from askfirst.engines.draftcheck import offline, terms
from askfirst.engines.languages import language_of
from tests.engines.labelled import GOLD, gold

MEASURED = ("mail", "phone", "iban", "card", "secrets", "location", "disclosure")


def found_in(text: str, **known) -> set[str]:
    return {own.detector for own in draftcheck.check(draftcheck.Draft(text, **known))}


@pytest.mark.parametrize(("language", "least"), [("en", 1390), ("de", 461)])
def test_detectors_keep_their_precision_and_recall_on_the_gold_set(language, least):
    right, wrong, missed = Counter(), Counter(), Counter()
    rows = gold(language)
    for label, text in rows:
        there = found_in(text)
        for detector in MEASURED:
            is_there = detector in label.split()
            right[detector] += is_there and detector in there
            missed[detector] += is_there and detector not in there
            wrong[detector] += not is_there and detector in there

    assert len(rows) >= least
    for detector in MEASURED:
        floor = 0.90 if detector == "disclosure" else 0.95
        assert right[detector] / (right[detector] + wrong[detector]) >= floor, detector
        assert right[detector] / (right[detector] + missed[detector]) >= (0.85 if detector == "disclosure" else 0.90), (
            detector
        )


# Batches that were measured before they were learnt from (docs/why/coach.md): the file, how many posts, and for each detector the least
# precision and recall. The second judges know words that no rule has. The latest are of secrets and places; nothing was learnt from
# the ordinary ones.
LATER = (
    ("later", 250, (("secrets", 0.95, 0.95), ("location", 0.95, 0.90), ("disclosure", 0.85, 0.55))),
    ("latest", 300, (("secrets", 0.95, 0.90), ("location", 0.95, 0.85))),
    ("ordinary", 22, (("location", 0.95, 0.80),)),
)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(("name", "least", "floors"), LATER)
def test_later_posts_in_other_words_are_found_as_often_as_they_were(name, least, floors, language):
    rows = [(label, found_in(text)) for label, text in gold(language, name)]

    assert len(rows) >= least
    for detector, precision, recall in floors:
        right = sum(label == detector and detector in there for label, there in rows)
        assert right / sum(detector in there for _label, there in rows) >= precision, detector
        assert right / sum(label == detector for label, _there in rows) >= recall, detector


SAID = ("promise", "claim", "review", "ai")


@pytest.mark.parametrize(("language", "floor"), [("en", 0.7), ("de", 0.7)])
def test_promises_claims_reviews_and_what_ai_made_are_found(language, floor):
    """Of sentences of every kind seven in ten at least; of clean posts hardly one."""
    lines = (GOLD / f"says.{language}.txt").read_text(encoding="utf-8").splitlines()
    rows = [
        (kind, found_in(text, organisation="Halden Outdoor"))
        for kind, _bar, text in (own.partition("|") for own in lines)
    ]
    clean = [found & {*SAID} for kind, found in rows if kind == "clean"]

    assert sum(map(bool, clean)) <= len(clean) // 20
    for kind in SAID:
        mine = [kind in found for own, found in rows if own == kind]
        assert sum(mine) / len(mine) >= floor, kind
    others = [found_in(text) & {*SAID} for label, text in gold(language) if label == "clean"]
    assert sum(map(bool, others)) / len(others) <= 0.02


def test_nothing_is_found_in_speech_about_work_even_where_it_is_not_recognised():
    """Written without the usual words, after the table was first trained; the names of the law are seldom in such posts."""
    posts = (GOLD / "rights.txt").read_text(encoding="utf-8").splitlines()

    assert len(posts) >= 38
    assert [text for text in posts if found_in(text, organisation="Halden", own_names=("Halden",))] == []
    assert sum(map(draftcheck.is_protected, posts)) >= 16


def test_speech_about_work_is_told_from_other_talk_in_the_same_words():
    """A second batch that nothing was learnt from; one post in it is taken for a place: a bus home at nine fifty."""
    rows = [line.split("|", 1) for line in (GOLD / "rights.second.txt").read_text(encoding="utf-8").splitlines()]
    speech = [text for kind, text in rows if kind == "rights"]

    assert len(speech) >= 38
    assert sum(map(draftcheck.is_protected, speech)) >= 25
    assert len([text for text in speech if found_in(text, organisation="Halden", own_names=("Halden",))]) <= 1
    assert [text for kind, text in rows if kind == "other" and draftcheck.is_protected(text)] == []


@pytest.mark.parametrize(
    "text", ["My number is 22150215, any time", "Any time: 22150215 is my direct line", "wa.me/491712345678"]
)
def test_a_run_of_digits_is_a_telephone_number_where_somebody_is_to_call_it(text):
    assert found_in(text) == {"phone"}


@pytest.mark.parametrize(
    "text",
    [
        "My policy number is 614258270 and nobody can find it",
        "Member number 0441 238 118, since 1987",
        "Your file number is 0301 2345678",
        "Batch number 030 1234567 is the one recalled",
        "Meine Versicherungsnummer ist 0171 2345678",
        "Die Chargennummer ist 0172 3344556",
    ],
)
def test_what_else_is_numbered_is_no_telephone(text):
    assert "phone" not in found_in(text)


@pytest.mark.parametrize("text", ["Meine Handynummer ist 0171 2345678", "Notrufnummer der Werkstatt: 0211 4455667"])
def test_numbers_by_names_of_telephones_are_found(text):
    assert found_in(text) == {"phone"}


def test_nothing_is_found_in_sober_facts():
    """Long sentences about the world; whoever learnt from short posts alone took one in three for something."""
    facts = (GOLD / "sober.txt").read_text(encoding="utf-8").splitlines()

    assert len(facts) >= 40
    assert [text for text in facts if found_in(text) or draftcheck.is_protected(text)] == []


def test_naming_what_the_employer_sells_asks_for_disclosure():
    known = {
        "organisation": "Halden Outdoor",
        "brands": draftcheck.Names(["Ridge 2", "Fell Runner", "Moorland Parka", "Tarn Kettle"], is_people=False),
    }
    rows = [(label == "disclosure", "disclosure" in found_in(text, **known)) for label, text in gold("en", "brands")]
    right = rows.count((True, True))

    assert len(rows) >= 50
    assert right / (right + rows.count((False, True))) >= 0.90
    assert right / (right + rows.count((True, False))) >= 0.85
    assert found_in("I work for Halden Outdoor. Day four and the Ridge 2 is still standing.", **known) == set()


def test_praising_the_employer_by_name_asks_for_disclosure():
    rows = [(label, "disclosure" in found_in(text, organisation="Halden")) for label, text in gold("en", "employer")]
    right = rows.count(("disclosure", True))

    assert len(rows) >= 60
    assert right / (right + rows.count(("clean", True))) >= 0.90
    assert right / (right + rows.count(("disclosure", False))) >= 0.85


@pytest.mark.parametrize("language", ["en", "de"])
def test_protected_speech_has_no_finding(language):
    rows = [text for label, text in gold(language) if label == "protected"]

    assert len(rows) >= 14
    assert [(text, there) for text in rows if (there := found_in(text))] == []


def test_protected_speech_still_hides_no_secret():
    assert found_in("Our pay is low, the wifi password is Sunflower2024! by the way.") == {"secrets"}


def test_a_word_that_only_ends_like_a_key_is_none():
    assert found_in("MONKEY: business as usual") == set()
    assert found_in("SECRET_KEY=quill-otter-93") == {"secrets"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The tent is on the hill and we like it", "en"),
        ("Das Zelt steht auf dem Hügel und ist nicht schwer", "de"),
        ("Le sac est dans la maison", "fr"),
        ("", "en"),
    ],
)
def test_language_is_told_by_little_words(text, language):
    assert language_of(text) == language


def test_glossary_finds_endings_lookalikes_and_writing_together():
    glossary = draftcheck.Glossary([draftcheck.Term("Blue Heron"), draftcheck.Term("Laterne")])

    for text in (
        "Blue Herons fly",
        "blue-heron",
        "BLUEHERON is near",
        "Βlue Hеron",
        "Blue\u200b Heron",
        "bl\u00adue heron",
        "Blu3 Her0n",
        "die Laternen",
    ):
        assert [text[start:end] for start, end, _term in glossary.find(text)], text
    for text in ("the heron is blue", "blue sky, grey heron", "Later, never", ""):
        assert list(glossary.find(text)) == [], text


def test_embargo_ends_on_its_day():
    glossary = draftcheck.Glossary([draftcheck.Term("Ridge 3", date(2026, 5, 14))])

    before = draftcheck.check(draftcheck.Draft("Ridge 3 is light", glossary=glossary, today=date(2026, 5, 13)))
    assert [(own.start, own.end, own.words) for own in before] == [
        (0, 7, "Not announced yet; it may be said from 2026-05-14.")
    ]
    assert found_in("Ridge 3 is light", glossary=glossary, today=date(2026, 5, 14)) == set()


def test_names_are_whole_and_capitalised():
    people = draftcheck.Names(["Will Power", "Anna-Lena Müller", "Pat O'Neill", "Rose"])

    def names(text):
        return [text[start:end] for start, end in people.find(text)]

    assert names("I saw Will Power and Anna-Lena Mueller, and Pat O’Neill's dog.") == [
        "Will Power",
        "Anna-Lena Mueller",
        "Pat O’Neill",
    ]
    assert names("they will power on; Rose is a flower, Will. Power failed") == []


def test_own_name_is_no_finding():
    people = draftcheck.Names(["Eli Marsh"])

    assert found_in("Yours, Eli Marsh", people=people) == {"name"}
    assert found_in("Yours, Eli Marsh", people=people, own_names=("Eli Marsh",)) == set()


def test_glossary_file_says_which_line_is_wrong():
    assert terms.read(["# ours", "Blue Heron", "Ridge 3, 2026-05-14", ""]) == [
        draftcheck.Term("Blue Heron"), draftcheck.Term("Ridge 3", date(2026, 5, 14))
    ]  # fmt: skip
    with pytest.raises(ValueError, match="Line 1: “14.05.2026” is not a date"):
        terms.read(["Ridge 3; 14.05.2026"])


@pytest.mark.parametrize(
    ("text", "detectors"),
    [
        ("#a #b #c #d #e #f", {"hashtags"}),
        ("THIS IS REALLY VERY IMPORTANT NOW", {"shouting"}),
        ("What an idiot.", {"tone"}),
        ("Prices will not change before May.", {"promise"}),
        ("We will refund everybody by Friday.", {"promise"}),
        ("Our tea cures depression.", {"claim"}),
        ("Picture made in Midjourney.", {"ai"}),
        ("Picture: AI-generated, made in Midjourney.", set()),
        ("See https://files.example.org/x?token=abc123def", {"link"}),
        ("http://wiki.intranet.example.org/page", {"link"}),
        ("My SSN is 536-90-4399.", {"id"}),
    ],
)
def test_other_detectors(text, detectors):
    assert found_in(text) - {"disclosure"} == detectors


def test_chorus_is_heard():
    said = "Proud of our pegs. Truly superb pegs for every storm!"

    assert "chorus" in found_in("Proud of our pegs! Truly superb pegs for every storm. #pegs", recent=(said,))
    assert "chorus" not in found_in("I bend pegs for testing. Twelve this morning, and none broke.", recent=(said,))


@pytest.mark.parametrize(
    "text",
    [
        "Write to bob@example.org",
        "Call 07700 900123",
        "DE89 3704 0044 0532 0130 00",
        "Card 4111 1111 1111 1111",
        "At 53.80012, -1.54911",
    ],
)
def test_data_can_be_taken_out_with_one_tap(text):
    assert [own.mend for own in draftcheck.check(draftcheck.Draft(text))] == [""]


def test_lead_mends_a_disclosure():
    text = "The new Halden tent is the best tent, buy it!"
    [own] = [
        one for one in draftcheck.check(draftcheck.Draft(text, organisation="Halden")) if one.detector == "disclosure"
    ]

    assert (own.is_lead, own.mend) == (True, "I work for Halden. ")
    assert "disclosure" not in found_in(own.mend + text, organisation="Halden")


def run(*arguments: str, given: str = "") -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "askfirst", "coach", "check", *arguments],
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )


def test_terminal_prints_lines_of_json_and_its_exit_status_tells(tmp_path):
    glossary, roster = tmp_path / "g.txt", tmp_path / "r.csv"
    glossary.write_text("Blue Heron\n")
    roster.write_text("name,email\nGrace Adeyemi,g@example.org\n")

    done = run(
        "-",
        "--glossary",
        str(glossary),
        "--roster",
        str(roster),
        "--format",
        "json",
        given="Grace Adeyemi knows Blue Heron: g@example.org",
    )

    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1, done.stderr
    assert [(row["detector"], row["start"], row["end"]) for row in rows] == [
        ("name", 0, 13),
        ("term", 20, 30),
        ("mail", 32, 45),
    ]
    assert run("-", given="A quiet Tuesday.").returncode == 0
    assert run(str(tmp_path / "none.txt")).returncode == 2
    (tmp_path / "latin.txt").write_bytes(b"gr\xfc\xdfe")
    assert "not UTF-8" in run(str(tmp_path / "latin.txt")).stderr


@pytest.mark.parametrize(
    ("line", "term"),
    [
        ("Smith, Jones & Partners", ("Smith, Jones & Partners", None)),
        ("Smith, Jones & Partners, 2027-01-02", ("Smith, Jones & Partners", date(2027, 1, 2))),
        ('"Smith, Jones",2027-01-02', ("Smith, Jones", date(2027, 1, 2))),
        ("Blue Heron;2027-01-02;kept by marketing", ("Blue Heron", date(2027, 1, 2))),
        ("#ProjectLantern", ("#ProjectLantern", None)),
        ("Terminal North", ("Terminal North", None)),
        ("Ridge 3, 2 rooms", ("Ridge 3, 2 rooms", None)),
    ],
)
def test_terms_are_taken_as_people_write_them(line, term):
    [found] = terms.read([line])

    assert (found.text, found.until) == term


def test_rules_that_go_to_browsers_use_what_every_browser_reads():
    sources = [pattern["source"] for rule in offline.RULES for pattern in rule.for_browser()["patterns"]]

    assert [own for own in sources if "(?-i" in own or "(?P" in own or "(?>" in own] == []

"""The grouping engine: what must hold over any history, and what it must see in plain cases."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askfirst.engines.alike import Index, Settings, Vector, group_all, load_encoder
from askfirst.engines.alike.tongues import Ranker
from askfirst.engines.alike.vectors import LANGUAGES, Encoder, Hashed, UseM3, unit

GOLD = Path(__file__).parent / "gold"


@pytest.fixture(scope="module")
def encoder():
    return load_encoder()


def test_encoder_has_both_models_and_no_notes(encoder):
    assert encoder.name == "minilm+usem3"
    assert encoder.notes == ()


def test_stored_vectors_of_known_sentences_are_stable(encoder):
    """Golden values: a new build of a model or runtime must not silently change what is stored."""
    english, german = encoder.encode(
        ["Can I post a photo of my desk?", "Darf ich ein Foto von meinem Schreibtisch posten?"]
    )

    assert english.language == "en"
    assert german.language == "de"
    assert german.english is None
    assert float(english.shared @ german.shared) > 0.75
    assert np.allclose(np.linalg.norm(english.english), 1, atol=1e-3)


def test_alike_questions_come_together_and_others_stay_apart(encoder):
    texts = [
        "Can I post a photo of my workplace?",
        "What is the address of the canteen?",
        "Am I allowed to share a picture of where I work?",
        "How do I report a fake account?",
        "Is it ok to post pictures from my workplace?",
        "Who do I tell about an account that pretends to be us?",
    ]

    groups = group_all(texts, encoder)

    assert groups[0] == groups[2] == groups[4]
    assert groups[3] == groups[5]
    assert len(set(groups)) == 3


def test_languages_are_told_as_the_package_itself_tells_them():
    """The smaller tables lose nothing: over every line of the gold sets, the same scores."""
    package = import_module("py3langid.langid")
    theirs = package.LanguageIdentifier.from_model_file(package.MODEL_FILE)
    theirs.set_languages(LANGUAGES)
    ours = Ranker(LANGUAGES)
    lines = [
        line for path in sorted(GOLD.glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines()[:150]
    ]

    assert len(lines) > 900
    for line in [*lines, "写真を載せてもいいですか", "Можно ли выложить фото?", "صورة"]:
        if any(ours(line).values()):  # nothing in the others tells a language, and theirs says so by a floor
            assert ours(line) == pytest.approx(dict(theirs.rank(line))), line
    assert set(ours("").values()) == {0.0}


def test_table_of_pieces_is_shared_as_a_file_and_says_the_same(tmp_path):
    """Written once, read by all; a file that was cut off is written anew, and where none can be written nothing is lost."""
    text = "Darf ich ein Foto zeigen?"
    expected = UseM3().encode([text])[0].tolist()
    (tmp_path / "file").write_text("no folder")

    assert UseM3(cache=tmp_path / "file" / "below").encode([text])[0].tolist() == expected
    assert UseM3(cache=tmp_path / "cache").encode([text])[0].tolist() == expected
    [kept] = (tmp_path / "cache").iterdir()
    kept.write_bytes(kept.read_bytes()[:10_000])
    assert UseM3(cache=tmp_path / "cache").encode([text])[0].tolist() == expected


def test_questions_in_two_languages_come_together(encoder):
    texts = [
        "Can I talk about my pay online?",
        "Who runs our accounts?",
        "Darf ich online über mein Gehalt reden?",
        "Wer betreut unsere Konten?",
    ]

    groups = group_all(texts, encoder)

    assert groups[0] == groups[2]
    assert groups[1] == groups[3]


def test_without_models_spelling_still_groups():
    groups = group_all(
        ["May I post photos?", "Who pays?", "May I post a photo?"], Encoder(None, Hashed()), Settings(threshold=0.2)
    )

    assert groups[0] == groups[2] != groups[1]


def test_emoji_right_to_left_and_long_texts_are_taken(encoder):
    texts = ["😀😀", "هل يمكنني نشر صورة لمكتبي؟", "a " * 5000, "?", "💥 may I post?"]

    assert len(group_all(texts, encoder)) == 5


def vector(direction: int, strength: float = 0.9) -> Vector:
    row = np.full(16, 0.05, np.float32)
    row[direction] = strength
    row = unit(row[None])[0]
    return Vector("en", row, row)


arrivals = st.lists(st.tuples(st.integers(0, 7), st.floats(0.3, 1.0)), min_size=1, max_size=60)
acts = st.lists(
    st.tuples(st.sampled_from(["merge", "split", "hold"]), st.integers(0, 100), st.integers(0, 100)), max_size=12
)


@settings(max_examples=60, deadline=None)
@given(arrivals, acts)
def test_no_question_leaves_its_group_and_hands_are_never_overruled(history, hands):
    index = Index(Settings(merge_every=5))
    parted: list[tuple[int, int]] = []
    hands = list(hands)
    for item, (direction, strength) in enumerate(history):
        own = vector(direction, strength)
        before = {frozenset(members) for members in index.groups.values() if len(members) > 1}
        found = index.find(own)
        index.add(item, item if found.group is None else found.group, own)
        index.merges()
        after = [set(members) for members in index.groups.values()]
        # Groups only grow: each earlier group is whole inside one of the new ones.
        assert all(any(group <= now for now in after) for group in before)
        assert all(index.group_of(one) != index.group_of(other) for one, other in parted)
        if hands and item % 4 == 3:
            _by_hand(index, *hands.pop(), parted)
    assert sorted(item for members in index.groups.values() for item in members) == list(range(len(history)))


def _by_hand(index: Index, verb: str, one: int, other: int, parted: list[tuple[int, int]]) -> None:
    groups = sorted(index.groups)
    first, second = groups[one % len(groups)], groups[other % len(groups)]
    if verb == "hold":
        index.hold(first)
    elif verb == "merge" and first != second:
        apart = {frozenset(pair) for pair in parted}
        if any(frozenset((a, b)) in apart for a in index.groups[first] for b in index.groups[second]):
            return
        index.merge(first, second)
        index.hold(first)
    elif verb == "split" and len(index.groups[first]) > 1:
        out = index.groups[first][-1]
        stay = list(index.groups[first][:-1])
        index.move([out], 10_000 + out)
        index.hold(first)
        index.hold(10_000 + out)
        parted += [(out, item) for item in stay]


@settings(max_examples=30, deadline=None)
@given(arrivals)
def test_restored_index_goes_on_as_if_nothing_had_happened(history):
    half = len(history) // 2
    live = Index(Settings(merge_every=5))
    for item, (direction, strength) in enumerate(history[:half]):
        _arrive(live, item, vector(direction, strength))
    again = Index(Settings(merge_every=5))
    again.restore((item, live.group_of(item), vector(*history[item])) for item in range(half))

    for item in range(half, len(history)):
        _arrive(live, item, vector(*history[item]))
        _arrive(again, item, vector(*history[item]))

    assert again.groups == live.groups


def _arrive(index: Index, item: int, own: Vector) -> None:
    found = index.find(own)
    index.add(item, item if found.group is None else found.group, own)
    index.merges()


def test_engines_load_no_django():
    code = "import askfirst.engines.alike, sys; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

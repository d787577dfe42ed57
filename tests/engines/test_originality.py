"""Copied, edited and reworded passages are found to the word; honest texts are left alone."""

import json
import subprocess
import sys

import pytest

from askfirst.engines.originality import Shelf, check, hints

STRANGE = [
    "The lighthouse keeper wrote a letter every evening, although the boat came only once a week. He described the birds. He counted ships.",
    "Bread needs four things and patience is the fifth. Flour, water, salt and a little yeast are mixed in the evening and baked in the morning.",
    "Two rivers meet below the town, one brown and one green, and for a mile they run side by side without mixing their waters at all.",
    "The committee discussed the budget for the new playground, postponed the decision twice, and finally bought a second-hand slide.",
]
PASSAGE = (
    "Before you publish a photograph of a colleague, show it to them and ask whether they agree. If they hesitate, leave it in your phone. "
    "A picture that travels cannot be called back, and nobody should find themselves on a stranger's screen by surprise."
)
REWORDED = (
    "Before you post a picture of a workmate, show it to them and ask whether they consent. If they hesitate, keep it in your phone. "
    "A photo that travels can not be called back, and no one should find themselves on a stranger's display by surprise."
)


def shelf_of(*texts):
    shelf = Shelf()
    shelf.add([shelf.vocabulary.read(str(number), text) for number, text in enumerate(texts)])
    return shelf


def found_in(draft, shelf, **more):
    return check(shelf.vocabulary.read("draft", draft), shelf, **more)


@pytest.mark.parametrize("only_copied", [True, False])
def test_copied_passage_is_found_with_borders_to_the_word(only_copied):
    draft = f"{STRANGE[0]}\n\n{PASSAGE}\n\n{STRANGE[1]}"

    (found,) = found_in(draft, shelf_of(f"{STRANGE[2]}\n\n{PASSAGE}\n\n{STRANGE[3]}"), only_copied=only_copied)

    assert found.kind == "verbatim"
    assert draft[found.draft_start : found.draft_end] == PASSAGE.rstrip(".")


def test_reworded_passage_is_found_with_its_source():
    draft = f"{STRANGE[0]}\n\n{REWORDED}\n\n{STRANGE[1]}"

    found = found_in(draft, shelf_of(STRANGE[2], f"{STRANGE[3]}\n\n{PASSAGE}", *STRANGE))

    close = [passage for passage in found if passage.source == 1]
    assert close
    assert close[0].kind in {"edited", "paraphrase"}


def test_honest_text_on_the_same_topic_is_left_alone():
    own = "Whoever is in a picture decides about it. So ask first, and take a no without asking why. Children are never shown without their parents."

    assert found_in(own, shelf_of(PASSAGE, *STRANGE)) == []


def test_short_common_wording_is_nobodys():
    common = "may result in disciplinary action up to and including termination of employment without any further notice to you"
    shelf = shelf_of(*(f"{text} Any violation {common}." for text in STRANGE[1:]))

    assert found_in(f"{STRANGE[0]} A breach {common}.", shelf) == []


def test_empty_draft_and_empty_shelf():
    assert found_in("", shelf_of(PASSAGE)) == []
    assert found_in(PASSAGE, shelf_of()) == []


def test_adding_one_by_one_finds_the_same_as_adding_all():
    one_by_one = Shelf()
    for number in range(30):
        one_by_one.add(
            [one_by_one.vocabulary.read(str(number), PASSAGE if number == 17 else f"{STRANGE[number % 4]} {number}")]
        )

    found = found_in(PASSAGE, one_by_one, only_copied=True)

    assert [passage.source for passage in found] == [17]


def test_draft_that_says_a_thing_twice_is_shown_both_places_and_is_no_copy_of_itself():
    draft = f"{PASSAGE}\n\n{STRANGE[0]}\n\n{PASSAGE}"

    assert found_in(draft, shelf_of(*STRANGE[1:])) == []
    found = found_in(draft, shelf_of(PASSAGE, *STRANGE[1:]))

    assert [passage.draft_start for passage in found] == [0, draft.rindex(PASSAGE)]
    assert {passage.source for passage in found} == {0}


def test_references_in_another_language_are_compared_word_by_word():
    german = (
        "Bevor du ein Bild von jemandem veröffentlichst, zeige es der Person und frage, ob sie einverstanden ist. "
        "Zögert sie, bleibt das Bild in deinem Telefon, denn was einmal unterwegs ist, holt niemand zurück."
    )
    shelf = shelf_of(german, *STRANGE)

    assert found_in(f"{STRANGE[0][:60]} {PASSAGE}", shelf_of(german)) == []
    (found,) = [passage for passage in found_in(f"{PASSAGE}\n\n{german}", shelf) if passage.source == 0]
    assert found.kind == "verbatim"


def test_heading_above_a_passage_is_no_part_of_it():
    draft = f"{STRANGE[0]}\n\n## Pictures\n\n{REWORDED}\n\n{STRANGE[1]}"

    found = [passage for passage in found_in(draft, shelf_of(PASSAGE, STRANGE[2])) if passage.source == 0]

    assert [draft[passage.draft_start :][:10] for passage in found] == ["Before you"]


MOSAIC = [
    "The gatekeeper of the mill notes every barge in a green book, and at noon a bell calls the clerks to their soup.",
    "In the archive lie nine maps of the valley, drawn by hand, of which no two agree about the course of the brook.",
    "Old ropes are sold by weight on Thursdays, and whoever buys more than a hundred pounds is given a pair of gloves.",
]


def test_passage_put_together_from_all_over_a_reference_is_one_finding():
    source = "\n\n".join(" ".join([one, *STRANGE]) for one in MOSAIC)
    draft = f"{PASSAGE}\n\n{' '.join(MOSAIC)}\n\n{REWORDED}"

    (found,) = found_in(draft, shelf_of(source))

    assert draft[found.draft_start : found.draft_end] == " ".join(MOSAIC).rstrip(".")
    assert found.source_end - found.source_start > 3 * len(" ".join(MOSAIC))


def test_edit_in_the_first_and_last_words_of_a_copy_does_not_hide_them():
    edited = PASSAGE.replace("Before you publish", "Before you really publish").replace("screen by surprise", "screen")
    draft = f"{STRANGE[0]}\n\n{edited}\n\n{STRANGE[1]}"

    (found,) = found_in(draft, shelf_of(*STRANGE[2:], PASSAGE, STRANGE[2]))

    assert draft[found.draft_start : found.draft_end] == edited.rstrip(".")


def test_sentences_built_anew_are_a_hint_and_no_finding():
    retold = (
        "Ask the colleague in a photograph to look at it first. Where there is hesitation, the picture stays in the phone: once it travels "
        "it is not called back, and a stranger's screen is a bad place to be surprised."
    )
    shelf = shelf_of(PASSAGE, *(f"{STRANGE[number % 4]} Number {number}." for number in range(24)))
    draft = shelf.vocabulary.read(
        "draft", f"{STRANGE[1]}\n\n{retold}\n\nWe keep our own counsel here and count our own days."
    )

    assert not any(passage.source == 0 for passage in check(draft, shelf))
    assert [
        (hint.source, hint.kind, draft.raw[hint.draft_start : hint.draft_end])
        for hint in hints(draft, shelf)
        if not hint.source
    ] == [(0, "hint", retold.rstrip("."))]


def run(*arguments):
    command = [sys.executable, "-m", "askfirst", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_terminal_gives_offsets_into_the_files_as_read_and_tells_by_its_exit_status(tmp_path):
    draft, folder = tmp_path / "draft.md", tmp_path / "shelf"
    folder.mkdir()
    draft.write_text(f"Grüße 🙂\r\n\r\n{PASSAGE}\r\n", encoding="utf-8", newline="")
    (folder / "other.md").write_text(f"{STRANGE[0]}\n\n{PASSAGE}\n", encoding="utf-8")

    done = run("originality", draft, "--against", folder, "--format", "json")

    (line,) = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 1
    assert draft.read_bytes().decode()[line["draft_start"] : line["draft_end"]] == PASSAGE.rstrip(".")
    assert set(line) == {"source", "draft_start", "draft_end", "source_start", "source_end", "kind", "score"}
    draft.write_text(STRANGE[1])
    assert run("originality", draft, "--against", folder).returncode == 0
    draft.write_bytes(b"\xff\xfe\xff")
    assert run("originality", draft, "--against", folder).returncode == 2

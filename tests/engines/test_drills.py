"""Drills: what a text may be, its map, and how telling fine from foul is counted."""

from pathlib import Path

import pytest

from askfirst.engines import drills, lessons

STARTER = Path(drills.__file__).parents[1] / "learn/starter/drills"
ORIGINALS = sorted(path for path in STARTER.glob("*.txt") if "." not in path.stem)
HEAD = "# T\nvillain: v\ntechnique: t\ngrade: easy\n\n"
ENDS = "\n[won] end won\nDone.\n\n[lost] end lost\nOh.\n"
GOOD = HEAD + "[start] message foul\nJo: Now!\n? And?\n+ Call -> won | a\n- Send -> lost | b\n" + ENDS


def errors(text: str) -> list[str]:
    return [problem.text for problem in drills.parse(text)[1] if problem.is_error]


def test_drill_is_read_with_scenes_speakers_and_choices():
    drill, problems = drills.parse(GOOD)

    assert problems == []
    assert list(drill.scenes) == ["start", "won", "lost"]
    assert drill.start.lines == (drills.Said("Jo", "Now!"),)
    assert [choice.is_right for choice in drill.start.choices] == [True, False]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "must be the title"),
        (HEAD, "no scene"),
        (GOOD.replace("-> lost", "-> nowhere"), "[nowhere], which does not exist"),
        (GOOD.replace("- Send -> lost | b\n", ""), "dead end"),
        (GOOD + "\n[alone] end won\nNobody comes.\n", "Nothing leads to [alone]"),
        (GOOD.replace("-> won", "-> start").replace("-> lost", "-> start"), "From [start] no end can be reached"),
        (GOOD.replace("+ Call", "- Call"), "no choice is right"),
        (GOOD.replace("grade: easy", "grade: mild"), "grade must be one of"),
        (GOOD.replace("message foul", "letter foul"), "no shape of a scene"),
        (GOOD.replace("message foul", "message bad"), "no verdict"),
        (GOOD.replace("[lost] end lost", "[lost] end"), "must say “won” or “lost”"),
        (GOOD.replace("[lost] end lost", "[start] end lost"), "two scenes [start]"),
        (GOOD.replace("technique: t\n", ""), "technique is missing"),
    ],
)
def test_wrong_drill_is_an_error_in_words(text, words):
    assert any(words in error for error in errors(text)), errors(text)


def test_starter_gallery_is_sound_and_mostly_honest():
    gallery = [drills.parse(file.read_text(encoding="utf-8")) for file in ORIGINALS]

    assert len(gallery) >= 16
    assert [problem for _drill, problems in gallery for problem in problems] == []
    assert {drill.grade for drill, _problems in gallery} == set(drills.GRADES)
    assert drills.fine_share([drill for drill, _problems in gallery]) >= drills.FINE_SHARE
    verdicts = [scene.verdict for drill, _p in gallery for scene in drill.scenes.values()]
    assert verdicts.count("protected") >= 8
    assert sum(drill.fields.get("side") == "villain" for drill, _problems in gallery) >= 2
    assert sum(scene.shape == "write" for drill, _p in gallery for scene in drill.scenes.values()) >= 2


def test_starter_gallery_is_the_same_in_its_languages():
    for file in ORIGINALS:
        original = drills.parse(file.read_text())[0]
        for path in STARTER.glob(f"{file.stem}.*.txt"):
            said, problems = drills.parse(path.read_text())

            assert (problems, drills.same_scenes(original, said)) == ([], []), path.name
            assert said.fields["language"] == path.name.split(".")[1]
            lines = [[len(scene.lines) for scene in drill.scenes.values()] for drill in (original, said)]
            assert lines[0] == lines[1], path.name
    assert {path.name.split(".")[0] for path in STARTER.glob("*.de.txt")} == {file.stem for file in ORIGINALS}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GOOD.replace("message foul", "message fine"), "[start] must have its shape"),
        (GOOD.replace("[won]", "[gained]").replace("-> won", "-> gained"), "must be those of the original"),
    ],
)
def test_other_drill_is_no_translation(text, words):
    problems = drills.same_scenes(drills.parse(GOOD)[0], drills.parse(text)[0])

    assert [words in problem.text for problem in problems] == [True]


def test_every_villain_of_the_gallery_has_a_portrait():
    sprite = (STARTER.parents[1] / "static/learn/villains.svg").read_text()
    villains = {drills.parse(file.read_text())[0].fields["villain"] for file in ORIGINALS}

    assert [name for name in villains if f'<symbol id="{name}"' not in sprite] == []
    assert len(villains) == len(ORIGINALS)


def test_map_puts_scenes_below_what_leads_to_them():
    nodes = {node.scene.id: node for node in drills.layout(drills.parse(GOOD)[0])}

    assert (nodes["start"].row, nodes["won"].row, nodes["lost"].row) == (0, 1, 1)
    assert nodes["won"].column != nodes["lost"].column


def test_who_suspects_everything_does_not_discriminate():
    everything = [drills.Decided("foul", True)] * 10 + [drills.Decided("fine", False)] * 10
    knowing = [drills.Decided("foul", True)] * 10 + [drills.Decided("protected", True)] * 10

    assert drills.skill(everything).d_prime == 0
    assert drills.skill(everything).criterion < -1
    assert drills.skill(knowing).d_prime > 3
    assert drills.skill(knowing).criterion == 0


@pytest.mark.parametrize(
    ("recent", "grade", "fits"),
    [
        ([True] * 5, "easy", "tough"),
        ([True] * 5, "boss", "boss"),
        ([True, True, True, True, False], "tough", "tough"),
        ([True, False, False, True, False], "tough", "easy"),
        ([False] * 5, "easy", "easy"),
        ([True] * 4, "easy", "easy"),
    ],
)
def test_grade_follows_the_last_five_choices(recent, grade, fits):
    assert drills.next_grade(recent, grade) == fits


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("# " + "long " * 40, "“title” is 199 characters long; at most 160 fit"),
        ("# Short\ntopic: " + "x" * 61, "“topic” is 61 characters long; at most 60 fit"),
        ("# Short\nlanguage: English", "said by its code"),
    ],
)
def test_head_that_lists_could_not_show_is_wrong(head, words):
    _lesson, problems = lessons.parse(f"{head}\n\nAsk.\n\n? Where?\n+ Here | Yes.\n- There | No.\n")

    assert [problem.line for problem in problems] == [1]
    assert words in problems[0].text

"""Lessons, refreshers and packages."""

import io
import json
import re
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone

from askfirst.engines import lessons, packs, recall
from askfirst.learn import actions, finished, own_data, queries, refreshers
from askfirst.learn.errors import LearnError
from askfirst.learn.models import Course, Done, Lesson, Recall
from askfirst.library import actions as library
from askfirst.people.models import Person, Team
from askfirst.policy import files

SOURCE = """# Ask first
topic: photos

Ask people before you post a picture of them.

? A colleague is in your picture. What now?
+ Ask her | She decides.
- Post it | She did not agree.

? Which two help?
+ Crop | Yes.
+ Cover | Yes.
- Hope | No.
"""
RIGHT = {0: [0], 1: [0, 1]}


@pytest.fixture
def lesson(edith):
    return actions.keep_lesson(by=edith, source=SOURCE)


@pytest.fixture
def course(edith, lesson):
    return actions.keep_course(by=edith, lessons=[lesson], title="First steps", note="", days=30)


def test_lesson_is_read_with_its_questions():
    parsed, problems = lessons.parse(SOURCE)

    assert problems == []
    assert (parsed.title, parsed.fields, len(parsed.questions)) == ("Ask first", {"topic": "photos"}, 2)
    assert [question.has_several for question in parsed.questions] == [False, True]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("no title", "must be the title"),
        ("# T\n\nText", "at least one question"),
        ("# T\n\n? Q?\n+ A | b\n- C | d", "no text"),
        ("# T\n\nText\n\n? Q?\n- A | b\n- C | d", "No option is right"),
        ("# T\n\nText\n\n? Q?\n+ A | b", "at least two options"),
        ("# T\n\nText\n\n? Q?\n+ A | b\n- [no] | c", "Line 7: What stands in square brackets"),
        ("# T\n\nText\n\n? Q?\n+ A | b\nand so on\n- C | d", "only options may stand"),
    ],
)
def test_wrong_lesson_says_on_which_line(text, words, db):
    with pytest.raises(LearnError, match=words):
        actions.keep_lesson(by=None, source=text)


def test_first_time_counts_and_later_ones_are_practice(lesson, eli):
    assert actions.finish_lesson(lesson, person=eli, chosen={0: [1], 1: [0, 1]}) == (1, 2)
    assert actions.finish_lesson(lesson, person=eli, chosen=RIGHT) == (2, 2)

    assert Done.objects.get().right == 1
    with pytest.raises(LearnError):
        actions.finish_lesson(lesson, person=eli, chosen={0: [0]})


def test_wrong_answers_come_back_first_and_never_more_than_two_a_week(lesson, eli):
    actions.finish_lesson(lesson, person=eli, chosen={0: [1], 1: [0, 1]})
    first, second = Recall.objects.order_by("item__position")
    assert first.due_at < second.due_at
    assert refreshers.refresher_for(eli) is None
    Recall.objects.update(due_at=timezone.now() - timedelta(days=40))

    asked = []
    while item := refreshers.refresher_for(eli):
        actions.answer_refresher(item, person=eli, chosen=[0], is_sure=True, seconds=5)
        asked.append(item)
        Recall.objects.update(due_at=timezone.now() - timedelta(days=1))

    assert len(asked) == 2


def test_intervals_grow_and_stay_under_half_a_year():
    now, card, days = datetime(2026, 1, 1, tzinfo=UTC), None, []
    for _ in range(8):
        card, due = recall.after_answer(card, is_right=True, is_sure=True, seconds=20, now=now)
        days.append((due - now).days)
        now = due

    assert days[:4] == sorted(days[:4])
    assert max(days) <= recall.LONGEST_DAYS
    json.dumps(card)


def test_suspicion_of_everything_is_no_discrimination():
    blind = recall.discrimination(hits=10, misses=0, false_alarms=10, correct_rejections=0)
    good = recall.discrimination(hits=9, misses=1, false_alarms=1, correct_rejections=9)

    assert blind.d_prime == 0
    assert blind.criterion < -1
    assert good.d_prime > 2


def test_discrimination_has_known_values():
    found = recall.discrimination(hits=20, misses=5, false_alarms=10, correct_rejections=15)

    assert (found.d_prime, found.criterion) == (1.044, -0.279)


def test_changed_question_is_asked_and_the_old_one_is_not(lesson, edith):
    actions.keep_lesson(lesson, by=edith, source=SOURCE.replace("Which two help?", "Which two help most?"))

    assert lesson.version == 2
    assert [item.text for item in lesson.items.filter(is_asked=True)] == [
        "A colleague is in your picture. What now?",
        "Which two help most?",
    ]


def test_answer_becomes_a_lesson_linked_both_ways(edith, browser_of):
    answer = library.keep_answer(actor=edith, question="May I post photos?", answer="Yes. Ask the people first.")
    browser = browser_of(edith)
    draft = actions.lesson_from_answer(answer)
    assert "# May I post photos?" in browser.get(f"/learn/desk/lesson?answer={answer.pk}").content.decode()

    unfinished = browser.post(f"/learn/desk/lesson?answer={answer.pk}", {"source": draft})
    assert unfinished.status_code == 422
    assert "still to be written" in unfinished.content.decode()
    finished = draft.replace("[a wrong but tempting answer] | [why it is not right]", "No | Nobody forbids it.")
    browser.post(f"/learn/desk/lesson?answer={answer.pk}", {"source": finished})

    made = Lesson.objects.get()
    assert made.answer == answer
    assert f"/learn/{made.pk}/" in browser.get(f"/library/answers/{answer.pk}/").content.decode()
    assert f"/library/answers/{answer.pk}/" in browser.get(f"/learn/{made.pk}/").content.decode()


def test_today_offers_the_next_lesson_until_all_are_done(course, lesson, eli, browser_of):
    browser = browser_of(eli)
    assert "Ask first" in browser.get("/today").content.decode()

    page = browser.post(f"/learn/{lesson.pk}/", {"q0": "0", "q1": ["0", "1"]}).content.decode()

    assert "2 of 2 right" in page
    assert "Ask first" not in browser.get("/today").content.decode()
    assert own_data.my_data(eli)["lessons"][0]["right"] == 2


def test_numbers_under_five_are_hidden(course, lesson, edith, eli, browser_of):
    actions.finish_lesson(lesson, person=eli, chosen=RIGHT)

    assert "&lt; 5" in browser_of(edith).get("/learn/desk/").content.decode()
    assert browser_of(eli).get("/learn/desk/").status_code == 403


def test_starter_course_has_fourteen_short_lessons(db):
    actions.load_starter()
    found = [
        (place.lesson.parsed, lessons.parse(place.lesson.source)[1]) for place in Course.objects.get().places.all()
    ]

    assert len(found) == 14
    assert [problems for _lesson, problems in found if problems] == []
    assert all(len(parsed.body.split()) < 300 for parsed, _problems in found)


@pytest.mark.parametrize("form", packs.SCORM)
def test_package_lists_every_file_and_calls_nothing_outside(course, form):
    data = packs.write(queries.pack(course), form)

    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        manifest = ElementTree.fromstring(packed.read("imsmanifest.xml"))
        listed = {node.get("href") for node in manifest.iter() if node.tag.endswith("}file")}
        assert listed == set(packed.namelist()) - {"imsmanifest.xml"}
        for name in listed:
            assert b"http://" not in packed.read(name)
            assert b"https://" not in packed.read(name)
    assert packs.write(queries.pack(course), form) == data


def test_lesson_goes_out_as_a_package_of_its_own(lesson, course, edith, eli, browser_of):
    editor = browser_of(edith)
    for form in ("scorm12", "scorm2004", "cmi5"):
        address = reverse("learn:export_lesson", args=[lesson.pk, form])
        assert address in editor.get(reverse("learn:edit_lesson", args=[lesson.pk])).content.decode()
        with zipfile.ZipFile(io.BytesIO(editor.get(address).getvalue())) as packed:
            body = b"".join(packed.read(name) for name in packed.namelist()).decode()
        assert f"askfirst-lesson-{lesson.pk}" in body
        assert lesson.title in body
        assert body.count('"questions":') == 1

    assert editor.get(reverse("learn:export_lesson", args=[lesson.pk, "exe"])).status_code == 404
    assert browser_of(eli).get(reverse("learn:export_lesson", args=[lesson.pk, "cmi5"])).status_code == 403


def test_starter_package_is_small(db):
    actions.load_starter()

    assert len(packs.write(queries.pack(Course.objects.get()), "scorm12")) < 300_000


def test_terminal_lints_lessons(tmp_path):
    good, bad = tmp_path / "good.md", tmp_path / "bad.md"
    good.write_text(SOURCE)
    bad.write_text("# T\n\nText\n")
    command = [sys.executable, "-m", "askfirst", "learn", "lint"]

    assert subprocess.run([*command, str(good)], capture_output=True, check=False).returncode == 0
    done = subprocess.run([*command, str(good), str(bad)], capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert f"{bad}:1: error" in done.stdout


def test_right_option_is_not_always_first(db):
    actions.load_starter()
    questions = [question for lesson in Lesson.objects.all() for question in lesson.parsed.questions]

    first = [question.options[lessons.order(question, "7")[0]].is_right for question in questions]

    assert 0.15 < sum(first) / len(first) < 0.7
    assert [lessons.order(question, "7") for question in questions] == [
        lessons.order(question, "7") for question in questions
    ]


KINDS = """# Kinds
draw: 3
attempts: 2

Text.

? In which order?
1. Look
2. Ask
3. Post
| Asking comes before posting.

? What is it called?
= Disclosure
= a disclosure

? Fine?
/ Fine / Better not
< My desk | Nobody is in it.
> The whiteboard | It says too much.

? Choose.
+ A | yes
- B | no
"""


def test_kinds_of_questions_are_read_and_judged():
    parsed, problems = lessons.parse(KINDS)
    order, text, sort, choice = parsed.questions

    assert problems == []
    assert [own.kind for own in parsed.questions] == ["order", "text", "sort", "choice"]
    assert [lessons.is_right(order, given) for given in (["1", "2", "3"], ["2", "1", "3"], [])] == [True, False, False]
    assert [lessons.is_right(text, [given]) for given in ("disclosure!", " A  Disclosure ", "closure", "")] == [
        True,
        True,
        False,
        False,
    ]
    assert [lessons.is_right(sort, given) for given in (["0", "1"], ["1", "1"])] == [True, False]
    assert lessons.is_right(choice, ["0"])
    assert order.feedback == "Asking comes before posting."


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("? Q\n1. a\n2. b", "at least three steps"),
        ("? Q\n< a\n> b", "names of the two sides"),
        ("? Q\n/ x / y\n< a\n< b", "at least one item"),
        ("? Q\n+ a | b\n= c", "of one kind"),
    ],
)
def test_wrong_kinds_are_errors_in_words(question, words):
    assert any(words in problem.text for problem in lessons.parse(f"# T\n\nText\n\n{question}\n")[1])


def test_bank_draws_and_attempts_hold_across_tabs(edith, eli, browser_of):
    made = actions.keep_lesson(by=edith, source=KINDS)
    answers = {0: ["1", "2", "3"], 1: ["disclosure"], 2: ["0", "1"], 3: ["0"]}
    wrong = {0: ["3", "2", "1"], 1: ["x"], 2: ["1", "0"], 3: ["1"]}

    assert len(actions.drawn(made, eli)) == 3
    actions.finish_lesson(made, person=eli, chosen=wrong)
    actions.finish_lesson(made, person=eli, chosen=answers)
    actions.finish_lesson(made, person=eli, chosen=wrong)

    done = Done.objects.get()
    assert (done.attempts, done.right, done.questions) == (2, 3, 3)
    page = browser_of(eli).get(f"/learn/{made.pk}/").content.decode()
    assert page.count("<fieldset") == 3


def test_page_takes_every_kind(edith, eli, browser_of):
    made = actions.keep_lesson(by=edith, source=KINDS.replace("draw: 3\n", ""))
    data = {"q0_0": "1", "q0_1": "2", "q0_2": "3", "q1": "Disclosure", "q2_0": "0", "q2_1": "1", "q3": "0"}
    browser = browser_of(eli)

    assert browser.post(f"/learn/{made.pk}/", data | {"q0_1": ""}).status_code == 422
    assert "4 of 4 right" in browser.post(f"/learn/{made.pk}/", data).content.decode()


def test_course_is_for_some_teams_and_some_choices(course, lesson, edith, eli, amba):
    team = Team.objects.create(name="Shops")
    actions.keep_course(course, by=edith, lessons=[lesson], teams=[team], stances=["ambassador"])

    assert queries.ways(eli) == []
    amba.team = team
    amba.save()
    assert [way.course for way in queries.ways(amba)] == [course]
    amba.stance = "rules"
    assert queries.ways(amba) == []


def test_course_is_due_again_after_its_months_and_the_new_time_counts(course, lesson, edith, eli):
    actions.keep_course(course, by=edith, lessons=[lesson], again_months=12)
    actions.finish_lesson(lesson, person=eli, chosen={0: [1], 1: [2]})
    assert queries.waiting_for(eli) == []
    Done.objects.update(at=timezone.now() - timedelta(days=366))
    [way] = queries.waiting_for(eli)
    assert way.due_on > timezone.localdate()

    actions.finish_lesson(lesson, person=eli, chosen=RIGHT)

    assert queries.waiting_for(eli) == []
    done = Done.objects.get()
    assert (done.right, done.attempts, done.at.date()) == (2, 1, timezone.now().date())


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_completions_go_out_as_a_table(course, lesson, edith, eli, browser_of, form):
    actions.finish_lesson(lesson, person=eli, chosen=RIGHT)

    answer = browser_of(edith).get(f"/learn/desk/course/{course.pk}/completions.{form}")

    assert answer.status_code == 200
    if form == "csv":
        assert "eli@example.org,Eli,Ask first,1," in answer.getvalue().decode("utf-8-sig").splitlines()[1]
    assert browser_of(eli).get(f"/learn/desk/course/{course.pk}/completions.{form}").status_code == 403


def test_mistakes_in_lessons_and_drills_are_explained_in_the_language_of_who_writes(edith, browser_of):
    edith.language = "de"
    edith.save()
    browser = browser_of(edith)

    lesson = browser.post("/learn/desk/lesson", {"source": "# T\n\nText\n\n? Was?\n- eins\n- zwei\n"}).content.decode()
    drill = browser.post(
        "/learn/gallery/new", {"source": "# T\ngrade: tough\n[start] message foul\nHallo\n", "look": "1"}
    )

    assert "Zeile 5: Keine Möglichkeit ist richtig" in lesson
    assert "„eins“ hat keine Rückmeldung" in lesson
    assert "[start] ist eine Sackgasse" in drill.content.decode()


def test_course_is_taken_in_the_order_that_its_editor_gives(course, lesson, edith, browser_of):
    others = [actions.keep_lesson(by=edith, source=SOURCE.replace("# ", f"# {name} ", 1)) for name in ("A", "Z")]
    browser, address = browser_of(edith), f"/learn/desk/course/{course.pk}"
    form = {
        "title": "First steps",
        "note": "",
        "days": "30",
        "starts_on": "2026-01-01",
        "again_months": "0",
        "title_de": "",
        "note_de": "",
    }

    browser.post(
        address, form | {f"lessons-{others[1].pk}": "1", f"lessons-{lesson.pk}": "2", f"lessons-{others[0].pk}": ""}
    )
    assert [place.lesson for place in course.places.all()] == [others[1], lesson]

    # Kept again as the page shows it, nothing moves.
    shown = re.findall(r'name="(lessons-\d+)"[^>]* value="(\d+)"', browser.get(address).content.decode())
    browser.post(address, form | dict(shown))
    assert [place.lesson for place in course.places.all()] == [others[1], lesson]
    assert "required" in browser.post(address, form).content.decode()


def test_course_that_has_ended_is_asked_of_nobody_and_what_was_done_stays(course, lesson, edith, eli, amba, browser_of):
    actions.finish_lesson(lesson, person=amba, chosen=RIGHT)
    browser, address = browser_of(edith), f"/learn/desk/course/{course.pk}/end"

    browser.post(address)

    assert queries.waiting_for(eli) == []
    assert finished.done_among(Person.objects.all()) == []
    assert course.title not in browser_of(eli).get("/learn/").content.decode()
    assert "ended" in browser.get("/learn/desk/").content.decode()
    assert len(list(finished.rows(course))) == 2

    browser.post(address, {"again": ""})

    assert [way.course for way in queries.waiting_for(eli)] == [course]


def test_certificate_names_who_has_done_the_whole_course(course, lesson, eli, browser_of):
    browser, address = browser_of(eli), f"/learn/courses/{course.pk}/certificate"
    assert "A lesson is left" in browser.get(address, follow=True).content.decode()
    actions.finish_lesson(lesson, person=eli, chosen=RIGHT)
    assert address in browser.get("/learn/").content.decode()
    actions.end_course(course, by=None, is_ended=True)

    paper = browser.get(address)

    words = " ".join(files.read("certificate.pdf", paper.content).split())
    assert paper["Content-Type"] == "application/pdf"
    assert f"Eli has done the course “{course.title}”. 1 lessons, the last on" in words
    assert "Questions answered rightly: 2 of 2." in words


def test_lesson_goes_only_where_no_course_and_no_record_holds_it(course, lesson, edith, eli, browser_of):
    browser, address = browser_of(edith), f"/learn/desk/lesson/{lesson.pk}"
    assert (
        "A course holds this lesson" in browser.post(address, {"drop": "1", "sure": "1"}, follow=True).content.decode()
    )
    actions.finish_lesson(lesson, person=eli, chosen=RIGHT)
    course.places.all().delete()
    assert "stays on record" in browser.post(address, {"drop": "1", "sure": "1"}, follow=True).content.decode()
    other = actions.keep_lesson(by=edith, source=SOURCE)

    browser.post(f"/learn/desk/lesson/{other.pk}", {"drop": "1", "sure": "1"})

    assert list(Lesson.objects.all()) == [lesson]


def test_course_has_its_title_in_the_readers_language(course, lesson, edith, eli, browser_of):
    form = {
        "title": "First steps", "note": "", "days": "30", "starts_on": "2026-01-01", "again_months": "0",
        f"lessons-{lesson.pk}": "1", "title_de": "Erste Schritte", "note_de": "",
    }  # fmt: skip
    assert browser_of(edith).post(f"/learn/desk/course/{course.pk}", form).status_code == 302
    course.refresh_from_db()
    eli.language = "de"
    eli.save()

    assert course.said["de"] == {"title": "Erste Schritte", "note": ""}
    assert "Erste Schritte" in browser_of(eli).get("/learn/").content.decode()
    assert (queries.pack(course, "de").title, queries.pack(course).title) == ("Erste Schritte", "First steps")

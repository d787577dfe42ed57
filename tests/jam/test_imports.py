"""Question lists of other tools come in whatever their columns are called; what cannot be used is said.

The shapes follow what the tools' help pages describe of their reports.
"""

import pytest

from askfirst.jam import actions, imports, queries
from askfirst.jam.errors import ImportRefused
from tests import makers

REPORTS = {
    "upvotes and status beside the text": (
        "Question ID,Question,Author,Upvotes,Downvotes,Score,Status\n1,May I post photos?,Anna,12,1,11,Live\n",
        ["May I post photos?"],
    ),
    "webinar report with lines before the header": (
        'Q&A Report,\nReport Generated:,"Nov 3, 2026 10:00"\nTopic,Webinar ID,Actual Start Time,# Question\nAll hands,123,"Nov 3, 2026",2\n'
        "Question Details,\n#,Question,Asker Name,Asker Email,Answer(s)\n1,Who reads this?,Anna,a@example.org,Nobody\n2,May I like it?,,,\n",
        ["Who reads this?", "May I like it?"],
    ),
    "meeting report with answers among the questions": (
        "Source,Type,Identity,Timestamp,Conversation Id,Content\nAttendee,Question,Anonymous,2026-11-03,1,May I film?\n"
        "Moderator,Response,Fay,2026-11-03,1,Yes you may\nModerator,Announcement,Fay,2026-11-03,2,Welcome\n",
        ["May I film?"],
    ),
    "messages with likes": ("Timestamp;Name;Message;Likes\n10:00;;Do I have to share?;4\n", ["Do I have to share?"]),
    "responses of a poll": (
        "Response,Via,Screen name,Received at\nWhat is fine?,web,,10:00\nWhat is fine?,web,,10:01\n",
        ["What is fine?"],
    ),
    "a form, whose column is headed by what it asked": (
        "Timestamp,Email Address,What would you like to ask about social media?\n1,a@example.org,May I film?\n",
        ["May I film?"],
    ),
    "a word cloud's answers with semicolons and commas": (
        "Antwort;Stimmen\nDarf ich, wenn ja, wann?;3\n",
        ["Darf ich, wenn ja, wann?"],
    ),
}


@pytest.mark.parametrize("name", REPORTS)
def test_report_is_read(tmp_path, name):
    text, questions = REPORTS[name]
    file = tmp_path / "report.csv"
    file.write_text(text)

    assert [found.text for found in imports.read(file) if not found.problem] == questions


def test_table_without_a_text_column_is_refused(tmp_path):
    file = tmp_path / "report.csv"
    file.write_text("Name,Votes\nAnna,3\n")

    with pytest.raises(ImportRefused, match="question or text"):
        imports.read(file)


def test_the_column_can_be_named_and_the_message_says_which_there_are(tmp_path):
    file = tmp_path / "report.csv"
    file.write_text("Name,What they said,Votes\nAnna,May I film?,3\n")

    with pytest.raises(ImportRefused, match="What they said"):
        imports.read(file)
    with pytest.raises(ImportRefused, match="“Said”"):
        imports.read(file, "Said")
    assert [found.text for found in imports.read(file, "what they said")] == ["May I film?"]


def test_fifty_megabytes_of_questions_are_refused_by_number(tmp_path):
    file = tmp_path / "many.csv"
    with file.open("w") as out:
        out.write("question\n")
        for number in range(600_000):
            out.write(f"{number}: may I post about our work on my own page, and where, and who decides?\n")
    assert file.stat().st_size > 40_000_000

    with pytest.raises(ImportRefused, match="at most 20000"):
        imports.read(file)


def test_fifty_megabytes_in_one_open_quote_are_refused(tmp_path):
    file = tmp_path / "quote.csv"
    file.write_text('question\n"' + "x" * 50_000_000)

    with pytest.raises(ImportRefused):
        imports.read(file)


def test_repeats_and_what_the_jam_has_are_said_and_left_out(tmp_path):
    file = tmp_path / "list.txt"
    file.write_text("May I film?\nmay i film?\n\nMay I sing?\n")

    found = imports.read(file, there=["MAY I SING?"])

    assert [(row.line, row.problem) for row in found] == [
        (1, ""), (2, "the same as line 1"), (4, "in this jam already")
    ]  # fmt: skip


def test_list_that_is_brought_twice_would_come_in_once(fay, browser_of, tmp_path):
    jam = makers.make_jam(fay)
    file = tmp_path / "list.txt"
    file.write_text("May I film?\n")
    actions.import_texts(jam, [row.text for row in imports.read(file, there=queries.texts(jam))], by=fay)

    with file.open("rb") as upload:
        page = browser_of(fay).post(f"/lead/{jam.code}/bring", {"file": upload}).content.decode()
    assert "0 questions would come in" in page
    assert "Line 1: in this jam already" in page


def test_more_than_a_form_takes_is_said(fay, browser_of):
    jam = makers.make_jam(fay)

    page = browser_of(fay).post(f"/lead/{jam.code}/bring", {"texts": "x" * 5_000_000})

    assert page.status_code == 413
    assert "takes 4 MB" in page.content.decode()

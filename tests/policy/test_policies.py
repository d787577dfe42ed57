"""Writing, publishing, reading and knowing a policy."""

import io
import re
import threading
import zipfile
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from askfirst.base import pdf
from askfirst.jam import facilitation
from askfirst.library import actions as library
from askfirst.people.models import Person, Team
from askfirst.policy import actions, clauses, closeness, files, knowing, queries, references, reminders, writing
from askfirst.policy.errors import AlreadyKnown, CannotRead, KeptMeanwhile, NotReady, PolicyError
from askfirst.policy.models import Acknowledgement, Asked, Policy, Reference, SavedDraft
from tests import makers

TEXT = "# Ours\n\n## Scope\n\nThis is for everybody.\n\n## Pictures\n\nAsk people before you post a picture of them.\n"
OPTIONS = [
    {"text": "Ask", "is_right": True, "feedback": "Yes."},
    {"text": "Post", "is_right": False, "feedback": "Ask first."},
]


@pytest.fixture
def policy(edith):
    made = actions.create_policy(by=edith, title="Ours", countries=["eu"], draft=TEXT, summary="Ask first.")
    for number in range(3):
        actions.keep_question(made, by=edith, text=f"Question {number}?", options=OPTIONS)
    return made


def answers(policy, chosen=0):
    return {question.pk: chosen for question in policy.questions.all()}


def know(version, person, **more):
    return actions.acknowledge(version, person=person, language="en", answers=answers(version.policy), **more)


def edit(policy, edith, old, new):
    policy.refresh_from_db()
    actions.keep_draft(policy, text=policy.draft.replace(old, new), made_from=policy.revision, by=edith)
    policy.refresh_from_db()


def test_publishing_asks_everybody_who_works_here_once(policy, edith, eli, fay):
    makers.make_person("gone", is_active=False)

    version = actions.publish(policy, by=edith)

    assert set(Asked.objects.filter(version=version).values_list("person__name", flat=True)) == {"Edith", "Eli", "Fay"}


def test_wording_asks_nobody_and_substance_asks_only_those_concerned(policy, edith, eli, fay):
    first = actions.publish(policy, by=edith)
    know(first, eli)
    edit(policy, edith, "This is for everybody.", "This text is for everybody.")
    second = actions.publish(policy, by=edith, kinds={"scope": "wording"})
    assert Asked.objects.filter(version=second).count() == 0
    actions.set_audience(policy, key="pictures", audience="facilitators", by=edith)
    edit(policy, edith, "Ask people before", "Always ask people, in writing, before")

    know(second, fay)
    third = actions.publish(policy, by=edith)

    assert [change["kind"] for change in third.changes] == ["substance"]
    assert list(Asked.objects.filter(version=third).values_list("person__name", flat=True)) == ["Fay"]
    assert [change["key"] for change in knowing.changes_for(third, fay)] == ["pictures"]
    assert knowing.changes_for(third, eli) == []


def test_clause_keeps_its_address_when_title_or_words_change():
    before = clauses.parse(TEXT)

    after = clauses.parse(
        TEXT.replace("## Pictures", "## Photos and video").replace("everybody", "everybody here"), before
    )

    assert [clause.key for clause in after] == ["scope", "pictures"]


def test_joiner_is_asked_on_arrival_and_leaver_is_not_reminded(policy, edith, eli):
    version = actions.publish(policy, by=edith)
    joiner = makers.make_person("joiner")
    eli.is_active = False
    eli.save()

    actions.ask_joiners()

    assert Asked.objects.filter(version=version, person=joiner).exists()
    noon = timezone.now().replace(hour=12)
    assert reminders.send_due(noon) == 2
    assert {address for message in mail.outbox for address in message.to} == {edith.email, joiner.email}
    assert reminders.send_due(noon) == 0


def test_reminders_come_at_the_start_a_week_a_day_before_on_the_day_and_after():
    start = timezone.localdate()
    due = start + timedelta(days=14)

    said = [reminders.stage_of(start, due, start + timedelta(days=day)) for day in (0, 7, 13, 14, 15, 17)]

    assert said == ["start", "week", "day", "due", "", "after"]


def test_no_mail_in_the_quiet_hours(policy, edith):
    actions.publish(policy, by=edith)

    assert reminders.send_due(timezone.localtime().replace(hour=23)) == 0


def test_second_editor_overwrites_nothing_and_loses_nothing(policy, edith, ada):
    actions.keep_draft(policy, text="## A\n\nFirst.", made_from=0, by=edith)

    with pytest.raises(KeptMeanwhile):
        actions.keep_draft(policy, text="## B\n\nSecond.", made_from=0, by=ada)

    policy.refresh_from_db()
    assert policy.draft == "## A\n\nFirst."
    assert SavedDraft.objects.get(is_taken_over=False).text == "## B\n\nSecond."


def test_publication_waits_for_named_people_and_their_approval_is_for_one_text(policy, edith, ada):
    policy.approvers.set([ada])
    with pytest.raises(NotReady, match="Ada"):
        actions.publish(policy, by=edith)
    actions.approve(policy, by=ada)
    edit(policy, edith, "everybody", "all of us")
    with pytest.raises(NotReady, match="Ada"):
        actions.publish(policy, by=edith)
    actions.approve(policy, by=ada)

    assert actions.publish(policy, by=edith).number == 1


@pytest.mark.parametrize(("field", "value", "words"), [("draft", " ", "empty"), ("summary", "", "summary")])
def test_unfinished_policy_is_not_published(policy, edith, field, value, words):
    Policy.objects.filter(pk=policy.pk).update(**{field: value})

    with pytest.raises(NotReady, match=words):
        actions.publish(policy, by=edith)


def test_disputed_rule_is_acknowledged_and_reaches_a_human(policy, edith, eli):
    version = actions.publish(policy, by=edith)

    record = know(version, eli, dispute="The second clause is unfair.")

    assert record.is_disputed
    assert queries.open_disputes().get().text == "The second clause is unfair."
    with pytest.raises(AlreadyKnown):
        know(version, eli)


def test_question_left_out_is_asked_for(policy, edith, eli):
    version = actions.publish(policy, by=edith)

    with pytest.raises(PolicyError):
        actions.acknowledge(version, person=eli, language="en", answers={})


TAMPERED = {
    "changed": "UPDATE policy_acknowledgement SET right = 9 WHERE person_number = %s",
    "removed": "DELETE FROM policy_acknowledgement WHERE person_number = %s",
}


@pytest.mark.parametrize("how", TAMPERED)
@pytest.mark.parametrize("who", ["edith", "eli", "fay"])
def test_verify_finds_what_was_done_behind_its_back(policy, edith, eli, fay, how, who):
    version = actions.publish(policy, by=edith)
    for person in (edith, eli, fay):
        know(version, person)
    assert knowing.chain_breaks() == []

    with connection.cursor() as cursor:
        column = connection.ops.quote_name("right")
        cursor.execute(TAMPERED[how].replace("right", column), [{"edith": edith, "eli": eli, "fay": fay}[who].pk])

    assert knowing.chain_breaks() != []


def test_inserted_record_is_found(policy, edith, eli):
    version = actions.publish(policy, by=edith)
    last = know(version, edith)

    Acknowledgement.objects.create(
        person=eli,
        person_number=eli.pk,
        version=version,
        digest=version.digest,
        language="en",
        at=timezone.now(),
        seal="0" * 63 + "1",
        seal_before=last.seal,
    )

    assert knowing.chain_breaks() != []


def test_erased_person_leaves_a_record_without_a_name(policy, edith, eli):
    version = actions.publish(policy, by=edith)
    know(version, eli)

    Person.objects.filter(pk=eli.pk).delete()

    assert Acknowledgement.objects.get().person is None
    assert [line for line in knowing.chain_breaks() if "changed" in line] == []


def test_numbers_of_small_teams_are_put_together(policy, edith):
    large, small = Team.objects.create(name="Large"), Team.objects.create(name="Small")
    for number in range(6):
        makers.make_person(f"l{number}", team=large)
    makers.make_person("alone", team=small)
    actions.publish(policy, by=edith)

    shown = knowing.progress(policy)

    assert [name for name, _asked, _known in shown.teams] == ["Large"]
    assert shown.smaller == (2, 0)


def test_two_people_who_publish_at_once_make_one_version(transactional_db):
    edith = makers.make_person("edith", is_editor=True)
    policy = actions.create_policy(by=edith, title="Ours", countries=["eu"], draft=TEXT, summary="Ask first.")
    for number in range(3):
        actions.keep_question(policy, by=edith, text=f"Question {number}?", options=OPTIONS)
    outcomes = []

    def publish():
        try:
            outcomes.append(actions.publish(policy, by=edith).number)
        except NotReady:
            outcomes.append("nothing changed")
        finally:
            connection.close()

    threads = [threading.Thread(target=publish) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes, key=str) == [1, "nothing changed"]


def test_gap_from_a_jam_is_answered_by_a_version_and_the_ledger_says_so(policy, edith, fay, nobody):
    jam = makers.make_jam(fay)
    asked = makers.make_question(jam, "May I take part in a giveaway?")
    facilitation.mark_gap(jam, makers.group_of(asked).pk, by=fay)

    actions.publish(policy, by=edith, gaps=queries.open_gaps())

    assert queries.open_gaps().count() == 0
    assert "Answered in “Ours”" in nobody.get(f"/j/{jam.code}/ledger").content.decode()


def _docx(text):
    out = io.BytesIO()
    document = Document()
    document.add_heading("Scope", 2)
    document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def _bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"0" * 250_000_000)
    return out.getvalue()


BAD = {
    "locked.docx": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
    "bomb.docx": (_bomb, "200 MB"),
    "broken.pdf": (lambda: b"%PDF-1.4 nothing more", "damaged"),
    "empty.md": (lambda: b"  \n", "no text"),
    "latin.txt": (lambda: "Grüße".encode("latin-1"), "UTF-8"),
    "what.exe": (lambda: b"MZ", "cannot be read"),
    "scanned.pdf": (lambda: pdf.document("x", []), "pictures of pages|damaged"),
}


@pytest.mark.parametrize("name", BAD)
def test_file_that_cannot_be_read_says_why(name):
    data, words = BAD[name]

    with pytest.raises(CannotRead, match=words):
        files.read(name, data())


def test_three_hundred_pages_are_read_to_the_last_line():
    lines = [
        pdf.paragraph(f"Sentence {number} of a very long handbook says what everybody knows.")
        for number in range(12_000)
    ]
    data = pdf.document("Handbook", lines)
    pages = len(files.pypdfium2.PdfDocument(data))

    text = files.read("handbook.pdf", data)

    assert 300 <= pages <= files.MOST_PAGES
    assert "Sentence 0 of" in text
    assert "Sentence 11999 of" in text


@pytest.mark.parametrize("form", ["docx", "odt", "pdf", "html", "md"])
def test_policy_goes_out_and_comes_back(form):
    back = files.read(f"policy.{form}", writing.write(form, "Ours", TEXT))

    assert "Ask people before you post a picture of them." in " ".join(back.split())


RICH = """## Steps

1. Ask **everybody** you can see.
2. Say *who* you are.
   - Name it.

Between.

1. Begin again.

| Who | What |
| --- | --- |
| Łukasz Dębski | Speaks to the press |
"""


@pytest.mark.parametrize("form", ["docx", "odt", "pdf"])
def test_numbers_emphasis_and_tables_come_through(form):
    back = files.read(f"policy.{form}", writing.write(form, "Ours", RICH))

    words = " ".join(back.split())
    assert "Łukasz Dębski" in words
    assert "---" not in words.replace("| --- | --- |", "").replace("|---------------|---------------------|", "")
    if form != "odt":
        assert re.search(r"1\. Ask .* 2\. Say .* 1\. Begin again", words)
    if form != "pdf":
        assert "**everybody**" in words
        assert re.search(r"\| Łukasz Dębski \|", words)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("word.html", '<meta charset="windows-1252"><h2>Grüße</h2><p>Schön.</p>'.encode("cp1252")),
        ("notepad.txt", "## Grüße\n\nSchön.".encode("utf-16")),
    ],
)
def test_files_in_other_encodings_that_say_so_are_read(name, data):
    assert files.read(name, data) == "## Grüße\n\nSchön."


def test_what_no_database_keeps_is_left_out_of_a_file():
    assert files.read("a.txt", b"# One\n\nAsk\0 first.") == "# One\n\nAsk first."


def test_script_in_an_html_file_and_in_a_draft_is_never_shown(policy, edith, browser_of):
    text = files.read("x.html", b"<h2>Scope</h2><script>alert(1)</script><p onclick='x()'>Hello there.</p>")
    assert "alert" not in text
    edit(policy, edith, "everybody.", "everybody <script>alert(1)</script> [x](javascript:alert(2)).")
    actions.publish(policy, by=edith)

    page = browser_of(edith).get(f"/policy/{policy.pk}/").content.decode()

    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_front_matter_of_a_site_is_no_text_of_a_policy(db):
    page = b"---\r\ntitle: Rules\r\nredirect_from:\r\n  - /rules/\r\n---\r\n\r\n## Ask\r\n\r\nAsk first.\r\n\r\n---\r\n\r\nThe end.\r\n"

    assert files.read("rules.md", page) == "## Ask\n\nAsk first.\n\n---\n\nThe end."

    references.load_shelf()
    assert not Reference.objects.filter(text__startswith="---").exists()


def test_check_shows_copied_passages_with_licence_and_keeps_decisions(policy, edith, browser_of):
    references.load_shelf()
    passage = Reference.objects.get(title__startswith="CivicActions").text.split("\n\n")[12]
    words = max(Reference.objects.get(title__startswith="CivicActions").text.split("\n\n"), key=len)
    edit(policy, edith, "This is for everybody.", f"This is for everybody. {words}")
    assert passage

    close = [found for found in closeness.close_passages(policy) if not found.is_fine]

    assert close[0].reference.licence == "CC-BY-4.0"
    assert close[0].verdict == "line_missing"
    for found in close:
        actions.decide_passage(
            policy, passage_digest=found.digest, verdict="permitted", reason="They said yes.", by=edith
        )
    assert [found for found in closeness.close_passages(policy) if not found.is_fine] == []
    assert "They said yes." in browser_of(edith).get(f"/policy/desk/{policy.pk}/check").content.decode()


def test_evidence_for_an_auditor_and_certificate(policy, edith, eli, browser_of):
    version = actions.publish(policy, by=edith)
    know(version, eli)

    book = load_workbook(io.BytesIO(browser_of(edith).get(f"/policy/desk/{policy.pk}/evidence?form=xlsx").getvalue()))
    rows = list(book.active.values)

    assert {row[0]: row[6] for row in rows[1:]} == {"Edith": None, "Eli": 3}
    paper = browser_of(edith).get(f"/policy/desk/{policy.pk}/evidence?form=pdf").content
    words = " ".join(files.read("evidence.pdf", paper).split())
    assert "2 were asked, 1 know it." in words
    assert "eli@" in words
    assert "The chain of records is whole." in words
    assert browser_of(eli).get(f"/policy/{policy.pk}/certificate?form=pdf").content.startswith(b"%PDF")


def test_only_editors_write(policy, eli, browser_of):
    assert browser_of(eli).get(f"/policy/desk/{policy.pk}/").status_code == 403
    assert browser_of(eli).get("/policy/").status_code == 200


def test_what_was_published_while_somebody_read_is_not_recorded_as_read(policy, edith, eli, browser_of):
    actions.publish(policy, by=edith)
    browser = browser_of(eli)
    chosen = makers.as_read(browser, policy.pk)
    draft = policy.draft + "\n## More\n\nYou must ask before you film.\n"
    actions.keep_draft(policy, text=draft, made_from=policy.revision, by=edith)
    policy.refresh_from_db()
    second = actions.publish(policy, by=edith)

    page = browser.post(f"/policy/{policy.pk}/know", {"step": "known", **chosen})

    assert page.status_code == 422
    assert "published anew while you read" in page.content.decode()
    assert "You must ask before you film." in page.content.decode()
    assert knowing.knows(eli, second) is None
    browser.post(f"/policy/{policy.pk}/know", {"step": "known", **makers.as_read(browser, policy.pk)})
    assert knowing.knows(eli, second)


@pytest.mark.parametrize("act", ["review", "publish"])
def test_only_what_was_seen_is_approved_and_published(policy, edith, browser_of, act):
    browser, address = browser_of(edith), f"/policy/desk/{policy.pk}/{act}"
    policy.approvers.add(edith) if act == "review" else None
    page = browser.get(address).content.decode()
    sent = {"seen": re.search(r'name="seen" value="(\w+)"', page)[1], "publish": "1", "summary": policy.summary}
    actions.keep_draft(policy, text=policy.draft + "\nAnd more.\n", made_from=policy.revision, by=edith)

    answer = browser.post(address, sent, follow=True)

    assert "after you opened this page" in answer.content.decode()
    assert not policy.approvals.exists()
    assert not policy.versions.exists()


def test_dispute_that_is_too_long_is_shown_with_what_was_written(policy, edith, eli, browser_of):
    actions.publish(policy, by=edith)
    browser = browser_of(eli)
    sent = {"step": "known", "dispute": "No. " * 600, **makers.as_read(browser, policy.pk)}

    page = browser.post(f"/policy/{policy.pk}/know", sent)

    assert page.status_code == 422
    assert "<details open>" in page.content.decode()
    assert "No. No. No." in page.content.decode()


def test_reading_asking_and_knowing_over_http(policy, edith, eli, browser_of):
    actions.publish(policy, by=edith)
    browser = browser_of(eli)
    chosen = makers.as_read(browser, policy.pk)
    assert "Ours" in browser.get("/today").content.decode()

    feedback = browser.post(f"/policy/{policy.pk}/know", {"step": "answers", **chosen}).content.decode()
    done = browser.post(f"/policy/{policy.pk}/know", {"step": "known", **chosen}, follow=True)

    assert "Yes." in feedback
    assert "Certificate of knowledge" in done.content.decode()
    assert "Ours" not in browser.get("/today").content.decode()


def test_desk_says_how_many_gaps_it_does_not_show(edith, browser_of):
    for number in range(23):
        actions.note_gap(
            question=f"May I {number}?", topic="", weight=1, origin="A jam", origin_path=f"/j/X/why/{number}"
        )

    page = browser_of(edith).get("/policy/desk/").content.decode()

    assert page.count("1 voice") == 20
    assert "3 more follow when some of these are done." in page


def test_material_stands_beside_a_clause_in_the_readers_language(policy, edith, eli, browser_of):
    actions.publish(policy, by=edith)
    key = queries.draft_clauses(policy)[0].key
    own = {"kind": "checklist", "body": "- Look twice", "licence": "own"}
    checklist = library.keep_material(actor=edith, title="Before you post", language="en", **own)
    library.keep_material(actor=edith, title="Bevor du postest", language="de", original=checklist, **own)
    desk = f"/policy/desk/{policy.pk}/beside"
    browser_of(edith).post(desk, {"key": key, "material": checklist.pk})
    browser_of(edith).post(desk, {"key": key, "material": checklist.pk})

    assert "Before you post" in browser_of(eli).get(f"/policy/{policy.pk}/").content.decode()
    eli.language = "de"
    eli.save()
    read = browser_of(eli).get(f"/policy/{policy.pk}/").content.decode()
    assert (read.count("Bevor du postest"), "Before you post" in read) == (1, False)
    assert browser_of(eli).post(desk, {"key": key, "material": checklist.pk}).status_code == 403
    browser_of(edith).post(desk, {"key": key, "material": checklist.pk, "away": "1"})
    assert queries.materials_beside(policy) == {}

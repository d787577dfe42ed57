"""Who owes what over several versions, what is new to whom, and what was approved."""

import re

import pytest

from askfirst.people.models import Team
from askfirst.policy import actions, clauses, knowing, queries, reminders
from askfirst.policy.errors import NotAsSeen, NotReady
from askfirst.policy.models import Comment
from tests import makers

TEXT = "## Scope\n\nThis is for everybody.\n\n## Pictures\n\nAsk people before you post a picture of them.\n"


@pytest.fixture
def policy(edith):
    return makers.make_policy(edith, draft=TEXT)


def change(policy, edith, old, new, **kinds):
    policy.refresh_from_db()
    actions.keep_draft(policy, text=policy.draft.replace(old, new), made_from=policy.revision, by=edith)
    return actions.publish(policy, by=edith, kinds=kinds)


def know(version, person):
    answers = {question.pk: 0 for question in version.policy.questions.all()}
    return actions.acknowledge(version, person=person, language="en", answers=answers)


def test_whoever_has_not_read_still_owes_it_when_a_version_changes_wording_only(
    policy, edith, eli, fay, browser_of, mailoutbox
):
    first = actions.publish(policy, by=edith)
    know(first, eli)

    second = change(policy, edith, "for everybody", "for everyone", scope="wording")

    assert second.asked.count() == 0
    assert knowing.waiting_for(eli) == []
    assert [asked.version for asked in knowing.waiting_for(fay)] == [first]
    assert reminders.send_due(second.published_at.replace(hour=12)) == 2
    assert {address for mail in mailoutbox for address in mail.to} == {edith.email, fay.email}
    assert knowing.known_of_asked() == (1, 3)
    progress = knowing.progress(policy)
    assert (progress.asked, progress.known) == (3, 1)
    assert "nothing has changed for you since" in browser_of(eli).get(f"/policy/{policy.pk}/").content.decode()
    assert "version 1." in browser_of(eli).get(f"/policy/{policy.pk}/certificate").content.decode()
    know(second, fay)
    assert knowing.waiting_for(fay) == []
    assert knowing.known_of_asked() == (2, 3)


def test_whoever_knows_no_version_reads_all_of_it_and_others_what_is_new_since_theirs(
    policy, edith, eli, fay, browser_of
):
    know(actions.publish(policy, by=edith), eli)
    change(policy, edith, "before you post", "in writing before you post", pictures="substance")
    third = change(policy, edith, "for everybody", "only for everybody who posts", scope="substance")
    joiner = makers.make_person("joiner")
    actions.ask_joiners()

    assert [own["key"] for own in knowing.changes_for(third, eli)] == ["scope", "pictures"]
    assert knowing.changes_for(third, eli)[1]["before"] == "Ask people before you post a picture of them."
    for person in (joiner, fay):
        assert knowing.changes_for(third, person) == []
        page = browser_of(person).get(f"/policy/{policy.pk}/know").content.decode()
        assert "What changed for you" not in page
        assert "in writing before you post" in page
    assert {asked.person: asked.is_whole for asked in third.asked.all()} == {
        edith: True, eli: False, fay: True, joiner: True,
    }  # fmt: skip


def test_what_was_taken_back_since_is_not_shown_as_changed(policy, edith, eli):
    know(actions.publish(policy, by=edith), eli)
    change(policy, edith, "Ask people", "Never ask people", pictures="substance")

    third = change(policy, edith, "Never ask people", "Ask people", pictures="substance")

    assert knowing.changes_for(third, eli) == []


def test_policy_that_is_for_fewer_teams_now_waits_for_nobody_else(policy, edith, eli, fay):
    sales = Team.objects.create(name="Sales")
    fay.team = sales
    fay.save()
    actions.publish(policy, by=edith)

    policy.teams.set([sales])

    assert knowing.waiting_for(eli) == []
    assert [asked.version.policy for asked in knowing.waiting_for(fay)] == [policy]


def test_evidence_of_every_version_is_there(policy, edith, eli, browser_of):
    know(actions.publish(policy, by=edith), eli)
    change(policy, edith, "for everybody", "for everyone", scope="wording")
    address = f"/policy/desk/{policy.pk}/evidence"

    page = browser_of(edith).get(address).content.decode()

    assert "?number=1&amp;form=csv" in page
    assert "2 people here were asked to read it, 1 know" in page
    assert "eli@" in browser_of(edith).get(f"{address}?number=1&form=csv").getvalue().decode()
    assert "eli@" not in browser_of(edith).get(f"{address}?form=csv").getvalue().decode()
    assert browser_of(edith).get(f"{address}?number=9&form=csv").status_code == 404


@pytest.mark.parametrize("what", ["summary", "question"])
def test_approval_is_for_summary_and_questions_too(policy, edith, ada, browser_of, what):
    policy.approvers.set([ada])
    page = browser_of(ada).get(f"/policy/desk/{policy.pk}/review").content.decode()
    assert "Short." in page
    assert "Question 2?" in page
    actions.approve(policy, by=ada, seen=re.search(r'name="seen" value="(\w+)"', page)[1])
    if what == "summary":
        actions.keep_summary(policy, summary="Other.", by=edith)
    else:
        actions.drop_question(policy.questions.last(), by=edith)
        actions.keep_question(policy, by=edith, text="Other?", options=[{"text": "A", "is_right": True}])

    with pytest.raises(NotReady, match="Ada"):
        actions.publish(policy, by=edith)
    actions.approve(policy, by=ada)
    assert actions.publish(policy, by=edith).number == 1


def test_summary_of_another_editor_is_shown_and_not_overwritten(policy, edith, browser_of):
    address = f"/policy/desk/{policy.pk}/publish"
    page = browser_of(edith).get(address).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    actions.keep_summary(policy, summary="Theirs.", by=edith)

    answer = browser_of(edith).post(address, {"summary": "Mine.", "seen": seen})

    assert answer.status_code == 409
    assert "Somebody else wrote meanwhile: Theirs." in answer.content.decode()
    assert "Mine.</textarea>" in answer.content.decode()
    with pytest.raises(NotAsSeen):
        actions.keep_summary(policy, summary="Mine.", by=edith, seen=seen)


def test_what_is_kept_about_a_clause_follows_its_title(policy, edith, browser_of):
    actions.set_audience(policy, key="pictures", audience="facilitators", by=edith)
    actions.comment(policy, key="pictures", text="Video too?", by=edith)

    actions.keep_draft(policy, text=TEXT.replace("## Pictures", "## Photos"), made_from=0, by=edith)

    [_scope, photos] = queries.drafted(policy.__class__.objects.get())
    assert (photos.clause.key, photos.audience) == ("photos", "facilitators")
    assert [own.text for own in photos.comments] == ["Video too?"]


def test_what_is_kept_about_a_clause_that_is_gone_stays_in_sight(policy, edith, browser_of):
    actions.comment(policy, key="pictures", text="Video too?", by=edith)
    actions.comment(policy, key="", text="On the whole: fine.", by=edith)
    actions.set_audience(policy, key="pictures", audience="facilitators", by=edith)

    actions.keep_draft(policy, text="## Scope\n\nThis is for everybody.\n", made_from=0, by=edith)

    page = browser_of(edith).get(f"/policy/desk/{policy.pk}/").content.decode()
    assert "Kept about clauses that are gone" in page
    assert "Video too?" in page
    assert "it was for facilitators only" in page
    assert "On the whole: fine." in page
    assert Comment.objects.filter(clause_key="pictures").count() == 1


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("Du darfst Bilder posten.", "Du darfst keine Bilder posten.", "substance"),
        ("Sag, für wen du arbeitest.", "Sage, für wen du arbeitest.", "wording"),
        ("Frag vorher.", "Frag bitte vorher.", "wording"),
    ],
)
def test_german_words_of_duty_are_substance(before, after, kind):
    filler = " Das gilt an jedem Tag und auf jedem Kanal, den jemand von uns benutzt."
    [found] = clauses.compare(clauses.parse(f"## A\n\n{before}{filler}"), clauses.parse(f"## A\n\n{after}{filler}"))

    assert found.kind == kind

"""A policy that is not needed any more: out of force and back, with its records; a draft is thrown away."""

import pytest

from askfirst.policy import actions, ending, knowing, queries, reminders
from askfirst.policy.errors import PolicyError
from askfirst.policy.models import Acknowledgement, Policy, SavedDraft
from tests import makers

DRAFT = "## For whom\n\nThis is for everybody.\n"


@pytest.fixture
def policy(edith):
    return makers.make_policy(edith, title="Rules", draft=DRAFT)


def test_draft_is_thrown_away_and_what_was_published_is_not(policy, edith, browser_of):
    other = actions.create_policy(by=edith, title="Never meant", countries=["eu"], draft=DRAFT)
    browser = browser_of(edith)
    assert "Throw the draft away" in browser.get(f"/policy/desk/{other.pk}/end").content.decode()

    browser.post(f"/policy/desk/{other.pk}/end", {"act": "throw"})

    assert list(Policy.objects.all()) == [policy]
    assert not SavedDraft.objects.filter(policy=other.pk).exists()
    actions.publish(policy, by=edith)
    with pytest.raises(PolicyError, match="stays on record"):
        ending.throw_away(policy, by=edith)


def test_policy_out_of_force_asks_nobody_and_its_records_stay(policy, edith, eli, amba, browser_of, mailoutbox):
    version = actions.publish(policy, by=edith)
    actions.acknowledge(
        version, person=amba, answers={question.pk: 0 for question in policy.questions.all()}, language="en"
    )

    browser_of(edith).post(f"/policy/desk/{policy.pk}/end", {"act": "end"})

    assert queries.current_versions() == []
    assert knowing.waiting_for(eli) == []
    assert "Rules" not in browser_of(eli).get("/policy/").content.decode()
    assert "Out of force since" in browser_of(eli).get(f"/policy/{policy.pk}/").content.decode()
    assert browser_of(eli).get(f"/policy/{policy.pk}/know").status_code == 302
    assert browser_of(amba).get(f"/policy/{policy.pk}/certificate").status_code == 200
    assert Acknowledgement.objects.count() == 1
    reminders.send_due(version.published_at.replace(hour=12))
    assert mailoutbox == []


def test_policy_comes_back_as_it_was_or_by_its_next_version(policy, edith, eli, browser_of):
    actions.publish(policy, by=edith)
    ending.end_policy(policy, by=edith)
    came = makers.make_person("came")
    assert actions.ask_joiners() == 0

    assert browser_of(edith).post(f"/policy/desk/{policy.pk}/end", {"act": "end"}).status_code == 409
    browser_of(edith).post(f"/policy/desk/{policy.pk}/end", {"act": "back"})

    assert [asked.version.policy for asked in knowing.waiting_for(eli)] == [policy]
    assert actions.ask_joiners() == 1
    assert knowing.waiting_for(came) != []

    policy.refresh_from_db()
    ending.end_policy(policy, by=edith)
    actions.keep_draft(policy, text=DRAFT + "\n## Ask\n\nAsk first.\n", made_from=policy.revision, by=edith)
    policy.refresh_from_db()
    actions.publish(policy, by=edith)
    assert [version.number for version in queries.current_versions()] == [2]


def test_every_draft_that_was_kept_can_be_read(policy, edith, browser_of):
    for at in range(24):
        actions.keep_draft(policy, text=f"{DRAFT}\nSentence {at}.\n", made_from=at, by=edith)
    browser = browser_of(edith)

    beside = browser.get(f"/policy/desk/{policy.pk}/").content.decode()

    assert f"/policy/desk/{policy.pk}/drafts" in beside
    assert "Sentence 23." in browser.get(f"/policy/desk/{policy.pk}/drafts").content.decode()
    assert "Sentence 0." in browser.get(f"/policy/desk/{policy.pk}/drafts?page=2").content.decode()

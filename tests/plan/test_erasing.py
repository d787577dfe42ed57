"""Who is erased is in no table any more but the log, which ages; what they gave stays without a name."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.utils import timezone

from askfirst.learn import actions as learn
from askfirst.learn import badges, practice
from askfirst.learn.models import Award, Choice, Done, Play, Recall
from askfirst.options import Options
from askfirst.people import records
from askfirst.people.models import Connection, Person, Provisioned
from askfirst.plan import actions
from askfirst.policy import actions as policy
from askfirst.policy.models import Acknowledgement, Dispute
from askfirst.share import actions as share
from tests import makers
from tests.engines.test_drills import GOOD
from tests.learn.test_learning import RIGHT, SOURCE


def live_a_little(person, edith, fay) -> None:
    """Everything by which somebody leaves a trace."""
    EmailAddress.objects.create(user=person, email=person.email, verified=True)
    SocialAccount.objects.create(
        user=person, provider="oidc", uid="u1", extra_data={"email": person.email, "name": person.name}
    )
    Connection.objects.create(
        person=person, network="mastodon", server="https://social.example", handle="@marsh@social.example", sealed="x"
    )
    Provisioned.objects.create(
        id="p1", kind="User", document={"userName": person.email, "displayName": person.name}, user_name=person.email, person=person,
        created_at=timezone.now(), changed_at=timezone.now(),
    )  # fmt: skip
    jam = makers.make_jam(fay, naming="named", entry="signed_in")
    makers.make_question(jam, "Who pays?", author=person, author_name=person.name, is_anonymous=False)
    lesson = learn.keep_lesson(by=edith, source=SOURCE)
    course = learn.keep_course(by=edith, lessons=[lesson], title="One", note="", days=30)
    learn.finish_lesson(lesson, person=person, chosen=RIGHT)
    badges.take_badge(course, person=person)
    practice.choose(
        practice.begin_play(practice.keep_drill(by=None, source=GOOD), person=person), scene="start", number=0
    )
    made = makers.make_policy(edith)
    version = policy.publish(made, by=edith)
    policy.acknowledge(
        version, person=person, language="en", answers={own.pk: 0 for own in made.questions.all()}, dispute="Too much."
    )
    share.tell_story(teller=person, title="The last seam", text="It held.")


def test_nothing_names_who_was_erased(edith, fay, eli, browser_of):
    type(eli).objects.filter(pk=eli.pk).update(name="Eli Zzyzx", email="zzyzx@example.org")
    eli.refresh_from_db()
    browser_of(eli).get("/today")
    live_a_little(eli, edith, fay)
    traces = makers.everything_in_the_database(but=["base_logentry"])
    assert all(trace in traces for trace in ("Eli Zzyzx", "zzyzx@example.org", "@marsh@social.example"))

    actions.erase(eli)

    left = makers.everything_in_the_database(but=["base_logentry"])
    assert [trace for trace in ("Zzyzx", "zzyzx", "marsh") if trace in left] == []


def test_what_was_learnt_goes_and_what_proves_or_was_earned_stays(edith, fay, eli):
    live_a_little(eli, edith, fay)

    actions.erase(eli)

    assert [model.objects.count() for model in (Done, Recall, Play, Choice)] == [0, 0, 0, 0]
    assert [model.objects.count() for model in (Acknowledgement, Award)] == [1, 1]
    assert (Dispute.objects.get().text, Dispute.objects.get().person) == ("Too much.", None)


def test_leavers_are_erased_after_the_days_that_are_set_and_who_is_back_is_not(ada, eli, fay, settings, browser_of):
    for person in (eli, fay):
        records.switch_off(person, by=ada)
    assert actions.erase_leavers() == 0
    assert set(Person.objects.exclude(left_on=None)) == {eli, fay}
    page = browser_of(ada).get("/people/?left").content.decode()
    assert "kept until an administrator erases them" in page

    settings.OPTIONS = Options(**{**vars(settings.OPTIONS), "leavers_days": 30})
    records.switch_on(fay, by=ada)
    Person.objects.filter(pk=eli.pk).update(left_on=timezone.localdate() - timedelta(days=29))
    assert actions.erase_leavers() == 0
    assert "erased 30 days after" in browser_of(ada).get("/people/?left").content.decode()
    Person.objects.filter(pk=eli.pk).update(left_on=timezone.localdate() - timedelta(days=30))

    assert [actions.erase_leavers(), actions.erase_leavers()] == [1, 0]

    eli.refresh_from_db()
    fay.refresh_from_db()
    assert (eli.name, eli.left_on) == ("Somebody who left", None)
    assert (fay.name, fay.left_on) == ("Fay", None)


def test_last_administrator_who_has_left_stops_no_other_from_being_erased(ada, eli, settings):
    settings.OPTIONS = Options(**{**vars(settings.OPTIONS), "leavers_days": 1})
    Person.objects.filter(pk__in=[ada.pk, eli.pk]).update(
        is_active=False, left_on=timezone.localdate() - timedelta(days=9)
    )

    actions.erase_leavers()

    eli.refresh_from_db()
    assert eli.name == "Somebody who left"

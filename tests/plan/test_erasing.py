"""Who is erased is in no table any more but the log, which ages; what they gave stays without a name."""

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.utils import timezone

from askfirst.learn import actions as learn
from askfirst.learn import badges, practice
from askfirst.learn.models import Award, Choice, Done, Play, Recall
from askfirst.people.models import Connection, Provisioned
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

"""Signing in, roles, and what everybody may do about themselves."""

import re

import pytest
from django.core import mail

from askfirst.base import actions as base
from askfirst.base.models import LogEntry
from askfirst.people import actions
from askfirst.people.errors import PeopleError
from askfirst.people.models import Person, Stance
from tests import makers


def test_code_by_mail_signs_in(eli, nobody):
    nobody.post("/account/login/code/", {"email": "eli@example.org"})
    code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", mail.outbox[0].body, re.MULTILINE)[1]

    nobody.post("/account/login/code/confirm/", {"code": code})

    assert nobody.get("/today").status_code == 200


@pytest.mark.parametrize(
    ("path", "subject", "words"),
    [
        ("/account/login/code/", "Your code to sign in at Halden", "within ten minutes"),
        ("/account/password/reset/", "Your password at Halden", "your password stays as it is"),
    ],
)
def test_mails_of_signing_in_say_whose_they_are(eli, nobody, path, subject, words):
    base.set_organisation(name="Halden", brand_colour="#ffcc00")

    nobody.post(path, {"email": "eli@example.org"})

    assert mail.outbox[0].subject == subject
    assert words in mail.outbox[0].body
    assert "Halden · " in mail.outbox[0].body


def test_another_code_can_be_asked_for(eli, nobody):
    nobody.post("/account/login/code/", {"email": "eli@example.org"})
    assert "Send another code" in nobody.get("/account/login/code/confirm/").content.decode()

    nobody.post("/account/login/code/confirm/", {"action": "resend"})

    assert len(mail.outbox) == 2


def test_stranger_is_told_the_same_and_gets_no_mail(eli, nobody):
    page = nobody.post("/account/login/code/", {"email": "stranger@example.org"}, follow=True).content.decode()

    assert "If <b>stranger@example.org</b> is known here" in page
    assert mail.outbox == []


def test_password_signs_in_and_a_wrong_one_does_not(eli, nobody):
    nobody.post("/account/login/", {"login": "eli@example.org", "password": "wrong"})
    assert nobody.get("/today").status_code == 302

    nobody.post("/account/login/", {"login": "ELI@example.org", "password": "a-long-password-1"})

    assert nobody.get("/today").status_code == 200


def test_nobody_makes_their_own_account(db, nobody):
    nobody.post("/account/signup/", {"email": "mallory@example.org", "password1": "a-long-password-1"})

    assert not Person.objects.exists()


def test_leaver_cannot_sign_in(eli, nobody):
    Person.objects.update(is_active=False)

    nobody.post("/account/login/", {"login": "eli@example.org", "password": "a-long-password-1"})

    assert nobody.get("/today").status_code == 302


def test_passkeys_and_authenticator_apps_are_offered(eli, browser_of):
    page = browser_of(eli).get("/account/2fa/").content.decode()

    assert "/account/2fa/totp/activate/" in page
    assert "/account/2fa/webauthn/" in page


def test_last_administrator_stays(ada):
    with pytest.raises(PeopleError, match="last"):
        actions.set_roles(ada, actor=ada, is_admin=False)


def test_roles_are_logged_with_before_and_after(ada, eli, browser_of):
    browser_of(ada).post(f"/people/{eli.pk}/roles", {"is_facilitator": "on"})

    entry = LogEntry.objects.get(verb="people.roles_set")
    assert (entry.subject, entry.detail["before"]["is_facilitator"], entry.detail["after"]["is_facilitator"]) == (
        eli.email,
        False,
        True,
    )


def test_stance_is_chosen_freely_and_leaves_no_trace(eli, browser_of):
    browser_of(eli).post("/people/me/stance", {"stance": "ambassador"})

    eli.refresh_from_db()
    assert eli.stance == Stance.AMBASSADOR
    assert not LogEntry.objects.exists()


def test_nobody_else_sees_a_stance(ada, amba, browser_of):
    browser = browser_of(ada)

    pages = browser.get("/people/").content.decode() + browser.get(f"/people/{amba.pk}").content.decode()

    assert "ambassador" not in pages.lower()


def test_pages_about_people_are_for_administrators(eli, browser_of):
    browser = browser_of(eli)

    assert {
        browser.get(path).status_code for path in ("/people/", "/people/import", "/people/log", f"/people/{eli.pk}")
    } == {403}


def test_language_of_a_person_is_used(eli, browser_of):
    browser = browser_of(eli)
    browser.post("/people/me/language", {"language": "de"})

    assert "Heute, Eli" in browser.get("/today").content.decode()


def test_my_data_holds_what_i_did_under_my_name_and_nothing_anonymous(fay, eli, browser_of):
    jam = makers.make_jam(fay, naming="choice", entry="signed_in")
    makers.make_question(jam, "Asked under my name?", author=eli, author_name="Eli", is_anonymous=False)
    makers.make_question(jam, "Asked by nobody in particular?", author=eli)

    data = browser_of(eli).get("/people/me/data").json()

    assert data["person"]["email"] == "eli@example.org"
    assert [row["text"] for row in data["contributions_under_my_name"]] == ["Asked under my name?"]
    assert len(data["person"]["signed_in"]) == 1
    assert (data["log"], data["policy_comments"], data["learning"]["badges"]) == ([], [], [])


def test_erased_person_is_gone_and_their_question_stays(fay, eli, browser_of):
    jam = makers.make_jam(fay, naming="named", entry="signed_in")
    asked = makers.make_question(jam, "Who pays?", author=eli, author_name="Eli", is_anonymous=False)
    browser = browser_of(eli)

    browser.post("/people/me/erase")

    asked.refresh_from_db()
    eli.refresh_from_db()
    assert (asked.text, asked.author, asked.author_name, asked.is_anonymous) == ("Who pays?", None, "", True)
    assert (eli.name, eli.is_active, eli.manager, eli.last_login) == ("Somebody who left", False, None, None)
    assert "eli@" not in eli.email
    assert browser.get("/today").status_code == 302


CHANGE = {"oldpassword": "a-long-password-1", "password1": "a-long-password-2", "password2": "a-long-password-2"}


def test_change_of_password_is_told_by_mail_without_an_address_of_the_network(eli, browser_of, mailoutbox):
    browser_of(eli).post("/account/password/change/", CHANGE)

    eli.refresh_from_db()
    assert eli.check_password("a-long-password-2")
    [told] = mailoutbox
    assert told.to == ["eli@example.org"]
    assert "tell whoever runs this site" in told.body
    assert "127.0.0.1" not in told.body


def test_mail_server_that_is_down_stops_no_change_of_password(eli, browser_of, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    answer = browser_of(eli).post("/account/password/change/", CHANGE)

    assert answer.status_code == 302
    eli.refresh_from_db()
    assert eli.check_password("a-long-password-2")


def test_signing_in_is_logged_and_nobody_named(eli, nobody, caplog):
    eli.set_password("a-long-password-1")
    eli.save()
    with caplog.at_level("INFO", logger="askfirst"):
        nobody.post("/account/login/", {"login": "eli@example.org", "password": "wrong"})
        nobody.post("/account/login/", {"login": "nobody@example.org", "password": "wrong"})
        nobody.post("/account/login/", {"login": "eli@example.org", "password": "a-long-password-1"})

    said = [own.getMessage() for own in caplog.records if own.name == "askfirst.people.signing_in"]
    assert said == ["Somebody could not sign in: a wrong password, or nobody has the address."] * 2 + [
        "Somebody signed in by password."
    ]
    assert "eli@" not in caplog.text

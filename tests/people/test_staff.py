"""An administrator looks after single people: adds them, puts right what is known, lets them in, shuts leavers out, erases on request."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from askfirst.base.models import LogEntry
from askfirst.people import actions, records, tokens
from askfirst.people.errors import PeopleError
from askfirst.people.models import Person, Team
from tests import makers


def known(person, **changes) -> dict[str, str]:
    """What the form about a person holds."""
    return {
        "name": person.name,
        "email": person.email,
        "team": str(person.team or ""),
        "manager": "",
        "language": "",
        "joined_on": "",
    } | changes


def test_shop_of_eight_adds_people_and_teams_by_hand(ada, browser_of):
    browser = browser_of(ada)

    for name in ("Eli", "Mo"):
        browser.post(
            "/people/add", {"name": name, "email": f"{name}@example.org", "team": " Shop  floor ", "manager": ada.email}
        )

    eli = Person.objects.get(email="eli@example.org")
    assert [str(team) for team in Team.objects.all()] == ["Shop floor"]
    assert (eli.team.name, eli.manager) == ("Shop floor", ada)
    assert browser.get("/people/add").content.decode().count('<option value="Shop floor">') == 1


def test_record_is_put_right_and_the_log_names_the_fields(ada, eli, browser_of):
    browser_of(ada).post(f"/people/{eli.pk}/record", known(eli, name="Eli Marsh", team="Workshop", language="de"))

    eli.refresh_from_db()
    assert (eli.name, eli.team.name, eli.language) == ("Eli Marsh", "Workshop", "de")
    assert LogEntry.objects.get(verb="people.changed").detail["fields"] == ["language", "name", "team"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "AMBA@example.org"}, "already"),
        ({"manager": "nobody@example.org"}, "Nobody who works here has this e-mail."),
        ({"manager": "eli@example.org"}, "Nobody reports to themselves."),
        ({"name": ""}, "required"),
    ],
)
def test_mistake_is_said_and_nothing_is_changed(ada, eli, amba, browser_of, changes, words):
    answer = browser_of(ada).post(f"/people/{eli.pk}/record", known(eli, **changes))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    eli.refresh_from_db()
    assert (eli.email, eli.name, eli.manager) == ("eli@example.org", "Eli", None)


@pytest.mark.parametrize("way", ["page", "roster"])
def test_old_address_lets_nobody_in_once_it_is_somebody_elses(ada, eli, browser_of, nobody, tmp_path, way):
    EmailAddress.objects.create(user=eli, email="eli@example.org", verified=True, primary=True)
    Person.objects.filter(pk=eli.pk).update(employee_id="7")

    if way == "page":
        browser_of(ada).post(f"/people/{eli.pk}/record", known(eli, email="marsh@example.org"))
    else:
        file = tmp_path / "roster.csv"
        file.write_text("employee id,name,e-mail\n7,Eli,marsh@example.org\n")
        actions.import_roster(file)
    other = makers.make_person("eli2")
    Person.objects.filter(pk=other.pk).update(email="eli@example.org")
    nobody.post("/account/login/code/", {"email": "eli@example.org"})
    code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", mail.outbox[-1].body, re.MULTILINE)[1]
    nobody.post("/account/login/code/confirm/", {"code": code})

    assert nobody.get("/people/me").context["user"].pk == other.pk


def test_nobody_chooses_their_own_address(eli, browser_of):
    browser_of(eli).post("/account/email/", {"action_add": "", "email": "chief@example.org"})

    assert not EmailAddress.objects.filter(email="chief@example.org").exists()


def test_person_without_mail_sets_a_password_by_a_link_that_works_once(ada, eli, browser_of, nobody):
    eli.set_unusable_password()
    eli.save()
    shown = browser_of(ada).post(f"/people/{eli.pk}/link")
    path = re.search(r"<code>https?://[^/]+(/[^<]+)</code>", shown.content.decode())[1]

    form = nobody.get(path, follow=True)
    nobody.post(form.redirect_chain[-1][0], {"password1": "a-long-password-2", "password2": "a-long-password-2"})
    nobody.post("/account/login/", {"login": "eli@example.org", "password": "a-long-password-2"})

    assert nobody.get("/today").status_code == 200
    assert shown["Cache-Control"] == "no-store"
    assert "a-long" not in nobody.get(path, follow=True).content.decode()
    assert "/password/reset/" in nobody.get(path, follow=True).content.decode()
    assert LogEntry.objects.filter(verb="people.link_made", actor_id=ada.pk).count() == 1


def test_leaver_is_out_at_once_and_comes_back(ada, fay, browser_of):
    theirs, browser = browser_of(fay), browser_of(ada)
    theirs.get("/today")
    raw = tokens.make_token(by=fay, name="T", scopes=["jam:read"])

    browser.post(f"/people/{fay.pk}/switch", {"off": ""})

    assert theirs.get("/today").status_code == 302
    assert tokens.recognise(raw) is None
    browser.get("/people/")
    assert "Fay" not in browser.get("/people/").content.decode()
    assert "Fay" in browser.get("/people/?left").content.decode()
    assert "Switch this person on first." in browser.post(f"/people/{fay.pk}/link", follow=True).content.decode()

    browser.post(f"/people/{fay.pk}/switch", {"on": ""})

    assert "Fay" in browser.get("/people/").content.decode()
    assert [entry.verb for entry in LogEntry.objects.filter(verb__startswith="people.switched").order_by("pk")] == [
        "people.switched_off",
        "people.switched_on",
    ]


def test_nobody_switches_themselves_off_and_an_administrator_stays(ada, eli):
    with pytest.raises(PeopleError, match="yourself"):
        records.switch_off(ada, by=ada)
    with pytest.raises(PeopleError, match="last administrator"):
        records.switch_off(ada, by=eli)


def test_last_administrator_is_not_erased(ada, browser_of):
    answer = browser_of(ada).post("/people/me/erase", follow=True)

    assert "last administrator" in answer.content.decode()
    assert Person.objects.filter(email="ada@example.org", is_active=True).exists()


def test_leaver_is_erased_on_request_and_is_on_no_list_any_more(ada, eli, browser_of):
    browser = browser_of(ada)
    assert "Switch this person off first." in browser.post(f"/people/{eli.pk}/erase", follow=True).content.decode()
    records.switch_off(eli, by=ada)

    browser.post(f"/people/{eli.pk}/erase")

    assert not Person.objects.filter(email="eli@example.org").exists()
    assert browser.get(f"/people/{eli.pk}").status_code == 404
    assert "Somebody who left" not in browser.get("/people/?left").content.decode()
    assert LogEntry.objects.get(verb="people.erased").actor_id == ada.pk


def test_second_factor_needs_no_mail_first(eli, browser_of):
    browser = browser_of(eli)
    browser.post("/account/reauthenticate/", {"password": "a-long-password-1"})

    assert browser.get("/account/2fa/totp/activate/").status_code == 200


def test_team_gets_another_name_and_goes_when_nothing_needs_it(ada, eli, browser_of):
    browser = browser_of(ada)
    sohps, shops = Team.objects.create(name="Sohps"), Team.objects.create(name="Warehouse")
    Person.objects.filter(pk=eli.pk).update(team=sohps)

    browser.post("/people/teams", {"team": sohps.pk, "name": " Shops "})
    assert "already" in browser.post("/people/teams", {"team": shops.pk, "name": "shops"}, follow=True).content.decode()
    assert (
        "There are people in this team"
        in browser.post("/people/teams", {"team": sohps.pk, "drop": "1"}, follow=True).content.decode()
    )
    browser.post("/people/teams", {"team": shops.pk, "drop": "1"})

    assert list(Team.objects.values_list("name", flat=True)) == ["Shops"]
    assert "1 person" in browser.get("/people/teams").content.decode()


def test_team_that_something_is_for_stays(ada, fay, browser_of):
    team = Team.objects.create(name="Shops")
    makers.make_jam(fay).teams.set([team])

    said = browser_of(ada).post("/people/teams", {"team": team.pk, "drop": "1"}, follow=True).content.decode()

    assert "Something is for this team only" in said
    assert Team.objects.filter(pk=team.pk).exists()


def test_log_is_searched_paged_to_its_end_and_exported(ada, eli, browser_of):
    LogEntry.objects.bulk_create(
        LogEntry(verb="jam.closed", actor_name="Fay", subject=f"CODE{at}") for at in range(120)
    )
    records.switch_off(eli, by=ada)
    browser = browser_of(ada)

    first = browser.get("/people/log").content.decode()
    older = re.search(r"\?q=&amp;before=\d+", first)[0].replace("&amp;", "&")

    assert (first.count("<tr>"), browser.get(f"/people/log{older}").content.decode().count("<tr>")) == (101, 22)
    assert browser.get("/people/log?q=ada+switched").content.decode().count("<tr>") == 2
    assert "Nothing found." in browser.get("/people/log?q=nobody").content.decode()
    lines = browser.get("/people/log?q=fay&form=csv").getvalue().decode("utf-8-sig").splitlines()
    assert (lines[0], len(lines)) == ("at,who,what,to what,details", 121)
    assert "jam.closed,CODE119" in lines[1]


def test_role_that_another_administrator_gave_is_not_taken_unseen(ada, eli, browser_of):
    browser, address = browser_of(ada), f"/people/{eli.pk}"
    page = browser.get(address).content.decode()
    seen = re.search(r'name="seen" value="(\w+)" id="roles_seen"', page)[1]
    actions.set_roles(eli, actor=ada, is_facilitator=True, is_editor=False, is_listener=False, is_admin=False)

    refused = browser.post(f"{address}/roles", {"is_editor": "on", "seen": seen})

    assert refused.status_code == 422
    assert "Somebody changed this while you wrote" in refused.content.decode()
    eli.refresh_from_db()
    assert (eli.is_facilitator, eli.is_editor) == (True, False)

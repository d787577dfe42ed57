"""What was written is not lost when a session or a token has ended; only forms of our own are shown again, and no passwords."""

import pytest
from django.db import OperationalError, connection
from django.test import Client

from askfirst.people.models import Team
from tests import makers

pytestmark = pytest.mark.django_db
OURS = {"Sec-Fetch-Site": "same-origin"}
TEXT = {"source": "# Long <work>"}


@pytest.fixture
def strict(edith):
    client = Client(enforce_csrf_checks=True)
    client.force_login(edith, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_form_of_somebody_signed_out_can_be_sent_once_more(nobody):
    page = nobody.post("/learn/desk/lesson?answer=3", TEXT, headers=OURS)

    assert page.status_code == 401
    assert 'name="source" value="# Long &lt;work&gt;"' in page.content.decode()
    assert 'action="/learn/desk/lesson?answer=3"' in page.content.decode()
    assert "/account/login/" in page.content.decode()


def test_form_with_an_old_token_can_be_sent_once_more(strict):
    page = strict.post("/learn/desk/lesson", {**TEXT, "csrfmiddlewaretoken": "x" * 64}, headers=OURS)

    assert page.status_code == 403
    assert 'name="source" value="# Long &lt;work&gt;"' in page.content.decode()
    assert "x" * 64 not in page.content.decode()


@pytest.mark.parametrize("origin", ["cross-site", "same-site", "none", ""])
def test_form_of_another_address_is_not_shown(strict, nobody, origin):
    headers = {"Sec-Fetch-Site": origin} if origin else {}

    assert "Long" not in strict.post("/learn/desk/lesson", TEXT, headers=headers).content.decode()
    assert nobody.post("/learn/desk/lesson", TEXT, headers=headers)["Location"].startswith("/account/login/")


@pytest.mark.parametrize("name", ["password", "old_password", "client_secret", "code"])
def test_passwords_are_not_shown(strict, name):
    assert "hunter2" not in strict.post("/learn/desk/lesson", {name: "hunter2"}, headers=OURS).content.decode()


@pytest.mark.parametrize("path", ["/learn/desk/lesson", "/learn/gallery/99/out"])
def test_part_of_a_page_hears_of_it_beside_what_was_written(nobody, path):
    answer = nobody.post(path, TEXT, headers={"HX-Request": "true"})

    assert (answer.status_code, answer["HX-Retarget"], answer["HX-Reswap"]) == (401, "#trouble", "innerHTML")
    assert "<html" not in answer.content.decode()


def test_what_is_gone_is_said_beside_the_page_too(strict):
    answer = strict.get("/learn/99999/", headers={"HX-Request": "true"})

    assert (answer.status_code, answer["HX-Retarget"]) == (404, "#trouble")
    assert "csrfmiddlewaretoken" not in answer.content.decode()


LONG = "A sentence that goes on. " * 1000


@pytest.fixture
def rows(edith):
    """What the forms are about that pages write out by hand."""
    return {"policy": makers.make_policy(edith).pk, "team": Team.objects.create(name="Shop").pk}


@pytest.mark.parametrize(
    ("who", "path", "data"),
    [
        ("edith", "/policy/desk/{policy}/comment", {"text": LONG}),
        ("edith", "/policy/desk/{policy}/audience", {"key": "scope", "audience": LONG}),
        ("edith", "/policy/desk/{policy}/coverage", {"title": LONG, "text": "Ours."}),
        ("edith", "/plan/", {"note": LONG}),
        ("ada", "/people/teams", {"team": "{team}", "name": LONG}),
    ],
)
def test_what_is_too_long_is_refused_and_given_back(edith, ada, rows, browser_of, who, path, data):
    client = browser_of({"edith": edith, "ada": ada}[who])
    data = {name: value.format(**rows) for name, value in data.items()}

    page = client.post(path.format(**rows), data, headers=OURS)

    assert page.status_code == 422
    assert LONG in page.content.decode()


def test_form_that_met_a_broken_database_can_be_sent_once_more(edith):
    browser = Client(raise_request_exception=False)
    browser.force_login(edith, backend="allauth.account.auth_backends.AuthenticationBackend")

    def away(*_arguments):
        raise OperationalError("the server closed the connection unexpectedly")

    with connection.execute_wrapper(away):
        page = browser.post("/learn/desk/lesson?answer=3", TEXT, headers=OURS)
        foreign = browser.post("/learn/desk/lesson", TEXT, headers={"Sec-Fetch-Site": "cross-site"})
        look = browser.get("/learn/desk/lesson")

    assert [own.status_code for own in (page, foreign, look)] == [500] * 3
    assert 'name="source" value="# Long &lt;work&gt;"' in page.content.decode()
    assert 'action="/learn/desk/lesson?answer=3"' in page.content.decode()
    assert "Long" not in foreign.content.decode()
    assert "Send it once more" not in look.content.decode()

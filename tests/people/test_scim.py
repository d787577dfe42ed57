"""SCIM 2.0: the contract of the library's storages, the bodies that large directories send, and leavers shut out at once."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.wsgi import get_wsgi_application
from scim2_client.engines.wsgi import WSGISCIMClient
from scim2_server.testing import ScimStorageContract
from scim2_tester import Status, check_server

from askfirst.people import provisioning, scim, tokens
from askfirst.people.models import Person, Provisioned, Team
from tests import makers

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"


# In transactions of their own, as requests are: what goes wrong inside ends the whole of it.
@pytest.mark.django_db(transaction=True)
class TestStorage(ScimStorageContract):
    """Our storage keeps every rule that the library checks."""

    @pytest.fixture
    def provider(self):
        return scim.provider()

    @pytest.fixture
    def storage(self, provider):
        return scim.Storage(provider)


@pytest.fixture
def call(ada, client):
    raw = tokens.make_token(by=ada, name="directory", scopes=["scim"])

    def called(method: str, path: str, body: object = None, **headers: str):
        data = {"data": json.dumps(body), "content_type": "application/scim+json"} if body is not None else {}
        return getattr(client, method)(f"/scim/v2{path}", headers={"Authorization": f"Bearer {raw}", **headers}, **data)

    return called


@pytest.fixture
def bob(call) -> dict:
    made = call(
        "post",
        "/Users",
        {
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
            "userName": "bob@x.example",
            "displayName": "Bob",
            "active": True,
        },
    )
    assert made.status_code == 201, made.content
    return made.json()


def patch(call, path: str, *operations: dict):
    return call(
        "patch", path, {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": list(operations)}
    )


def test_user_becomes_a_person_and_is_found_in_any_case(call, bob):
    person = Person.objects.get(email="bob@x.example")
    assert (person.name, person.is_active, person.is_on_roster) == ("Bob", True, True)

    found = call("get", '/Users?filter=userName eq "BOB@X.example"').json()
    assert (found["totalResults"], found["Resources"][0]["id"]) == (1, bob["id"])
    again = call(
        "post", "/Users", {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "Bob@x.example"}
    )
    assert (again.status_code, again.json()["scimType"]) == (409, "uniqueness")


def test_people_of_the_roster_are_there_for_the_client(call, eli):
    found = call("get", '/Users?filter=userName eq "eli@example.org"').json()

    assert found["totalResults"] == 1
    id_ = found["Resources"][0]["id"]
    assert patch(call, f"/Users/{id_}", {"op": "replace", "path": "displayName", "value": "Eliza"}).status_code in {
        200,
        204,
    }
    eli.refresh_from_db()
    assert eli.name == "Eliza"


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "Replace", "path": "active", "value": "False"},
        {"op": "replace", "value": {"active": False}},
        {"op": "replace", "path": "active", "value": False},
    ],
)
def test_leaver_is_shut_out_at_once_and_still_returned(call, bob, client, browser_of, operation):
    person = Person.objects.get(email="bob@x.example")
    Person.objects.filter(pk=person.pk).update(is_admin=True)
    person.refresh_from_db()
    browser = browser_of(person)
    raw = tokens.make_token(by=person, name="own", scopes=["people:read"])
    assert browser.get("/today").status_code == 200

    assert patch(call, f"/Users/{bob['id']}", operation).status_code in {200, 204}

    assert browser.get("/today").status_code == 302
    assert tokens.recognise(raw) is None
    shown = call("get", f"/Users/{bob['id']}").json()
    assert shown["active"] is False
    assert call("get", '/Users?filter=userName eq "bob@x.example"').json()["totalResults"] == 1


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "Add", "path": 'phoneNumbers[type eq "mobile"].value', "value": "+1"},
        {"op": "Add", "path": f"{ENTERPRISE}:department", "value": "Shops"},
        {"op": "Replace", "path": "name.givenName", "value": "Robert"},
        {"op": "add", "value": {"nickName": "Bobby"}},
    ],
)
def test_bodies_of_large_directories_are_taken(call, bob, operation):
    answer = patch(call, f"/Users/{bob['id']}", operation)

    assert answer.status_code in {200, 204}, answer.content


def test_group_is_a_team_and_members_move(call, bob):
    made = call(
        "post",
        "/Groups",
        {
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"],
            "displayName": "Shops",
            "members": [{"value": bob["id"]}],
        },
    ).json()
    person = Person.objects.get(email="bob@x.example")
    assert person.team == Team.objects.get(name="Shops")

    removed = patch(
        call,
        f"/Groups/{made['id']}",
        {"op": "Remove", "path": "members", "value": [{"$ref": None, "value": bob["id"]}]},
    )
    assert removed.status_code in {200, 204}, removed.content
    person.refresh_from_db()
    assert person.team is None
    assert call("delete", f"/Groups/{made['id']}").status_code == 204
    assert Team.objects.count() == 0


def make_group(call, name, *members):
    group = {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": name}
    return call("post", "/Groups", group | {"members": [{"value": own["id"]} for own in members]}).json()


def test_a_group_takes_in_whom_it_did_not_have_and_another_one_keeps_them(call, bob):
    user = {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "eve@x.example"}
    eve = call("post", "/Users", user).json()
    everybody = make_group(call, "Everybody", bob)
    make_group(call, "Shops", bob)

    added = patch(call, f"/Groups/{everybody['id']}", {"op": "Add", "path": "members", "value": [{"value": eve["id"]}]})

    assert added.status_code in {200, 204}, added.content
    teams = dict(Person.objects.filter(email__endswith="@x.example").values_list("email", "team__name"))
    # A newcomer to one group pulls nobody else out of theirs.
    assert (teams["bob@x.example"], teams["eve@x.example"]) == ("Shops", "Everybody")
    shops = call("get", '/Groups?filter=displayName eq "Shops"').json()["Resources"][0]
    assert call("delete", f"/Groups/{shops['id']}").status_code == 204
    # Whoever is in another group besides is in that team, not in none.
    assert Person.objects.get(email="bob@x.example").team.name == "Everybody"


def test_a_text_that_no_database_keeps_is_said(call):
    user = {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
        "userName": "nul@x.example",
        "displayName": "N\0",
    }

    answer = call("post", "/Users", user)

    assert (answer.status_code, answer.json()["scimType"]) == (400, "invalidValue")


def test_group_gone_leaves_a_team_that_something_is_for(call, fay):
    group = {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "Shops"}
    made = call("post", "/Groups", group).json()
    jam = makers.make_jam(fay)
    jam.teams.set(Team.objects.all())

    assert call("delete", f"/Groups/{made['id']}").status_code == 204

    # Without it the jam, or a policy, would be for everybody.
    assert [team.name for team in jam.teams.all()] == ["Shops"]
    assert call("get", f"/Groups/{made['id']}").status_code == 404
    again = call("post", "/Groups", group).json()
    assert (again["displayName"], Team.objects.count()) == ("Shops", 1)


def test_delete_keeps_the_person_switched_off(call, bob):
    assert call("delete", f"/Users/{bob['id']}").status_code == 204

    assert Person.objects.get(email="bob@x.example").is_active is False
    assert call("get", f"/Users/{bob['id']}").status_code == 404


def test_without_a_token_only_the_configuration_is_shown(client, ada):
    assert client.get("/scim/v2/ServiceProviderConfig").status_code == 200
    assert client.get("/scim/v2/Users").status_code == 401
    raw = tokens.make_token(by=ada, name="x", scopes=["people:read"])
    assert client.get("/scim/v2/Users", headers={"Authorization": f"Bearer {raw}"}).status_code == 401


def test_pages_are_cut_in_the_database(call, django_assert_max_num_queries):
    for number in range(12):
        Person.objects.create_user(f"p{number}@example.org", name=f"P{number}")
    call("get", "/Users")

    with django_assert_max_num_queries(9):
        page = call("get", "/Users?startIndex=3&count=4").json()
    assert (page["totalResults"], page["itemsPerPage"], page["startIndex"]) == (13, 4, 3)
    assert Provisioned.objects.count() == 13


@pytest.mark.django_db(transaction=True)
def test_every_check_of_the_tester_passes(ada):
    raw = tokens.make_token(by=ada, name="directory", scopes=["scim"])
    application = get_wsgi_application()

    def with_token(environ, start_response):
        return application({**environ, "HTTP_AUTHORIZATION": f"Bearer {raw}", "HTTP_HOST": "localhost"}, start_response)

    client = WSGISCIMClient(with_token, base_url="http://localhost:8000/scim/v2")
    client.discover()
    results = check_server(client)

    bad = [
        f"{own.title}: {own.status.name}: {own.reason}"
        for own in results
        if own.status in {Status.ERROR, Status.CRITICAL}
    ]
    assert bad == []
    assert sum(own.status == Status.SUCCESS for own in results) > 100


def test_manager_of_the_directory_becomes_the_manager_here(call, bob):
    made = call(
        "post",
        "/Users",
        {
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", ENTERPRISE],
            "userName": "ann@x.example",
            "displayName": "Ann",
            ENTERPRISE: {"manager": {"value": bob["id"]}},
        },
    )
    assert made.status_code == 201, made.content
    assert Person.objects.get(email="ann@x.example").manager.name == "Bob"

    path = f"/Users/{made.json()['id']}"
    patch(call, path, {"op": "remove", "path": f"{ENTERPRISE}:manager"})
    assert Person.objects.get(email="ann@x.example").manager is None


def test_first_requests_at_once_share_one_description_of_what_is_served():
    provisioning._made.cache_clear()
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _number: provisioning._handler(), range(8)))
    assert len(set(map(id, made))) == 1

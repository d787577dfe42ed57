"""A fresh administrator, with nothing but docs/howto: serve, roster, single sign-on, provisioning, backup and restore, as processes.

With TEST_DATABASE_URL on PostgreSQL, as the compose file has it, with 100,000 people; otherwise on SQLite with fewer.
"""

import http.cookiejar
import json
import os
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.conftest import ADA, Site
from tests.people.test_single_sign_on import Provider

SERVER = os.environ.get("TEST_DATABASE_URL", "")
PEOPLE = 100_000 if SERVER else 5_000
EMAIL, PASSWORD = (ADA[ADA.index(name) + 1] for name in ("--email", "--password"))


class Browser:
    """A browser without scripts: cookies, forms, redirects."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.jar = http.cookiejar.CookieJar()
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar)).open
        self.at = ""

    def get(self, path: str) -> str:
        with self._open(urllib.parse.urljoin(self.site.url, path), timeout=60) as answer:
            self.at = urlsplit(answer.url).path
            return answer.read().decode()

    def post(self, path: str, **fields: str) -> str:
        """Fill in the form of a page and send it, with what the page's form hides."""
        request = self.form(path, hidden(self.get(path)), **fields)
        with self._open(request, timeout=60) as answer:
            self.at = urlsplit(answer.url).path
            return answer.read().decode()

    def form(self, path: str, token: str, **fields: str) -> urllib.request.Request:
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        return urllib.request.Request(urllib.parse.urljoin(self.site.url, path), body, {"Referer": self.site.url})

    def sign_in(self) -> None:
        self.post("/account/login/", login=EMAIL, password=PASSWORD)
        assert self.at == "/today"


def hidden(page: str) -> str:
    """What a page's form hides."""
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token, page
    return token[1]


class Stay(urllib.request.HTTPRedirectHandler):
    """Says where it was sent instead of going there."""

    def redirect_request(self, *arguments: object) -> None:
        return None


def directory(site: Site, token: str, method: str, path: str, body: dict[str, object]) -> dict[str, object]:
    """What a directory does: one SCIM request."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/scim+json"}
    request = urllib.request.Request(f"{site.url}/scim/v2/{path}", json.dumps(body).encode(), headers, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read() or b"{}")


def database(name: str, *, is_wanted: bool = True) -> dict[str, str]:
    """An empty database of this name, as an option, or none of this name; nothing on SQLite."""
    if not SERVER:
        return {}
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        if is_wanted:
            server.execute(f"CREATE DATABASE {name}")
    return {"database_url": urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))}


@pytest.fixture
def provider():
    found = Provider()
    yield found
    found.shutdown()


@pytest.fixture
def sites(tmp_path, provider):
    """The installation, and the one that the backup goes into."""
    file = tmp_path / "oidc.json"
    file.write_text(
        json.dumps([{"id": "ours", "name": "Our sign-in", "issuer": provider.issuer, "client_id": "c", "secret": "s"}])
    )
    compose = {"proxies": "1", "log": "json", "oidc_file": str(file)}
    found = [Site(tmp_path / name, **compose, **database(f"askfirst_{name}")) for name in ("first", "second")]
    yield found
    for site in found:
        site.stop()
    for name in ("first", "second"):
        database(f"askfirst_{name}", is_wanted=False)


def through_provider(browser: Browser, provider: Provider, email: str) -> None:
    """Sign in by single sign-on as the person of this address."""
    provider.claims = {"sub": email, "email": email, "email_verified": True}
    page = browser.get("/account/login/")
    assert "Our sign-in" in page
    stay = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(browser.jar), Stay())
    request = browser.form("/account/oidc/ours/login/", hidden(page))
    with pytest.raises(urllib.error.HTTPError) as sent:
        stay.open(request, timeout=30)
    answer = urllib.parse.urlencode(provider.authorize(sent.value.headers["Location"]))
    browser.get(f"/account/oidc/ours/login/callback/?{answer}")


def test_fresh_administrator_installs_connects_imports_and_restores(sites, provider, tmp_path):
    site, again = sites
    # serve.md
    site.run("init", *ADA)
    site.start()
    # roster.md
    roster = tmp_path / "people.csv"
    rows = [f"p{number}@example.org;Person {number};E{number};Team {number % 300}" for number in range(PEOPLE)]
    roster.write_text("e-mail;name;employee id;team\n" + "\n".join(rows), encoding="utf-8-sig")
    assert f"{PEOPLE} would be added" in site.run("people", "import", str(roster), "--dry-run")
    site.run("people", "import", str(roster))
    ada = Browser(site)
    ada.sign_in()
    assert str(PEOPLE + 1) in ada.get("/people/").replace(",", "")
    # single-sign-on.md
    eli = Browser(site)
    through_provider(eli, provider, "p7@example.org")
    assert eli.at == "/today"
    stranger = Browser(site)
    through_provider(stranger, provider, "stranger@example.org")
    assert stranger.at == "/account/login/"
    # provisioning.md
    assert "/people/tokens/" in ada.get("/desk")
    page = ada.post("/people/tokens/", name="Directory", scopes="scim", expires_on="2027-11-01")
    token = re.search(r"<code>(askfirst_[^<]{20,})</code>", page)
    assert token
    new = {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "new@example.org", "name": {"formatted": "New One"},
        "emails": [{"value": "new@example.org", "primary": True}], "active": True,
    }  # fmt: skip
    assert directory(site, token[1], "POST", "Users", new)["active"]
    query = urllib.parse.urlencode({"filter": 'userName eq "p7@example.org"'})
    request = urllib.request.Request(
        f"{site.url}/scim/v2/Users?{query}", headers={"Authorization": f"Bearer {token[1]}"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        [known] = json.loads(answer.read())["Resources"]
    leaves = {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
        "Operations": [{"op": "replace", "path": "active", "value": False}],
    }
    directory(site, token[1], "PATCH", f"Users/{known['id']}", leaves)
    begun = time.monotonic()
    eli.get("/today")
    assert eli.at == "/account/login/"
    assert time.monotonic() - begun < 1
    # backup.md
    archive = tmp_path / "site.tar"
    site.run("backup", str(archive))
    assert "fits its manifest" in site.run("restore", "--verify", str(archive))
    again.run("restore", str(archive))
    again.run("init")
    again.start()
    restored = Browser(again)
    restored.sign_in()
    assert str(PEOPLE + 1) in restored.get("/people/").replace(",", "")
    assert Path(again.environ["ASKFIRST_DATA"], "secret-key").exists()

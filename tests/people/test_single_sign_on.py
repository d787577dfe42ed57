"""Single sign-on against two OpenID providers on loopback: PKCE, the roster decides, the subject is the key, leavers stay out."""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from joserfc import jwt
from joserfc.jwk import RSAKey

from askfirst import options, settings
from askfirst.people.models import Person


class Provider(ThreadingHTTPServer):
    """An OpenID provider that signs in whoever `claims` says, and refuses a code without its PKCE verifier."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server_port}"
        self.key = RSAKey.generate_key(2048, {"kid": "k"})
        self.codes: dict[str, dict[str, str]] = {}
        self.claims: dict[str, object] = {}
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def authorize(self, address: str) -> dict[str, str]:
        """What the person's browser does at the provider: agree, and come back with a code."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert address.startswith(f"{self.issuer}/authorize")
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_hex(8)
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}


class Handler(BaseHTTPRequestHandler):
    def answer(self, body: object, status: int = 200) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self) -> None:
        own = self.server
        if self.path.endswith("/.well-known/openid-configuration"):
            names = {
                "authorization_endpoint": "authorize",
                "token_endpoint": "token",
                "userinfo_endpoint": "userinfo",
                "jwks_uri": "jwks",
            }
            self.answer(
                {
                    "issuer": own.issuer,
                    "id_token_signing_alg_values_supported": ["RS256"],
                    **{name: f"{own.issuer}/{path}" for name, path in names.items()},
                }
            )
        elif self.path == "/jwks":
            self.answer({"keys": [own.key.as_dict(private=False)]})
        elif self.path == "/userinfo":
            self.answer(own.claims)

    def do_POST(self) -> None:
        own = self.server
        body = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        asked = own.codes.pop(body["code"][0], None)
        challenge = (
            base64.urlsafe_b64encode(hashlib.sha256(body.get("code_verifier", [""])[0].encode()).digest())
            .decode()
            .rstrip("=")
        )
        if asked is None or asked["code_challenge"] != challenge:
            self.answer({"error": "invalid_grant"}, 400)
            return
        now = int(time.time())
        claims = {"iss": own.issuer, "aud": asked["client_id"], "iat": now, "exp": now + 60, **own.claims}
        if "nonce" in asked:
            claims["nonce"] = asked["nonce"]
        token = jwt.encode({"alg": "RS256", "kid": "k"}, claims, own.key)
        self.answer({"access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": token})

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def providers(settings):
    found = {name: Provider() for name in ("first", "second")}
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {"provider_id": name, "name": name.title(), "client_id": f"c-{name}", "secret": "s",
                 "settings": {"server_url": own.issuer, "oauth_pkce_enabled": True}}
                for name, own in found.items()
            ]
        }
    }  # fmt: skip
    yield found
    for own in found.values():
        own.shutdown()


def sign_in(client, provider: Provider, name: str, **claims: object):
    provider.claims = {"sub": "u1", "email": "eli@example.org", "email_verified": True, **claims}
    begun = client.post(f"/account/oidc/{name}/login/")
    assert begun.status_code == 302, begun.content[:300]
    return client.get(f"/account/oidc/{name}/login/callback/?{urlencode(provider.authorize(begun['Location']))}")


def who(client) -> str:
    return client.session.get("_auth_user_id", "")


def test_person_of_the_roster_signs_in_by_either_provider(providers, eli, client):
    for name, provider in providers.items():
        client.logout()
        assert sign_in(client, provider, name)["Location"] == "/today"
        assert who(client) == str(eli.pk)
    assert sorted(SocialAccount.objects.values_list("provider", "uid")) == [("first", "u1"), ("second", "u1")]
    page = client.get("/account/login/", follow=False)
    assert page.status_code in {200, 302}


def test_subject_is_the_key_and_a_changed_address_changes_nothing(providers, eli, amba, client):
    sign_in(client, providers["first"], "first")
    client.logout()

    sign_in(client, providers["first"], "first", email="amba@example.org")

    assert who(client) == str(eli.pk)


@pytest.mark.parametrize("claims", [{"email": "stranger@example.org"}, {"email_verified": False}])
def test_strangers_and_unverified_addresses_stay_out(providers, eli, client, claims):
    sign_in(client, providers["first"], "first", **claims)

    assert who(client) == ""
    assert Person.objects.count() == 1
    assert "verified address" in client.get("/account/login/").content.decode()


def test_leaver_stays_out_although_the_provider_still_knows_them(providers, eli, client):
    sign_in(client, providers["first"], "first")
    client.logout()
    Person.objects.filter(pk=eli.pk).update(is_active=False)

    sign_in(client, providers["first"], "first")

    assert client.get("/today").status_code == 302


def test_sign_in_page_offers_both_and_forged_state_is_refused(providers, eli, client):
    page = client.get("/account/login/").content.decode()
    assert "Continue with First" in page
    assert "Continue with Second" in page

    client.post("/account/oidc/first/login/")
    client.get("/account/oidc/first/login/callback/?code=x&state=forged")
    assert who(client) == ""


def test_option_is_read_or_refused_in_words():
    row = {"id": "ours", "name": "Ours", "issuer": "https://id.example.org", "client_id": "c", "secret": "s"}

    assert settings._oidc(json.dumps([row]))[0]["settings"]["server_url"] == "https://id.example.org"
    for text in ("nothing", "{}", '[{"id": "x"}]'):
        if text == "{}":
            assert settings._oidc(text) == []
            continue
        with pytest.raises(options.OptionError, match="JSON list"):
            settings._oidc(text)

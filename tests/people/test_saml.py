"""SAML 2.0 against an identity provider of our own: signed answers to our questions get in, everything else stays out."""

import base64
import datetime
import json
import re
import urllib.error
import urllib.parse
import urllib.request
import zlib

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from tests.conftest import Site

signing = pytest.importorskip("onelogin.saml2.utils", reason="python3-saml is not installed").OneLogin_Saml2_Utils
IDP, SSO = "https://id.example.org", "https://id.example.org/sso"
SHA256, RSA = "http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"


def key_pair() -> tuple[str, str]:
    """(private key, certificate) as PEM."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private.decode(), made.public_bytes(serialization.Encoding.PEM).decode()


PRIVATE, CERTIFICATE = key_pair()


class Browser:
    """Cookies by name, no redirect followed by itself."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.cookies: dict[str, str] = {}

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """(status, Location, body)."""

        class Still(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, *arguments: object) -> None:
                return None

        address = path if path.startswith("http") else self.site.url + path
        data = urllib.parse.urlencode(form).encode() if form is not None else None
        head = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Referer": self.site.url,
        }
        request = urllib.request.Request(address, data, head)
        try:
            answer = urllib.request.build_opener(Still).open(request, timeout=30)
        except urllib.error.HTTPError as error:
            answer = error
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location") or "", answer.read().decode()

    def begin(self) -> str:
        """Press the button; returns the id of the request that the provider gets."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.ask("/account/login/")[2])[1]
        status, there, _body = self.ask("/account/saml/ours/login/", {"csrfmiddlewaretoken": token})
        assert (status, there.split("?")[0]) == (302, SSO)
        asked = urllib.parse.parse_qs(urllib.parse.urlsplit(there).query)["SAMLRequest"][0]
        return re.search(r'ID="([^"]+)"', zlib.decompress(base64.b64decode(asked), -15).decode())[1]

    def finish(self, response: str) -> int:
        """Bring the provider's answer back; returns the status of Today."""
        _status, there, _body = self.ask(
            "/account/saml/ours/acs/", {"SAMLResponse": base64.b64encode(response.encode()).decode()}
        )
        self.ask(there)
        return self.ask("/today")[0]


def answer(site: Site, to: str, *, mail: str = "ada@example.org", subject: str = "u-1", minutes: int = 5, key: tuple[str, str] = (PRIVATE, CERTIFICATE),
           audience: str = "", is_signed: bool = True) -> str:  # fmt: skip
    """A response as identity providers write it."""
    now = datetime.datetime.now(datetime.UTC)
    moment, before, until = (
        (now + datetime.timedelta(minutes=own)).strftime("%Y-%m-%dT%H:%M:%SZ")
        for own in (0, min(-5, minutes - 5), minutes)
    )
    acs = f"{site.url}/account/saml/ours/acs/"
    audience = audience or f"{site.url}/account/saml/ours/metadata/"
    reply = f' InResponseTo="{to}"' if to else ""
    assertion = f"""<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="a{subject}" Version="2.0" IssueInstant="{moment}"><saml:Issuer>{IDP}</saml:Issuer>
<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">{subject}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData{reply} NotOnOrAfter="{until}" Recipient="{acs}"/></saml:SubjectConfirmation></saml:Subject>
<saml:Conditions NotBefore="{before}" NotOnOrAfter="{until}"><saml:AudienceRestriction><saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>
<saml:AuthnStatement AuthnInstant="{moment}" SessionIndex="s1"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>
<saml:AttributeStatement><saml:Attribute Name="email"><saml:AttributeValue>{mail}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>"""
    if is_signed:
        signed = signing.add_sign(assertion, *key, sign_algorithm=RSA, digest_algorithm=SHA256)
        assertion = signed.decode() if isinstance(signed, bytes) else signed
    assertion = re.sub(r"<\?xml[^>]*\?>", "", assertion)
    return f"""<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="r{subject}" Version="2.0" IssueInstant="{moment}" Destination="{acs}"{reply}><saml:Issuer>{IDP}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>{assertion}</samlp:Response>"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    provider = {"id": "ours", "name": "Our sign-in", "entity_id": IDP, "sso_url": SSO, "certificate": CERTIFICATE}
    made = Site(tmp_path_factory.mktemp("saml") / "data", saml=json.dumps([provider]))
    made.init()
    made.start()
    yield made
    made.stop()


def test_person_of_the_roster_gets_in_and_the_subject_is_the_key(site):
    first = Browser(site)
    assert "Our sign-in" in first.ask("/account/login/")[2]
    assert first.finish(answer(site, first.begin())) == 200

    # The same subject with another address is the same person; and the directory's address counts once only.
    again = Browser(site)
    assert again.finish(answer(site, again.begin(), mail="else@example.org")) == 200
    assert IDP not in Browser(site).ask("/account/saml/ours/metadata/")[2]
    assert "/account/saml/ours/acs/" in Browser(site).ask("/account/saml/ours/metadata/")[2]


@pytest.mark.parametrize(
    "change",
    [
        {"mail": "stranger@example.org", "subject": "u-9"},
        {"key": key_pair()},
        {"is_signed": False},
        {"minutes": -30},
        {"audience": "https://elsewhere.example/"},
    ],
    ids=["stranger", "other key", "unsigned", "too late", "for somebody else"],
)
def test_everything_else_stays_out(site, change):
    browser = Browser(site)

    assert browser.finish(answer(site, browser.begin(), **change)) == 302


def test_answer_that_nobody_asked_for_or_that_is_brought_twice_stays_out(site):
    assert Browser(site).finish(answer(site, "")) == 302
    assert Browser(site).finish(answer(site, "ONELOGIN_made_up")) == 302
    browser = Browser(site)
    response = answer(site, browser.begin())
    assert browser.finish(response) == 200
    assert Browser(site).finish(response) == 302

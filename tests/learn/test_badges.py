"""Badges: for a whole course only, signed, verified by other code than ours, baked into pictures, with nobody's name in them."""

import base64
import io
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.urls import reverse
from PIL import Image

from askfirst.base.web import absolute
from askfirst.engines.packs import badges as engine
from askfirst.learn import actions, badges
from askfirst.learn.errors import LearnError
from askfirst.learn.models import Award
from askfirst.plan import actions as plan
from tests.learn.test_learning import RIGHT, SOURCE

ob3 = pytest.importorskip(
    "openbadgeslib.ob3.verifier", reason="openbadgeslib is not installed; it is not on Intel Macs"
)


def part(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def verifier(kid: str = "") -> ob3.OB3Verifier:
    """Somebody else's program, with the public key of this name that we publish; the newest without one."""
    published = next(own for own in badges.keys()["keys"] if own["kid"] == (kid or own["kid"]))
    key = Ed25519PublicKey.from_public_bytes(part(published["x"]))
    return ob3.OB3Verifier(key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


def signed(payload: dict, *, algorithm: str = "EdDSA") -> str:
    """A token of our own key over any payload, as an issuer in error would make it."""
    key = badges.signing_key()
    private = Ed25519PrivateKey.from_private_bytes(part(key["d"])) if algorithm == "EdDSA" else "secret" * 9
    return jwt.encode(payload, private, algorithm=algorithm, headers={"kid": key["kid"]})


@pytest.fixture
def course(ada):
    lesson = actions.keep_lesson(by=ada, source=SOURCE)
    return actions.keep_course(by=ada, lessons=[lesson], title="First steps", note="What everybody knows", days=30)


@pytest.fixture
def award(course, eli) -> Award:
    actions.finish_lesson(course.lessons.get(), person=eli, chosen=RIGHT)
    return badges.take_badge(course, person=eli)


def test_badge_needs_the_whole_course_and_is_made_once(course, eli):
    with pytest.raises(LearnError, match="A lesson is left"):
        badges.take_badge(course, person=eli)
    actions.finish_lesson(course.lessons.get(), person=eli, chosen=RIGHT)

    assert badges.take_badge(course, person=eli) == badges.take_badge(course, person=eli)


@pytest.fixture
def download(nobody):
    """What a verifier fetches, from us and without signing in."""

    def fetch(address: str) -> bytes:
        answer = nobody.get(urlsplit(address).path)
        assert answer.status_code == 200, address
        return answer.content

    return fetch


def test_badge_is_verified_by_another_program_and_has_the_shape_of_the_standard(award, nobody, download):
    token = nobody.get(reverse("learn:badge_picture", args=[award.code, "jwt"])).content.decode()
    credential = verifier().verify(token, check_status=True, download=download)
    found = json.loads(part(token.split(".")[1]))

    assert credential.achievement.name == "First steps"
    assert all("d" not in key for key in nobody.get(reverse("learn:badge_keys")).json()["keys"])
    assert found["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert found["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert found["iss"] == found["issuer"]["id"]
    assert found["jti"] == found["id"]
    assert found["sub"] == found["credentialSubject"]["id"]
    assert found["validFrom"].endswith("Z")
    achievement = found["credentialSubject"]["achievement"]
    assert (achievement["type"], achievement["name"], bool(achievement["criteria"]["narrative"])) == (
        ["Achievement"],
        "First steps",
        True,
    )
    for address in (found["id"], found["issuer"]["id"], achievement["id"]):
        assert download(address)
    assert "eli" not in json.dumps(found).lower()


# Each is a badge gone wrong in one thing, signed by the right key; the names follow the vectors of the standard's public validator.
WRONG = {
    "no type of badge": lambda own: own | {"type": ["VerifiableCredential"]},
    "no type of credential": lambda own: own | {"type": ["OpenBadgeCredential"]},
    "expired": lambda own: own | {"validUntil": "2001-01-01T00:00:00Z"},
    "not yet valid": lambda own: own | {"validFrom": f"{datetime.now(UTC) + timedelta(days=2):%Y-%m-%dT%H:%M:%SZ}"},
    "not before": lambda own: own | {"nbf": int(datetime.now(UTC).timestamp()) + 99_999},
    "another issuer": lambda own: own | {"iss": "https://other.example"},
    "another subject": lambda own: own | {"sub": "urn:uuid:7"},
    "another id": lambda own: own | {"jti": "https://other.example/1"},
    "no issuer": lambda own: {name: value for name, value in own.items() if name != "issuer"},
    "no subject": lambda own: {name: value for name, value in own.items() if name != "credentialSubject"},
    "no achievement": lambda own: own | {"credentialSubject": {"id": own["sub"], "type": ["AchievementSubject"]}},
    "status of no list": lambda own: own | {"credentialStatus": own["credentialStatus"] | {"statusListCredential": ""}},
    "status of another kind": lambda own: own | {"credentialStatus": own["credentialStatus"] | {"type": "Guess"}},
    "status without a number": lambda own: own | {"credentialStatus": own["credentialStatus"] | {"statusListIndex": "x"}},
    "status outside the list": lambda own: own | {"credentialStatus": own["credentialStatus"] | {"statusListIndex": "999999"}},
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_badge_gone_wrong_is_refused(award, download, name):
    """The guard of the test above: the other program does judge."""
    own = json.loads(part(award.token.split(".")[1]))
    verifier().verify(signed(own), check_status=True, download=download)

    with pytest.raises(ob3.OB3VerificationError):
        verifier().verify(signed(WRONG[name](own)), check_status=True, download=download)


def test_badge_of_another_key_or_none_is_refused(award, download):
    head, body, signature = award.token.split(".")
    own = json.loads(part(body))
    forged = json.loads(part(body))
    forged["credentialSubject"]["achievement"]["name"] = "Doctor"
    changed = base64.urlsafe_b64encode(json.dumps(forged).encode()).decode().rstrip("=")

    for token in (f"{head}.{changed}.{signature}", signed(own, algorithm="HS256"), f"{head}.{body}.", f"{head}.{body}"):
        with pytest.raises(ob3.OB3VerificationError):
            verifier().verify(token)


def test_badge_given_back_does_not_hold_any_more(award, eli, fay, browser_of, download):
    address = reverse("learn:give_badge_back", args=[award.code])
    assert browser_of(fay).post(address).status_code == 404
    page = browser_of(eli).get(reverse("learn:badge", args=[award.code])).content.decode()
    assert address in page
    assert address not in browser_of(fay).get(reverse("learn:badge", args=[award.code])).content.decode()

    browser_of(eli).post(address)

    with pytest.raises(ob3.OB3VerificationError, match="'revocation' is set"):
        verifier().verify(award.token, check_status=True, download=download)
    again = badges.take_badge(award.course, person=eli)
    assert verifier().verify(again.token, check_status=True, download=download)
    gone = browser_of(fay).get(reverse("learn:badge", args=[award.code]))
    assert (gone.status_code, "was given back" in gone.content.decode()) == (404, True)


def test_badge_outlives_the_erasure_of_its_person(award, eli, download):
    """It names nobody, and whoever left has earned it."""
    plan.erase(eli)

    assert verifier().verify(award.token, check_status=True, download=download)


def test_list_that_no_badge_names_is_not_found(award, nobody):
    assert nobody.get(reverse("learn:badge_status", args=[1])).status_code == 404
    assert nobody.get(reverse("learn:badge_status", args=[10**30])).status_code == 404


def test_profile_is_offered_to_the_holder_only_and_gets_the_badges_address(award, eli, nobody, browser_of):
    address = reverse("learn:badge", args=[award.code])

    assert "linkedin.com/profile/add" not in nobody.get(address).content.decode()
    assert "linkedin.com/profile/add" in browser_of(eli).get(address).content.decode()
    assert parse_qs(urlsplit(badges.profile_address(award)).query)["certUrl"] == [absolute(address)]


def test_pictures_carry_the_badge(award, nobody):
    png = nobody.get(reverse("learn:badge_picture", args=[award.code, "png"])).content
    svg = ElementTree.fromstring(nobody.get(reverse("learn:badge_picture", args=[award.code, "svg"])).content)

    assert engine.read_png(png) == award.token
    assert Image.open(io.BytesIO(png)).text["openbadgecredential"] == award.token
    assert svg.find("{https://purl.imsglobal.org/ob/v3p0}credential").get("verify") == award.token
    assert engine.read_png(engine.bake_png(png, "other")) == "other"
    assert nobody.get(reverse("learn:badge_picture", args=[award.code, "exe"])).status_code == 404


def test_old_badges_outlive_a_new_key(award):
    badges.new_key()
    named = json.loads(part(award.token.split(".")[0]))["kid"]

    assert len(badges.keys()["keys"]) == 2
    assert verifier(named).verify(award.token).achievement.name == "First steps"
    assert jwt.decode(award.token, verifier(named).pubkey_pem, algorithms=["EdDSA"])["name"] == "First steps"


def test_course_page_gives_the_badge(award, eli, browser_of):
    browser = browser_of(eli)
    assert "My badge" in browser.get("/learn/").content.decode()
    answer = browser.post(reverse("learn:take_badge", args=[award.course_id]))

    assert answer.url == reverse("learn:badge", args=[award.code])
    assert "First steps" in browser.get(answer.url).content.decode()

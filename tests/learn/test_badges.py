"""Badges: for a whole course only, signed, verified by other code than ours, baked into pictures, with nobody's name in them."""

import base64
import io
import json
from xml.etree import ElementTree

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.urls import reverse
from PIL import Image

from askfirst.engines.packs import badges as engine
from askfirst.learn import actions, badges
from askfirst.learn.errors import LearnError
from askfirst.learn.models import Award
from tests.learn.test_learning import RIGHT, SOURCE


def part(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def verified(token: str, keys: list[dict]) -> dict:
    """The credential of a VC-JWT, checked with cryptography alone."""
    head, body, signature = token.split(".")
    header = json.loads(part(head))
    assert header["alg"] == "EdDSA"
    key = next(own for own in keys if own["kid"] == header["kid"])
    Ed25519PublicKey.from_public_bytes(part(key["x"])).verify(part(signature), f"{head}.{body}".encode())
    return json.loads(part(body))


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


def test_badge_is_verified_by_its_public_key_and_has_the_shape_of_the_standard(award, nobody):
    keys = nobody.get(reverse("learn:badge_keys")).json()["keys"]
    token = nobody.get(reverse("learn:badge_picture", args=[award.code, "jwt"])).content.decode()
    found = verified(token, keys)

    assert all("d" not in key for key in keys)
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
        assert (
            nobody.get(
                address.partition("//")[2].partition("/")[1] + address.partition("//")[2].partition("/")[2]
            ).status_code
            == 200
        )
    assert "eli" not in json.dumps(found).lower()


def test_changed_badge_is_found_out(award):
    head, body, signature = award.token.split(".")
    forged = json.loads(part(body))
    forged["credentialSubject"]["achievement"]["name"] = "Doctor"
    body = base64.urlsafe_b64encode(json.dumps(forged).encode()).decode().rstrip("=")

    with pytest.raises(InvalidSignature):
        verified(f"{head}.{body}.{signature}", badges.keys()["keys"])


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

    assert len(badges.keys()["keys"]) == 2
    assert verified(award.token, badges.keys()["keys"])["name"] == "First steps"


def test_course_page_gives_the_badge(award, eli, browser_of):
    browser = browser_of(eli)
    assert "My badge" in browser.get("/learn/").content.decode()
    answer = browser.post(reverse("learn:take_badge", args=[award.course_id]))

    assert answer.url == reverse("learn:badge", args=[award.code])
    assert "First steps" in browser.get(answer.url).content.decode()

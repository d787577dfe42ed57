"""An authenticator app and a passkey, from setting them up to signing in by them, in a real browser."""

import base64
import hashlib
import hmac
import re
import struct
import time

import pytest

pytestmark = pytest.mark.browser
PASSWORD = "a-long-password-1"


@pytest.fixture
def ada_page(device, empty_site):
    empty_site.start()
    page = device(390)
    sign_in(page, empty_site)
    page.wait_for_url("**/today")
    return page


def sign_in(page, site):
    page.goto(f"{site.url}/account/login/")
    page.get_by_label("Email").fill("ada@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").last.click()


def open_confirmed(page, address: str):
    """Open a page that wants the password once more first."""
    page.goto(address)
    page.wait_for_url("**/reauthenticate/**")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url(address)


def sign_out(page, site):
    page.goto(f"{site.url}/account/logout/")
    page.get_by_role("button", name="Sign out").last.click()


def code_of(secret: str, moment: float) -> str:
    """What an authenticator app shows (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(moment // 30)), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def test_authenticator_app_is_asked_for_once_set_up(ada_page, empty_site):
    open_confirmed(ada_page, f"{empty_site.url}/account/2fa/totp/activate/")
    secret = re.search(r"\b[A-Z2-7]{32}\b", ada_page.content())[0]
    ada_page.locator("input[name=code]").fill(code_of(secret, time.time()))
    ada_page.locator("main form button[type=submit]").last.click()
    ada_page.wait_for_url("**/recovery-codes/**")
    recovery = ada_page.locator("#recovery_codes").input_value().split()
    sign_out(ada_page, empty_site)

    sign_in(ada_page, empty_site)
    ada_page.wait_for_url("**/2fa/authenticate/")
    ada_page.locator("input[name=code]").first.fill("000000")
    ada_page.locator("main form button[type=submit]").first.click()
    assert "authenticate" in ada_page.url
    ada_page.locator("input[name=code]").first.fill(recovery[0])
    ada_page.locator("main form button[type=submit]").first.click()
    ada_page.wait_for_url("**/today")


def test_passkey_signs_in_without_a_password(ada_page, empty_site):
    session = ada_page.context.new_cdp_session(ada_page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                "isUserVerified": True, "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip
    open_confirmed(ada_page, f"{empty_site.url}/account/2fa/webauthn/add/")
    ada_page.locator("input[name=name]").fill("My phone")
    if ada_page.locator("input[name=passwordless]").count():
        ada_page.locator("input[name=passwordless]").check()
    ada_page.locator("main form button").last.click()
    ada_page.wait_for_url(re.compile("recovery-codes|webauthn/$"))
    sign_out(ada_page, empty_site)

    ada_page.goto(f"{empty_site.url}/account/login/")
    ada_page.get_by_role("button", name=re.compile("passkey", re.IGNORECASE)).click()

    ada_page.wait_for_url("**/today")

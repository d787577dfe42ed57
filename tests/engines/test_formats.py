"""Numbers, addresses and keys are found in every form in which they are usually written, and what looks like them is not."""

import random
import string

import pytest

from tests.engines.labelled import gold
from tests.engines.test_draftcheck import found_in

HEX, SMALL, CAPITAL = "0123456789abcdef", string.ascii_lowercase + string.digits, string.ascii_uppercase + string.digits
ANY = string.ascii_letters + string.digits

# Each issuer's form: what stands in front, then (how many, of which characters) or a fixed text. No key is ever written down here.
KEYS = {
    "AWS": ("AKIA", (16, CAPITAL)),
    "Google": ("AIza", (35, ANY)),
    "Azure storage": ("AccountKey=", (86, ANY), "=="),
    "Azure application": ("abc8Q~", (34, ANY)),
    "Alibaba": ("LTAI", (20, ANY)),
    "DigitalOcean": ("dop_v1_", (64, HEX)),
    "Heroku": ("HRKU-AA", (58, ANY)),
    "Fly": ("fo1_", (43, ANY)),
    "Netlify": ("nfp_", (36, ANY)),
    "Supabase": ("sbp_", (40, HEX)),
    "Cloudflare": ("v1.0-", (24, HEX), "-", (146, HEX)),
    "Vault": ("hvs.", (90, ANY)),
    "Terraform": ((14, ANY), ".atlasv1.", (67, ANY)),
    "Pulumi": ("pul-", (40, HEX)),
    "Doppler": ("dp.pt.", (43, ANY)),
    "Databricks": ("dapi", (32, HEX)),
    "Tailscale": ("tskey-auth-", (12, ANY), "-", (32, ANY)),
    "age": ("AGE-SECRET-KEY-1", (58, CAPITAL)),
    "GitHub": ("ghp_", (36, ANY)),
    "GitHub, fine-grained": ("github_pat_", (22, ANY), "_", (59, ANY)),
    "GitLab": ("glpat-", (20, ANY)),
    "GitLab runner": ("glrt-", (20, ANY)),
    "Atlassian": ("ATATT3xFfGF0", (180, ANY)),
    "npm": ("npm_", (36, ANY)),
    "PyPI": ("pypi-AgEIcHlwaS5vcmc", (60, ANY)),
    "RubyGems": ("rubygems_", (48, HEX)),
    "NuGet": ("oy2", (43, SMALL)),
    "Docker": ("dckr_pat_", (27, ANY)),
    "Sonar": ("squ_", (40, HEX)),
    "Sentry": ("sntrys_", (80, ANY)),
    "Grafana": ("glsa_", (32, ANY), "_", (8, HEX)),
    "New Relic": ("NRAK-", (27, CAPITAL)),
    "Slack": ("xoxb-", (12, "123456789"), "-", (24, ANY)),
    "Discord": ("M", (23, ANY), ".", (6, ANY), ".", (38, ANY)),
    "Telegram": ((10, "123456789"), ":AA", (33, ANY)),
    "Facebook": ("EAAB", (100, ANY)),
    "Twilio": ("SK", (32, HEX)),
    "SendGrid": ("SG.", (22, ANY), ".", (43, ANY)),
    "Mailgun": ("key-", (32, HEX)),
    "Mailchimp": ((32, HEX), "-us12"),
    "Brevo": ("xkeysib-", (64, HEX), "-", (16, ANY)),
    "Zapier": ("https://hooks.zapier.com/hooks/catch/", (6, "123456789"), "/", (7, SMALL)),
    "Linear": ("lin_api_", (40, ANY)),
    "Notion": ("ntn_", (46, ANY)),
    "Airtable": ("pat", (14, ANY), ".", (64, HEX)),
    "HubSpot": ("pat-na1-", (8, HEX), "-1111-4111-8111-", (12, HEX)),
    "Figma": ("figd_", (40, ANY)),
    "OpenAI": ("sk-proj-", (48, ANY)),
    "Anthropic": ("sk-ant-api03-", (90, ANY)),
    "Hugging Face": ("hf_", (34, ANY)),
    "Groq": ("gsk_", (52, ANY)),
    "Stripe": ("sk_live_", (24, ANY)),
    "Shopify": ("shpat_", (32, HEX)),
    "Square": ("sq0csp-", (43, ANY)),
    "Razorpay": ("rzp_live_", (14, ANY)),
    "EasyPost": ("EZAK", (54, ANY)),
    "Asana": ("1/", (16, "123456789"), ":", (32, HEX)),
    "a signed token": ("eyJ", (20, ANY), ".eyJ", (40, ANY), ".", (43, ANY)),
    "a private key": ("-----BEGIN OPENSSH PRIVATE KEY-----",),
    "a database": ("postgres://shop:", (9, ANY), "@db.halden.example:5432/shop"),
    "a database without a user": ("redis://:", (9, ANY), "@cache.halden.example:6379"),
    "basic authentication": ("Authorization: Basic ", (20, ANY)),
    "WireGuard": ("PrivateKey = ", (43, ANY), "="),
    "no issuer at all": ("Q7", (40, ANY), "x3"),
}


@pytest.mark.parametrize("issuer", KEYS)
def test_a_key_is_told_by_its_form(issuer):
    chance = random.Random(issuer)
    key = "".join(
        part if isinstance(part, str) else "".join(chance.choice(part[1]) for _ in range(part[0]))
        for part in KEYS[issuer]
    )

    assert "secrets" in found_in(f"so this {key} is what we deploy with")


@pytest.mark.parametrize(("detector", "text"), gold("en", "formats"))
def test_what_is_written_in_usual_ways_is_found(detector, text):
    there = found_in(text)

    assert not there if detector == "-" else detector in there

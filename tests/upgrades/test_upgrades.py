"""What an earlier version left is brought up to date by `askfirst init`, and every page of the sample organisation opens."""

import json
import lzma

import pytest

from tests.conftest import Site
from tests.flows.pages import SAMPLE
from tests.upgrades.keep import DATABASE, HERE, KEY

KEPT = sorted(HERE.glob("*.sqlite3.xz"))
# Prints what did not open, as JSON: pages that this version made for a later sample are not there (404), or not for them (403).
WALK = """
import json
from django.test import Client
from askfirst.people.models import Person
wrong = []
for name, paths in json.loads(PATHS).items():
    browser = Client(raise_request_exception=False, headers={"host": "localhost"})
    if name:
        person = Person.objects.get(email=f"{name}@halden.example")
        browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    wrong += [(name, path, code) for path in paths if (code := browser.get(path).status_code) >= 400]
print(json.dumps(wrong))
"""


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.name.removesuffix(".sqlite3.xz"))
def test_what_an_earlier_version_left_is_brought_up_to_date_and_opens(kept, tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    (data / DATABASE).write_bytes(lzma.decompress(kept.read_bytes()))
    site = Site(data, secret_key=KEY)

    site.run("init")

    walked = site.run("manage", "shell", "-v0", "-c", f"PATHS = {json.dumps(json.dumps(SAMPLE))}\n{WALK}")
    wrong = json.loads(walked.splitlines()[-1])
    assert [own for own in wrong if own[2] >= 500] == []
    assert len(wrong) < 5
    site.run("manage", "migrate", "--check")

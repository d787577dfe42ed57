"""What an installation is made of: all that it rests on, and nothing that would bind those who use it."""

import json
import re

from click.testing import CliRunner
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from askfirst.base.dependencies import installed
from askfirst.cli import cli


def test_packages_behind_packages_are_named_with_a_licence_each():
    found = {own.name.lower(): own for own in installed()}

    assert found["askfirst"].licence == "Apache-2.0"
    assert {"django", "asgiref", "numpy"} <= found.keys()
    assert [own.name for own in found.values() if own.licence == "not said"] == []


def test_no_licence_would_bind_this_program():
    strong = [own for own in installed() if re.search(r"\bA?GPL", own.licence) and "LGPL" not in own.licence]

    assert strong == []


def test_bill_of_materials_is_one_to_those_who_read_them():
    done = CliRunner().invoke(cli, ["dependencies", "--format", "cyclonedx"])

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(done.output) is None
    bill = json.loads(done.output)
    parts = [own["name"] for own in bill["components"]]
    assert bill["metadata"]["component"]["name"] == "askfirst"
    assert sorted(parts) == sorted(own.name for own in installed() if own.name != "askfirst")
    needs = {own["ref"].split("/")[1].split("@")[0]: own["dependsOn"] for own in bill["dependencies"]}
    assert any(ref.startswith("pkg:pypi/asgiref@") for ref in needs["django"])

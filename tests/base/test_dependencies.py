"""What an installation is made of: all that it rests on, and nothing that would bind those who use it."""

import re

from askfirst.base.dependencies import installed


def test_packages_behind_packages_are_named_with_a_licence_each():
    found = {own.name.lower(): own for own in installed()}

    assert found["askfirst"].licence == "Apache-2.0"
    assert {"django", "asgiref", "numpy"} <= found.keys()
    assert [own.name for own in found.values() if own.licence == "not said"] == []


def test_no_licence_would_bind_this_program():
    strong = [own for own in installed() if re.search(r"\bA?GPL", own.licence) and "LGPL" not in own.licence]

    assert strong == []

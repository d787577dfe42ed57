"""What this installation is made of: every package that Askfirst rests on, with its version and licence."""

import re
from importlib import metadata
from typing import NamedTuple


class Dependency(NamedTuple):
    """An installed package; `licence` as it says itself: an SPDX expression, a classifier's name, or "not said"."""

    name: str
    version: str
    licence: str


def installed(root: str = "askfirst") -> list[Dependency]:
    """All packages that `root` needs, directly or by others, extras included where they are installed; by name."""
    found: dict[str, Dependency] = {}
    waiting = [root]
    while waiting:
        name = waiting.pop()
        if _key(name) in found:
            continue
        try:
            own = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # an extra, or for another system
        found[_key(name)] = Dependency(own.metadata["Name"], own.version, _licence(own))
        waiting += [re.split(r"[\s;\[<>=!~(]", needed, maxsplit=1)[0] for needed in own.requires or []]
    return [found[key] for key in sorted(found)]


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _licence(own: metadata.Distribution) -> str:
    said = own.metadata
    classified = [
        line.rpartition(" :: ")[2] for line in said.get_all("Classifier") or [] if line.startswith("License ::")
    ]
    text = (said.get("License") or "").strip()
    short = text if text not in {"", "UNKNOWN"} and "\n" not in text and len(text) <= 60 else ""
    return said.get("License-Expression") or short or "; ".join(classified) or "not said"

"""What this installation is made of: every package that Askfirst rests on, with its version and licence."""

import re
from importlib import metadata
from typing import Any, NamedTuple


class Dependency(NamedTuple):
    """An installed package; `licence` as it says itself: an SPDX expression, a classifier's name, or "not said".

    `needs`: the installed packages that it asks for by itself, extras included, by their names.
    """

    name: str
    version: str
    licence: str
    needs: tuple[str, ...] = ()


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
        needs = {_key(re.split(r"[\s;\[<>=!~(]", needed, maxsplit=1)[0]) for needed in own.requires or []}
        found[_key(name)] = Dependency(own.metadata["Name"], own.version, _licence(own), tuple(sorted(needs)))
        waiting += needs
    return [
        found[key]._replace(needs=tuple(found[need].name for need in found[key].needs if need in found))
        for key in sorted(found)
    ]


def bill_of_materials(root: str = "askfirst") -> dict[str, Any]:
    """The same as a software bill of materials: CycloneDX 1.6, without a date or a number of its own, so that equal ones are equal."""
    packages = installed(root)
    refs = {own.name: f"pkg:pypi/{_key(own.name)}@{own.version}" for own in packages}
    parts = [
        {
            "type": "application" if own.name == root else "library",
            "bom-ref": refs[own.name],
            "name": own.name,
            "version": own.version,
            "purl": refs[own.name],
            "licenses": [{"license": {"name": own.licence}}],
        }
        for own in packages
    ]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": next(own for own in parts if own["name"] == root)},
        "components": [own for own in parts if own["name"] != root],
        "dependencies": [{"ref": refs[own.name], "dependsOn": [refs[need] for need in own.needs]} for own in packages],
    }


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

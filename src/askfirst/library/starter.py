"""The materials that come with Askfirst: checklists, fliers and infographics of our own, and links to others' work."""

import json
from pathlib import Path
from typing import Any

from askfirst.library import media

FOLDER = Path(__file__).with_name("starter")


def materials() -> list[dict[str, Any]]:
    """Fields of each: our own texts from *.md (a head of `name: value` lines), pictures beside them, links from links.json.

    What another says in another language, such as 08-made-with-ai.de.md, comes after it and names it as `original`.
    """
    found = []
    for path in sorted(FOLDER.glob("*.md")):
        head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
        fields: dict[str, Any] = dict(line.split(": ", 1) for line in head.splitlines())
        picture = path.with_suffix(".svg")
        if picture.exists():
            fields |= {"file": f"starter-{picture.name}", "media_type": media.TYPES["svg"]}
        own = {"body": body.strip(), "author": "Askfirst", "licence": "own", "starter": path.stem}
        found.append({**fields, **own, "original": path.stem.rpartition(".")[0]})
    found.sort(key=lambda own: bool(own["original"]))
    for row in json.loads((FOLDER / "links.json").read_text(encoding="utf-8")):
        found.append({"kind": "article", **row})
    return found


def put_picture(name: str) -> None:
    """Write a picture of ours, named as `file` by `materials`, into the media folder."""
    media.folder().mkdir(parents=True, exist_ok=True)
    (media.folder() / name).write_bytes((FOLDER / name.removeprefix("starter-")).read_bytes())

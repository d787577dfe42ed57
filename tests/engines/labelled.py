"""The coach's gold sets: posts below the labels of what is in them."""

from pathlib import Path

GOLD = Path(__file__).parent / "gold"


def gold(language: str, name: str = "coach") -> list[tuple[str, str]]:
    """(labels, text) of each post of one set."""
    label, rows = "", []
    for line in (GOLD / f"{name}.{language}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            label = line[2:]
        elif line:
            rows.append((label, line))
    return rows

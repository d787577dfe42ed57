"""Texts that came from elsewhere: read, and as databases keep them."""

import json
from typing import Any


def from_json(text: str | bytes) -> Any:
    """What a text of JSON says.

    Raises:
        ValueError: it is no JSON (a JSONDecodeError, also for lists nested deeper than Python reads), or its bytes are no text.
    """
    try:
        return json.loads(text)
    except RecursionError as error:
        raise json.JSONDecodeError("lists within lists, deeper than any export", "", 0) from error


def storable(text: str) -> str:
    """A text without what no database keeps: the NUL character, and halves of a character that JSON and PDF files let through."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()

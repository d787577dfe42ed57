"""Texts that came from elsewhere, as databases keep them."""


def storable(text: str) -> str:
    """A text without what no database keeps: the NUL character, and halves of a character that JSON and PDF files let through."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()

"""Words for people in engines, which know no languages: marked here, translated by the doors."""


def _(text: str) -> str:
    return text

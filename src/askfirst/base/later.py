"""Heavy modules that few requests need, imported when first used: they would double the start and the idle memory."""

from importlib import import_module
from typing import Any


class _Later:
    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(import_module(self._name), attribute)


def later(name: str) -> Any:
    """A stand-in for the module `name`, which is imported when an attribute of it is first asked for."""
    return _Later(name)

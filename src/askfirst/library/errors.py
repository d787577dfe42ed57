"""What the library may refuse, each with words for people."""

from django.utils.translation import gettext_lazy as _


class LibraryError(Exception):
    """A request that cannot be carried out. `message` says why and what to do."""

    message = _("This cannot be done.")
    status = 422

    def __init__(self, message: object = None) -> None:
        super().__init__(str(message or self.message))
        if message:
            self.message = message  # type: ignore[assignment]


class MayNotCopy(LibraryError):
    """The licence forbids a copy."""

    message = _("This licence forbids copies. Give its address instead; a link is always allowed.")


class NotTaken(LibraryError):
    """A file that is not taken."""

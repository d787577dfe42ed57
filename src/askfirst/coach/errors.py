"""What the coach may refuse, each with words for people."""

from django.utils.translation import gettext_lazy as _


class CoachError(Exception):
    """A request that cannot be carried out. `message` says why and what to do."""

    status = 422

    def __init__(self, message: object = "") -> None:
        super().__init__(str(message))
        self.message = message


class CannotUnseal(CoachError):
    """The glossary was sealed with another secret key."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The glossary cannot be read: the secret key is not the one it was sealed with. Restore the file secret-key."
            )
        )

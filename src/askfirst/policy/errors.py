"""What the policy part may refuse, each with words for people."""

from django.utils.translation import gettext_lazy as _


class PolicyError(Exception):
    """A request that cannot be carried out. `message` says why and what to do."""

    message = _("This cannot be done.")
    status = 409

    def __init__(self, message: object = None) -> None:
        super().__init__(str(message or self.message))
        if message:
            self.message = message  # type: ignore[assignment]


class KeptMeanwhile(PolicyError):
    """Somebody else kept a draft in the meantime; the refused text is kept beside it."""

    message = _("Somebody else has kept a draft in the meantime. Yours is kept beside it; put the two together.")


class NotAsSeen(PolicyError):
    message = _(
        "Somebody changed the draft, its summary or its questions after you opened this page. They are shown as they stand now: look again, then repeat."
    )


class NotReady(PolicyError):
    """Something is still missing before publication."""


class AlreadyKnown(PolicyError):
    message = _("You have acknowledged this version already.")


class CannotRead(PolicyError):
    """A file whose text cannot be read."""

    status = 422

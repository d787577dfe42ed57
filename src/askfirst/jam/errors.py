"""What can go wrong in a jam, in words for people."""

from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _


class JamError(Exception):
    """Root of this part's errors; `message` is for people, `status` for the door."""

    message: Any = _("That did not work.")
    status = 409

    def __init__(self, message: Any = None) -> None:
        self.message = message or self.message
        super().__init__(str(self.message))


class JamClosed(JamError):
    message = _("This jam is closed. Nothing more can be asked, and votes stand as they are.")


class JamNotOpen(JamError):
    message = _("This jam has not begun yet.")


class DoorLocked(JamError):
    message = _("The facilitator has closed the door: nobody new can join at the moment.")
    status = 403


class SeatTaken(JamError):
    message = _(
        "You have already joined this jam in another browser. Your voice lives only there, so that nobody can find out "
        "which one is yours. Go on in that browser; here you can read."
    )
    status = 403


class NoSeat(JamError):
    message = _(
        "This browser is not in the jam, or not any more. Load the page again, and allow cookies for this address."
    )
    status = 403


class TooMany(JamError):
    message = _("Too fast. Wait a moment and try again.")
    status = 429

    def __init__(self, message: Any = None, *, retry_after: int = 10) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class NotYours(JamError):
    message = _("Only the browser that asked this can withdraw it.")
    status = 403


class NotInYourHands(JamError):
    message = _("This is in somebody else's hands by now, or done.")


class Gone(JamError):
    message = _("That is no longer there; somebody has changed it in the meantime.")


class SettledMeanwhile(JamError):
    """Somebody else settled it while this was written."""

    def __init__(self, theirs: str) -> None:
        words = _("Somebody settled this while you wrote: “%s”. Send yours once more to put it in its place.")
        super().__init__(words % Truncator(theirs).chars(300))


class ChangedSince(JamError):
    message = _("Something that this act touched was changed again afterwards. Undo the later act first.")


class NotAsked(JamError):
    message = _("This jam does not ask for that.")


class ImportRefused(JamError):
    """A file of questions cannot be used; nothing was imported."""

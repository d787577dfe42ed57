"""What the coach may refuse, each with words for people."""


class CoachError(Exception):
    """A request that cannot be carried out. `message` says why and what to do."""

    status = 422

    def __init__(self, message: object = "") -> None:
        super().__init__(str(message))
        self.message = message

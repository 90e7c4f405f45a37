"""What can be refused about a message left for the office."""

from bot.handoffs.states import HandoffState
from core.errors import HubError


class HandoffError(HubError):
    """Something that a message left for the office does not allow."""


class UnknownHandoffError(HandoffError):
    """There is no message of that number."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"There is no message {reference}: check the number.")


class MoveRefusedError(HandoffError):
    """The table of allowed moves has no such move."""

    def __init__(self, reference: str, state: HandoffState, target: HandoffState) -> None:
        self.state = state
        self.target = target
        super().__init__(f"The message {reference} is {state} and cannot become {target}.")


class PartRefusedError(HandoffError):
    """A reply or a person's name, which `part` says, is empty or longer than `limit` characters."""

    def __init__(self, part: str, limit: int) -> None:
        self.part = part
        self.limit = limit
        super().__init__(f"The {part} is empty or longer than {limit} characters.")


class TooManyAdditionsError(HandoffError):
    """The resident added as much to this message within a day as is taken on."""


class TooManyOpenError(HandoffError):
    """This resident left as many messages within a day as are taken on."""

"""What a lane asks before each call."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol


@dataclass(frozen=True)
class Recipient:
    """Whom a call is for: the address itself, and the keyed digest by which it is counted."""

    address: str
    digest: str


@dataclass(frozen=True)
class Refused:
    """Not to this recipient before `wait` has passed; `code` says which limit, for the account of the delivery."""

    code: str
    wait: timedelta


class Limits(Protocol):
    """The limits of one provider."""

    @property
    def per_second(self) -> float:
        """Return how many parts a second go out at most."""
        ...

    async def admit(self, recipient: Recipient, parts: int) -> Refused | None:
        """Return None as soon as a message of so many parts may be sent, or why it must wait long."""
        ...

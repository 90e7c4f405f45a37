"""The port of every channel: one message to one address, and an outcome that says what to do next.

A provider's errors end at its channel: each becomes one of the outcomes below, none is raised.
"""

import asyncio
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.logging import get_logger

_log = get_logger(__name__)

# Shorter than a lease, so that a call that hangs never outlives the right to make it.
SEND_SECONDS = 10.0


@dataclass(frozen=True)
class OutgoingMessage:
    """What a channel renders; the same `delivery_id` again is the same message again, 0 stands for no delivery."""

    title: str
    body: str
    delivery_id: int
    expires_at: datetime | None = None
    """When the provider, too, should give it up."""

    def as_text(self) -> str:
        """Return title and text as one; an answer to a resident has no title."""
        return f"{self.title}\n{self.body}" if self.title else self.body


@dataclass(frozen=True)
class Receipt:
    """The provider accepted the message under its own id."""

    provider_id: str


@dataclass(frozen=True)
class Retryable:
    """Not accepted now, perhaps later; not before `after` where the provider named it."""

    code: str
    after: timedelta = timedelta(0)


@dataclass(frozen=True)
class Throttled:
    """Too many messages: the whole channel waits until then."""

    until: datetime


@dataclass(frozen=True)
class Rejected:
    """Refused for good: this message to this address will never be accepted.

    `needs_staff` says that others will be refused, too, until somebody changes an account, a sender or a text.
    """

    code: str
    needs_staff: bool = False


@dataclass(frozen=True)
class RecipientGone:
    """The resident blocked us, left or has no such number: nothing more is sent there.

    `needs_staff` says that it is an address of the city's own.
    """

    code: str
    needs_staff: bool = False


@dataclass(frozen=True)
class RecipientStopped(RecipientGone):
    """The resident told the provider STOP."""


@dataclass(frozen=True)
class Misconfigured:
    """Our account or key is refused: sending more is useless until an operator acts."""

    code: str


@dataclass(frozen=True)
class Unanswered:
    """The call went out and no answer came: the message may have been accepted."""

    code: str


Outcome = Receipt | Retryable | Throttled | Rejected | RecipientGone | Misconfigured | Unanswered


class Fate(StrEnum):
    """What a provider says of a message it has."""

    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True)
class Found:
    """The provider has the message under its own id; `code` says why it failed, and `retry_after` when to try again."""

    provider_id: str
    fate: Fate
    code: str | None = None
    retry_after: timedelta | None = None


@dataclass(frozen=True)
class NotFound:
    """The provider never got the message."""


@dataclass(frozen=True)
class Inquiry:
    """A question about a message: by the provider's id where we know it, else by what was sent when.

    `others` are the provider's ids of our other messages, which are not the one in question.
    """

    address: str
    message: OutgoingMessage
    started_at: datetime
    provider_id: str | None = None
    others: frozenset[str] = frozenset()


Sighting = Found | NotFound | Unanswered


class Channel(ABC):
    """Sends messages of one channel; a provider's folder writes only `_send`."""

    can_look_up = False
    """Whether the provider can be asked what became of a message; then `_look_up` is written, too."""

    def __init__(self, name: str) -> None:
        self.name = name

    def parts(self, message: OutgoingMessage) -> int:  # noqa: ARG002 - a channel may count by it
        """Return how many messages the provider counts for this one, and bills where it bills any."""
        return 1

    async def look_up(self, inquiry: Inquiry) -> Sighting:
        """Ask the provider for a message; never raises, and answers within `SEND_SECONDS`."""
        try:
            async with asyncio.timeout(SEND_SECONDS):
                return await self._look_up(inquiry)
        except TimeoutError:
            return Unanswered("timeout")
        except Exception as error:
            return Unanswered(type(error).__name__)

    async def _look_up(self, inquiry: Inquiry) -> Sighting:  # noqa: ARG002 - most providers cannot be asked
        return Unanswered("no_look_up")

    async def send(self, address: str, message: OutgoingMessage) -> Outcome:
        """Hand the message to the provider; never raises, and answers within `SEND_SECONDS`."""
        try:
            async with asyncio.timeout(SEND_SECONDS):
                outcome = await self._send(address, message)
        except TimeoutError:
            outcome = Unanswered("timeout")
        except Exception as error:
            # Its text may hold the address, so only its kind is logged.
            outcome = Unanswered(type(error).__name__)
        if not isinstance(outcome, Receipt):
            kind, code = type(outcome).__name__, getattr(outcome, "code", None)
            _log.warning("not sent", channel=self.name, delivery=message.delivery_id, outcome=kind, code=code)
        return outcome

    @abstractmethod
    async def _send(self, address: str, message: OutgoingMessage) -> Outcome:
        """Call the provider once and translate its answer."""

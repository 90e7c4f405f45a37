"""A message left for the office, in clear."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.handoffs.letters.letter import Letter
from bot.handoffs.letters.reach import Reach
from bot.handoffs.states import HandoffState

ReplyTo = Literal["none", "here", "phone", "email"]

RESIDENT = "resident"
"""Who takes the first step, and those in which something is added to the message."""


@dataclass(frozen=True)
class NewHandoff:
    """What a resident hands over; `owner` is who wrote it, `contact` where to answer unless nobody should."""

    request_key: str
    channel: str
    topic: str
    owner: str = field(repr=False)
    text: str = field(repr=False)
    reply_to: ReplyTo = "none"
    contact: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class HandoffStep:
    """One step, at a moment in UTC; `text` is what was written in it, and `letter` how far a reply has come."""

    number: int
    at: datetime
    by: str
    state: HandoffState
    text: str | None = field(default=None, repr=False)
    letter: Letter | None = None

    @property
    def is_of_resident(self) -> bool:
        """Whether the resident took it."""
        return self.by == RESIDENT


@dataclass(frozen=True)
class HandoffReply:
    """A reply to the message of that number, at a moment in UTC; later replies have a higher `number`."""

    number: int
    reference: str
    at: datetime
    text: str = field(repr=False)


@dataclass(frozen=True)
class Handoff:
    """A message in clear, as the person who works on it reads it; moments in UTC.

    `reach` is how a reply written now comes to the resident.
    """

    reference: str
    state: HandoffState
    channel: str
    topic: str
    assignee: str | None
    created_at: datetime
    changed_at: datetime
    text: str = field(repr=False)
    reply_to: ReplyTo
    contact: str | None = field(repr=False)
    reach: Reach = Reach.NUMBER
    steps: tuple[HandoffStep, ...] = ()

    @property
    def last_reply(self) -> str | None:
        """The newest reply of the office."""
        replies = (step.text for step in reversed(self.steps) if not step.is_of_resident)
        return next((text for text in replies if text is not None), None)

"""A reply on its way, as the office sees it, and what can come between."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class LetterState(StrEnum):
    """How far a reply has come."""

    WAITING = "waiting"
    SENT = "sent"  # the provider accepted it
    DELIVERED = "delivered"  # the provider says that it arrived
    FAILED = "failed"


class Trouble(StrEnum):
    """Why a reply still waits, or was not delivered."""

    STOPPED = "stopped"  # the resident wants no SMS from the city
    GONE = "gone"  # the bot is blocked, or there is no such number
    REFUSED = "refused"  # the provider does not take this message
    TOO_LATE = "too_late"  # every try failed
    UNREADABLE = "unreadable"  # the key that sealed the address is missing
    AWAY = "away"  # the provider does not answer now
    SPEND_CAP = "spend_cap"  # the day's budget is spent
    LIMIT = "limit"  # too many messages to this number
    ACCOUNT = "account"  # the provider refuses our account


@dataclass(frozen=True)
class Letter:
    """A reply on its way over a channel; moments in UTC, `code` is the provider's own word for a failure."""

    channel: str
    state: LetterState
    due_at: datetime | None
    finished_at: datetime | None
    parts: int
    trouble: Trouble | None = None
    code: str | None = None


@dataclass(frozen=True)
class Claimed:
    """A letter that is ours to work on until its lease ends; `attempts` counts the calls made before."""

    id: int
    state: LetterState
    channel: str
    created_at: datetime
    attempts: int
    sending_at: datetime | None
    provider_id: str | None
    parts: int
    reference: str
    left_at: datetime
    text_sealed: bytes = field(repr=False)
    contact_sealed: bytes | None = field(repr=False)

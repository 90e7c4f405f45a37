"""What the city's staff published through the product: the port over which this topic asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from content.topics.events.event import Event


@dataclass(frozen=True)
class Announcement:
    """A published announcement as plain text; `published_at` in UTC, None when its source gives no time.

    `number` is that of an announcement of our own staff.
    """

    title: str
    published_at: datetime | None
    url: str | None = None
    summary: str = ""
    number: int | None = None


class PublishedEvents(Protocol):
    """Publications of the city's own staff; both methods only read what is stored."""

    async def events(self) -> Sequence[Event]:
        """Return the published events, past ones and those called off too, of two with one id the valid one last."""
        ...

    async def announcements(self, limit: int) -> Sequence[Announcement]:
        """Return the latest announcements, the newest first."""
        ...

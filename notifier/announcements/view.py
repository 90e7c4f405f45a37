"""An announcement as it is shown to those who work on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from notifier.announcements.chains import event_ids
from notifier.announcements.content import Content, content_of
from notifier.announcements.models import AnnouncementRow
from notifier.announcements.states import AnnouncementState
from notifier.deliveries.repository import counts
from notifier.deliveries.states import DeliveryState


@dataclass(frozen=True)
class Announcement:
    """An announcement as it stands, with its deliveries by state; None until it is published.

    `event_id` is what calendars know its event by.
    """

    id: int
    state: AnnouncementState
    version: int
    content: Content
    author: str
    approver: str | None
    scheduled_at: datetime | None
    published_at: datetime | None
    deliveries: Mapping[DeliveryState, int] | None
    event_id: str

    @property
    def recipients(self) -> int:
        """Return to how many residents it goes or went."""
        return sum((self.deliveries or {}).values())


async def seen(session: AsyncSession, row: AnnouncementRow) -> Announcement:
    """Return how an announcement stands in this unit of work."""
    await session.flush()
    deliveries = None if row.broadcast_id is None else await counts(session, row.broadcast_id)
    return Announcement(
        row.id,
        AnnouncementState(row.state),
        row.version,
        content_of(row),
        row.created_by,
        row.approved_by,
        row.scheduled_at,
        row.published_at,
        deliveries,
        (await event_ids(session, [row]))[row.id],
    )

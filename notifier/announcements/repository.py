"""Queries on announcements."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Exists, and_, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from notifier.announcements.errors import UnknownAnnouncementError
from notifier.announcements.models import AnnouncementMoveRow, AnnouncementRow, ReminderRow
from notifier.announcements.states import PUBLISHED, Action, AnnouncementState
from notifier.deliveries.models import DeliveryRow
from notifier.deliveries.states import DeliveryState

_WRITTEN = (Action.EDIT.value, "draft")
_OPEN = (DeliveryState.PENDING.value, DeliveryState.LEASED.value)


async def get(session: AsyncSession, announcement_id: int, *, lock: bool = False) -> AnnouncementRow:
    """Return an announcement; `lock` makes others who change it wait until the unit of work ends.

    Raises:
        UnknownAnnouncementError: there is none of that number.
    """
    query = select(AnnouncementRow).where(AnnouncementRow.id == announcement_id)
    found = await session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise UnknownAnnouncementError(announcement_id)
    return found


async def is_published(session: AsyncSession, announcement_id: int) -> bool:
    """Whether there is an announcement of that number that was published at some time."""
    query = select(AnnouncementRow.broadcast_id).where(AnnouncementRow.id == announcement_id)
    return await session.scalar(query) is not None


async def by_key(session: AsyncSession, key: str) -> AnnouncementRow | None:
    """Return the announcement that was created with an idempotency key."""
    return await session.scalar(select(AnnouncementRow).where(AnnouncementRow.idempotency_key == key))


async def moves(session: AsyncSession, announcement_id: int) -> Sequence[AnnouncementMoveRow]:
    """Return everything that was done with an announcement, the oldest first."""
    query = select(AnnouncementMoveRow).where(AnnouncementMoveRow.announcement_id == announcement_id)
    return (await session.scalars(query.order_by(AnnouncementMoveRow.id))).all()


async def writers(session: AsyncSession, announcement_id: int) -> frozenset[str]:
    """Return everyone who wrote or edited an announcement, by name as it was given."""
    query = select(AnnouncementMoveRow.actor).where(
        AnnouncementMoveRow.announcement_id == announcement_id, AnnouncementMoveRow.action.in_(_WRITTEN)
    )
    return frozenset(await session.scalars(query))


async def due(session: AsyncSession, now: datetime) -> Sequence[int]:
    """Return the numbers of scheduled announcements whose time has come, the earliest first."""
    query = select(AnnouncementRow.id).where(
        AnnouncementRow.state == AnnouncementState.SCHEDULED.value, AnnouncementRow.scheduled_at <= now
    )
    return (await session.scalars(query.order_by(AnnouncementRow.scheduled_at, AnnouncementRow.id))).all()


async def finished(session: AsyncSession) -> Sequence[int]:
    """Return the numbers of announcements on their way of which nothing is left to send."""
    is_open = exists().where(DeliveryRow.broadcast_id == AnnouncementRow.broadcast_id, DeliveryRow.state.in_(_OPEN))
    query = select(AnnouncementRow.id).where(AnnouncementRow.state == AnnouncementState.SENDING.value, ~is_open)
    return (await session.scalars(query.order_by(AnnouncementRow.id))).all()


async def outdated(session: AsyncSession, states: frozenset[AnnouncementState], now: datetime) -> Sequence[int]:
    """Return the numbers of announcements in these states that are of no use any more."""
    ends_at = func.coalesce(AnnouncementRow.expires_at, AnnouncementRow.event_starts_at)
    query = select(AnnouncementRow.id).where(AnnouncementRow.state.in_([state.value for state in states]))
    return (await session.scalars(query.where(ends_at <= now).order_by(AnnouncementRow.id))).all()


async def reminders(session: AsyncSession, announcement_id: int) -> Sequence[ReminderRow]:
    """Return the reminders of an announcement, the earliest first, locked until the unit of work ends."""
    query = select(ReminderRow).where(ReminderRow.announcement_id == announcement_id)
    return (await session.scalars(query.order_by(ReminderRow.due_at).with_for_update())).all()


async def with_due_reminders(session: AsyncSession, now: datetime) -> Sequence[int]:
    """Return the numbers of announcements that have a reminder whose time has come."""
    query = select(ReminderRow.announcement_id).where(ReminderRow.state == "waiting", ReminderRow.due_at <= now)
    return (await session.scalars(query.distinct().order_by(ReminderRow.announcement_id))).all()


def is_readable(now: datetime) -> ColumnElement[bool]:
    """Return the condition that residents may read it now: published, of use, and neither corrected nor taken back."""
    published = [state.value for state in PUBLISHED]
    return and_(
        AnnouncementRow.state.in_(published),
        AnnouncementRow.is_on_web,
        AnnouncementRow.expires_at.is_(None) | (AnnouncementRow.expires_at > now),
        ~is_overtaken(),
    )


def is_overtaken() -> Exists:
    """Return the condition that an announcement was corrected or taken back by a published one."""
    later = aliased(AnnouncementRow)
    # Whatever became of the later one: when it is overtaken itself, this one is no news again.
    return exists().where(later.corrects_id == AnnouncementRow.id, later.published_at.is_not(None))

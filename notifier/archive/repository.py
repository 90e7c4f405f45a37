"""Queries over both kinds of what was sent: announcements that residents may read on the web, and alerts."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, Subquery, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from notifier.alerts.models import AlertMessageRow
from notifier.alerts.repository import that_went_out
from notifier.alerts.states import MessageState
from notifier.announcements.models import AnnouncementRow

ANNOUNCEMENTS, ALERTS = "announcements", "alerts"
PARTS = frozenset({ANNOUNCEMENTS, ALERTS})


class Place(NamedTuple):
    """Where something of the archive is kept: in which part, and under which number."""

    part: str
    id: int


class Successor(NamedTuple):
    """The announcement that corrects another one or takes it back, and when it went out (UTC)."""

    id: int
    is_retraction: bool
    at: datetime


async def count(session: AsyncSession, parts: Collection[str], *, samples: bool) -> int:
    """Return how much was sent."""
    return await session.scalar(select(func.count()).select_from(_sent(parts, samples=samples))) or 0


async def newest(
    session: AsyncSession, parts: Collection[str], limit: int, offset: int, *, samples: bool
) -> Sequence[Place]:
    """Return where the newest things that were sent are kept, the newest first."""
    sent = _sent(parts, samples=samples)
    query = select(sent.c.part, sent.c.id).order_by(sent.c.at.desc(), sent.c.part, sent.c.id.desc())
    return [Place(*row) for row in await session.execute(query.limit(limit).offset(offset))]


async def announcements(session: AsyncSession, ids: Collection[int]) -> Mapping[int, AnnouncementRow]:
    """Return those announcements of some numbers that residents may read, by number."""
    query = _on_web().where(AnnouncementRow.id.in_(ids))
    return {row.id: row for row in await session.scalars(query)}


async def successors(session: AsyncSession, ids: Collection[int]) -> Mapping[int, Successor]:
    """Return what corrects these announcements or takes them back, the newest of each, by their number."""
    # Also one that was itself overtaken later, which breaks its sending off.
    query = select(AnnouncementRow).where(
        AnnouncementRow.corrects_id.in_(ids), AnnouncementRow.published_at.is_not(None)
    )
    found = await session.scalars(query.order_by(AnnouncementRow.published_at))
    return {
        row.corrects_id: Successor(row.id, row.is_retraction, row.published_at)
        for row in found
        if row.corrects_id is not None and row.published_at is not None
    }


async def alerts(session: AsyncSession, ids: Collection[int]) -> Mapping[int, AlertMessageRow]:
    """Return alerts by their number."""
    return {row.id: row for row in await session.scalars(select(AlertMessageRow).where(AlertMessageRow.id.in_(ids)))}


async def ended_episodes(session: AsyncSession, ids: Collection[int]) -> Mapping[int, datetime]:
    """Return for each episode of smog that was called off when that was told (UTC)."""
    query = select(AlertMessageRow.episode_id, func.max(AlertMessageRow.sent_at)).where(
        AlertMessageRow.episode_id.in_(ids),
        AlertMessageRow.state == MessageState.SENT.value,
        AlertMessageRow.level.is_(None),
    )
    rows = await session.execute(query.group_by(AlertMessageRow.episode_id))
    return {episode_id: at for episode_id, at in rows if at is not None}


def _sent(parts: Collection[str], *, samples: bool) -> Subquery:
    of_part = {
        ANNOUNCEMENTS: _on_web().with_only_columns(
            literal(ANNOUNCEMENTS).label("part"),
            AnnouncementRow.id.label("id"),
            AnnouncementRow.published_at.label("at"),
        ),
        ALERTS: that_went_out(samples=samples).with_only_columns(
            literal(ALERTS).label("part"), AlertMessageRow.id.label("id"), AlertMessageRow.sent_at.label("at")
        ),
    }
    return union_all(*(query for part, query in of_part.items() if part in parts)).subquery()


def _on_web() -> Select[AnnouncementRow]:
    """Return the query of what was published for the web, also what was corrected, taken back or broken off later."""
    return select(AnnouncementRow).where(AnnouncementRow.published_at.is_not(None), AnnouncementRow.is_on_web)

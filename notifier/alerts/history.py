"""Queries on messages of the past, for staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from notifier.alerts.models import AlertMessageRow
from notifier.alerts.states import MessageState


@dataclass(frozen=True)
class Wanted:
    """Which messages are looked for; `level` 0 asks for all-clears, moments are in UTC."""

    state: MessageState | None = None
    level: int | None = None
    since: datetime | None = None
    until: datetime | None = None


async def listed(
    session: AsyncSession, wanted: Wanted, limit: int, before_id: int | None = None
) -> Sequence[AlertMessageRow]:
    """Return messages, the newest first; `before_id` continues an earlier list."""
    query = _matching(wanted).order_by(AlertMessageRow.id.desc()).limit(limit)
    if before_id is not None:
        query = query.where(AlertMessageRow.id < before_id)
    return (await session.scalars(query)).all()


def _matching(wanted: Wanted) -> Select[AlertMessageRow]:
    query = select(AlertMessageRow)
    if wanted.state:
        query = query.where(AlertMessageRow.state == wanted.state.value)
    if wanted.level == 0:
        query = query.where(AlertMessageRow.level.is_(None))
    elif wanted.level is not None:
        query = query.where(AlertMessageRow.level == wanted.level)
    if wanted.since:
        query = query.where(AlertMessageRow.created_at >= wanted.since)
    if wanted.until:
        query = query.where(AlertMessageRow.created_at < wanted.until)
    return query

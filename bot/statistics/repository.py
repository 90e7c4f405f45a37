"""Queries of counts on conversations, ratings and messages for the office.

Those on turns read one index only (`ix_turns_at`), so that a million turns are counted in a second.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.models import ConversationRow, TurnRow
from bot.handoffs.models import HandoffRow, HandoffStepRow
from bot.handoffs.states import HandoffState
from bot.ratings.models import RatingRow
from core.database.days import days_of, falls_on
from core.period import Period


@dataclass(frozen=True)
class TurnCount:
    """How many turns of a day (counted from 0) had an intent and ended in a decision."""

    day: int
    intent: str
    decision: str
    count: int


@dataclass(frozen=True)
class RatingCount:
    """How many answers to an intent were rated so; `reason` comes with some of the unhelpful ones."""

    intent: str
    helpful: bool
    reason: str | None
    count: int


async def turns(session: AsyncSession, period: Period) -> list[TurnCount]:
    """Return the turns of a period, counted by day, intent and decision; what did not occur is left out."""
    days = days_of(period)
    groups = days.c.day, TurnRow.intent, TurnRow.decision
    query = select(*groups, func.count()).join(TurnRow, falls_on(days, TurnRow.at)).group_by(*groups)
    return [TurnCount(*row) for row in await session.execute(query)]


async def answer_times(session: AsyncSession, period: Period) -> Mapping[int, int]:
    """Return how many turns took so many milliseconds; turns of before the time was kept are left out."""
    within = TurnRow.at >= period.since, TurnRow.at < period.until, TurnRow.took_ms.is_not(None)
    query = select(TurnRow.took_ms, func.count()).where(*within).group_by(TurnRow.took_ms)
    return {took: count for took, count in await session.execute(query) if took is not None}


async def ratings(session: AsyncSession, period: Period) -> list[RatingCount]:
    """Return the ratings of the turns of a period, whenever they were given."""
    groups = TurnRow.intent, RatingRow.helpful, RatingRow.reason
    rated = select(*groups, func.count()).join(TurnRow, TurnRow.id == RatingRow.turn_id)
    within = TurnRow.at >= period.since, TurnRow.at < period.until
    return [RatingCount(*row) for row in await session.execute(rated.where(*within).group_by(*groups))]


async def handoffs(session: AsyncSession, period: Period) -> Mapping[HandoffState, int]:
    """Return how many messages for the office were left in a period, by their present state."""
    within = HandoffRow.created_at >= period.since, HandoffRow.created_at < period.until
    query = select(HandoffRow.state, func.count()).where(*within).group_by(HandoffRow.state)
    return {HandoffState(row[0]): row[1] for row in await session.execute(query)}


async def first_replies(session: AsyncSession, period: Period) -> Sequence[timedelta]:
    """Return how long each message left in a period waited for its first reply, the shortest first."""
    replied = HandoffStepRow.state == HandoffState.ANSWERED.value
    within = HandoffRow.created_at >= period.since, HandoffRow.created_at < period.until
    query = select(HandoffRow.created_at, func.min(HandoffStepRow.at)).join(HandoffStepRow).where(replied, *within)
    found = await session.execute(query.group_by(HandoffRow.id, HandoffRow.created_at))
    return sorted(answered - created for created, answered in found)


async def complete_since(session: AsyncSession) -> datetime | None:
    """Return the moment before which conversations may be deleted already, None when there is none at all.

    Deleting goes by the last turn of a conversation, so older turns of one that went on are still there.
    """
    return await session.scalar(select(func.min(ConversationRow.last_turn_at)))

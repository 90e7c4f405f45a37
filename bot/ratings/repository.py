"""Queries on ratings."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.models import ConversationRow, TurnRow
from bot.ratings.models import RatingRow


async def newest_turn(session: AsyncSession, digest: str, intent: str) -> int | None:
    """Return the id of the newest turn of a conversation that served an intent, locked until the unit of work ends."""
    turns = select(TurnRow.id).join(ConversationRow).where(ConversationRow.digest == digest, TurnRow.intent == intent)
    return await session.scalar(turns.order_by(TurnRow.id.desc()).limit(1).with_for_update())


async def rating_of(session: AsyncSession, turn_id: int) -> RatingRow | None:
    """Return the rating of a turn."""
    return await session.scalar(select(RatingRow).where(RatingRow.turn_id == turn_id))

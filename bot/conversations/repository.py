"""Queries on conversations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.context import Context
from bot.conversations.models import ConversationRow, TurnRow


@dataclass(frozen=True)
class Turn:
    """One finished turn; `asked` is masked already."""

    asked: str
    intent: str
    confidence: float
    decision: str
    answered: str


async def load_context(session: AsyncSession, digest: str) -> Context | None:
    """Return the context of a conversation, or None when there is no such conversation."""
    row = await session.scalar(select(ConversationRow).where(ConversationRow.digest == digest))
    return Context.from_json(row.context, row.last_turn_at) if row else None


async def store_turn(
    session: AsyncSession, *, digest: str, channel: str, turn: Turn, context: Context, now: datetime
) -> None:
    """Add a turn to a conversation, which is started when it is new."""
    row = await session.scalar(select(ConversationRow).where(ConversationRow.digest == digest).with_for_update())
    if row is None:
        row = ConversationRow(digest=digest, channel=channel, started_at=now, last_turn_at=now, context={})
        session.add(row)
    row.context = context.to_json()
    row.last_turn_at = now
    await session.flush()
    session.add(
        TurnRow(
            conversation_id=row.id,
            at=now,
            asked=turn.asked,
            intent=turn.intent,
            confidence=turn.confidence,
            decision=turn.decision,
            answered=turn.answered,
        )
    )
    await session.flush()


async def transcript(session: AsyncSession, digest: str) -> Iterable[TurnRow]:
    """Return the turns of a conversation, oldest first."""
    return await session.scalars(
        select(TurnRow).join(ConversationRow).where(ConversationRow.digest == digest).order_by(TurnRow.id)
    )


async def purge(session: AsyncSession, before: datetime) -> None:
    """Delete every conversation whose last turn is older than `before`, with its turns."""
    await session.execute(delete(ConversationRow).where(ConversationRow.last_turn_at < before))


async def forget(session: AsyncSession, digest: str) -> None:
    """Delete a conversation with its turns, because its resident asked for it."""
    await session.execute(delete(ConversationRow).where(ConversationRow.digest == digest))

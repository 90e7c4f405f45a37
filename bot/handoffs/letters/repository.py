"""Queries on replies that are sent."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.handoffs.letters.letter import Claimed, Letter, LetterState, Trouble
from bot.handoffs.letters.models import LetterRow
from bot.handoffs.models import HandoffRow, HandoffStepRow


async def claim(session: AsyncSession, channels: Collection[str], now: datetime, lease_until: datetime) -> int | None:
    """Take the letter that is due longest; nobody else takes it before the lease ends. None when nothing is due."""
    due = (
        select(LetterRow)
        .where(LetterRow.channel.in_(channels), LetterRow.due_at <= now)
        .order_by(LetterRow.due_at, LetterRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = await session.scalar(due)
    if row is None:
        return None
    row.due_at = lease_until
    await session.flush()
    return row.id


async def load(session: AsyncSession, letter_id: int) -> Claimed:
    """Return a letter with what it answers."""
    query = (
        select(LetterRow, HandoffStepRow.text_sealed, HandoffRow)
        .join(HandoffStepRow, HandoffStepRow.id == LetterRow.step_id)
        .join(HandoffRow, HandoffRow.id == HandoffStepRow.handoff_id)
        .where(LetterRow.id == letter_id)
    )
    row, text_sealed, handoff = (await session.execute(query)).one()
    return Claimed(
        row.id,
        LetterState(row.state),
        row.channel,
        row.created_at,
        row.attempts,
        row.sending_at,
        row.provider_id,
        row.parts,
        handoff.reference,
        handoff.created_at,
        text_sealed or b"",
        handoff.contact_sealed,
    )


async def change(session: AsyncSession, letter_id: int, values: Mapping[str, Any]) -> None:
    """Write what became of a letter; one that was erased meanwhile stays so."""
    await session.execute(update(LetterRow).where(LetterRow.id == letter_id).values(**values))


async def of_handoff(session: AsyncSession, handoff_id: int) -> dict[int, Letter]:
    """Return the letters of a message by the number of their step."""
    query = select(LetterRow).join(HandoffStepRow).where(HandoffStepRow.handoff_id == handoff_id)
    return {row.step_id: _letter(row) for row in await session.scalars(query)}


async def of_step(session: AsyncSession, reference: str, step_id: int) -> Letter | None:
    """Return the letter of a step of a message."""
    steps = select(LetterRow).join(HandoffStepRow).join(HandoffRow)
    row = await session.scalar(steps.where(HandoffRow.reference == reference, LetterRow.step_id == step_id))
    return _letter(row) if row else None


async def undelivered(session: AsyncSession, handoff_ids: Collection[int]) -> set[int]:
    """Return those of the messages, by id, whose newest reply did not reach the resident."""
    newest = (
        select(HandoffStepRow.handoff_id, func.max(LetterRow.id).label("letter_id"))
        .join(LetterRow, LetterRow.step_id == HandoffStepRow.id)
        .where(HandoffStepRow.handoff_id.in_(handoff_ids))
        .group_by(HandoffStepRow.handoff_id)
        .subquery()
    )
    failed = select(newest.c.handoff_id).join(LetterRow, LetterRow.id == newest.c.letter_id)
    return set(await session.scalars(failed.where(LetterRow.state == LetterState.FAILED.value)))


def _letter(row: LetterRow) -> Letter:
    trouble = Trouble(row.trouble) if row.trouble else None
    return Letter(row.channel, LetterState(row.state), row.due_at, row.finished_at, row.parts, trouble, row.code)

"""Queries on answered SMS."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.sms.models import SmsReplyRow


async def claim(session: AsyncSession, message: str, sender: str, now: datetime) -> None:
    """Take a message on; raises IntegrityError when it was taken on before."""
    session.add(SmsReplyRow(message=message, sender=sender, received_at=now, text=None, choices={}))
    await session.flush()


async def take_over(session: AsyncSession, message: str, taken_at: datetime, now: datetime) -> bool:
    """Take on a message that was taken on at `taken_at` and never answered; False when another did so first."""
    open_ = SmsReplyRow.message == message, SmsReplyRow.text.is_(None), SmsReplyRow.received_at == taken_at
    taken = await session.execute(update(SmsReplyRow).where(*open_).values(received_at=now))
    return cast("CursorResult[Any]", taken).rowcount == 1


async def find(session: AsyncSession, message: str) -> SmsReplyRow | None:
    """Return a message that was taken on, answered or not yet."""
    return await session.get(SmsReplyRow, message)


async def store_answer(session: AsyncSession, message: str, text: str, choices: Mapping[str, str]) -> None:
    """Keep the answer to a message that was taken on."""
    answered = update(SmsReplyRow).where(SmsReplyRow.message == message)
    await session.execute(answered.values(text=text, choices=dict(choices)))


async def choices_before(session: AsyncSession, sender: str, since: datetime) -> Mapping[str, str]:
    """Return the words that the latest answer to a sender offered, none when it is older than `since`."""
    latest = (
        select(SmsReplyRow.choices)
        .where(SmsReplyRow.sender == sender, SmsReplyRow.received_at >= since, SmsReplyRow.text > "")
        .order_by(SmsReplyRow.received_at.desc())
        .limit(1)
    )
    return await session.scalar(latest) or {}


async def answered(session: AsyncSession, sender: str) -> Sequence[SmsReplyRow]:
    """Return the kept answers to a sender, oldest first."""
    query = select(SmsReplyRow).where(SmsReplyRow.sender == sender, SmsReplyRow.text > "")
    return (await session.scalars(query.order_by(SmsReplyRow.received_at))).all()


async def forget(session: AsyncSession, sender: str) -> None:
    """Delete the kept answers to a sender; a message whose answer is being made stays until it is answered."""
    await session.execute(delete(SmsReplyRow).where(SmsReplyRow.sender == sender, SmsReplyRow.text.is_not(None)))

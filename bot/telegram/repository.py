"""Queries of the Telegram channel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.telegram.models import PayloadRow, State, UpdateRow
from core.database import insert_into

_OPEN = (State.RECEIVED, State.ANSWERING)


@dataclass(frozen=True)
class Claimed:
    """An update that is ours to answer until its lease ends; `attempt` counts from 1."""

    update_id: int
    chat_id: int
    raw: dict[str, Any]
    answer: list[dict[str, Any]] | None
    sent: int
    attempt: int
    received_at: datetime


async def store(session: AsyncSession, update_id: int, chat_id: int, raw: dict[str, Any], now: datetime) -> bool:
    """Keep an update; one that is known already is left as it is, and False is returned."""
    values = {
        "update_id": update_id,
        "state": State.RECEIVED,
        "chat_id": chat_id,
        "raw": raw,
        "sent": 0,
        "attempts": 0,
        "received_at": now,
        "due_at": now,
    }
    kept = insert_into(session, UpdateRow).values(values).on_conflict_do_nothing().returning(UpdateRow.update_id)
    return await session.scalar(kept) is not None


async def has_due(session: AsyncSession, now: datetime) -> bool:
    """Check whether there is anything to claim."""
    return await session.scalar(_due(now).limit(1)) is not None


async def claim(session: AsyncSession, limit: int, now: datetime, lease_until: datetime) -> list[Claimed]:
    """Take up to `limit` due updates, of each chat only the oldest unanswered one."""
    rows = await session.scalars(_due(now).order_by(UpdateRow.update_id).limit(limit).with_for_update(skip_locked=True))
    claimed = []
    for row in rows.all():
        row.state, row.attempts, row.due_at = State.ANSWERING, row.attempts + 1, lease_until
        # An open row has both; only final ones are blank.
        claimed.append(
            Claimed(row.update_id, row.chat_id or 0, row.raw or {}, row.answer, row.sent, row.attempts, row.received_at)
        )
    await session.flush()
    return claimed


async def keep_answer(session: AsyncSession, update_id: int, answer: Sequence[dict[str, Any]]) -> None:
    """Keep the messages that answer an update, none of them sent, so that they are composed only once."""
    await _change(session, update_id, answer=list(answer), sent=0)


async def mark_sent(session: AsyncSession, update_id: int, sent: int) -> None:
    """Keep how many messages of the answer went out."""
    await _change(session, update_id, sent=sent)


async def postpone(session: AsyncSession, update_id: int, due_at: datetime, attempts: int) -> None:
    """Put an update back until `due_at`, with its attempts counted as given."""
    await _change(session, update_id, state=State.RECEIVED, due_at=due_at, attempts=attempts)


async def finish(session: AsyncSession, update_id: int, state: State) -> None:
    """Bring an update to its end; what was personal in it is deleted, its id stays to recognise duplicates."""
    await _change(session, update_id, state=state, chat_id=None, raw=None, answer=None)


async def keep_payloads(session: AsyncSession, payloads: Mapping[str, str], now: datetime) -> None:
    """Keep long payloads under their keys."""
    for key, payload in payloads.items():
        row = insert_into(session, PayloadRow).values(key=key, payload=payload, offered_at=now)
        await session.execute(row.on_conflict_do_update(index_elements=["key"], set_={"offered_at": now}))


async def payload_of(session: AsyncSession, key: str) -> str | None:
    """Return the long payload behind a key."""
    return await session.scalar(select(PayloadRow.payload).where(PayloadRow.key == key))


def _due(now: datetime) -> Select[UpdateRow]:
    """Return the query of updates to claim: the oldest open one of each chat, when its time has come."""
    heads = select(func.min(UpdateRow.update_id)).where(UpdateRow.state.in_(_OPEN)).group_by(UpdateRow.chat_id)
    is_open = UpdateRow.state.in_(_OPEN)
    return select(UpdateRow).where(UpdateRow.update_id.in_(heads), is_open, UpdateRow.due_at <= now)


async def _change(session: AsyncSession, update_id: int, **values: object) -> None:
    await session.execute(update(UpdateRow).where(UpdateRow.update_id == update_id).values(**values))

"""Queries on messages left for the office."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.handoffs.errors import UnknownHandoffError
from bot.handoffs.handoff import RESIDENT
from bot.handoffs.models import HandoffRow, HandoffStepRow
from bot.handoffs.states import HandoffState

_IS_REPLY = HandoffStepRow.by != RESIDENT


async def find(session: AsyncSession, reference: str) -> HandoffRow | None:
    """Return the message of a number."""
    return await session.scalar(select(HandoffRow).where(HandoffRow.reference == reference))


async def get_locked(session: AsyncSession, reference: str) -> HandoffRow:
    """Return the message of a number; others who change it wait until the unit of work ends.

    Raises:
        UnknownHandoffError: there is none.
    """
    found = await session.scalar(select(HandoffRow).where(HandoffRow.reference == reference).with_for_update())
    if found is None:
        raise UnknownHandoffError(reference)
    return found


async def of_request(session: AsyncSession, request_key: str) -> HandoffRow | None:
    """Return the message that a draft has become."""
    return await session.scalar(select(HandoffRow).where(HandoffRow.request_key == request_key))


async def added(session: AsyncSession, row: HandoffRow) -> bool:
    """Store a new message; False when its number or its draft's key is taken."""
    try:
        async with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False
    return True


async def count_unfinished(session: AsyncSession, owner_digest: str, since: datetime) -> int:
    """Return how many messages of a sender, left since then, are not closed."""
    query = select(func.count()).where(
        HandoffRow.owner_digest == owner_digest,
        HandoffRow.created_at > since,
        HandoffRow.state != HandoffState.CLOSED.value,
    )
    return await session.scalar(query) or 0


async def of_owner(session: AsyncSession, owner_digest: str) -> Sequence[HandoffRow]:
    """Return every message of a sender, oldest first."""
    query = select(HandoffRow).where(HandoffRow.owner_digest == owner_digest).order_by(HandoffRow.id)
    return (await session.scalars(query)).all()


async def listed(
    session: AsyncSession, state: HandoffState, limit: int, assignee: str | None = None
) -> Sequence[HandoffRow]:
    """Return messages in a state, the longest waiting first; all of them, or those of one person."""
    query = select(HandoffRow).where(HandoffRow.state == state.value)
    if assignee is not None:
        query = query.where(HandoffRow.assignee == assignee)
    return (await session.scalars(query.order_by(HandoffRow.created_at, HandoffRow.id).limit(limit))).all()


async def untold(session: AsyncSession, limit: int) -> Sequence[HandoffRow]:
    """Return unfinished messages in which staff have not been told of what is new, the longest waiting first."""
    new = HandoffRow.told_at.is_(None), HandoffRow.state != HandoffState.CLOSED.value
    return (await session.scalars(select(HandoffRow).where(*new).order_by(HandoffRow.id).limit(limit))).all()


async def last_told(session: AsyncSession) -> datetime | None:
    """Return when staff were last told of anything."""
    return await session.scalar(select(func.max(HandoffRow.told_at)))


async def mark_told(session: AsyncSession, seen: Mapping[int, datetime], now: datetime) -> None:
    """Note that staff were told of messages, by id, unless something was added since they were seen to change."""
    for handoff_id, changed_at in seen.items():
        unchanged = HandoffRow.id == handoff_id, HandoffRow.changed_at == changed_at
        await session.execute(update(HandoffRow).where(*unchanged).values(told_at=now))


async def steps(session: AsyncSession, handoff_id: int) -> Sequence[HandoffStepRow]:
    """Return the steps of a message, oldest first."""
    query = select(HandoffStepRow).where(HandoffStepRow.handoff_id == handoff_id).order_by(HandoffStepRow.id)
    return (await session.scalars(query)).all()


async def newest_step(session: AsyncSession) -> int:
    """Return a number that changes with every step of any message, 0 when there is none."""
    # A step may be committed after one with a higher id, and then only the count tells of it.
    return await session.scalar(select(func.max(HandoffStepRow.id) + func.count())) or 0


async def replies_after(
    session: AsyncSession, owner_digest: str, step_id: int
) -> Sequence[tuple[HandoffStepRow, HandoffRow]]:
    """Return the replies to a sender's messages with a higher id than `step_id`, oldest first, with their messages."""
    mine = HandoffRow.owner_digest == owner_digest, HandoffStepRow.text_sealed.is_not(None), _IS_REPLY
    query = select(HandoffStepRow, HandoffRow).join(HandoffRow).where(*mine, HandoffStepRow.id > step_id)
    return [(step, row) for step, row in (await session.execute(query.order_by(HandoffStepRow.id))).all()]


async def additions(session: AsyncSession, handoff_id: int, since: datetime) -> Sequence[HandoffStepRow]:
    """Return what the resident added to a message since then, oldest first."""
    added = HandoffStepRow.handoff_id == handoff_id, HandoffStepRow.at > since, HandoffStepRow.text_sealed.is_not(None)
    query = select(HandoffStepRow).where(*added, HandoffStepRow.by == RESIDENT).order_by(HandoffStepRow.id)
    return (await session.scalars(query)).all()


async def erase(session: AsyncSession, owner_digest: str) -> None:
    """Delete every message of a sender with its replies."""
    await session.execute(delete(HandoffRow).where(HandoffRow.owner_digest == owner_digest))

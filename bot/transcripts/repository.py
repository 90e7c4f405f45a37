"""Queries of staff on masked conversations: found by words or by rating, read turn by turn."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.models import ConversationRow, TurnRow
from bot.ratings.models import RatingRow


@dataclass(frozen=True)
class Sought:
    """What is looked for; an empty part does not matter, moments are in UTC."""

    words: str = ""
    channel: str = ""
    decision: str = ""
    intents: frozenset[str] = frozenset()
    helpful: bool | None = None
    reason: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class RatedTurn:
    """A turn of a conversation and its rating, where the resident gave one."""

    turn: TurnRow
    conversation: ConversationRow
    rating: RatingRow | None


async def found(session: AsyncSession, sought: Sought, limit: int, before_id: int | None = None) -> list[RatedTurn]:
    """Return turns that fit, the newest first; `before_id` continues an earlier list."""
    query = _turns().where(*_conditions(sought)).order_by(TurnRow.id.desc()).limit(limit)
    if before_id is not None:
        query = query.where(TurnRow.id < before_id)
    return [RatedTurn(*row) for row in await session.execute(query)]


async def turns_of(session: AsyncSession, conversation_id: int, limit: int) -> list[RatedTurn]:
    """Return the turns of a conversation, oldest first."""
    query = _turns().where(TurnRow.conversation_id == conversation_id).order_by(TurnRow.id).limit(limit)
    return [RatedTurn(*row) for row in await session.execute(query)]


async def count_unhelpful(session: AsyncSession, since: datetime) -> int:
    """Return how many answers were rated as not helpful since then."""
    query = select(func.count()).where(RatingRow.helpful.is_(False), RatingRow.at >= since)
    return await session.scalar(query) or 0


def _turns() -> Select[TurnRow, ConversationRow, RatingRow | None]:
    joined = select(TurnRow, ConversationRow, RatingRow).join(ConversationRow)
    return joined.outerjoin(RatingRow, RatingRow.turn_id == TurnRow.id)


def _conditions(sought: Sought) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if sought.words:
        conditions.append(or_(*(_holds(form) for form in _forms(sought.words))))
    if sought.channel:
        conditions.append(ConversationRow.channel == sought.channel)
    if sought.decision:
        conditions.append(TurnRow.decision == sought.decision)
    if sought.intents:
        conditions.append(TurnRow.intent.in_(sorted(sought.intents)))
    if sought.reason:
        conditions.append(RatingRow.reason == sought.reason)
    if sought.helpful is not None:
        conditions.append(RatingRow.helpful.is_(sought.helpful))
    if sought.since:
        conditions.append(TurnRow.at >= sought.since)
    if sought.until:
        conditions.append(TurnRow.at < sought.until)
    return conditions


def _holds(words: str) -> ColumnElement[bool]:
    columns = (TurnRow.asked, TurnRow.answered, RatingRow.comment)
    return or_(*(column.icontains(words, autoescape=True) for column in columns))


def _forms(words: str) -> set[str]:
    # SQLite knows no small and capital letters but those of ASCII.
    return {words, words.lower(), words.upper(), words.capitalize()}

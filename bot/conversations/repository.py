"""Queries on conversations."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Executable, bindparam, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.models import ConversationRow, TurnRow
from bot.dialogue.context import Context


@dataclass(frozen=True)
class Turn:
    """One finished turn; `asked` is masked already, `took_ms` the time until its answer where it was measured."""

    asked: str
    intent: str
    confidence: float
    decision: str
    answered: str
    took_ms: int | None = None


@dataclass(frozen=True)
class Entry:
    """A turn of the conversation of a digest, ended at `at` (aware), and the context after it.

    `goes_on` tells that the conversation was stored when the turn began; one that was erased since begins anew.
    """

    digest: str
    channel: str
    turn: Turn
    context: Context
    at: datetime
    goes_on: bool


async def load_context(session: AsyncSession, digest: str) -> Context | None:
    """Return the context of a conversation, or None when there is no such conversation."""
    row = await session.scalar(select(ConversationRow).where(ConversationRow.digest == digest))
    return Context.from_json(row.context, row.last_turn_at) if row else None


async def store_turns(session: AsyncSession, entries: Sequence[Entry]) -> None:
    """Add turns to their conversations, in the order given; a conversation that is new is started."""
    known = await _still_known(session, {entry.digest for entry in entries if entry.goes_on})
    latest = {entry.digest: entry for entry in entries}
    # In one order everywhere, so that two processes never wait for each other.
    rows = [_conversation(latest[digest], known) for digest in sorted(latest)]
    connection = await session.connection()
    await connection.execute(_put_conversations(connection.dialect.name), rows)
    turns = [{"digest": entry.digest, "at": entry.at, **vars(entry.turn)} for entry in entries]
    await connection.execute(_ADD_TURNS, turns)


_conversation_id = select(ConversationRow.id).where(ConversationRow.digest == bindparam("digest")).scalar_subquery()
# Found by the database itself: to have the ids of many conversations returned costs more than to look them up.
_ADD_TURNS = insert(TurnRow).values(
    conversation_id=_conversation_id, **{name: bindparam(name) for name in ("at", *Turn.__dataclass_fields__)}
)


@cache
def _put_conversations(dialect: str) -> Executable:
    """Return the statement that starts conversations or goes on with them."""
    put = (sqlite.insert if dialect == "sqlite" else postgresql.insert)(ConversationRow)
    latest = {"context": put.excluded.context, "last_turn_at": put.excluded.last_turn_at}
    return put.on_conflict_do_update(index_elements=["digest"], set_=latest)


async def _still_known(session: AsyncSession, digests: Iterable[str]) -> set[str]:
    if not digests:
        return set()
    found = select(ConversationRow.digest).where(ConversationRow.digest.in_(digests))
    return set(await session.scalars(found.order_by(ConversationRow.digest).with_for_update()))


def _conversation(entry: Entry, known: Container[str]) -> dict[str, Any]:
    was_erased = entry.goes_on and entry.digest not in known
    return {
        "digest": entry.digest,
        "channel": entry.channel,
        "started_at": entry.at,
        "last_turn_at": entry.at,
        "context": (Context() if was_erased else entry.context).to_json(),
    }


async def transcript(session: AsyncSession, digest: str) -> Iterable[TurnRow]:
    """Return the turns of a conversation, oldest first."""
    return await session.scalars(
        select(TurnRow).join(ConversationRow).where(ConversationRow.digest == digest).order_by(TurnRow.id)
    )


async def forget(session: AsyncSession, digest: str) -> None:
    """Delete a conversation with its turns, because its resident asked for it."""
    await session.execute(delete(ConversationRow).where(ConversationRow.digest == digest))

"""Masked conversations for those who may read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from api.panel.desk import Desk
from bot.conversations.models import ConversationRow
from bot.transcripts import repository
from bot.transcripts.repository import RatedTurn, Sought
from core.audit.service import Deed, record
from core.staff.actor import Actor
from core.staff.permissions import Permission

_MOST_TURNS = 500
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Transcript:
    """A conversation with its turns, oldest first."""

    conversation: ConversationRow
    turns: Sequence[RatedTurn]


async def found(used: Desk, actor: Actor, sought: Sought, limit: int, before_id: int | None = None) -> list[RatedTurn]:
    """Return turns that fit, the newest first; `before_id` continues an earlier list."""
    actor.require(Permission.READ_TRANSCRIPTS)
    async with used.database.read() as session:
        return await repository.found(session, sought, limit, before_id)


async def unhelpful_this_week(used: Desk, actor: Actor) -> int:
    """Return how many answers residents rated as not helpful within the last seven days."""
    actor.require(Permission.READ_TRANSCRIPTS)
    async with used.database.read() as session:
        return await repository.count_unhelpful(session, used.clock.now() - _WEEK)


async def opened(used: Desk, actor: Actor, conversation_id: int) -> Transcript | None:
    """Return a conversation, None when it is there no longer; that it was read is written down."""
    actor.require(Permission.READ_TRANSCRIPTS)
    async with used.database.write() as session:
        turns = await repository.turns_of(session, conversation_id, _MOST_TURNS)
        if not turns:
            return None
        deed = Deed("transcript.opened", f"conversations/{conversation_id}")
        await record(session, actor.name, deed, used.clock.now())
        return Transcript(turns[0].conversation, turns)

"""Work on messages for the office by those who may, each step in the audit log; what was written never is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.handoffs import repository
from bot.handoffs.errors import UnknownHandoffError
from bot.handoffs.handoff import Handoff
from bot.handoffs.letters.letter import Letter
from bot.handoffs.letters.repository import of_step, undelivered
from bot.handoffs.service import Handoffs
from bot.handoffs.states import HandoffState
from core.audit.service import Deed, State, record
from core.clock import Clock
from core.database import Database
from core.staff.actor import Actor
from core.staff.permissions import Permission

LISTED = 200
"""Messages on one page; the longest waiting come first, so none is forgotten."""


@dataclass(frozen=True)
class Line:
    """A message in a list: not what it says, nor whose it is."""

    reference: str
    state: HandoffState
    topic: str
    channel: str
    reply_to: str
    assignee: str | None
    created_at: datetime
    is_undelivered: bool
    """Whether the newest reply did not reach the resident."""


class Inbox:
    """Each step is one unit of work.

    A step raises UnknownHandoffError, MoveRefusedError or PartRefusedError as `Handoffs` does.
    """

    def __init__(self, database: Database, handoffs: Handoffs, clock: Clock) -> None:
        self._database = database
        self._handoffs = handoffs
        self._clock = clock

    async def listed(self, actor: Actor, states: Sequence[HandoffState], assignee: str | None = None) -> list[Line]:
        """Return the messages in some states, the longest waiting first within each; all, or those of one person."""
        actor.require(Permission.READ_HANDOFFS)
        async with self._database.read() as session:
            rows = [row for state in states for row in await repository.listed(session, state, LISTED, assignee)]
            lost = await undelivered(session, [row.id for row in rows])
        return [
            Line(
                row.reference,
                HandoffState(row.state),
                row.topic,
                row.channel,
                row.reply_to,
                row.assignee,
                row.created_at,
                row.id in lost,
            )
            for row in rows
        ]

    async def open(self, actor: Actor, reference: str) -> Handoff:
        """Return a message in clear; that it was read is written down."""
        actor.require(Permission.READ_HANDOFFS)
        async with self._database.write() as session:
            found = await self._handoffs.find(session, reference)
            if found is None:
                raise UnknownHandoffError(reference)
            await self._log(session, actor, "handoff.opened", reference)
        return found

    async def letter(self, actor: Actor, reference: str, number: int) -> Letter | None:
        """Return how far the reply of a step has come, which says nothing of its words."""
        actor.require(Permission.READ_HANDOFFS)
        async with self._database.read() as session:
            return await of_step(session, reference, number)

    async def assign(self, actor: Actor, reference: str, to: str) -> None:
        """Give a message to somebody to work on."""
        actor.require(Permission.ANSWER_HANDOFFS)
        async with self._database.write() as session:
            await self._handoffs.assign(session, reference, to=to, by=actor.name)
            await self._log(session, actor, "handoff.assigned", reference, {"assignee": to})

    async def reply(self, actor: Actor, reference: str, text: str) -> None:
        """Answer a message; whoever answers one that nobody has taken on takes it on."""
        actor.require(Permission.ANSWER_HANDOFFS)
        async with self._database.write() as session:
            found = await self._handoffs.find(session, reference)
            if found and found.state is HandoffState.OPEN:
                await self._handoffs.assign(session, reference, to=actor.name, by=actor.name)
            await self._handoffs.reply(session, reference, text, actor.name)
            await self._log(session, actor, "handoff.answered", reference, {"characters": len(text)})

    async def close(self, actor: Actor, reference: str) -> None:
        """End a message."""
        actor.require(Permission.ANSWER_HANDOFFS)
        async with self._database.write() as session:
            await self._handoffs.close(session, reference, actor.name)
            await self._log(session, actor, "handoff.closed", reference)

    async def _log(
        self, session: AsyncSession, actor: Actor, action: str, reference: str, after: State | None = None
    ) -> None:
        await record(session, actor.name, Deed(action, f"handoffs/{reference}", after=after), self._clock.now())

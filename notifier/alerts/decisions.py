"""What people decide about messages that wait: each decision one unit of work, with who made it and why."""

from collections.abc import Sequence
from typing import Literal

from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncSession

from core.audit.service import Deed, record
from core.clock import Clock
from core.database import Database
from core.staff.actor import Actor
from core.staff.permissions import Permission
from notifier.alerts.errors import AlreadyDecidedError, DecisionRefusedError, StaleAlertError
from notifier.alerts.models import MAX_NAME, MAX_REASON, AlertMessageRow
from notifier.alerts.release import send
from notifier.alerts.repository import held_messages, message
from notifier.alerts.states import MessageState
from notifier.channels.registry import NAMES
from notifier.deliveries.signals import wake


class Decisions:
    """Takes the decisions of staff; each stands in the audit log."""

    def __init__(self, database: Database, redis: Redis, clock: Clock) -> None:
        self._database = database
        self._redis = redis
        self._clock = clock

    async def held(self) -> Sequence[AlertMessageRow]:
        """Return what waits for a person, the oldest first."""
        async with self._database.read() as session:
            return await held_messages(session)

    async def confirm(self, actor: Actor, message_id: int, reason: str) -> AlertMessageRow:
        """Send a held message by the decision of a person.

        Raises:
            PermissionRefusedError: this person may not decide.
            UnknownAlertError: there is none of that number.
            AlreadyDecidedError: it waits for nobody any more.
            StaleAlertError: it is too old to be of use.
            DecisionRefusedError: name or reason is missing or too long.
        """
        actor.require(Permission.DECIDE_ALERTS)
        async with self._database.write() as session:
            row = self._decided(await message(session, message_id), actor, reason)
            now = self._clock.now()
            if now >= row.expires_at:
                raise StaleAlertError(message_id)
            await send(session, row, now)
            await self._log(session, actor, "alert.confirmed", row)
        await wake(self._redis, NAMES)
        return row

    async def reject(self, actor: Actor, message_id: int, reason: str) -> AlertMessageRow:
        """Keep a held message back by the decision of a person; raises as `confirm` does, but for its age."""
        actor.require(Permission.DECIDE_ALERTS)
        async with self._database.write() as session:
            row = self._decided(await message(session, message_id), actor, reason)
            row.state = MessageState.REJECTED.value
            await self._log(session, actor, "alert.rejected", row)
        return row

    def _decided(self, row: AlertMessageRow, actor: Actor, reason: str) -> AlertMessageRow:
        if row.state != MessageState.HELD:
            raise AlreadyDecidedError(row.id, row.state)
        row.decided_by, row.decision_reason = filled(actor.name, "name"), filled(reason, "reason")
        row.decided_at = self._clock.now()
        return row

    async def _log(self, session: AsyncSession, actor: Actor, action: str, row: AlertMessageRow) -> None:
        after = {"state": row.state, "title": row.title, "reason": row.decision_reason}
        await record(session, actor.name, Deed(action, f"alerts/{row.id}", {"state": "held"}, after), self._clock.now())


def filled(text: str, part: Literal["name", "reason"]) -> str:
    """Return a person's name or reason as one line.

    Raises:
        DecisionRefusedError: it is missing or too long.
    """
    limit = MAX_NAME if part == "name" else MAX_REASON
    line = " ".join(text.split())
    if not 1 <= len(line) <= limit:
        raise DecisionRefusedError(part, limit)
    return line

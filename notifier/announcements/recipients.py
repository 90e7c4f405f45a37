"""The account of an announcement: what became of each message, with addresses masked."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, select

from core.audit.service import Deed, record
from core.clock import Clock
from core.database import Database
from core.staff.actor import Actor
from core.staff.permissions import Permission
from notifier.announcements.repository import get
from notifier.deliveries.models import DeliveryRow
from notifier.deliveries.states import DeliveryState
from notifier.subscriptions.addresses import masked
from notifier.subscriptions.models import ContactRow

MOST_EXPORTED = 100_000
"""Messages in one file."""


@dataclass(frozen=True)
class Recipient:
    """One message; `round` is 0 for the first try, more for a repetition. Moments in UTC."""

    id: int
    channel: str
    address: str
    state: DeliveryState
    error: str | None
    attempts: int
    round: int
    parts: int
    due_at: datetime
    sent_at: datetime | None
    finished_at: datetime | None


class Recipients:
    """Lists messages in the order of sending; `open_address` returns the address of a contact in clear."""

    def __init__(self, database: Database, clock: Clock, open_address: Callable[[ContactRow], str]) -> None:
        self._database = database
        self._clock = clock
        self._open_address = open_address

    async def listed(
        self, actor: Actor, number: int, state: DeliveryState | None, limit: int, after_id: int = 0
    ) -> Sequence[Recipient]:
        """Return messages of an announcement, in one state or in all; `after_id` continues an earlier list.

        Raises:
            UnknownAnnouncementError: there is none of that number.
        """
        actor.require(Permission.READ_ANNOUNCEMENTS)
        async with self._database.read() as session:
            broadcast_id = (await get(session, number)).broadcast_id
            query = _of(broadcast_id, state).where(DeliveryRow.id > after_id).limit(limit)
            return self._shown(await session.execute(query))

    async def exported(self, actor: Actor, number: int, state: DeliveryState | None) -> Sequence[Recipient]:
        """Return messages that are taken away as a file, which is written down.

        Raises:
            UnknownAnnouncementError: there is none of that number.
        """
        actor.require(Permission.READ_ANNOUNCEMENTS)
        async with self._database.write() as session:
            query = _of((await get(session, number)).broadcast_id, state).limit(MOST_EXPORTED)
            found = self._shown(await session.execute(query))
            deed = Deed("announcement.recipients_exported", f"announcements/{number}", after={"rows": len(found)})
            await record(session, actor.name, deed, self._clock.now())
        return found

    def _shown(self, rows: Iterable[Row[DeliveryRow, ContactRow]]) -> list[Recipient]:
        return [
            Recipient(
                delivery.id,
                delivery.channel,
                masked(contact.channel, self._open_address(contact)),
                DeliveryState(delivery.state),
                delivery.error,
                delivery.attempts,
                delivery.round,
                delivery.parts,
                delivery.due_at,
                delivery.sending_at,
                delivery.finished_at,
            )
            for delivery, contact in rows
        ]


def _of(broadcast_id: int | None, state: DeliveryState | None) -> Select[DeliveryRow, ContactRow]:
    query = (
        select(DeliveryRow, ContactRow)
        .join(ContactRow, ContactRow.id == DeliveryRow.contact_id)
        .where(DeliveryRow.broadcast_id == broadcast_id)
        .order_by(DeliveryRow.id)
    )
    return query if state is None else query.where(DeliveryRow.state == state.value)

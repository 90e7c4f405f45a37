"""Writes messages to the outbox instead of sending them."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from core.clock import Clock
from core.database import Database
from notifier.channels.base import Channel, Outcome, OutgoingMessage, Receipt, Retryable
from notifier.channels.log.models import OutboxRow

_SHOWN_CHARACTERS = 3


class LogChannel(Channel):
    """Stands for the channel it is named after; each delivery is written once."""

    def __init__(self, database: Database, stands_for: str, clock: Clock) -> None:
        super().__init__(stands_for)
        self._database = database
        self._clock = clock

    async def _send(self, address: str, message: OutgoingMessage) -> Outcome:
        values: dict[str, Any] = {
            "delivery_id": message.delivery_id or None,
            "channel": self.name,
            "recipient": masked(address),
            "text": f"{message.title}\n{message.body}",
            "at": self._clock.now(),
        }
        try:
            async with self._database.write() as session:
                insert = (sqlite if session.get_bind().dialect.name == "sqlite" else postgresql).insert(OutboxRow)
                await session.execute(insert.values(values).on_conflict_do_nothing())
        except DBAPIError:
            # Trying again is safe even if the row was written: a delivery is written once.
            return Retryable("outbox_unreachable")
        return Receipt(f"outbox-{message.delivery_id}")


def masked(address: str) -> str:
    """Return the end of an address, enough to tell two recipients apart on the screen and no more."""
    return "…" + address[-_SHOWN_CHARACTERS:] if len(address) > 2 * _SHOWN_CHARACTERS else "…"

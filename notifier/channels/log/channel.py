"""Writes messages to the outbox instead of sending them."""

from typing import Any

from sqlalchemy.exc import DBAPIError

from core.clock import Clock
from core.database import Database, insert_into
from core.sms_text import segments, to_gsm
from notifier.channels.base import Channel, Outcome, OutgoingMessage, Receipt, Retryable
from notifier.channels.log.models import OutboxRow
from notifier.channels.way_out import way_out

_SHOWN_CHARACTERS = 3
_SMS = "sms"


class LogChannel(Channel):
    """Stands for the channel it is named after; each delivery is written once."""

    def __init__(self, database: Database, stands_for: str, clock: Clock) -> None:
        super().__init__(stands_for)
        self._database = database
        self._clock = clock

    def parts(self, message: OutgoingMessage) -> int:
        """Return how many parts an SMS would have; anything else is one message."""
        return segments(to_gsm(message.as_text())) if self.name == _SMS else 1

    async def _send(self, address: str, message: OutgoingMessage) -> Outcome:
        values: dict[str, Any] = {
            "delivery_id": message.delivery_id or None,
            "channel": self.name,
            "recipient": masked(address),
            "text": self._written(address, message),
            "at": self._clock.now(),
        }
        try:
            async with self._database.write() as session:
                await session.execute(insert_into(session, OutboxRow).values(values).on_conflict_do_nothing())
        except DBAPIError:
            # Trying again is safe even if the row was written: a delivery is written once.
            return Retryable("outbox_unreachable")
        return Receipt(f"outbox-{message.delivery_id}")

    def _written(self, address: str, message: OutgoingMessage) -> str:
        """Return the text as it would go out: an SMS in the GSM alphabet, a resident's Telegram with the way out."""
        text = message.as_text()
        if self.name == _SMS:
            return to_gsm(text)
        is_residents = bool(message.delivery_id) and not address.startswith("@")
        return text + way_out(self.name, text) if is_residents else text


def masked(address: str) -> str:
    """Return the end of an address, enough to tell two recipients apart on the screen and no more."""
    return "…" + address[-_SHOWN_CHARACTERS:] if len(address) > 2 * _SHOWN_CHARACTERS else "…"

"""Asks the provider what became of messages: those without a recorded answer, and those that no report came for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock
from core.database import Database
from core.logging import get_logger
from notifier.broadcasts.models import BroadcastRow
from notifier.channels.base import Channel, Found, Inquiry, NotFound, OutgoingMessage, Sighting, Unanswered
from notifier.deliveries.clock import server_time
from notifier.deliveries.models import DeliveryRow
from notifier.deliveries.receipts import Receipts, StatusReport
from notifier.deliveries.settlement import STATES
from notifier.deliveries.states import DeliveryState
from notifier.subscriptions.models import ContactRow

_log = get_logger(__name__)

NEVER_ACCEPTED_AFTER = timedelta(hours=1)
"""Age of a call without an answer at which a message that the provider does not know counts as never accepted."""
GIVEN_UP_AFTER = timedelta(hours=72)
"""Age at which nothing more is asked: networks report for three days at most."""

_AT_ONCE = 20
# Longer than one look-up may take: whoever asks has the question to itself for so long.
_TURN = timedelta(minutes=5)
_AGAIN_SOON, _AGAIN_LATER = timedelta(minutes=10), timedelta(hours=6)


@dataclass(frozen=True)
class Question:
    """A delivery that the provider is asked about."""

    delivery_id: int
    broadcast: BroadcastRow
    contact: ContactRow
    started_at: datetime
    provider_id: str | None = None
    state: DeliveryState = DeliveryState.LEASED


class Inquiries:
    """The questions to one channel's provider."""

    def __init__(
        self, database: Database, clock: Clock, channel: Channel, open_address: Callable[[ContactRow], str]
    ) -> None:
        self._database = database
        self._clock = clock
        self._channel = channel
        self._open_address = open_address
        self._receipts = Receipts(database, clock)

    async def ask(self, question: Question) -> Sighting:
        """Ask about one delivery; an answer that cannot be had is Unanswered."""
        try:
            address = self._open_address(question.contact)
        except Exception as error:
            _log.error("address cannot be opened", delivery=question.delivery_id, error=type(error).__name__)
            return Unanswered("address_unreadable")
        text = question.broadcast.text_for(self._channel.name)
        message = OutgoingMessage(question.broadcast.title, text, question.delivery_id)
        async with self._database.read() as session:
            known = await _other_ids(session, question)
        return await self._channel.look_up(
            Inquiry(address, message, question.started_at, question.provider_id, frozenset(known))
        )

    async def step(self) -> int:
        """Ask about what is due to be asked; return how many deliveries that were."""
        if not self._channel.can_look_up:
            return 0
        async with self._database.write() as session:
            now = await server_time(session, self._clock.now())
            questions = await _take(session, self._channel.name, now)
        for question in questions:
            await self._settle(question, await self.ask(question))
        return len(questions)

    async def _settle(self, question: Question, sighting: Sighting) -> None:
        if isinstance(sighting, Found):
            state = STATES[sighting.fate]
            await self._receipts.record(
                StatusReport(
                    question.delivery_id,
                    sighting.provider_id,
                    state,
                    sighting.code,
                    retry_after=sighting.retry_after,
                )
            )
            if state is not DeliveryState.SENT:
                return
        async with self._database.write() as session:
            now = await server_time(session, self._clock.now())
            await _remember(session, question, sighting, now)


async def _other_ids(session: AsyncSession, question: Question) -> Sequence[str]:
    others = select(DeliveryRow.provider_id).where(
        DeliveryRow.contact_id == question.contact.id,
        DeliveryRow.id != question.delivery_id,
        DeliveryRow.provider_id.is_not(None),
    )
    return [provider_id for provider_id in await session.scalars(others) if provider_id]


async def _take(session: AsyncSession, channel: str, now: datetime) -> list[Question]:
    """Take questions that are due, so that no other worker asks them meanwhile."""
    due = (
        select(DeliveryRow.id)
        .where(DeliveryRow.channel == channel, DeliveryRow.check_at.is_not(None), DeliveryRow.check_at <= now)
        .order_by(DeliveryRow.check_at)
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    taken = await session.scalars(
        update(DeliveryRow)
        .where(DeliveryRow.id.in_(select(due.c.id)))
        .values(check_at=now + _TURN)
        .returning(DeliveryRow.id)
    )
    rows = await session.execute(
        select(DeliveryRow, BroadcastRow, ContactRow)
        .join(BroadcastRow, BroadcastRow.id == DeliveryRow.broadcast_id)
        .join(ContactRow, ContactRow.id == DeliveryRow.contact_id)
        .where(DeliveryRow.id.in_(taken.all()))
        .execution_options(populate_existing=True)
    )
    return [
        Question(row.id, broadcast, contact, row.sending_at or now, row.provider_id, DeliveryState(row.state))
        for row, broadcast, contact in rows
    ]


async def _remember(session: AsyncSession, question: Question, sighting: Sighting, now: datetime) -> None:
    """Write down when to ask again, or that nothing more will be known."""
    age = now - question.started_at
    values: dict[str, object]
    if age >= GIVEN_UP_AFTER:
        values = {"check_at": None, "error": "no_report"}
    elif isinstance(sighting, NotFound) and question.state is DeliveryState.UNKNOWN and age >= NEVER_ACCEPTED_AFTER:
        failed = DeliveryState.FAILED.value
        values = {"check_at": None, "state": failed, "error": "never_accepted", "can_repeat": True}
    else:
        values = {"check_at": now + (_AGAIN_LATER if isinstance(sighting, Found) else _AGAIN_SOON)}
    # A report may have settled it in the meantime.
    still_open = DeliveryRow.check_at.is_not(None), DeliveryRow.id == question.delivery_id
    await session.execute(update(DeliveryRow).where(*still_open).values(values))

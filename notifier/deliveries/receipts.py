"""What a provider reports about a message after it accepted it; reports come late, twice and in any order."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock
from core.database import Database
from core.logging import get_logger
from notifier.deliveries.clock import server_time
from notifier.deliveries.models import DeliveryRow
from notifier.deliveries.repeats import repeat_later, take_back
from notifier.deliveries.settlement import FIRST_CHECK
from notifier.deliveries.states import MOVES, DeliveryState
from notifier.subscriptions.suppression import end_gone, end_stopped

_log = get_logger(__name__)


@dataclass(frozen=True)
class StatusReport:
    """What became of the message that the provider knows by `provider_id`: SENT, DELIVERED or FAILED."""

    delivery_id: int | None
    provider_id: str
    state: DeliveryState
    error: str | None = None
    is_gone: bool = False
    """Whether the number can be reached no more."""
    has_stopped: bool = False
    """Whether the resident told the provider STOP."""
    retry_after: timedelta | None = None
    """When another message may get through after a failure; None: never."""


class Receipts:
    """Moves deliveries by their provider's reports; what was delivered stays so, whatever comes before or after."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def record(self, report: StatusReport) -> bool:
        """Return whether the message is ours; a report that tells nothing new changes nothing."""
        async with self._database.write() as session:
            row = await session.get(DeliveryRow, report.delivery_id or 0, with_for_update=True)
            if row is None or row.provider_id not in (None, report.provider_id):
                _log.warning("a report on an unknown message", provider_id=report.provider_id, state=report.state.value)
                return False
            if _is_news(row, report):
                await self._move(session, row, report)
        return True

    async def _move(self, session: AsyncSession, row: DeliveryRow, report: StatusReport) -> None:
        now = await server_time(session, self._clock.now())
        row.state, row.provider_id, row.error = report.state.value, report.provider_id, report.error
        row.lease_token, row.finished_at = None, now
        row.can_repeat = report.retry_after is not None
        row.check_at = now + FIRST_CHECK if report.state is DeliveryState.SENT else None
        await session.flush()
        if report.retry_after is not None:
            await repeat_later(session, row.id, now + report.retry_after)
        if report.state is DeliveryState.DELIVERED:
            await take_back(session, row.id)
        if report.is_gone:
            await end_gone(session, [row.contact_id], now)
        if report.has_stopped:
            await end_stopped(session, [row.contact_id], now)


def _is_news(row: DeliveryRow, report: StatusReport) -> bool:
    state = DeliveryState(row.state)
    if state is DeliveryState.PENDING and row.sending_at:
        # It waits to be asked for at the provider, because its call was never answered: this is the answer.
        state = DeliveryState.LEASED
    # Several calls may have been made, and the failure of one says nothing about the others.
    if report.state is DeliveryState.FAILED and row.provider_id is None and row.attempts > 1:
        return False
    # A message that arrived was accepted before, even if the answer that said so is still on its way.
    passed = MOVES[DeliveryState.SENT] if DeliveryState.SENT in MOVES[state] else frozenset()
    return report.state in MOVES[state] | passed

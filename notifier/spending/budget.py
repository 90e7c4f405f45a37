"""The budget of a day: parts are paid for before the call, given back when nothing was sent, never above the cap."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import WARSAW, warsaw
from core.database import insert_into
from notifier.pricing import SegmentPrice
from notifier.spending.models import SpendingRow


class Budget:
    """Counts the parts of one channel against a cap a day, in the currency of `price`; in the caller's unit of work."""

    def __init__(self, channel: str, price: SegmentPrice, cap: Decimal) -> None:
        self.channel = channel
        self.cap = cap
        self._parts_a_day = int(cap / price.amount)

    async def take(self, session: AsyncSession, parts: int, now: datetime, share: float = 1.0) -> bool:
        """Pay for so many parts; return False, and pay nothing, when the day's cap does not allow it.

        With a smaller `share` it is refused as soon as that share of the cap is spent, by whatever.
        """
        today = warsaw(now).date()
        nothing = {"channel": self.channel, "day": today, "parts": 0}
        await session.execute(insert_into(session, SpendingRow).values(nothing).on_conflict_do_nothing())
        paid = await session.execute(
            update(SpendingRow)
            .where(*self._of(today), SpendingRow.parts + parts <= int(self._parts_a_day * share))
            .values(parts=SpendingRow.parts + parts)
            .returning(SpendingRow.parts)
        )
        return paid.scalar_one_or_none() is not None

    async def give_back(self, session: AsyncSession, parts: int, now: datetime) -> None:
        """Take back what was paid today for messages that were not sent."""
        of_today = self._of(warsaw(now).date())
        await session.execute(update(SpendingRow).where(*of_today).values(parts=SpendingRow.parts - parts))

    async def spent(self, session: AsyncSession, now: datetime) -> int:
        """Return the parts that were paid for today."""
        return await session.scalar(select(SpendingRow.parts).where(*self._of(warsaw(now).date()))) or 0

    def _of(self, day: date) -> tuple[Any, Any]:
        return SpendingRow.channel == self.channel, SpendingRow.day == day


def next_day(now: datetime) -> timedelta:
    """Return how long it is until the next Polish day, when the cap begins anew."""
    tomorrow = warsaw(now).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), WARSAW) - now

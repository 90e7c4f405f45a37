"""Carries notices to staff: what waits goes out as one message, and never two messages within a minute."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from redis.asyncio import Redis
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock
from core.database import Database
from core.logging import get_logger
from core.stopping import until
from notifier.deliveries.signals import Listener
from notifier.staff_notices.models import StaffNoticeRow
from notifier.staff_notices.service import SIGNAL

_log = get_logger(__name__)

BETWEEN = timedelta(minutes=1)
"""Least time between two messages."""
_IN_ONE = 20
_LOOK_SECONDS = 30.0


class Way(Protocol):
    """A way to staff, such as e-mail."""

    async def send(self, subject: str, body: str) -> bool:
        """Send one message; return whether it was accepted. Never raises."""
        ...


class StaffPost:
    """Sends notices over all ways, from the one process that leads; they wait and are tried again while none works.

    A notice is marked after it was sent: of a process that dies between the two staff hear twice rather than never.
    """

    def __init__(
        self, database: Database, redis: Redis, clock: Clock, ways: Sequence[Way], leads: Callable[[], bool]
    ) -> None:
        self._database = database
        self._redis = redis
        self._clock = clock
        self._ways = ways
        self._leads = leads

    async def run(self, stop: asyncio.Event) -> None:
        """Carry notices until `stop` is set; without any way they are only kept."""
        listener = Listener(self._redis, SIGNAL)
        try:
            while self._ways and not stop.is_set():
                if self._leads():
                    await self._safe_step()
                await until(stop, listener.wait(_LOOK_SECONDS))
        finally:
            await listener.close()

    async def _safe_step(self) -> None:
        try:
            await self.step()
        except Exception as error:
            _log.error("notices to staff wait", error=type(error).__name__, exc_info=error)

    async def step(self) -> int:
        """Send what waits, if it is time; return how many notices went out."""
        async with self._database.read() as session:
            notices = await _waiting(session, self._clock.now())
        if not notices:
            return 0
        if not any(await asyncio.gather(*(way.send(*_letter(notices)) for way in self._ways))):
            _log.error("no way to staff works", notices=len(notices))
            return 0
        async with self._database.write() as session:
            sent = update(StaffNoticeRow).where(StaffNoticeRow.id.in_([notice.id for notice in notices]))
            await session.execute(sent.values(sent_at=self._clock.now()))
        return len(notices)


async def _waiting(session: AsyncSession, now: datetime) -> Sequence[StaffNoticeRow]:
    """Return the notices that wait, none when a message went out just before."""
    last = await session.scalar(select(func.max(StaffNoticeRow.sent_at)))
    if last is not None and now - last < BETWEEN:
        return []
    waiting = select(StaffNoticeRow).where(StaffNoticeRow.sent_at.is_(None)).order_by(StaffNoticeRow.first_at)
    return (await session.scalars(waiting.limit(_IN_ONE))).all()


def _letter(notices: Sequence[StaffNoticeRow]) -> tuple[str, str]:
    first, *others = notices
    if not others:
        return first.subject, first.body
    return f"{first.subject} (+{len(others)})", "\n\n".join(f"{one.subject}\n{one.body}" for one in notices)

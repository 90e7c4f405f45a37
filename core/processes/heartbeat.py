"""Says every few seconds that this process is alive and how it is doing."""

import asyncio
import os
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import delete, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock
from core.database import Database
from core.logging import get_logger
from core.processes.models import MAX_HOST, ProcessRow
from core.processes.pulse import Pulse
from core.stopping import rest

_log = get_logger(__name__)

BEAT = timedelta(seconds=15)
SILENT_AFTER = timedelta(seconds=60)
"""A process that was not heard of for that long is not running, or cannot reach the database."""

_FORGOTTEN_AFTER = timedelta(days=1)

Fact = str | int | bool | None
Facts = Callable[[], Mapping[str, Fact]]
"""What one part of a process says of itself, at the moment it is asked."""


class Heartbeat:
    """The row of this process; `pulse` hears of each beat."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        roles: Sequence[str],
        facts: Sequence[Facts] = (),
        pulse: Pulse | None = None,
    ) -> None:
        self._database = database
        self._pulse = pulse or Pulse(clock)
        self._clock = clock
        self._roles = list(roles)
        self._facts = facts
        self._id = uuid4().hex
        self._started_at = clock.now()

    async def run(self, stop: asyncio.Event) -> None:
        """Beat until `stop` is set, then take the row away; while the database is away nothing is said."""
        while not stop.is_set():
            await self._safely(self.beat)
            self._pulse.turned()
            await rest(stop, BEAT.total_seconds())
        await self._safely(self.end)

    async def beat(self) -> None:
        """Say it once, and forget processes that fell silent long ago."""
        now = self._clock.now()
        facts = {name: value for part in self._facts for name, value in part().items()}
        async with self._database.write() as session:
            row = ProcessRow(
                id=self._id,
                host=socket.gethostname()[:MAX_HOST],
                pid=os.getpid(),
                roles=self._roles,
                started_at=self._started_at,
                seen_at=now,
                facts=facts,
            )
            await session.merge(row)
            await session.execute(delete(ProcessRow).where(ProcessRow.seen_at < now - _FORGOTTEN_AFTER))
        self._pulse.written()

    async def end(self) -> None:
        """Say that this process ends in order."""
        async with self._database.write() as session:
            await session.execute(delete(ProcessRow).where(ProcessRow.id == self._id))

    async def _safely(self, step: Callable[[], Awaitable[None]]) -> None:
        try:
            async with asyncio.timeout(BEAT.total_seconds()):
                await step()
        except (SQLAlchemyError, OSError) as error:  # a time-out is an OSError
            _log.warning("heartbeat_missed", error=type(error).__name__)


async def processes(session: AsyncSession) -> Sequence[ProcessRow]:
    """Return every process that said something within the last day, the oldest first."""
    return (await session.scalars(select(ProcessRow).order_by(ProcessRow.started_at, ProcessRow.id))).all()

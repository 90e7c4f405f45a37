"""Takes up stored updates: of one chat in order, of many chats side by side, across restarts."""

import asyncio
from datetime import timedelta

from bot.telegram.attendant import ATTEMPT_SECONDS, Attendant, trace
from bot.telegram.repository import claim, has_due
from core.clock import Clock
from core.database import Database
from core.logging import get_logger

_log = get_logger(__name__)

AT_ONCE = 16
"""Chats that are answered side by side."""
_LOOK_SECONDS = 1.0
# Longer than any attempt: a lease that has ended belongs to a process that died.
_LEASE = timedelta(seconds=ATTEMPT_SECONDS + 15)


class Inbox:
    """Takes up what the intake stored; any number of processes may share the work."""

    def __init__(self, database: Database, clock: Clock, attendant: Attendant) -> None:
        self._database = database
        self._clock = clock
        self._attendant = attendant
        self._running: set[asyncio.Task[None]] = set()

    async def run(self, stored: asyncio.Event, stop: asyncio.Event) -> None:
        """Answer until `stop` is set, then finish what is being answered; `stored` calls for a look at once."""
        stopping = asyncio.create_task(stop.wait())
        while not stop.is_set():
            stored.clear()
            try:
                await self.start_due()
            except Exception as error:
                _log.error("cannot look for messages to answer", error=type(error).__name__, trace=trace(error))
            waiting = asyncio.create_task(stored.wait())
            events = {stopping, waiting, *self._running}
            await asyncio.wait(events, timeout=_LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            waiting.cancel()
        await asyncio.gather(*self._running)

    async def start_due(self) -> set[asyncio.Task[None]]:
        """Start answering what is due, as far as there is room; return everything that is being answered."""
        now, room = self._clock.now(), AT_ONCE - len(self._running)
        async with self._database.read() as session:
            is_due = room > 0 and await has_due(session, now)
        if is_due:
            async with self._database.write() as session:
                claimed = await claim(session, room, now, now + _LEASE)
            for update in claimed:
                task = asyncio.create_task(self._attendant.attend(update))
                self._running.add(task)
                task.add_done_callback(self._running.discard)
        return set(self._running)

"""The lanes of one process, and what keeps their deliveries in order."""

import asyncio
from collections.abc import Iterable, Sequence

from core.logging import get_logger
from core.stopping import rest
from notifier.channels.base import Channel
from notifier.deliveries.clock import server_time
from notifier.deliveries.sweep import SWEEP_SECONDS, sweep
from notifier.worker.lane import Lane
from notifier.worker.pace import DEFAULT_PACE, Pace
from notifier.worker.tools import Tools

_log = get_logger(__name__)


class Worker:
    """Runs the lanes of this process; any number of processes may run the same lanes."""

    def __init__(self, tools: Tools, channels: Iterable[Channel], pace: Pace = DEFAULT_PACE) -> None:
        self._tools = tools
        self._lanes = [Lane(tools, channel, pace) for channel in channels]

    @property
    def lanes(self) -> Sequence[Lane]:
        """Return the lanes, one a channel."""
        return self._lanes

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set; calls in flight are finished first and what was not begun is given back."""
        async with asyncio.TaskGroup() as group:
            for lane in self._lanes:
                group.create_task(lane.run(stop))
            group.create_task(self._keep_order(stop))

    async def _keep_order(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                await self.sweep(stop)
            except Exception as error:
                _log.error("sweeping failed", error=type(error).__name__, exc_info=error)
            await rest(stop, SWEEP_SECONDS)

    async def sweep(self, stop: asyncio.Event) -> None:
        """End what nobody will claim any more, and ask the providers what became of messages."""
        async with self._tools.database.write() as session:
            now = await server_time(session, self._tools.clock.now())
            await sweep(session, now)
        for lane in self._lanes:
            while not stop.is_set() and await lane.inquiries.step():
                pass

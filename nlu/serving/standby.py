"""The servers of one model: one that answers and, where wanted, a warm one beside it that takes over at once."""

import asyncio
from collections.abc import Callable

from nlu.endpoint import Endpoint
from nlu.serving.supervisor import RasaSupervisor


class ModelServers:
    """One or two supervised servers; when the one that answers is lost, the other does, and the lost one comes back."""

    def __init__(self, supervise: Callable[[], RasaSupervisor]) -> None:
        self._supervise = supervise
        self._supervisors: list[RasaSupervisor] = []
        self._answering: Endpoint | None = None

    def endpoint(self) -> Endpoint | None:
        """Return where the model answers; it changes only when the server that answered is lost."""
        ready = [endpoint for supervisor in self._supervisors if (endpoint := supervisor.endpoint())]
        if self._answering not in ready:
            self._answering = ready[0] if ready else None
        return self._answering

    @property
    def ready(self) -> int:
        """Return how many servers answer."""
        return sum(supervisor.endpoint() is not None for supervisor in self._supervisors)

    async def start(self) -> None:
        """Return when the first server answers; raise `StartFailed` when it did not, though it is tried on."""
        await self.add()
        await self._supervisors[0].wait_first_start()

    async def add(self) -> None:
        """Begin to start one more server; return at once."""
        supervisor = self._supervise()
        self._supervisors.append(supervisor)
        await supervisor.start()

    async def stop(self) -> None:
        """Stop all servers; return when their processes are gone."""
        await asyncio.gather(*(supervisor.stop() for supervisor in self._supervisors))

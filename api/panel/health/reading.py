"""Gathers how the product is doing from what its parts write down; nothing is asked of a source or a provider."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from content.gaps import Gap
from content.sources.status import SourceStatus, statuses
from content.texts import Texts
from core.clock import Clock, warsaw
from core.database import Database
from core.processes.heartbeat import processes
from core.processes.models import ProcessRow
from core.staff.actor import Actor
from core.staff.permissions import Permission
from nlu.shared.repository import Models
from nlu.shared.shelf import Shelf
from notifier.deliveries.clock import server_time
from notifier.deliveries.queue import ProviderError, QueuePart, provider_errors, queue
from notifier.pricing import SegmentPrice
from notifier.scheduler.models import JobRunRow
from notifier.scheduler.runs import last_runs
from notifier.spending.budget import Budget


@dataclass(frozen=True)
class Spent:
    """Parts that were paid for today, what they cost, and the cap of a day."""

    parts: int
    cost: Decimal
    cap: Decimal


@dataclass(frozen=True)
class State:
    """Everything that the room shows, as of `now` (the clock of the database, UTC)."""

    now: datetime
    sources: Mapping[str, SourceStatus]
    processes: Sequence[ProcessRow]
    queue: Sequence[QueuePart]
    errors: Sequence[ProviderError]
    spent: Spent
    runs: Sequence[JobRunRow]
    models: Models | None
    gaps: Sequence[Gap]


@dataclass(frozen=True)
class Health:
    """Reads the state of the product for those who may.

    `settings` tells which settings of sources are given, `providers` which channels have a real provider, and
    `find_gaps` returns what is unknown or due for a check on a Polish day. `models` knows none where others run them.
    """

    database: Database
    clock: Clock
    texts: Texts
    find_gaps: Callable[[date], Sequence[Gap]]
    models: Shelf
    budget: Budget
    price: SegmentPrice
    settings: Mapping[str, bool]
    providers: Mapping[str, bool]

    async def sources(self, actor: Actor) -> Mapping[str, SourceStatus]:
        """Return how the sources are doing, by name."""
        actor.require(Permission.READ_HEALTH)
        async with self.database.read() as session:
            return {status.name: status for status in await statuses(session)}

    async def state(self, actor: Actor) -> State:
        """Return how the product is doing."""
        actor.require(Permission.READ_HEALTH)
        async with self.database.read() as session:
            now = await server_time(session, self.clock.now())
            await self.texts.refresh(session)
            parts = await self.budget.spent(session, now)
            return State(
                now,
                {status.name: status for status in await statuses(session)},
                await processes(session),
                await queue(session, now),
                await provider_errors(session, now),
                Spent(parts, self.price.of(parts), self.budget.cap),
                await last_runs(session),
                await self.models.models(session),
                self.find_gaps(warsaw(now).date()),
            )

"""Rules of keeping: who may set a period and within which bounds, what it would delete, and the deleting itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from core.audit.service import Deed, record
from core.clock import Clock
from core.database import Database
from core.errors import HubError
from core.retention import repository
from core.retention.kind import Kind, Old
from core.retention.models import PeriodRow
from core.staff.actor import Actor
from core.staff.permissions import Permission

_BATCH = 1000


class PeriodRefusedError(HubError):
    """A period of this kind must lie between `least` and `most` days."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        super().__init__(f"{kind.name} is kept for {kind.least} to {kind.most} days.")


@dataclass(frozen=True)
class Period:
    """How many days a kind of data is kept; who set it and when (UTC), None where nobody did."""

    kind: Kind
    days: int
    changed_by: str | None = None
    changed_at: datetime | None = None


class Retention:
    """Keeps the periods of the product's kinds of data, each step in a unit of work of its own."""

    def __init__(self, database: Database, clock: Clock, kinds: Sequence[Kind]) -> None:
        self._database = database
        self._clock = clock
        self._kinds = {kind.name: kind for kind in kinds}

    def defaults(self) -> dict[str, int]:
        """Return the days of every kind as long as nobody set others."""
        return {name: kind.days for name, kind in self._kinds.items()}

    async def periods(self) -> tuple[Period, ...]:
        """Return the period of every kind."""
        async with self._database.read() as session:
            return await self.read(session)

    async def read(self, session: AsyncSession) -> tuple[Period, ...]:
        """Return the same in the caller's unit of work."""
        known = {row.kind: row for row in await repository.periods(session)}
        return tuple(_period(kind, known.get(name)) for name, kind in self._kinds.items())

    async def days(self, name: str) -> int:
        """Return for how many days a kind is kept."""
        return next(period.days for period in await self.periods() if period.kind.name == name)

    async def preview(self, actor: Actor, wanted: Mapping[str, int]) -> dict[str, Old]:
        """Return what would be deleted of each kind with these days, by the name of the kind.

        Raises:
            PeriodRefusedError: a period is out of its bounds.
        """
        actor.require(Permission.MANAGE_RETENTION)
        checked = self._checked(wanted)
        async with self._database.read() as session:
            now = self._clock.now()
            return {kind.name: await kind.old(session, days, now) for kind, days in checked}

    async def change(self, actor: Actor, wanted: Mapping[str, int]) -> int:
        """Set the days of kinds by their names, all or none; return how many changed.

        Raises:
            PeriodRefusedError: a period is out of its bounds.
        """
        actor.require(Permission.MANAGE_RETENTION)
        checked, now, changed = self._checked(wanted), self._clock.now(), 0
        async with self._database.write() as session:
            for kind, days in checked:
                row = await repository.locked(session, kind.name)
                before = row.days if row else kind.days
                if before == days:
                    continue
                if row is None:
                    row = PeriodRow(kind=kind.name, days=days, changed_at=now, changed_by=actor.name)
                    session.add(row)
                row.days, row.changed_at, row.changed_by = days, now, actor.name
                deed = Deed("retention.changed", f"retention/{kind.name}", {"days": before}, {"days": days})
                await record(session, actor.name, deed, now)
                changed += 1
        return changed

    async def forget(self) -> dict[str, int]:
        """Delete whatever is older than its period, a batch at a time; return how much of each kind was."""
        return {period.kind.name: await self._forget(period) for period in await self.periods()}

    async def _forget(self, period: Period) -> int:
        deleted = 0
        while True:
            # Each batch is a unit of work of its own, so that residents who write meanwhile hardly wait.
            async with self._database.write() as session:
                count = await period.kind.delete(session, period.days, self._clock.now(), _BATCH)
            deleted += count
            if count < _BATCH:
                return deleted

    def _checked(self, wanted: Mapping[str, int]) -> list[tuple[Kind, int]]:
        checked = [(kind, wanted[name]) for name, kind in self._kinds.items() if name in wanted]
        for kind, days in checked:
            if not kind.least <= days <= kind.most:
                raise PeriodRefusedError(kind)
        return checked


def _period(kind: Kind, row: PeriodRow | None) -> Period:
    if row is None or kind.is_fixed:
        return Period(kind, kind.days)
    # A bound may be tighter in a newer version of the product.
    return Period(kind, min(max(row.days, kind.least), kind.most), row.changed_by, row.changed_at)

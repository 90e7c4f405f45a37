"""Reading the audit log, for those who may."""

from collections.abc import Sequence

from core.audit import repository
from core.audit.models import AuditRow
from core.audit.repository import Wanted
from core.audit.service import Deed, record
from core.clock import Clock
from core.database import Database
from core.staff.actor import Actor
from core.staff.permissions import Permission

MOST_EXPORTED = 10_000
"""Deeds in one file; a filter by date gives the rest."""


class AuditLog:
    """Lists deeds, the newest first."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def listed(
        self, actor: Actor, wanted: Wanted, limit: int, before_id: int | None = None
    ) -> Sequence[AuditRow]:
        """Return deeds; `before_id` continues an earlier list."""
        actor.require(Permission.READ_AUDIT)
        async with self._database.read() as session:
            return await repository.listed(session, wanted, limit, before_id)

    async def actors(self, actor: Actor) -> Sequence[str]:
        """Return the names of everybody who did something."""
        actor.require(Permission.READ_AUDIT)
        async with self._database.read() as session:
            return await repository.actors(session)

    async def exported(self, actor: Actor, wanted: Wanted) -> Sequence[AuditRow]:
        """Return deeds that are taken away as a file, which is a deed itself."""
        actor.require(Permission.READ_AUDIT)
        async with self._database.write() as session:
            rows = await repository.listed(session, wanted, MOST_EXPORTED)
            deed = Deed("audit.exported", "audit", after={"rows": len(rows)})
            await record(session, actor.name, deed, self._clock.now())
        return rows

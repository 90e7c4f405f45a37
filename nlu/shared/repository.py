"""Queries on the shared state of the models."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from nlu.record import ModelRecord, Registry
from nlu.shared.models import SharedModelsRow

_ONLY = 1


@dataclass(frozen=True)
class Models:
    """The models that are known, by name, and which of them are in service."""

    registry: Registry
    records: Mapping[str, ModelRecord]


@dataclass(frozen=True)
class Shared(Models):
    """What stands in the database, and its version."""

    version: int


async def read(session: AsyncSession, *, lock: bool = False) -> Shared | None:
    """Return the shared state, None when no process shares models; locked until the unit of work ends if wanted."""
    row = await session.get(SharedModelsRow, _ONLY, with_for_update=lock or None, populate_existing=True)
    if row is None:
        return None
    records = (ModelRecord.model_validate(each) for each in row.records)
    registry = Registry(current=row.current, previous=row.previous)
    return Shared(registry, {record.name: record for record in records}, row.version)


async def write(session: AsyncSession, registry: Registry, records: Iterable[ModelRecord], now: datetime) -> int:
    """Replace the shared state and return its version; of records out of service only the newest is kept."""
    row = await session.get(SharedModelsRow, _ONLY, with_for_update=True)
    if row is None:
        row = SharedModelsRow(id=_ONLY, version=0)
        session.add(row)
    kept = _kept(registry, records)
    row.version += 1
    row.current, row.previous = registry.current, registry.previous
    row.records, row.changed_at = [record.model_dump(mode="json") for record in kept], now
    await session.flush()
    return row.version


def _kept(registry: Registry, records: Iterable[ModelRecord]) -> list[ModelRecord]:
    """Return what the store of a machine keeps, too."""
    newest_first = sorted(records, key=lambda record: record.trained_at, reverse=True)
    serving = [record for record in newest_first if record.name in {registry.current, registry.previous}]
    others = [record for record in newest_first if record not in serving]
    return [*serving, *others[:1]]

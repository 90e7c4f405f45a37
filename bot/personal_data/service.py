"""Everything kept of a person, gathered from those who keep it, and erased by them in one unit of work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.personal_data.person import Person
from core.database import Database


@dataclass(frozen=True)
class Kept:
    """What one part of the product keeps: `fields` fill its line for the resident (`kept_<name>` in the city pack).

    `entries` are all of it as JSON values.
    """

    name: str
    fields: Mapping[str, str] = field(repr=False)
    entries: tuple[Mapping[str, Any], ...] = field(repr=False)


class Holder(Protocol):
    """A part of the product that keeps something of a person."""

    async def export(self, session: AsyncSession, person: Person) -> Kept | None:
        """Return what is kept, None when it is nothing."""
        ...

    async def erase(self, session: AsyncSession, person: Person) -> bool:
        """Delete it; True when a proof that the law asks for has to stay."""
        ...


class PersonalData:
    """Shows and erases; every part that keeps something of a person is among the holders."""

    def __init__(self, database: Database, holders: Sequence[Holder]) -> None:
        self._database = database
        self._holders = tuple(holders)

    async def export(self, person: Person) -> tuple[Kept, ...]:
        """Return what is kept of a person, as of one moment."""
        async with self._database.read() as session:
            found = [await holder.export(session, person) for holder in self._holders]
        return tuple(kept for kept in found if kept is not None)

    async def erase(self, person: Person) -> bool:
        """Erase everything, or nothing when a part fails; True when a proof stays."""
        async with self._database.write() as session:
            stays = [await holder.erase(session, person) for holder in self._holders]
        return any(stays)


def as_json(kept: Sequence[Kept]) -> dict[str, list[dict[str, Any]]]:
    """Return what is kept as one JSON document."""
    return {part.name: [dict(entry) for entry in part.entries] for part in kept}

"""Everything kept of a person, gathered from those who keep it, and erased by them in one unit of work."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.personal_data.person import Person
from core.database import Database


@dataclass(frozen=True)
class Kept:
    """What one part of the product keeps: `fields` fill its line for the resident (`kept_<name>` in the city pack)."""

    name: str
    fields: Mapping[str, str] = field(repr=False)
    elsewhere: bool = False
    """Whether it is kept of the person's other address, a linked phone or account."""


class Holder(Protocol):
    """A part of the product that keeps something of a person."""

    async def export(self, session: AsyncSession, person: Person) -> Kept | None:
        """Return what is kept, None when it is nothing."""
        ...

    async def erase(self, session: AsyncSession, person: Person) -> bool:
        """Delete it; True when a proof that the law asks for has to stay."""
        ...


FindLinked = Callable[[AsyncSession, Person], Awaitable[Person | None]]
"""Returns the person under the other of two linked addresses, None when none is linked."""


class PersonalData:
    """Shows and erases; every part that keeps something of a person is among the holders."""

    def __init__(self, database: Database, holders: Sequence[Holder], find_linked: FindLinked) -> None:
        self._database = database
        self._holders = tuple(holders)
        self._find_linked = find_linked

    async def export(self, person: Person) -> tuple[Kept, ...]:
        """Return what is kept of a person, as of one moment: first here, then under a linked address."""
        async with self._database.read() as session:
            found = await self._kept(session, person)
            if linked := await self._find_linked(session, person):
                found += [replace(kept, elsewhere=True) for kept in await self._kept(session, linked)]
        return tuple(found)

    async def is_linked(self, person: Person) -> bool:
        """Whether another address belongs to the same person."""
        async with self._database.read() as session:
            return await self._find_linked(session, person) is not None

    async def erase(self, person: Person) -> bool:
        """Erase everything, also under a linked address, or nothing when a part fails; True when a proof stays."""
        async with self._database.write() as session:
            # Found first: what links the two is erased as well.
            every = [person, linked] if (linked := await self._find_linked(session, person)) else [person]
            stays = [await holder.erase(session, each) for each in every for holder in self._holders]
        return any(stays)

    async def _kept(self, session: AsyncSession, person: Person) -> list[Kept]:
        found = [await holder.export(session, person) for holder in self._holders]
        return [kept for kept in found if kept is not None]

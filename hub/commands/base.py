"""What the commands stand on: the database brought up to date, the city and its texts as they are said now."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from content.pack import City, load_city
from content.texts import Texts
from core.clock import Clock, SystemClock
from core.database import Database
from core.errors import HubError
from core.settings import Settings
from core.staff.actor import Actor, at_the_console
from core.staff.permissions import Permission
from hub.migrations.run import upgrade

_LONGEST_NAME = 60


@dataclass(frozen=True)
class CommandBase:
    """No live source and no language model is opened here, so that a command takes no time."""

    clock: Clock
    database: Database
    city: City
    texts: Texts


@asynccontextmanager
async def newest_database(settings: Settings) -> AsyncIterator[Database]:
    """Open the database and bring it up to date; close it at the end."""
    database = Database(settings.database)
    try:
        await upgrade(database)
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def command_base(settings: Settings) -> AsyncIterator[CommandBase]:
    """Open the database, and close it at the end.

    Raises:
        ConfigurationError: the city pack cannot be read.
    """
    city = load_city(settings.city, settings.city_packs)
    texts = Texts(city.folder)
    async with newest_database(settings) as database:
        async with database.read() as session:
            await texts.refresh(session)
        yield CommandBase(SystemClock(), database, city, texts)


def named(by: str, *permissions: Permission) -> Actor:
    """Return who does this at the command line; raise `HubError` when the name says nothing or is too long."""
    name = " ".join(by.split())
    if not name or len(name) > _LONGEST_NAME:
        message = f"Nazwa po --by jest pusta albo dłuższa niż {_LONGEST_NAME} znaków."
        raise HubError(message)
    return at_the_console(name, *permissions)

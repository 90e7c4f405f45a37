from collections.abc import Sequence

import pytest

from content.answer import Source
from content.pack import City, load_city
from content.texts import Texts
from content.topics.events.event import Event
from content.topics.events.published import Announcement
from core.database import Base, Database


class StaffPublications:
    """What staff published, as the notifier would tell it."""

    def __init__(self) -> None:
        self.held: list[Event] = []
        self.told: list[Announcement] = []

    async def events(self) -> Sequence[Event]:
        return self.held

    async def announcements(self, limit: int) -> Sequence[Announcement]:
        return self.told[:limit]


@pytest.fixture(scope="session")
def city() -> City:
    return load_city("legnica")


@pytest.fixture
def texts(city: City) -> Texts:
    return Texts(city.folder)


@pytest.fixture
def staff() -> StaffPublications:
    return StaffPublications()


@pytest.fixture
async def tables(database: Database) -> Database:
    async with database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    return database


def event(event_id: str, starts_at: str, ends_at: str | None = None, **changes: object) -> Event:
    fields: dict[str, object] = {
        "id": event_id,
        "title": "Konferencja klastra",
        "starts_at": starts_at,
        "ends_at": ends_at,
        "place": "ratusz",
        "source": Source("Urząd Miasta", "https://miasto.test/konferencja"),
        "confidence": "high",
    }
    return Event.model_validate(fields | changes)

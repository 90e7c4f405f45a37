"""The city's chargers as EIPA would publish them on 23 November 2026, 19:30 in Poland."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from content.answer import Answer, Coordinates
from content.pack import City, load_city
from content.places import PlaceResolver, load_places
from content.question import Entity, Question
from content.texts import Texts
from content.topics.charging.answers import answers
from content.topics.charging.known import Chargers
from content.topics.charging.register import Register, load_register
from content.topics.charging.service import EipaChargers
from content.vocabulary import load_vocabulary
from core.database import Base, Database
from tests.content.sources.eipa.wire import EipaWire, recorded
from tests.fakes import FrozenClock

Ask = Callable[..., Awaitable[Answer]]
MARKET_SQUARE = Coordinates(51.2081, 16.1600)

WHOLE_DAY = [{"weekday": day, "from_time": "00:00", "to_time": "23:59"} for day in range(1, 8)]
LIDL, GREENWAY, TAURON = 97922, 100292, 34377
OPERATORS = {LIDL: 62, GREENWAY: 1834, TAURON: 11}
STREETS = {LIDL: ("Chojnowska", "109a"), GREENWAY: ("ul. Chojnowska", None), TAURON: ("Gwiezdna", None)}


@pytest.fixture(scope="session")
def city() -> City:
    return load_city("legnica")


@pytest.fixture(scope="session")
def pack(city: City) -> Register:
    return load_register(city.folder)


@pytest.fixture(scope="session")
def places(city: City) -> PlaceResolver:
    return load_places(city.folder)


@pytest.fixture
def ask(pack: Register, places: PlaceResolver, city: City) -> Callable[[Chargers], Ask]:
    """Ask in a resident's own words, through places and vocabulary."""
    vocabulary = load_vocabulary(pack.operator_terms())

    def asking(chargers: Chargers) -> Ask:
        topic = answers(chargers, places, Texts(city.folder))

        async def ask(
            intent: str, text: str = "", position: Coordinates | None = None, more: tuple[Entity, ...] = ()
        ) -> Answer:
            elsewhere = places.named(text)[1]
            towns = (elsewhere,) if elsewhere else ()
            entities = (*places.entities(places.find(text)), *vocabulary.find(text), *towns, *more)
            return await topic[intent](Question(intent, entities, position))

        return ask

    return asking


@pytest.fixture
async def chargers(
    wire: EipaWire, database: Database, clock: FrozenClock, pack: Register, places: PlaceResolver, city: City
) -> EipaChargers:
    async with database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    return EipaChargers(wire.client(clock), database, clock, pack, places, city.name)


@pytest.fixture
def wire() -> EipaWire:
    """The seventeen stations of the city among those of others; each has two points, Type 2 and CCS."""
    wire = EipaWire()
    stations = recorded("station")
    elsewhere = {**stations[0], "id": 1, "pool_id": 240, "location": {"city": "Wrocław"}}
    wire.serve_rows("station", [elsewhere, *stations])
    wire.serve_rows("pool", [*recorded("pool"), *(pool(row["pool_id"]) for row in stations)])
    wire.serve_rows("point", [*recorded("point"), *(point(row["id"], end) for row in stations for end in (1, 2))])
    wire.serve_rows("dynamic", [])
    return wire


def pool(pool_id: int) -> dict[str, Any]:
    street, number = STREETS.get(pool_id, ("Wrocławska", "5"))
    hours = WHOLE_DAY if pool_id == LIDL else []
    place = {"street": street, "house_number": number, "postal_code": "59-220", "city": "Legnica"}
    return {**recorded("pool")[0], **place, "id": pool_id, "operator_id": OPERATORS.get(pool_id, 1615)} | {
        "operating_hours": hours
    }


def point(station_id: int, end: int) -> dict[str, Any]:
    plug, power, cable = ((10, 22, False), (29, 60.5, True))[end - 1]
    connectors = [{"interfaces": [plug], "power": power, "cable_attached": cable}]
    numbers = {"id": station_id * 10 + end, "station_id": station_id, "code": code(station_id, end)}
    return {**recorded("point")[0], **numbers, "connectors": connectors}


def code(station_id: int, end: int) -> str:
    return f"PL-TST-E{station_id}{end}"


def live(
    station_id: int, end: int, availability: int, status: int, at: str = "2026-11-23T19:20:00+01:00"
) -> dict[str, Any]:
    state = {"availability": availability, "status": status, "ts": at}
    return {"point_id": 1, "code": code(station_id, end), "status": state, "prices": []}

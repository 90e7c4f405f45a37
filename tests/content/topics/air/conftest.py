from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import stamina
import yaml

import content
from content.pack import City, load_city
from content.places import PlaceResolver, load_places
from content.question import Answerer
from content.sources.gios import GiosClient, ReplayTransport
from content.texts import Texts
from content.topics.air.answers import AirTopic, answers
from content.topics.air.service import AirService
from core.database import Database
from core.http import http_client
from tests.content.sources.gios.wire import BASE, GiosWire
from tests.content.topics.air.asking import Ask, Topic
from tests.fakes import FrozenClock


@pytest.fixture(autouse=True)
def _retries_do_not_wait() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@pytest.fixture
def city() -> City:
    return load_city("legnica")


@pytest.fixture
def wire() -> GiosWire:
    """GIOŚ in good health at 19:30: PM10 68%, one instrument read by hand, no benzene and no carbon monoxide."""
    wire = GiosWire()
    wire.serve_index(1)
    sensors = [(291, "NO2"), (11, "PM10"), (12, "PM10"), (13, "PM2.5"), (14, "O3"), (15, "SO2"), (16, "NOx")]
    wire.serve_sensors(52, sensors)
    wire.serve_file("/v1/rest/data/getData/11", "data_3765_manual_station_error_recorded.json", status=400)
    for sensor, value in ((291, 18.0), (12, 34.2), (13, 21.7), (14, 40.1), (15, 5.55), (16, 25.0)):
        wire.serve_values(sensor, [("2026-11-23 19:00:00", value), ("2026-11-23 18:00:00", value + 1)])
    wire.serve_exceedances()
    wire.serve_day_means([])
    return wire


@pytest.fixture
def air(wire: GiosWire, database: Database, clock: FrozenClock, city: City) -> AirService:
    """The service as it runs in production."""
    return AirService(wire.client(clock), None, database, clock, city)


@pytest.fixture
def restarted(wire: GiosWire, database: Database, clock: FrozenClock, city: City) -> AirService:
    """The service of the next process on the same database."""
    return AirService(wire.client(clock), None, database, clock, city)


@pytest.fixture
def demo_air(wire: GiosWire, database: Database, clock: FrozenClock, city: City) -> AirService:
    """The service as it runs in the demo."""
    transport = ReplayTransport(city.folder / "demo" / "gios", clock)
    replay = GiosClient(http_client(BASE, timeout=10, transport=transport), clock)
    return AirService(wire.client(clock), replay, database, clock, city)


@pytest.fixture
def vocabulary_groups() -> list[str]:
    """Ids of the groups of people that residents may name."""
    raw = yaml.safe_load((Path(content.__file__).parent / "vocabulary.yml").read_text(encoding="utf-8"))
    return list(raw["terms"]["group"])


@pytest.fixture(scope="session")
def places() -> PlaceResolver:
    return load_places(load_city("legnica").folder)


@pytest.fixture
def topic(city: City, clock: FrozenClock, places: PlaceResolver) -> Callable[[AirService], dict[str, Answerer]]:
    return lambda service: answers(AirTopic(service, Texts(city.folder), city, clock, places))


@pytest.fixture
def ask(air: AirService, topic: Topic) -> Ask:
    return Ask(topic(air))

"""The switch from one model to another, and the warm one beside it, over fake servers as processes."""

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest
import structlog

from core.clock import SystemClock
from core.http import http_client
from nlu.client import RasaClient
from nlu.record import Registry, Verdict
from nlu.serving.server import StartFailed
from nlu.serving.service import ModelService
from nlu.serving.smoke import smoke_test
from nlu.serving.supervisor import RasaSupervisor
from nlu.store import ModelStore
from tests.nlu.children import FAKE_SERVER, HASTY, Children, port_of, until
from tests.nlu.models import add, name

Model = Mapping[str, object]

GOOD = {"intent": "greet"}
BETTER = {"intent": "greet", "delay": 0.05}
BROKEN = {"intent": "greet", "broken": True}
FOOLISH = {"intent": "goodbye"}
PLAIN = [("greet", "dzień dobry"), ("greet", "cześć")]


class House:
    """A service over a store whose models are fake servers, and the children it started."""

    def __init__(self, folder: Path, http: httpx2.AsyncClient, *, standby: bool = False) -> None:
        self.folder = folder
        self.store = ModelStore(folder / "models")
        self.children: dict[str, Children] = {}
        self._smoke = smoke_test(http, SystemClock(), PLAIN)
        self._http = http
        self.service = ModelService(self.store, self._supervise, HASTY, standby=standby)
        self.client = RasaClient(http, self.service.endpoint, SystemClock())

    def add(self, number: int, model: Model, code: str | None = None) -> Path:
        return add(self.store, self.folder, number, json.dumps(model), code)

    async def start(self, archive: Path) -> None:
        async def found() -> Path:
            return archive

        await self.service.start(found)

    def children_of(self, number: int) -> Children:
        return self.children.get(name(number), Children())

    def running(self) -> int:
        """Return how many servers run."""
        return sum(len(children.running()) for children in self.children.values())

    def verdict(self, number: int) -> Verdict:
        record = self.store.get(name(number))
        assert record is not None
        return record.verdict

    async def settled(self, number: int) -> None:
        """Return when the model is in service and nothing else runs."""
        await until(lambda: self.serves(number) and self.running() == 1)

    def serves(self, number: int) -> bool:
        endpoint = self.service.endpoint()
        return endpoint is not None and port_of(endpoint) in self.children_of(number).ports

    def _supervise(self, archive: Path) -> RasaSupervisor:
        children = self.children.setdefault(archive.name.partition(".")[0], Children(FAKE_SERVER, str(archive)))
        return RasaSupervisor(children, self._http, HASTY, self._smoke)


@pytest.fixture
async def http() -> AsyncIterator[httpx2.AsyncClient]:
    async with http_client(timeout=5.0) as client:
        yield client


@pytest.fixture
async def house(tmp_path: Path, http: httpx2.AsyncClient) -> AsyncIterator[House]:
    built = House(tmp_path, http)
    yield built
    await built.service.stop()
    assert built.running() == 0


@pytest.fixture
async def with_standby(tmp_path: Path, http: httpx2.AsyncClient) -> AsyncIterator[House]:
    built = House(tmp_path, http, standby=True)
    yield built
    await built.service.stop()
    assert built.running() == 0


async def ask_until(client: RasaClient, done: Callable[[], bool]) -> int:
    """Ask from eight sides, each sentence once, until `done`; return how many were answered, raise if one was not."""
    answered = 0

    async def one_side(side: int) -> None:
        nonlocal answered
        while not done():
            await client.parse(f"pytanie {side} {answered}")
            answered += 1

    await asyncio.gather(*(one_side(side) for side in range(8)))
    return answered


async def test_nothing_is_served_while_the_first_model_is_trained_and_then_it_is(house: House) -> None:
    trained = asyncio.Event()

    async def found() -> Path:
        await trained.wait()
        return house.add(1, GOOD)

    await house.service.start(found)
    assert house.service.endpoint() is None
    trained.set()
    await house.settled(1)


async def test_the_first_model_is_in_service_once_it_has_passed_the_smoke_test(house: House) -> None:
    await house.start(house.add(1, GOOD))
    assert house.service.endpoint() is None
    await house.service.wait_ready()

    assert house.store.registry() == Registry(current=name(1))
    assert (await house.client.parse("dzień dobry")).intent == "greet"


async def test_a_first_model_that_fails_the_smoke_test_is_not_put_in_service(house: House) -> None:
    await house.start(house.add(1, FOOLISH))
    await until(lambda: len(house.children_of(1).ports) > 1 if house.children else False)

    assert house.service.endpoint() is None
    assert house.store.registry() == Registry()


async def test_a_promoted_model_takes_over_without_a_failed_question(house: House) -> None:
    await house.start(house.add(1, BETTER))
    await house.service.wait_ready()
    asking = asyncio.create_task(ask_until(house.client, lambda: house.serves(2) and house.running() == 1))
    house.add(2, BETTER)
    house.store.put_in_service(name(2))

    assert await asking > 20
    await house.settled(2)
    assert not house.children_of(1).running()


@pytest.mark.parametrize("model", [BROKEN, FOOLISH], ids=["does not start", "fails the smoke test"])
async def test_a_model_that_is_no_good_is_marked_and_the_present_one_stays(house: House, model: Model) -> None:
    await house.start(house.add(1, GOOD))
    await house.service.wait_ready()
    before = house.service.endpoint()
    house.add(2, model)
    with structlog.testing.capture_logs() as logged:
        house.store.put_in_service(name(2))
        await until(lambda: house.verdict(2) is Verdict.FAILED)

    assert house.service.endpoint() == before
    assert house.store.registry() == Registry(current=name(1))
    assert any(entry.get("model") == name(2) and entry.get("reason") for entry in logged)
    await house.settled(1)


async def test_a_damaged_model_is_not_even_started(house: House) -> None:
    await house.start(house.add(1, GOOD))
    await house.service.wait_ready()
    house.add(2, GOOD).write_text("{}", encoding="utf-8")
    house.store.put_in_service(name(2))
    await until(lambda: house.verdict(2) is Verdict.FAILED)

    assert name(2) not in house.children
    assert house.store.registry().current == name(1)


async def test_a_model_of_another_release_is_left_to_the_hubs_of_that_release(house: House) -> None:
    await house.start(house.add(1, GOOD))
    await house.service.wait_ready()
    house.add(2, GOOD, code="of another release")
    with structlog.testing.capture_logs() as logged:
        house.store.put_in_service(name(2))
        await until(lambda: any("another release" in entry["event"] for entry in logged))

    assert house.serves(1)
    assert house.store.registry().current == name(2)
    assert house.verdict(2) is Verdict.UNTESTED


async def test_a_new_releases_model_that_is_no_good_leaves_the_one_in_service(house: House) -> None:
    house.add(1, GOOD)
    house.store.put_in_service(name(1))
    await house.start(house.add(2, FOOLISH))
    await house.service.wait_ready()

    assert house.serves(1)
    assert house.store.registry() == Registry(current=name(1))
    assert house.verdict(2) is Verdict.FAILED


async def test_rolling_back_brings_the_former_model_back(house: House) -> None:
    for number in (1, 2):
        archive = house.add(number, GOOD)
        house.store.put_in_service(name(number))
    await house.start(archive)
    await house.service.wait_ready()
    record = house.store.get(name(1))
    assert record is not None
    house.store.roll_back(record.code)

    await house.settled(1)


async def test_stopping_in_the_middle_of_a_switch_leaves_no_process(house: House) -> None:
    await house.start(house.add(1, GOOD))
    await house.service.wait_ready()
    house.add(2, GOOD)
    house.store.put_in_service(name(2))
    await until(lambda: house.running() == 2)
    await house.service.stop()

    assert house.running() == 0
    assert house.service.endpoint() is None


async def test_a_warm_standby_takes_over_at_once_and_the_killed_server_is_replaced(with_standby: House) -> None:
    house = with_standby
    await house.start(house.add(1, GOOD))
    await house.service.wait_ready()
    await until(lambda: len(house.children_of(1).ports) == 2)
    killed = port_of(house.service.endpoint())
    (standby,) = set(house.children_of(1).ports) - {killed}
    pid = house.children_of(1).pid(killed)
    assert pid is not None
    servers = house.service._servers
    assert servers is not None
    await asyncio.gather(*(supervisor.wait_first_start() for supervisor in servers._supervisors))
    os.kill(pid, signal.SIGKILL)
    await until(lambda: port_of(house.service.endpoint()) != killed)

    assert port_of(house.service.endpoint()) == standby
    assert (await house.client.parse("dzień dobry")).intent == "greet"
    await until(lambda: len(house.children_of(1).running()) == 2)
    await asyncio.gather(*(supervisor.wait_first_start() for supervisor in servers._supervisors))
    assert port_of(house.service.endpoint()) == standby  # no needless change back


async def test_the_new_model_gets_a_standby_of_its_own(with_standby: House) -> None:
    house = with_standby
    await house.start(house.add(1, GOOD))
    await house.service.wait_ready()
    house.add(2, GOOD)
    house.store.put_in_service(name(2))

    await until(lambda: name(2) in house.children and len(house.children_of(2).running()) == 2)
    assert not house.children_of(1).running()


async def test_a_slow_model_does_not_pass_the_smoke_test(
    tmp_path: Path, http: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nlu.serving.smoke._SECONDS", 0.05)
    archive = add(ModelStore(tmp_path / "models"), tmp_path, 1, json.dumps({"intent": "greet", "delay": 1}))
    smoke = smoke_test(http, SystemClock(), PLAIN)
    supervisor = RasaSupervisor(Children(FAKE_SERVER, str(archive)), http, replace(HASTY, restart=(60.0,)), smoke)
    await supervisor.start()
    try:
        with pytest.raises(StartFailed, match="did not parse"):
            await supervisor.wait_first_start()
    finally:
        await supervisor.stop()

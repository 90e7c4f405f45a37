"""The port on which a process says how it is, and the command that asks there."""

import asyncio
import socket
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest

from core.clock import Clock
from core.database import Database
from core.errors import ConfigurationError
from core.http import http_client
from core.processes.heartbeat import Heartbeat
from core.processes.pulse import Pulse
from core.settings import Settings
from hub.bootstrap import Foundation, foundation
from hub.commands.health import NotAliveError, health
from hub.watching.port import show_metrics, watching
from hub.watching.process import Parts
from tests.fakes import FrozenClock
from tests.fixtures.running import free_port


def _settings(folder: Path) -> Settings:
    return Settings(var_dir=folder, database_url=f"sqlite:///{folder / 'hub.db'}", metrics_port=free_port())


@pytest.fixture
async def base(tmp_path: Path) -> AsyncIterator[Foundation]:
    async with foundation(_settings(tmp_path)) as opened:
        yield opened


@pytest.fixture
async def http(base: Foundation) -> AsyncIterator[httpx2.AsyncClient]:
    async with http_client(f"http://127.0.0.1:{base.settings.metrics_port}", timeout=60) as client:
        yield client


async def test_a_process_says_that_it_lives_and_what_it_counts(base: Foundation, http: httpx2.AsyncClient) -> None:
    async with watching(base) as pulse:
        show_metrics(base, Parts(["worker"], pulse))
        assert (await http.get("/health/live")).json() == {"status": "ok"}
        page = (await http.get("/metrics")).text
        assert (await http.get("/else")).status_code == 404
        assert (await http.post("/metrics")).status_code == 405
    assert 'roles="worker"' in page
    assert "hub_disk_free_bytes" in page
    with pytest.raises(httpx2.ConnectError):
        await http.get("/health/live")


async def test_the_command_of_containers_says_ok(base: Foundation, capsys: pytest.CaptureFixture[str]) -> None:
    async with watching(base):
        await health(base.settings.model_copy(update={"metrics_host": "0.0.0.0"}))  # noqa: S104 - as in containers
    assert capsys.readouterr().out == "ok\n"


async def test_the_command_says_when_nothing_answers(tmp_path: Path) -> None:
    with pytest.raises(NotAliveError, match="does not answer"):
        await health(_settings(tmp_path))


async def test_the_command_needs_a_port(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="METRICS_PORT is 0"):
        await health(Settings(var_dir=tmp_path))


async def test_work_that_stands_still_is_told(base: Foundation, monkeypatch: pytest.MonkeyPatch) -> None:
    async with watching(base) as pulse:
        pulse.turned()
        monkeypatch.setattr(pulse, "_clock", _later(base.clock))
        with pytest.raises(NotAliveError, match="stands still"):
            await health(base.settings)


def _later(clock: Clock) -> FrozenClock:
    later = FrozenClock(clock.now())
    later.advance(timedelta(seconds=clock.monotonic() + 61))
    return later


async def test_a_database_that_is_away_does_not_stop_the_heart(tmp_path: Path) -> None:
    clock = FrozenClock()
    pulse, stop = Pulse(clock), asyncio.Event()
    nowhere = Database(f"sqlite:///{tmp_path / 'empty.db'}")  # has no tables
    beating = asyncio.create_task(Heartbeat(nowhere, clock, ["worker"], pulse=pulse).run(stop))
    while pulse._turned_at is None:  # noqa: ASYNC110 - the heart says nothing of it by itself
        await asyncio.sleep(0.01)
    stop.set()
    await beating
    await nowhere.close()
    assert pulse.is_alive
    assert pulse.written_at is None


async def test_readers_that_say_nothing_keep_nobody_waiting(base: Foundation, http: httpx2.AsyncClient) -> None:
    async with watching(base):
        address = ("127.0.0.1", base.settings.metrics_port)
        silent = [socket.create_connection(address) for _ in range(50)]
        for one in silent[:25]:
            one.sendall(b"GET /metrics HTTP/1.1\r\nHost: x\r\n")
        assert (await http.get("/health/live")).status_code == 200
        for one in silent:
            one.close()


async def test_a_port_that_is_taken_is_named(base: Foundation) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", base.settings.metrics_port))
        other.listen()
        with pytest.raises(ConfigurationError, match=f"METRICS_PORT={base.settings.metrics_port + 1}"):
            async with watching(base):
                pass

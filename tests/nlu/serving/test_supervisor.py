import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest
import structlog

from core.errors import ConfigurationError
from core.http import http_client
from nlu.endpoint import Endpoint
from nlu.model import ROOT
from nlu.serving.pace import Pace
from nlu.serving.server import Smoke, StartFailed
from nlu.serving.supervisor import RasaSupervisor
from tests.nlu.children import FAKE_SERVER, HASTY, Children, port_of, until

PARENT = """
import asyncio, os, sys
from core.http import http_client
from nlu.serving.supervisor import RasaSupervisor

async def main():
    supervisor = RasaSupervisor(lambda port: [sys.executable, sys.argv[1], str(port)], http_client(timeout=5))
    await supervisor.start()
    await supervisor.wait_first_start()
    print(supervisor.endpoint().base_url.rpartition(":")[2], flush=True)
    os.kill(os.getpid(), 9)

asyncio.run(main())
"""


@pytest.fixture
async def http() -> AsyncIterator[httpx2.AsyncClient]:
    async with http_client(timeout=5.0) as client:
        yield client


@pytest.fixture
async def supervise(http: httpx2.AsyncClient) -> AsyncIterator[Callable[..., RasaSupervisor]]:
    """Build supervisors that are stopped at the end of the test."""
    built: list[RasaSupervisor] = []

    def build(children: Children, pace: Pace = HASTY, smoke: Smoke | None = None) -> RasaSupervisor:
        built.append(RasaSupervisor(children, http, pace, smoke))
        return built[-1]

    yield build
    for supervisor in built:
        await supervisor.stop()


def pid_of(children: Children, supervisor: RasaSupervisor) -> int:
    pid = children.pid(port_of(supervisor.endpoint()))
    assert pid is not None
    return pid


def ready(supervisor: RasaSupervisor) -> Endpoint:
    endpoint = supervisor.endpoint()
    assert endpoint is not None
    return endpoint


async def restarted(supervisor: RasaSupervisor, before: Endpoint) -> Endpoint:
    """Wait until the supervisor offers another endpoint than `before`."""
    await until(lambda: supervisor.endpoint() not in {None, before})
    return ready(supervisor)


async def test_a_started_server_is_offered_only_once_it_answers(
    supervise: Callable[..., RasaSupervisor], http: httpx2.AsyncClient
) -> None:
    supervisor = supervise(Children(FAKE_SERVER))
    assert supervisor.endpoint() is None
    await supervisor.start()
    await supervisor.wait_first_start()

    endpoint = ready(supervisor)
    assert (await http.get(f"{endpoint.base_url}/status", params={"token": endpoint.token})).status_code == 200
    assert (await http.get(f"{endpoint.base_url}/status", params={"token": "wrong"})).status_code == 401


async def test_a_killed_server_is_replaced_by_one_with_another_token(
    supervise: Callable[..., RasaSupervisor], http: httpx2.AsyncClient
) -> None:
    children = Children(FAKE_SERVER)
    supervisor = supervise(children)
    await supervisor.start()
    await supervisor.wait_first_start()
    before = ready(supervisor)
    os.kill(pid_of(children, supervisor), signal.SIGKILL)

    after = await restarted(supervisor, before)
    assert after.token != before.token
    assert (await http.get(f"{after.base_url}/status", params={"token": after.token})).status_code == 200


async def test_a_server_that_hangs_is_replaced(supervise: Callable[..., RasaSupervisor]) -> None:
    children = Children(FAKE_SERVER)
    supervisor = supervise(children, replace(HASTY, answer=0.1, misses=2))
    await supervisor.start()
    await supervisor.wait_first_start()
    before = ready(supervisor)
    hanging = pid_of(children, supervisor)
    os.kill(hanging, signal.SIGSTOP)
    await until(lambda: supervisor.endpoint() is None)
    os.kill(hanging, signal.SIGCONT)  # so that it can follow the polite request to end

    await restarted(supervisor, before)
    assert children.pid(children.ports[0]) is None


async def test_stopping_leaves_no_process(supervise: Callable[..., RasaSupervisor]) -> None:
    children = Children(FAKE_SERVER)
    supervisor = supervise(children)
    await supervisor.start()
    await supervisor.wait_first_start()
    await supervisor.stop()

    assert supervisor.endpoint() is None
    assert children.pid(children.ports[0]) is None


async def test_a_server_that_cannot_start_is_tried_again_and_again_but_never_offered(
    supervise: Callable[..., RasaSupervisor],
) -> None:
    children = Children("-c", "raise SystemExit(1)")
    supervisor = supervise(children)
    await supervisor.start()
    await until(lambda: len(children.ports) >= 3 or supervisor.endpoint() is not None)

    assert supervisor.endpoint() is None


async def test_a_missing_interpreter_is_told_to_whoever_waits(http: httpx2.AsyncClient) -> None:
    supervisor = RasaSupervisor(lambda _: ["no-such-python"], http, HASTY)
    await supervisor.start()

    with pytest.raises(ConfigurationError, match="no-such-python"):
        await supervisor.wait_first_start()


async def test_a_server_that_fails_the_smoke_test_is_never_offered_and_says_why(
    supervise: Callable[..., RasaSupervisor],
) -> None:
    tested: list[Endpoint] = []

    async def fail(endpoint: Endpoint) -> None:
        tested.append(endpoint)
        raise StartFailed("it took smog for a greeting")

    supervisor = supervise(Children(FAKE_SERVER), smoke=fail)
    await supervisor.start()

    with pytest.raises(StartFailed, match="took smog for a greeting"):
        await supervisor.wait_first_start()
    assert supervisor.endpoint() is None
    await until(lambda: len(tested) == 2)  # it is tried again all the same


async def test_a_server_that_does_not_come_up_in_time_is_given_up(supervise: Callable[..., RasaSupervisor]) -> None:
    children = Children("-c", "import time; time.sleep(60)")
    supervisor = supervise(children, replace(HASTY, start=0.1))
    await supervisor.start()

    with pytest.raises(StartFailed, match="not ready within"):
        await supervisor.wait_first_start()
    await until(lambda: children.pid(children.ports[0]) is None)


async def test_what_the_server_says_is_logged_without_its_token(supervise: Callable[..., RasaSupervisor]) -> None:
    with structlog.testing.capture_logs() as logged:
        supervisor = supervise(Children(FAKE_SERVER))
        await supervisor.start()
        await supervisor.wait_first_start()
        token = ready(supervisor).token
        await supervisor.stop()

    assert [entry["line"] for entry in logged if "line" in entry] == ["WARNING serving with …"]
    assert token not in str(logged)


async def test_a_server_does_not_outlive_a_killed_parent(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    parent = await asyncio.create_subprocess_exec(
        sys.executable, script, FAKE_SERVER, stdout=asyncio.subprocess.PIPE, env={"PYTHONPATH": str(ROOT)}
    )
    output, _ = await parent.communicate()
    port = int(output.decode().split()[-1])

    children = Children(FAKE_SERVER)
    await until(lambda: children.pid(port) is None)

"""What a process says of itself: which channels it sends on, that it leads, which model it serves."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from core.processes.heartbeat import processes
from core.processes.pulse import Pulse
from core.settings import Settings
from hub.bootstrap import Foundation, foundation
from hub.messaging.channels import open_channels, worker
from hub.migrations.run import upgrade
from hub.watching.heartbeat import heartbeat
from hub.watching.process import Parts


@pytest.fixture
async def base(tmp_path: Path) -> AsyncIterator[Foundation]:
    async with foundation(Settings(var_dir=tmp_path, database_url=f"sqlite:///{tmp_path / 'hub.db'}")) as opened:
        await upgrade(opened.database)
        yield opened


async def test_a_worker_names_its_channels(base: Foundation) -> None:
    async with AsyncExitStack() as stack:
        every = await stack.enter_async_context(open_channels(base))
        await heartbeat(base, Parts(["worker"], Pulse(base.clock), worker=worker(base, every))).beat()
    async with base.database.read() as session:
        (row,) = await processes(session)
    assert row.roles == ["worker"]
    assert row.facts == {
        "channel:sms": "sends",
        "rests:sms": None,
        "channel:telegram": "sends",
        "rests:telegram": None,
    }

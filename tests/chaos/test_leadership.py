"""The lock of the scheduler while its connection is cut, or the process that holds it hangs."""

import asyncio

import pytest
from sqlalchemy import text

from core.database import Database
from notifier.scheduler.leadership import leadership

pytestmark = pytest.mark.servers

_POSTGRES = pytest.mark.parametrize("database", ["postgresql"], indirect=True)
_CUT = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"


@_POSTGRES
async def test_a_leader_whose_connection_was_cut_steps_down_and_may_lead_again(database: Database) -> None:
    leader = leadership(database)
    assert await leader.is_ours()
    other = Database(database.url.render_as_string(hide_password=False))
    async with other.read() as session:
        await session.execute(text(_CUT))
    assert not await leader.is_ours()
    assert await leader.is_ours()
    await leader.resign()
    await other.close()


@_POSTGRES
@pytest.mark.long
async def test_a_leader_that_hangs_is_followed_though_it_never_let_go(database: Database) -> None:
    hanging = leadership(database)
    assert await hanging.is_ours()
    other = Database(database.url.render_as_string(hide_password=False))
    heir = leadership(other)
    async with asyncio.timeout(20):
        while not await heir.is_ours():  # noqa: ASYNC110 - the server lets go
            await asyncio.sleep(0.2)
    assert not await hanging.is_ours()
    assert await heir.is_ours()
    await heir.resign()
    assert await hanging.is_ours()
    await hanging.resign()
    await other.close()

"""Databases that do not answer, and processes that hang in the middle of a unit of work."""

import asyncio
import socket

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError

from core.database import Database


@pytest.mark.long
async def test_a_server_that_takes_the_call_and_says_nothing_is_given_up_within_seconds() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        database = Database(f"postgresql://u:p@127.0.0.1:{silent.getsockname()[1]}/x")
        async with asyncio.timeout(20):
            with pytest.raises(OperationalError):
                await database.ping()
        await database.close()


def test_what_the_address_says_of_patience_counts_more() -> None:
    database = Database("postgresql://u:p@127.0.0.1:9/x?connect_timeout=2")
    _, arguments = database.engine.dialect.create_connect_args(database.url)
    assert arguments["connect_timeout"] == "2"


@pytest.mark.servers
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
async def test_a_unit_of_work_that_hangs_loses_its_rows_to_others(database: Database) -> None:
    async with database.write() as session:
        await session.execute(text("CREATE TABLE held (id integer)"))
        await session.execute(text("INSERT INTO held VALUES (1)"))
    hanging = database.write()
    session = await hanging.__aenter__()
    assert await session.scalar(text("SHOW idle_in_transaction_session_timeout")) == "30s", "shorter than a lease"
    # The same limit, sooner.
    await session.execute(text("SET LOCAL idle_in_transaction_session_timeout = '100ms'"))
    await session.execute(text("SELECT id FROM held FOR UPDATE"))
    async with asyncio.timeout(10), database.write() as other:
        assert await other.scalar(text("SELECT id FROM held FOR UPDATE")) == 1
    with pytest.raises(DBAPIError):
        await hanging.__aexit__(None, None, None)

"""Group commit and shared reads, on both engines."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.models import ConversationRow
from core.database import Database, ReadTogether, WrittenTogether

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class Rows:
    """Stores conversations by their digests, and keeps how many shared each transaction."""

    def __init__(self) -> None:
        self.transactions: list[int] = []

    async def store(self, session: AsyncSession, digests: Sequence[str]) -> None:
        self.transactions.append(len(digests))
        for digest in digests:
            session.add(ConversationRow(digest=digest, channel="web", started_at=NOON, last_turn_at=NOON, context={}))
        await session.flush()


async def _stored(database: Database) -> list[str]:
    async with database.read() as session:
        return list(await session.scalars(select(ConversationRow.digest).order_by(ConversationRow.digest)))


async def test_what_is_written_at_once_shares_a_transaction_and_is_there_when_it_returns(database: Database) -> None:
    rows = Rows()
    together = WrittenTogether(database, rows.store)
    await asyncio.gather(*(together.write(digest) for digest in "abc"))

    assert await _stored(database) == ["a", "b", "c"]
    assert rows.transactions == [3]


async def test_an_item_that_cannot_be_stored_costs_the_others_nothing(database: Database) -> None:
    together = WrittenTogether(database, Rows().store)
    await together.write("a")
    results = await asyncio.gather(*(together.write(digest) for digest in "bac"), return_exceptions=True)

    assert [type(result) for result in results] == [type(None), IntegrityError, type(None)]
    assert await _stored(database) == ["a", "b", "c"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_when_the_database_is_away_everybody_learns_it_at_once(database: Database) -> None:
    tried: list[int] = []

    async def away(_session: AsyncSession, digests: Sequence[str]) -> None:
        tried.append(len(digests))
        raise OperationalError("INSERT", None, Exception("away"))

    together = WrittenTogether(database, away)
    results = await asyncio.gather(*(together.write(digest) for digest in "abc"), return_exceptions=True)

    assert [type(result) for result in results] == [OperationalError] * 3
    assert tried == [3]


async def test_who_asks_at_the_same_time_shares_a_read_and_nobody_sees_what_is_older_than_the_question(
    database: Database,
) -> None:
    reads: list[int] = []

    async def count(session: AsyncSession) -> int:
        reads.append(await session.scalar(select(func.count()).select_from(ConversationRow)) or 0)
        one_is_read.set()
        await may_end.wait()
        return reads[-1]

    one_is_read, may_end = asyncio.Event(), asyncio.Event()
    together = ReadTogether(database, count)
    early = [asyncio.create_task(together.read()) for _ in range(3)]
    await one_is_read.wait()
    await WrittenTogether(database, Rows().store).write("a")
    late = [asyncio.create_task(together.read()) for _ in range(2)]
    may_end.set()

    assert await asyncio.gather(*early, *late) == [0, 0, 0, 1, 1]
    assert reads == [0, 1]


async def test_a_read_that_fails_is_told_to_all_and_the_next_one_is_tried(database: Database) -> None:
    tried: list[str] = []

    async def fail_once(_session: AsyncSession) -> str:
        tried.append("read")
        if len(tried) == 1:
            raise LookupError
        return "there"

    together = ReadTogether(database, fail_once)
    failed = await asyncio.gather(together.read(), together.read(), return_exceptions=True)

    assert [type(result) for result in failed] == [LookupError] * 2
    assert await together.read() == "there"

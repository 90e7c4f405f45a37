"""What the people who look after the product see of each source."""

from datetime import timedelta

from content.sources.status import record_failure, record_success, statuses
from core.database import Database
from core.errors import SourceError
from tests.fakes import FrozenClock


async def test_a_failure_keeps_the_last_success_and_counts_until_the_next_one(
    database: Database, clock: FrozenClock
) -> None:
    start = clock.now()
    async with database.write() as session:
        await record_success(session, "register", start - timedelta(hours=1), 17, 2, start)
    for _ in range(2):
        clock.advance(timedelta(minutes=30))
        async with database.write() as session:
            await record_failure(session, "register", SourceError("no answer" + "!" * 1000), clock.now())
    async with database.write() as session:
        await record_failure(session, "news", SourceError("HTTP 500"), clock.now())
    async with database.read() as session:
        news, register = await statuses(session)
    assert (news.name, news.last_success_at, news.rows, news.failures) == ("news", None, 0, 1)
    assert (register.last_success_at, register.as_of) == (start, start - timedelta(hours=1))
    assert (register.rows, register.rejected, register.failures) == (17, 2, 2)
    assert register.last_error_at == clock.now()
    assert register.last_error is not None
    assert register.last_error.startswith("SourceError: no answer")
    assert len(register.last_error) == 500


async def test_after_a_success_no_failure_is_counted(database: Database, clock: FrozenClock) -> None:
    async with database.write() as session:
        await record_failure(session, "register", SourceError("HTTP 500"), clock.now())
        await record_success(session, "register", None, 1, 0, clock.now())
    async with database.read() as session:
        (status,) = await statuses(session)
    assert (status.failures, status.last_error) == (0, "SourceError: HTTP 500")

"""A town for the measurements: a database with subscribers, a channel that counts, and the memory it took."""

import asyncio
import os
import resource
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from redis.asyncio import Redis
from sqlalchemy import delete, text

from bench.hubs import sqlite_in
from bench.rows import Row
from core.clock import SystemClock
from core.database import Database
from core.logging import configure_logging
from core.redis import open_redis
from hub.migrations.run import upgrade
from notifier.alerts.models import AlertEpisodeRow, AlertMessageRow
from notifier.broadcasts.models import BroadcastRow
from notifier.broadcasts.service import Broadcast, BroadcastKind, publish
from notifier.channels.base import Channel, Outcome, OutgoingMessage, Receipt
from notifier.deliveries.models import DeliveryRow
from notifier.limits.port import Limits
from notifier.subscriptions.models import ContactRow, SubscriptionRow
from notifier.worker import DEFAULT_PACE, Pace, Tools, Worker

LATENCY = 0.08
"""Seconds until a stand-in for a provider answers."""
ALERTED = 20
"""Residents who want alerts about smog; announcements go to everyone."""
CLOCK = SystemClock()

_ROWS = "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < :count) SELECT"
_CONTACTS = (
    "INSERT INTO contacts (id, channel, address_sealed, address_digest, state, created_at) "
    f"{_ROWS} n, 'sms', :sealed, 'digest-' || n, 'active', CURRENT_TIMESTAMP FROM s"
)
_SUBSCRIPTIONS = (
    f"INSERT INTO subscriptions (contact_id, topic, created_at) {_ROWS} n, :topic, CURRENT_TIMESTAMP FROM s"
)


class Counter:
    """Counts messages by title, and says when so many of one were handed over."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}
        self._reached: dict[tuple[str, int], asyncio.Event] = {}

    def add(self, title: str) -> None:
        """Count one message."""
        self._seen[title] = self._seen.get(title, 0) + 1
        if reached := self._reached.get((title, self._seen[title])):
            reached.set()

    def reached(self, title: str, count: int) -> asyncio.Event:
        """Return what is set when so many messages of a title were handed over; ask before they are."""
        return self._reached.setdefault((title, count), asyncio.Event())


class StandInChannel(Channel):
    """Counts, waits for `latency` seconds and then hands over to a real channel, if there is one."""

    def __init__(self, counter: Counter, latency: float = 0.0, inner: Channel | None = None) -> None:
        super().__init__("sms")
        self._counter = counter
        self._latency = latency
        self._inner = inner

    async def _send(self, address: str, message: OutgoingMessage) -> Outcome:
        self._counter.add(message.title)
        if self._latency:
            await asyncio.sleep(self._latency)
        return await self._inner.send(address, message) if self._inner else Receipt(f"id-{message.delivery_id}")


def database_urls(folder: Path) -> dict[str, str]:
    """Return the addresses of an SQLite file in a folder and of the PostgreSQL of this part, by engine."""
    return {"SQLite": sqlite_in(folder), "PostgreSQL": os.environ["BENCH_DATABASE_URL"]}


@asynccontextmanager
async def databases() -> AsyncIterator[dict[str, Database]]:
    """Yield an empty SQLite and the empty PostgreSQL of this part, by engine."""
    configure_logging(json=False, level="ERROR")
    with tempfile.TemporaryDirectory() as folder:
        opened = {engine: Database(url) for engine, url in database_urls(Path(folder)).items()}
        for database in opened.values():
            await upgrade(database)
        try:
            yield opened
        finally:
            for database in opened.values():
                await database.close()


async def empty(database: Database) -> None:
    """Forget every broadcast and every subscriber."""
    async with database.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            await connection.execute(text("TRUNCATE alert_episodes, broadcasts, contacts CASCADE"))
            return
        for table in (DeliveryRow, AlertMessageRow, AlertEpisodeRow, BroadcastRow, SubscriptionRow, ContactRow):
            await connection.execute(delete(table))


async def subscribe(database: Database, count: int) -> None:
    """Write subscribers by the database itself: signing so many up would take longer than the measurement."""
    async with database.engine.begin() as connection:
        await connection.execute(text(_CONTACTS), {"count": count, "sealed": b"0"})
        await connection.execute(text(_SUBSCRIPTIONS), {"count": count, "topic": "announcements"})
        await connection.execute(text(_SUBSCRIPTIONS), {"count": min(count, ALERTED), "topic": "smog"})
    await analyse(database)


async def analyse(database: Database) -> None:
    """Let the database look at what it holds, as it does by itself after a while."""
    async with database.engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text("ANALYZE"))


async def announce(database: Database, title: str) -> int:
    """Publish an announcement to everyone."""
    kind = BroadcastKind.ANNOUNCEMENT
    async with database.write() as session:
        return await publish(session, Broadcast(title, kind, "announcements", title, "Treść", CLOCK.now()))


@asynccontextmanager
async def working(
    database: Database, channel: Channel, pace: Pace = DEFAULT_PACE, limits: Limits | None = None
) -> AsyncIterator[Redis]:
    """Let a worker send; yield the Redis by which it is woken."""
    stop, redis = asyncio.Event(), open_redis(None)
    tools = Tools(database, redis, CLOCK, address, limits={channel.name: limits} if limits else {})
    worker = asyncio.create_task(Worker(tools, [channel], pace).run(stop))
    try:
        yield redis
    finally:
        stop.set()
        await worker
        await redis.aclose()


def address(contact: ContactRow) -> str:
    """Return the number of a resident; the seal is no part of what is measured."""
    return f"+48601{contact.id % 1_000_000:06}"


async def send_all(database: Database, channel: StandInChannel, counter: Counter, count: int, pace: Pace) -> float:
    """Announce to so many and return the seconds from the start of a worker until all is on record."""
    broadcast = await announce(database, "news")
    done = counter.reached("news", count)
    started = time.perf_counter()
    async with working(database, channel, pace):
        await done.wait()
        await _until_recorded(database, broadcast)
        return time.perf_counter() - started


async def _until_recorded(database: Database, broadcast: int) -> None:
    query = text("SELECT 1 FROM deliveries WHERE broadcast_id = :id AND state <> 'sent' LIMIT 1")
    while True:
        async with database.read() as session:
            if await session.scalar(query, {"id": broadcast}) is None:
                return
        await asyncio.sleep(0.01)


def memory() -> Row:
    """Return the most memory that this process has taken so far, with the stand-ins in it."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Row(name="memory at most, with the stand-ins", value=peak, unit="MB")

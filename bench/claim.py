"""Taking batches from an open broadcast in a table full of finished ones, and how much room a delivery takes."""

import time
from datetime import timedelta

from sqlalchemy import text

from bench.part import NotMeasured
from bench.rows import Row, at_most, percentiles
from bench.town import CLOCK, analyse, databases, subscribe
from core.database import Database
from notifier.deliveries import repository
from notifier.deliveries.clock import server_time

CONTACTS, FINISHED, OPEN, CLAIM = 20_000, 1_000_000, 100_000, 200
CLAIMS, MOST_MS = 100, 10
BYTES_A_DELIVERY = "room of a delivery with its indexes, PostgreSQL"

_BROADCAST = (
    "INSERT INTO broadcasts (id, key, kind, topic, title, body, priority, created_at) "
    "VALUES (:id, :key, 'announcement', 'announcements', 'news', 'text', 10, CURRENT_TIMESTAMP)"
)
_DELIVERIES = (
    "INSERT INTO deliveries (broadcast_id, contact_id, channel, priority, state, due_at, attempts) "
    "SELECT :broadcast, id, channel, 10, :state, CURRENT_TIMESTAMP, 0 FROM contacts"
)


async def measure() -> list[Row]:
    """Return a row for each database, and the room that a delivery takes."""
    rows = []
    async with databases() as opened:
        for engine, database in opened.items():
            await subscribe(database, CONTACTS)
            await _fill(database, FINISHED, "delivered", first_broadcast=1)
            await _fill(database, OPEN, "pending", first_broadcast=1 + FINISHED // CONTACTS)
            await analyse(database)
            rows.append(await _claims(database, engine))
        async with opened["PostgreSQL"].read() as session:
            size = await session.scalar(text("SELECT pg_total_relation_size('deliveries')"))
    rows.append(Row(name=BYTES_A_DELIVERY, value=float(size or 0) / (FINISHED + OPEN), unit="bytes"))
    return rows


async def _claims(database: Database, engine: str) -> Row:
    took = []
    for _ in range(CLAIMS):
        async with database.write() as session:
            now = await server_time(session, CLOCK.now())
            started = time.perf_counter()
            _, claimed = await repository.claim(session, "sms", CLAIM, now, timedelta(minutes=1))
            took.append((time.perf_counter() - started) * 1000)
        if len(claimed) < CLAIM:
            raise NotMeasured("there were fewer deliveries to claim than planned")
    name = f"claim of {CLAIM} beside {FINISHED:,} finished rows, {engine}"
    return Row(name=name, value=CLAIMS, unit="claims", targets=(at_most("p95", MOST_MS),), **percentiles(took))


async def _fill(database: Database, count: int, state: str, first_broadcast: int) -> None:
    """Write the deliveries of broadcasts to as many contacts as there are, each in `state`."""
    async with database.engine.begin() as connection:
        for number in range(first_broadcast, first_broadcast + count // CONTACTS):
            await connection.execute(text(_BROADCAST), {"id": number, "key": f"news-{number}"})
            await connection.execute(text(_DELIVERIES), {"broadcast": number, "state": state})

"""How fast the notifier sends, as rates and ratios to a bare loop over the same library in the same run.

    python -m bench.broadcast [claim|engine|sdk …]

On SQLite, and on PostgreSQL as well where BENCH_DATABASE_URL names an empty database. What is to be reached: a claim of
200 rows within 10 ms, 5,000 deliveries a second through a provider that takes no time, and 0.6 of a bare loop.
"""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

from sqlalchemy import text

from bench.town import (
    CLOCK,
    LATENCY,
    Counter,
    StandInChannel,
    analyse,
    databases,
    empty,
    memory,
    percentiles,
    say,
    send_all,
    subscribe,
)
from core.database import Database
from notifier.channels.base import Channel, OutgoingMessage
from notifier.channels.telegram import telegram_channel
from notifier.channels.twilio.sms import TwilioAccount, TwilioSmsChannel
from notifier.deliveries import repository
from notifier.deliveries.clock import server_time
from notifier.worker import DEFAULT_PACE, Pace
from tests.standins import telegram, twilio

CONTACTS, FINISHED, OPEN, CLAIM = 20_000, 2_000_000, 100_000, 200
MESSAGES, SDK_MESSAGES = 20_000, 1000

_BROADCAST = (
    "INSERT INTO broadcasts (id, key, kind, topic, title, body, priority, created_at) "
    "VALUES (:id, :key, 'announcement', 'announcements', 'news', 'text', 10, CURRENT_TIMESTAMP)"
)
_DELIVERIES = (
    "INSERT INTO deliveries (broadcast_id, contact_id, channel, priority, state, due_at, attempts) "
    "SELECT :broadcast, id, channel, 10, :state, CURRENT_TIMESTAMP, 0 FROM contacts"
)


async def main() -> None:
    """Run the parts that are named, all of them by default."""
    parts: dict[str, Callable[[Database], Awaitable[None]]] = {"claim": claim, "engine": engine, "sdk": sdk}
    async with databases() as opened:
        for name in sys.argv[1:] or parts:
            for database in opened:
                await parts[name](database)
                await empty(database)


async def claim(database: Database) -> None:
    """Claim batches from an open broadcast in a table full of finished ones."""
    await subscribe(database, CONTACTS)
    await _fill(database, FINISHED, "delivered", first_broadcast=1)
    await _fill(database, OPEN, "pending", first_broadcast=1 + FINISHED // CONTACTS)
    await analyse(database)
    took = []
    for _ in range(30):
        async with database.write() as session:
            now = await server_time(session, CLOCK.now())
            started = time.perf_counter()
            _, claimed = await repository.claim(session, "sms", CLAIM, now, timedelta(minutes=1))
            took.append((time.perf_counter() - started) * 1000)
        if len(claimed) < CLAIM:
            sys.exit("There were fewer deliveries to claim than planned.")
    say(database, f"claim of {CLAIM} beside {FINISHED:,} finished rows", percentiles(took))


async def engine(database: Database) -> None:
    """Send a broadcast through a provider that takes no time."""
    for concurrency in (DEFAULT_PACE.concurrency, 5 * DEFAULT_PACE.concurrency):
        await subscribe(database, MESSAGES)
        counter = Counter()
        seconds = await send_all(database, StandInChannel(counter), counter, MESSAGES, Pace(concurrency=concurrency))
        await empty(database)
        measured = f"{MESSAGES / seconds:,.0f} deliveries/s, {memory()}"
        say(database, f"engine, no latency, {concurrency} in doubt at most", measured)


async def sdk(database: Database) -> None:
    """Send through the providers' libraries to slow stand-ins, and compare with bare loops of the same calls."""
    for name, provider in (("Twilio", _twilio), ("Telegram", _telegram)):
        await subscribe(database, SDK_MESSAGES)
        async with provider() as channel:
            counter = Counter()
            slow = StandInChannel(counter, LATENCY, channel)
            best = SDK_MESSAGES / await _bare_loop(slow)
            seconds = await send_all(database, slow, counter, SDK_MESSAGES, DEFAULT_PACE)
        await empty(database)
        ours = SDK_MESSAGES / seconds
        measured = f"{ours:,.0f}/s, bare loop {best:,.0f}/s, ratio {ours / best:.2f}"
        say(database, f"{name}'s library, {LATENCY * 1000:.0f} ms, {DEFAULT_PACE.concurrency} at once", measured)


@asynccontextmanager
async def _twilio() -> AsyncIterator[Channel]:
    async with twilio.TwilioStandIn() as stand_in:
        account = TwilioAccount(twilio.ACCOUNT, twilio.TOKEN, stand_in.url, "+48732000000", "", "")
        channel = TwilioSmsChannel(account, CLOCK)
        yield channel
        await channel.close()


@asynccontextmanager
async def _telegram() -> AsyncIterator[Channel]:
    with telegram.TelegramStandIn() as stand_in:
        async with telegram_channel(telegram.TOKEN, stand_in.url, CLOCK) as channel:
            yield channel


async def _bare_loop(channel: Channel) -> float:
    numbers = iter(range(SDK_MESSAGES))

    async def caller() -> None:
        for number in numbers:
            await channel.send(f"+48601{number:06}", OutgoingMessage("bare", "Treść", number))

    started = time.perf_counter()
    await asyncio.gather(*(caller() for _ in range(DEFAULT_PACE.concurrency)))
    return time.perf_counter() - started


async def _fill(database: Database, count: int, state: str, first_broadcast: int) -> None:
    """Write the deliveries of broadcasts to as many contacts as there are, each in `state`."""
    async with database.engine.begin() as connection:
        for number in range(first_broadcast, first_broadcast + count // CONTACTS):
            await connection.execute(text(_BROADCAST), {"id": number, "key": f"news-{number}"})
            await connection.execute(text(_DELIVERIES), {"broadcast": number, "state": state})


if __name__ == "__main__":
    asyncio.run(main())

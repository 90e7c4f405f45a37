"""How fast the notifier sends: through a provider that takes no time, and through the providers' own libraries.

The libraries speak to stand-ins that answer after 80 ms, and are compared with a bare loop of the same calls.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bench.rows import Row, at_least
from bench.town import CLOCK, LATENCY, Counter, StandInChannel, databases, empty, memory, send_all, subscribe
from core.database import Database
from notifier.channels.base import Channel, OutgoingMessage
from notifier.channels.telegram import telegram_channel
from notifier.channels.twilio.sms import TwilioAccount, TwilioSmsChannel
from notifier.worker import DEFAULT_PACE, Pace
from tests.standins import telegram, twilio

MESSAGES, SDK_MESSAGES = 20_000, 1000
FAST, NEAR_THE_LOOP = 5000, 0.6
WIDE = 5 * DEFAULT_PACE.concurrency
BARE_LOOP = "a bare loop of the same calls"


def library_row(library: str, engine: str) -> str:
    """Return the name of the row about sending through a provider's library."""
    return f"{library}'s library, {LATENCY * 1000:.0f} ms a call, {DEFAULT_PACE.concurrency} at once, {engine}"


async def measure() -> list[Row]:
    """Return the rates on each database, and the memory at the end."""
    rows = []
    async with databases() as opened:
        for engine, database in opened.items():
            rows += [await _engine(database, engine, concurrency) for concurrency in (DEFAULT_PACE.concurrency, WIDE)]
            rows += await _libraries(database, engine)
    return [*rows, memory()]


async def _engine(database: Database, engine: str, concurrency: int) -> Row:
    await subscribe(database, MESSAGES)
    counter = Counter()
    seconds = await send_all(database, StandInChannel(counter), counter, MESSAGES, Pace(concurrency=concurrency))
    await empty(database)
    wanted = (at_least("value", FAST),) if concurrency == WIDE else ()
    name = f"deliveries to a provider that takes no time, {concurrency} at once, {engine}"
    return Row(name=name, value=MESSAGES / seconds, unit="/s", targets=wanted)


async def _libraries(database: Database, engine: str) -> list[Row]:
    rows = []
    for name, provider in (("Twilio", _twilio), ("Telegram", _telegram)):
        await subscribe(database, SDK_MESSAGES)
        async with provider() as channel:
            counter = Counter()
            slow = StandInChannel(counter, LATENCY, channel)
            best = SDK_MESSAGES / await _bare_loop(slow)
            ours = SDK_MESSAGES / await send_all(database, slow, counter, SDK_MESSAGES, DEFAULT_PACE)
        await empty(database)
        rows.append(
            Row(
                name=library_row(name, engine),
                value=ours,
                unit="/s",
                ratio=ours / best,
                against=BARE_LOOP,
                targets=(at_least("ratio", NEAR_THE_LOOP),),
            )
        )
    return rows


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

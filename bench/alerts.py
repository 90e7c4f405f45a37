"""From a reading to the first alert at the provider: `python -m bench.alerts`, at most 2 s at the 95th percentile.

A reading turns the air of another station bad each time; the alerts of the city are run on it, while nothing else is
sent and while an announcement to 100,000 residents is. On SQLite, and on PostgreSQL as well where BENCH_DATABASE_URL
names an empty database.
"""

import asyncio
import time
from collections.abc import Sequence
from datetime import datetime

from bench.town import (
    ALERTED,
    CLOCK,
    LATENCY,
    Counter,
    StandInChannel,
    announce,
    databases,
    empty,
    memory,
    percentiles,
    say,
    subscribe,
    working,
)
from content.pack import load_city
from content.texts import Texts
from core.database import Database
from core.redis import open_redis
from core.settings import load_settings
from notifier.alerts.air import AirSource, AirState, Measurement
from notifier.alerts.desk import AlertDesk
from notifier.alerts.messages import AlertWriter
from notifier.alerts.rules_file import load_rules
from notifier.alerts.service import AlertService
from notifier.limits.port import Limits
from notifier.limits.shared import SharedLimiter
from notifier.limits.telegram import TelegramLimits

RESIDENTS, READINGS = 100_000, 20
_VERY_BAD = 5
_PAUSE_SECONDS = 0.3


async def main() -> None:
    """Measure on every database, and print a table."""
    async with databases() as opened:
        for database in opened:
            await subscribe(database, RESIDENTS)
            await _measure(database, "alone")
            await announce(database, "news")
            await _measure(database, f"while {RESIDENTS:,} rows are sent")
            telegram = TelegramLimits(SharedLimiter(open_redis(None), CLOCK))
            await _measure(database, "the same at Telegram's limit", telegram)
            say(database, "worker and bench", memory())
            await empty(database)


async def _measure(database: Database, when: str, limits: Limits | None = None) -> None:
    city = load_city(load_settings().city)
    rules = load_rules(city.folder)
    service = AlertService(rules, AlertWriter(rules, Texts(city.folder), city), CLOCK, allow_sample=False)
    title, counter, took = rules.levels[_VERY_BAD].title, Counter(), list[float]()
    async with working(database, StandInChannel(counter, LATENCY), limits=limits) as redis:
        desk = AlertDesk(database, redis, CLOCK, rules, service)
        for number in range(READINGS):
            # Readings come at any moment of a batch.
            await asyncio.sleep(_PAUSE_SECONDS * (1 + number / READINGS))
            first, last = (counter.reached(title, number * ALERTED + count) for count in (1, ALERTED))
            started = time.perf_counter()
            await desk.run(_turned_bad(f"{when} {number}"), _nobody)
            await first.wait()
            took.append((time.perf_counter() - started) * 1000)
            await last.wait()
    say(database, f"reading → first alert at the provider, {when}", percentiles(took))


def _turned_bad(station: str) -> AirSource:
    async def air(since: datetime | None) -> Sequence[AirState]:  # noqa: ARG001 - the port's
        return [AirState(station, CLOCK.now(), (Measurement("index", "1h", _VERY_BAD),))]

    return air


async def _nobody(key: str, subject: str, text: str) -> bool:  # noqa: ARG001 - the port's
    return True


if __name__ == "__main__":
    asyncio.run(main())

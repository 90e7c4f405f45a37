"""From a reading to the first alert at the provider.

A reading turns the air of another station bad each time; the alerts of the city are run on it, while nothing else is
sent and while an announcement to 100,000 residents is, without a limit of the provider and at that of Telegram.
"""

import asyncio
import time
from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from bench.rows import Row, at_most, percentiles
from bench.town import (
    ALERTED,
    CLOCK,
    LATENCY,
    Counter,
    StandInChannel,
    announce,
    databases,
    memory,
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

RESIDENTS, READINGS = 100_000, 16
MOST_MS = 2000
_VERY_BAD = 5
_PAUSE_SECONDS = 0.3


async def measure() -> list[Row]:
    """Return a row for each database and situation, and the memory at the end."""
    rows = []
    async with databases() as opened:
        for engine, database in opened.items():
            await subscribe(database, RESIDENTS)
            rows.append(await _latency(database, f"{engine}, nothing else is sent"))
            await announce(database, "news")
            rows.append(await _latency(database, f"{engine}, while {RESIDENTS:,} rows are sent"))
            limits = TelegramLimits(SharedLimiter(open_redis(None), CLOCK))
            rows.append(await _latency(database, f"{engine}, the same at Telegram's limit", limits))
    return [*rows, memory()]


async def _latency(database: Database, when: str, limits: Limits | None = None) -> Row:
    settings = load_settings()
    city = load_city(settings.city, settings.city_packs)
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
            await desk.run(_turned_bad(uuid4().hex), _nobody)
            await first.wait()
            took.append((time.perf_counter() - started) * 1000)
            await last.wait()
    name = f"reading → first alert at the provider: {when}"
    return Row(name=name, value=READINGS, unit="readings", targets=(at_most("p95", MOST_MS),), **percentiles(took))


def _turned_bad(station: str) -> AirSource:
    async def air(since: datetime | None) -> Sequence[AirState]:  # noqa: ARG001 - the port's
        return [AirState(station, CLOCK.now(), (Measurement("index", "1h", _VERY_BAD),))]

    return air


async def _nobody(key: str, subject: str, text: str) -> bool:  # noqa: ARG001 - the port's
    return True

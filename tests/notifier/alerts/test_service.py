"""Episodes of smog as subscribers live through them. The clock starts at 19:30 in Poland on 23 November 2026."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from content.topics.air.snapshot import Snapshot
from core.database import Database
from notifier.alerts.messages import AlertMessage
from notifier.alerts.models import AlertEpisodeRow
from notifier.alerts.service import AlertService
from tests.fakes import FrozenClock

HOUR = timedelta(hours=1)
Hourly = Callable[..., Awaitable[list[int | None]]]


@pytest.fixture(autouse=True)
async def _tables(database: Database) -> None:
    table = AlertEpisodeRow.metadata.tables[AlertEpisodeRow.__tablename__]
    async with database.engine.begin() as connection:
        await connection.run_sync(table.metadata.create_all, tables=[table])


def snapshot(level: int | None, at: datetime, *, sample: bool = False) -> Snapshot:
    return Snapshot(52, level, at if level is not None else None, "PYL", (), at, sample)


async def evaluate(service: AlertService, database: Database, current: Snapshot) -> tuple[AlertMessage, ...]:
    async with database.write() as session:
        return await service.evaluate(session, current)


@pytest.fixture
def hourly(alerts: AlertService, database: Database, clock: FrozenClock) -> Hourly:
    """One reading an hour, evaluated twice as the half-hourly job does; the levels that were told come back."""

    async def run(*levels: int | None) -> list[int | None]:
        told: list[int | None] = []
        for level in levels:
            current = snapshot(level, clock.now() - timedelta(minutes=30))
            for _ in range(2):
                told += [message.level for message in await evaluate(alerts, database, current)]
            clock.advance(HOUR)
        return told

    return run


async def _running(database: Database) -> list[int]:
    async with database.read() as session:
        return list(await session.scalars(select(AlertEpisodeRow.level).where(AlertEpisodeRow.ended_at.is_(None))))


async def test_bad_air_is_told_once_as_the_citys_own_information(
    alerts: AlertService, database: Database, clock: FrozenClock
) -> None:
    (message,) = await evaluate(alerts, database, snapshot(4, clock.now() - timedelta(minutes=30)))
    assert message.key.startswith("alert:")
    assert message.key.endswith(":4:2026-11-23")
    assert message.title == "Zła jakość powietrza w Legnicy"
    assert message.body.startswith(
        "Informacja miasta Legnica na podstawie pomiarów GIOŚ. Indeks jakości powietrza: Zły.\n"
    )
    assert message.body.endswith("Pomiar: 23.11.2026, 19:00, stacja przy al. Rzeczypospolitej.")
    assert "RCB" not in message.title + message.body
    assert message.expires_at == clock.now() + timedelta(hours=6)
    assert await evaluate(alerts, database, snapshot(4, clock.now() - timedelta(minutes=30))) == ()


@pytest.mark.parametrize("level", [None, 0, 1, 2, 3])
async def test_better_air_is_no_reason_to_write(hourly: Hourly, database: Database, level: int | None) -> None:
    assert await hourly(level, level) == []
    assert await _running(database) == []


async def test_worse_is_told_once_more_and_less_bad_is_not(hourly: Hourly) -> None:
    assert await hourly(4, 5, 4, 5) == [4, 5]


async def test_wavering_round_the_threshold_says_nothing_new(hourly: Hourly, database: Database) -> None:
    assert await hourly(4, 3, 4, 2) == [4]
    assert await _running(database) == [2]


async def test_it_is_over_after_two_calm_readings_in_a_row_and_said_once(hourly: Hourly, database: Database) -> None:
    assert await hourly(5, 2, 3, 2) == [5]
    assert await hourly(None, 1, 1) == [None]
    assert await _running(database) == []


async def test_the_all_clear_says_how_it_is_now(alerts: AlertService, database: Database, clock: FrozenClock) -> None:
    opened: list[AlertMessage] = []
    for level in (4, 2, 1):
        opened += await evaluate(alerts, database, snapshot(level, clock.now()))
        clock.advance(HOUR)
    alert, clear = opened
    assert clear.level is None
    assert clear.key == alert.key.replace(":4:", ":clear:")
    assert clear.title == "Lepsze powietrze w Legnicy"
    assert "Indeks jakości powietrza: Dobry." in clear.body
    assert "Poprzednie powiadomienie o smogu jest już nieaktualne." in clear.body


async def test_a_new_episode_after_the_all_clear_is_a_new_alert(hourly: Hourly) -> None:
    assert await hourly(4, 1, 1) == [4, None]
    assert await hourly(4) == [4]


async def test_smog_that_goes_on_is_told_again_in_the_morning_and_not_at_midnight(
    hourly: Hourly, clock: FrozenClock
) -> None:
    assert await hourly(*[4] * 11) == [4]  # the last one at 5:30
    assert await hourly(4) == []  # 6:30
    assert await hourly(4, 4) == [4]  # 7:30


async def test_getting_worse_at_night_is_told_at_night_and_counts_for_the_day(hourly: Hourly) -> None:
    assert await hourly(*[4] * 6, 5) == [4, 5]  # 1:30
    assert await hourly(*[5] * 12) == []


@pytest.mark.parametrize(("age", "told"), [(timedelta(hours=3), 1), (timedelta(hours=3, seconds=1), 0)])
async def test_old_data_never_raise_an_alert(
    alerts: AlertService, database: Database, clock: FrozenClock, age: timedelta, told: int
) -> None:
    assert len(await evaluate(alerts, database, snapshot(5, clock.now() - age))) == told


async def test_a_day_without_data_ends_an_episode_without_a_claim(
    hourly: Hourly, alerts: AlertService, database: Database, clock: FrozenClock
) -> None:
    assert await hourly(4) == [4]
    last = snapshot(4, clock.now() - HOUR - timedelta(minutes=30))
    clock.advance(timedelta(hours=22))
    assert await evaluate(alerts, database, last) == ()
    assert await _running(database) == [4]
    clock.advance(HOUR)
    assert await evaluate(alerts, database, last) == ()
    assert await _running(database) == []
    assert await hourly(4) == [4]


async def test_samples_raise_no_alert_and_touch_no_real_one(
    alerts: AlertService, database: Database, clock: FrozenClock
) -> None:
    assert await evaluate(alerts, database, snapshot(5, clock.now(), sample=True)) == ()
    assert len(await evaluate(alerts, database, snapshot(4, clock.now()))) == 1
    clock.advance(HOUR)
    assert await evaluate(alerts, database, snapshot(0, clock.now(), sample=True)) == ()
    assert await _running(database) == [4]


async def test_the_demo_says_that_its_alert_is_a_sample_and_credits_nobody(
    demo_alerts: AlertService, database: Database, clock: FrozenClock
) -> None:
    (message,) = await evaluate(demo_alerts, database, snapshot(5, clock.now(), sample=True))
    assert message.sample
    assert message.title.startswith("Przykład: ")
    assert message.body.startswith("Dane przykładowe: to nie są prawdziwe pomiary.")
    assert "GIOŚ" not in message.body
    clock.advance(HOUR)
    (real,) = await evaluate(demo_alerts, database, snapshot(4, clock.now()))
    assert not real.sample
    assert "GIOŚ" in real.body
    assert await _running(database) == [4]


async def test_two_processes_at_once_tell_it_once(alerts: AlertService, database: Database, clock: FrozenClock) -> None:
    current = snapshot(4, clock.now())
    told = await asyncio.gather(*(evaluate(alerts, database, current) for _ in range(4)))
    assert sorted(len(messages) for messages in told) == [0, 0, 0, 1]


async def test_the_day_is_the_polish_one(alerts: AlertService, database: Database, clock: FrozenClock) -> None:
    clock.set(datetime(2026, 11, 23, 23, 30, tzinfo=UTC))
    (message,) = await evaluate(alerts, database, snapshot(4, clock.now()))
    assert message.key.endswith(":2026-11-24")

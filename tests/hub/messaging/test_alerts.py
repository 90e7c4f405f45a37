"""Rules changed in the panel are followed by the process that makes alerts, without a restart."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from content.sources.gios import Measurement, Pollutant
from content.topics.air.repository import save_hours, save_snapshot
from content.topics.air.snapshot import Snapshot
from core.settings import Settings
from core.staff.actor import Actor
from core.staff.permissions import Permission
from hub.bootstrap import Foundation, foundation
from hub.messaging.alerts import Alerts, rule_office
from hub.migrations.run import upgrade
from notifier.alerts.air import Measurement as Measured
from notifier.alerts.models import AlertMessageRow
from notifier.alerts.rule_changes import RuleChange, RuleChanges
from notifier.alerts.station_air import StoredAir

HOUR = timedelta(hours=1)
JAN = Actor("Jan Kos", frozenset({Permission.EDIT_ALERT_RULES}))


@pytest.fixture
async def base(tmp_path: Path) -> AsyncIterator[Foundation]:
    """The demo, where samples count."""
    async with foundation(Settings(var_dir=tmp_path, database_url=f"sqlite:///{tmp_path / 'hub.db'}")) as opened:
        await upgrade(opened.database)
        yield opened


async def _levels(base: Foundation) -> list[int | None]:
    async with base.database.read() as session:
        return list(await session.scalars(select(AlertMessageRow.level).order_by(AlertMessageRow.id)))


async def test_a_process_that_runs_follows_changed_rules_with_its_next_run(base: Foundation) -> None:
    now = base.clock.now()
    snapshot = Snapshot(
        base.city.air_station.id, 3, now.replace(minute=0, second=0, microsecond=0), None, (), now, True
    )
    async with base.database.write() as session:
        await save_snapshot(session, snapshot)
    running = Alerts(base)
    await running.run()
    assert await _levels(base) == []

    office = rule_office(base.settings, base.clock, base.database, base.city, base.texts)
    earlier = RuleChanges(rules={"index_bad": RuleChange(threshold=3.0)})
    await office.change(JAN, earlier, "Na próbę", seen=0)
    await running.run()
    assert await _levels(base) == [4]


async def test_stored_hours_carry_the_mean_of_their_day_and_an_index(base: Foundation) -> None:
    last = base.clock.now().replace(minute=0, second=0, microsecond=0)
    hours = [Measurement(last - ago * HOUR, 100.0 if ago < 12 else 40.0) for ago in range(30)]
    station = base.city.air_station.id
    async with base.database.write() as session:
        await save_hours(session, station, {Pollutant.PM10: hours}, sample=True)
    assert await StoredAir(base.database, station, samples=False)(last - HOUR, last) == []
    before, newest = await StoredAir(base.database, station, samples=True)(last - HOUR, last)
    assert newest.sample
    assert before.measured_at == last - HOUR
    # 12 hours of 100 and 12 of 40; 100 µg/m³ of PM10 is level 3 of the index.
    assert newest.measurements == (
        Measured("pm10", "1h", 100.0),
        Measured("pm10", "24h", 70.0),
        Measured("index", "1h", 3),
    )

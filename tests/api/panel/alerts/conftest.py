"""A city with smog: hours that were measured, alerts that went out and one that waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from content.sources.gios import Measurement as Reading
from content.sources.gios import Pollutant
from content.topics.air.repository import save_hours
from core.settings import Settings
from hub.bootstrap import address_vault
from notifier.alerts.air import AirState, Measurement
from notifier.alerts.messages import AlertWriter
from notifier.alerts.rules_file import load_rules
from notifier.alerts.service import AlertService
from notifier.subscriptions.service import Subscriptions
from tests.api.panel.conftest import Panel
from tests.notifier.alerts.town import notice_of

HOUR = timedelta(hours=1)


@dataclass
class Smog:
    """Makes alerts in the city of the panel."""

    panel: Panel
    subscriptions: Subscriptions

    async def subscribe(self, channel: str, address: str) -> None:
        """Sign a resident up for smog alerts."""
        async with self.panel.desk.database.write() as session:
            await self.subscriptions.subscribe(session, channel, address, "smog", text_version="1")

    def hour(self, ago: int = 0) -> datetime:
        """Return a whole hour of the past."""
        return self.panel.clock.now().replace(minute=0) - ago * HOUR

    async def measured(self, values: Mapping[int, float]) -> None:
        """Store hours of PM10 by how many hours ago they were."""
        hours = [Reading(self.hour(ago), value) for ago, value in values.items()]
        async with self.panel.desk.database.write() as session:
            await save_hours(session, self.panel.desk.city.air_station.id, {Pollutant.PM10: hours}, sample=False)

    async def comes(self, index: int | None = None, *, notice: bool = False, pm10_day: float | None = None) -> None:
        """Let the job follow the newest hour; an official notice is held for a person."""
        desk, now = self.panel.desk, self.panel.clock.now()
        rules = load_rules(desk.city.folder)
        service = AlertService(rules, AlertWriter(rules, desk.texts, desk.city), desk.clock, allow_sample=False)
        notices = (notice_of("Poziom alarmowy, S24 > 150 ug/m3", now - HOUR, pollutant="pm10"),) if notice else ()
        measured = [Measurement("index", "1h", index)] if index is not None else []
        measured += [Measurement("pm10", "24h", pm10_day)] if pm10_day is not None else []
        async with desk.database.write() as session:
            await service.evaluate(session, [AirState("52", self.hour(), tuple(measured), notices)])


@pytest.fixture
def smog(staff_panel: Panel, tmp_path: Path) -> Smog:
    """The alerts of the panel's city."""
    return Smog(staff_panel, Subscriptions(address_vault(Settings(var_dir=tmp_path)), staff_panel.clock))

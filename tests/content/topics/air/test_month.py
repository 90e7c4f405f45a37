"""Thirty days of GIOŚ, garbage and the doubled hour included, against numbers worked out apart from the product."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx2
import pytest

from content.format import decimal
from content.question import Answerer, Entity, Question
from content.sources.gios import Pollutant
from content.topics.air.service import AirService
from core.clock import warsaw
from tests.content.sources.gios.wire import GiosWire, envelope
from tests.fakes import FrozenClock

Topic = Callable[[AirService], dict[str, Answerer]]
FIRST = datetime(2026, 10, 14, 22, tzinfo=UTC)
"""The beginning of 15 October in Poland; ten days later the clocks go back."""
DAYS = 30
SENSORS = {Pollutant.PM10: (12, "PM10"), Pollutant.PM25: (13, "PM2.5"), Pollutant.NO2: (291, "NO2")}


@dataclass
class Month:
    """The truth, and a GIOŚ that tells the last three days of it with gaps and garbage around."""

    clock: FrozenClock
    truth: dict[Pollutant, dict[datetime, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        chance = random.Random(20261015)  # noqa: S311 - the same month each time
        for pollutant, mean in zip(SENSORS, (45, 30, 20), strict=True):
            self.truth[pollutant] = {
                FIRST + timedelta(hours=hour): round(max(0.4, chance.gauss(mean, mean / 2)), 1)
                for hour in range(DAYS * 24 + 2)
                if chance.random() > 0.06
            }
        self._chance = chance

    def answer(self, pollutant: Pollutant) -> Callable[[httpx2.Request], httpx2.Response]:
        """Return a reply that depends on the time of the question."""
        code = f"DsLegAlRzecz-{SENSORS[pollutant][1]}-1g"

        def reply(_request: httpx2.Request) -> httpx2.Response:
            now = self.clock.now()
            hours = [now.replace(minute=0) - timedelta(hours=ago) for ago in range(72)]
            rows = [_row(code, at, self.truth[pollutant].get(at)) for at in hours if at >= FIRST]
            rows.insert(0, _row(code, now.replace(minute=0) + timedelta(hours=5), 999.0))
            rows.insert(self._chance.randrange(len(rows)), {"Kod stanowiska": code, "Data": "?", "Wartość": 1.0})
            rows.append(_row(code, now.replace(minute=0) - timedelta(hours=80), -1.0))
            rows.append(_row("MzWarKondrat-PM10-1g", now.replace(minute=0) - timedelta(hours=90), 777.0))
            return httpx2.Response(200, content=envelope("Lista danych pomiarowych", rows))

        return reply

    def day(self, pollutant: Pollutant, day: date) -> list[float]:
        """Return the values of a Polish calendar day, worked out from the truth alone."""
        return [value for at, value in self.truth[pollutant].items() if warsaw(at).date() == day]


def _row(code: str, at: datetime, value: float | None) -> dict[str, Any]:
    return {"Kod stanowiska": code, "Data": f"{warsaw(at):%Y-%m-%d %H:%M:%S}", "Wartość": value}


@pytest.fixture
def month(wire: GiosWire, clock: FrozenClock) -> Month:
    month = Month(clock)
    wire.serve_sensors(52, list(SENSORS.values()))
    for pollutant, (sensor, _) in SENSORS.items():
        wire.replies[f"/v1/rest/data/getData/{sensor}"] = month.answer(pollutant)
    return month


async def test_no_value_of_a_month_is_wrong(
    air: AirService, topic: Topic, month: Month, wire: GiosWire, clock: FrozenClock
) -> None:
    answers = topic(air)
    clock.set(FIRST + timedelta(minutes=25))
    for _ in range(DAYS):
        clock.advance(timedelta(days=1))
        wire.serve_index(1, time=f"{warsaw(clock.now()):%Y-%m-%d %H}:00:00")
        await air.refresh()
        await _check_present(answers, month, clock)
    for pollutant in SENSORS:
        end = clock.now()
        stored = await air.hours(pollutant, FIRST, end, sample=False)
        assert stored == {at: value for at, value in month.truth[pollutant].items() if at <= end}
    clock.advance(timedelta(hours=1))  # the last day of the month is over now
    for day in range(DAYS):
        await _check_day(answers, month, (warsaw(FIRST) + timedelta(days=day)).date())
    assert _doubled_hours(month) == 2


async def _check_present(answers: dict[str, Answerer], month: Month, clock: FrozenClock) -> None:
    """Compare the facts of an answer about now with the truth."""
    answer = await answers["air_quality_now"](Question("air_quality_now"))
    shown = {fact.label.split(" ")[0]: fact.value for fact in answer.facts if "średnio" not in fact.label}
    for pollutant, label in ((Pollutant.PM10, "PM10"), (Pollutant.PM25, "PM2,5"), (Pollutant.NO2, "NO2")):
        newest = max(at for at in month.truth[pollutant] if at <= clock.now())
        assert shown[label] == f"{decimal(month.truth[pollutant][newest])} µg/m³"
    newest = max(at for at in month.truth[Pollutant.PM10] if at <= clock.now())
    last = [month.truth[Pollutant.PM10].get(newest - timedelta(hours=ago)) for ago in range(24)]
    known = [value for value in last if value is not None]
    (mean,) = [fact.value for fact in answer.facts if "średnio" in fact.label] or [""]
    assert mean == (f"{decimal(sum(known) / len(known))} µg/m³" if len(known) >= 18 else "")


async def _check_day(answers: dict[str, Answerer], month: Month, day: date) -> None:
    """Compare the answer about a past day with the truth."""
    asked = Entity("period", day.isoformat(), day.isoformat())
    text = (await answers["air_quality_history"](Question("air_quality_history", (asked,)))).text
    values = month.day(Pollutant.PM10, day)
    mean = sum(values) / len(values)
    assert f"PM10 średnio {decimal(mean)} µg/m³, najmniej {decimal(min(values))} (" in text
    assert f"najwięcej {decimal(max(values))} (" in text
    assert (f"To {round(mean / 50 * 100)}% normy dobowej (50 µg/m³)." in text) == (len(values) >= 18)


def _doubled_hours(month: Month) -> int:
    """Return how many values the month has at two o'clock of the night with 25 hours."""
    return sum(f"{warsaw(at):%m-%d %H}" == "10-25 02" for at in month.truth[Pollutant.PM10])


def test_the_answers_are_json_as_gios_sends_it(month: Month, wire: GiosWire, clock: FrozenClock) -> None:
    clock.set(FIRST + timedelta(days=3))
    reply = wire.replies["/v1/rest/data/getData/12"](httpx2.Request("GET", "https://gios.test/"))
    row = json.loads(reply.content)["Lista danych pomiarowych"][2]
    assert set(row) == {"Kod stanowiska", "Data", "Wartość"}

"""The chart of an answer, and the same chart for whoever fetches its picture."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from content.answer import Chart
from content.pack import City
from content.question import Answerer, Entity, Question
from content.sources.gios import Pollutant
from content.texts import Texts
from content.topics.air.charts import AirCharts
from content.topics.air.service import AirService
from tests.content.sources.gios.wire import GiosWire
from tests.fakes import FrozenClock

# What is said does not depend on the engine.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

Topic = Callable[[AirService], dict[str, Answerer]]


@pytest.fixture
def charts(air: AirService, city: City) -> AirCharts:
    return AirCharts(air, Texts(city.folder), city)


@pytest.fixture
def day(wire: GiosWire) -> None:
    """A day of PM10 with one missing hour."""
    hours = [h for h in range(19, -1, -1) if h != 10]
    wire.serve_values(12, [(f"2026-11-23 {hour:02}:00:00", 20.0 + hour) for hour in hours])


async def _chart(air: AirService, topic: Topic, *entities: Entity) -> Chart | None:
    return (await topic(air)["air_quality_now"](Question("air_quality_now", entities))).chart


@pytest.mark.usefixtures("day")
async def test_an_answer_carries_its_chart_with_the_words_of_it(air: AirService, topic: Topic) -> None:
    await air.refresh()
    chart = await _chart(air, topic)
    assert chart is not None
    assert chart.title == "PM10 w Legnicy, godzina po godzinie: 23.11.2026, 00:00 – 23.11.2026, 19:00"
    assert chart.description == (
        "Wykres stężenia: PM10, µg/m³, od 23.11.2026, 00:00 do 23.11.2026, 19:00. "
        "Najmniej 20 (23.11.2026, 00:00), najwięcej 39 (23.11.2026, 19:00), na końcu 39. Godziny bez wyniku: 1. "
        "Linia przerywana: norma dobowa 50 µg/m³ (średnia z 24 godzin)."
    )
    assert [point.value for point in chart.points[9:12]] == [29.0, None, 31.0]
    assert [(band.label, band.upper) for band in chart.bands][:2] == [("bardzo dobry", 20), ("dobry", 50)]
    assert chart.limit is not None
    assert chart.limit.value == 50


@pytest.mark.usefixtures("day")
async def test_the_key_leads_to_the_same_chart_and_changes_with_the_data(
    air: AirService, topic: Topic, charts: AirCharts, wire: GiosWire, clock: FrozenClock
) -> None:
    await air.refresh()
    chart = await _chart(air, topic)
    assert chart is not None
    assert await charts.chart(chart.key) == chart
    wire.serve_values(12, [("2026-11-23 10:00:00", 99.0)])
    clock.advance(timedelta(minutes=1))
    await air.refresh()
    renewed = await charts.chart(chart.key)
    assert renewed is not None
    assert renewed.points[10].value == 99.0
    assert renewed.key != chart.key
    assert renewed.key.rpartition("-")[0] == chart.key.rpartition("-")[0]


@pytest.mark.usefixtures("day")
async def test_ozone_that_decides_is_what_is_drawn(air: AirService, topic: Topic, wire: GiosWire) -> None:
    wire.serve_index(3, {"Kod zanieczyszczenia krytycznego": "OZON"})
    wire.serve_values(14, [(f"2026-11-23 {hour}:00:00", 150.0) for hour in range(19, 10, -1)])
    await air.refresh()
    chart = await _chart(air, topic)
    assert chart is not None
    assert chart.limit is not None
    assert chart.title.startswith("Ozon w Legnicy")
    assert chart.limit.label == "próg informowania 180 µg/m³ (1 godzina)"


async def test_too_few_hours_are_no_chart(air: AirService, topic: Topic) -> None:
    await air.refresh()
    assert await _chart(air, topic) is None


async def test_carbon_monoxide_has_its_levels_in_the_unit_of_the_values(charts: AirCharts, clock: FrozenClock) -> None:
    hour = clock.now().replace(minute=0)
    chart = charts.of(Pollutant.CO, {hour - timedelta(hours=ago): 700.0 for ago in range(8)}, sample=False)
    assert chart is not None
    assert chart.bands[0].upper == 3000


@pytest.mark.parametrize(
    "key",
    [
        "",
        "air",
        "../../etc/passwd",
        "air-pm10-2026112300-2026112319",
        "air-radon-2026112300-2026112319-00000000",
        "air-pm10-2026992300-2026112319-00000000",
        "air-pm10-2026112319-2026112300-00000000",
        "air-pm10-2020010100-2026112319-00000000",
        "air-pm10-2026112300-2026112319-00000000",
    ],
)
async def test_a_key_that_names_nothing_gives_nothing(charts: AirCharts, key: str) -> None:
    assert await charts.chart(key) is None


def test_a_chart_can_be_kept_by_its_data(charts: AirCharts, clock: FrozenClock) -> None:
    hour = clock.now().replace(minute=0)
    hours = {hour - timedelta(hours=ago): 30.0 for ago in range(8)}
    first, second = (charts.of(Pollutant.PM10, hours, sample=False) for _ in range(2))
    assert first is not None
    assert hash(first) == hash(second)
    assert replace(first, key="other") != second

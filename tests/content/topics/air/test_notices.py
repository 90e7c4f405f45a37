"""Official notices: whose they are, how long they are shown, and that they come first."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from content.answer import Answer
from content.question import Answerer, Entity, Question
from content.topics.air.service import AirService
from tests.content.sources.gios.wire import GiosWire
from tests.fakes import FrozenClock

Topic = Callable[[AirService], dict[str, Answerer]]
FRESH = {"Data i godzina": "2026-11-23 15:00"}
ALERT = FRESH | {"Typ normy": "Poziom alarmowy / S24 > 150 ug/m3", "Wartość maksymalnego stężenia (µg/m3)": 158.0}
SENTENCE = (
    "Uwaga, komunikat GIOŚ: przekroczony poziom informowania dla PM10 (23.11.2026, 15:00). "
    "Najwyższe stężenie: 112,4 µg/m³."
)


async def _said(air: AirService, topic: Topic, intent: str = "air_quality_now", *entities: Entity) -> Answer:
    return await topic(air)[intent](Question(intent, entities))


@pytest.mark.parametrize(
    "intent", ["air_quality_now", "air_quality_forecast", "air_quality_history", "air_health_advice"]
)
async def test_a_notice_is_the_first_thing_said(air: AirService, topic: Topic, wire: GiosWire, intent: str) -> None:
    wire.serve_exceedances(FRESH)
    await air.refresh()
    lines = (await _said(air, topic, intent)).text.splitlines()
    assert lines[:2] == [SENTENCE, "GIOŚ zaleca: ograniczenie przebywania na zewnątrz"]


async def test_a_notice_is_said_also_without_current_data(
    air: AirService, topic: Topic, wire: GiosWire, clock: FrozenClock
) -> None:
    wire.serve_exceedances(FRESH | {"Data i godzina": "2026-11-23 19:20"})
    await air.refresh()
    clock.advance(timedelta(hours=23, minutes=40))
    assert await air.current() is None
    for intent in ("air_quality_now", "air_quality_forecast", "air_health_advice"):
        assert (await _said(air, topic, intent)).text.startswith("Uwaga, komunikat GIOŚ")


async def test_a_notice_is_shown_for_a_day(air: AirService, topic: Topic, wire: GiosWire, clock: FrozenClock) -> None:
    wire.serve_exceedances(FRESH)
    await air.refresh()
    clock.advance(timedelta(hours=19, minutes=30))
    assert SENTENCE in (await _said(air, topic)).text
    clock.advance(timedelta(minutes=1))
    assert "komunikat GIOŚ" not in (await _said(air, topic)).text


@pytest.mark.parametrize(
    "changes",
    [
        {"Strefa": "PL0201 Aglomeracja Wrocławska", "Stanowisko pomiarowe": "DsWrocWybCon-PM10-1g"},
        {"Strefa": "PL0204 strefa dolnośląska", "Stanowisko pomiarowe": None},
        {"Data i godzina": "2026-11-20 15:00"},
    ],
)
async def test_notices_of_other_zones_and_old_ones_are_not_said(
    air: AirService, topic: Topic, wire: GiosWire, changes: dict[str, Any]
) -> None:
    wire.serve_exceedances(FRESH | changes)
    await air.refresh()
    assert "komunikat GIOŚ" not in (await _said(air, topic)).text


async def test_the_gravest_comes_first_and_each_is_said_once(air: AirService, topic: Topic, wire: GiosWire) -> None:
    wire.serve_exceedances(FRESH, FRESH | {"Data i godzina": "2026-11-23 14:00"}, ALERT)
    await air.refresh()
    lines = (await _said(air, topic)).text.splitlines()
    assert lines[0].startswith("Uwaga, komunikat GIOŚ: przekroczony poziom alarmowy dla PM10 (23.11.2026, 15:00).")
    assert lines[1] == SENTENCE
    assert sum("komunikat GIOŚ" in line for line in lines) == 2


async def test_an_unknown_norm_is_quoted_in_bounds(air: AirService, topic: Topic, wire: GiosWire) -> None:
    wire.serve_exceedances(FRESH | {"Typ normy": "Nowa norma\n" + "x" * 250, "Stanowisko pomiarowe": None})
    await air.refresh()
    first = (await _said(air, topic)).text.splitlines()[0]
    assert first.startswith("Uwaga, komunikat GIOŚ o przekroczeniu (23.11.2026, 15:00): „Nowa norma xxx")
    assert len(first) < 350


async def test_a_notice_that_is_gone_is_forgotten(
    air: AirService, topic: Topic, wire: GiosWire, clock: FrozenClock
) -> None:
    wire.serve_exceedances(FRESH)
    await air.refresh()
    wire.serve_exceedances()
    clock.advance(timedelta(minutes=30))
    await air.refresh()
    assert await air.notices() == ()

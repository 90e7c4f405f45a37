"""What the words and numbers of the air mean; nothing unconfirmed is among them."""

import re
from datetime import UTC, date, datetime

import pytest

from content.answer import Answer
from content.pack import City
from content.question import Entity, Question
from content.sources.gios import Pollutant
from content.texts import Texts
from content.topics.air.explain import AirExplanation
from content.topics.air.norms import load_norms
from tests.content.topics.screen import SCREEN
from tests.fakes import FrozenClock


@pytest.fixture
def explanation(city: City, clock: FrozenClock) -> AirExplanation:
    return AirExplanation(Texts(city.folder), city, clock)


async def _explain(explanation: AirExplanation, pollutant: str | None = None) -> Answer:
    entities = (Entity("pollutant", pollutant, pollutant),) if pollutant else ()
    return await explanation.answer(Question("air_explain", entities))


async def test_pm10_with_its_norms_levels_and_sources(explanation: AirExplanation) -> None:
    answer = await _explain(explanation, "pm10")
    lines = answer.text.splitlines()
    assert lines[0].startswith("PM10 to cząstki pyłu o średnicy do 10 mikrometrów.")
    assert lines[1:5] == [
        "Normy dla PM10:",
        "– norma dobowa 50 µg/m³ (średnia z 24 godzin), dozwolone 35 dni powyżej w roku",
        "– próg informowania 100 µg/m³ (średnia z 24 godzin)",
        "– próg alarmowy 150 µg/m³ (średnia z 24 godzin)",
    ]
    assert "(średnia z 1 godziny, µg/m³, stan na 06.2025): bardzo dobry do 20, dobry do 50" in lines[5]
    assert {"GIOŚ", "legal.cleanair-europe.org"} <= {source.name for source in answer.sources}


@pytest.mark.parametrize("pollutant", list(Pollutant))
async def test_every_pollutant_is_explained(explanation: AirExplanation, pollutant: Pollutant) -> None:
    text = (await _explain(explanation, pollutant)).text
    assert "{" not in text
    assert "Wyniki są z jednej stacji GIOŚ w Legnicy (stacja przy al. Rzeczypospolitej)" in text
    assert len(text) <= SCREEN


async def test_a_pollutant_without_a_confirmed_norm_is_said_to_have_none(explanation: AirExplanation) -> None:
    assert "Nie mam sprawdzonej normy dla SO2, więc jej nie podaję." in (await _explain(explanation, "so2")).text


async def test_a_norm_to_come_is_said_with_its_day_until_it_is_in_force(
    explanation: AirExplanation, clock: FrozenClock
) -> None:
    assert "– od 01.01.2030: norma roczna 20 µg/m³" in (await _explain(explanation, "no2")).text
    clock.set(datetime(2030, 1, 2, tzinfo=UTC))
    assert "– norma roczna 20 µg/m³ (średnia z roku)" in (await _explain(explanation, "no2")).text


async def test_without_a_pollutant_the_index_is_explained(explanation: AirExplanation) -> None:
    text = (await _explain(explanation)).text
    assert text.startswith("Indeks jakości powietrza podaje GIOŚ.")
    assert "– norma dobowa 50 µg/m³" in text
    assert len(text) <= SCREEN


def test_every_norm_has_a_source_and_unconfirmed_ones_do_not_leave() -> None:
    norms = load_norms()
    day = date(2026, 11, 23)
    shown = [norm for pollutant in Pollutant for norm in norms.of(pollutant, day)]
    assert shown
    assert all(norm.source and norm.confidence in {"high", "medium"} for norm in shown)
    doubtful = norms.limits[0].model_copy(update={"confidence": "low"})
    assert norms.model_copy(update={"limits": (doubtful,)}).of(Pollutant.PM10, day) == ()


def test_levels_grow_and_there_are_five_bounds_of_six() -> None:
    for pollutant in Pollutant:
        bounds = load_norms().band_bounds(pollutant)
        assert len(bounds) == 5
        assert list(bounds) == sorted(bounds)


@pytest.mark.parametrize("source", ["kopciuch", "kociol_na_wegiel", "kociol_na_drewno", "kominek", "pellet"])
async def test_the_rules_speak_first_of_the_named_heat_source(explanation: AirExplanation, source: str) -> None:
    plain = await explanation.heating_rules(Question("heating_rules"))
    named = await explanation.heating_rules(Question("heating_rules", (Entity("heat_source", source, source),)))
    assert named.text.endswith(plain.text)
    assert len(named.text.splitlines()) == len(plain.text.splitlines()) + 1
    assert len(named.text) <= SCREEN


async def test_the_rules_name_act_dates_and_office(explanation: AirExplanation) -> None:
    answer = await explanation.heating_rules(Question("heating_rules"))
    for words in ("nr XLI/1407/17 z 30.11.2017", "1.07.2024", "30.06.2028", "nie porada prawna"):
        assert words in answer.text
    assert all(source.as_of for source in answer.sources)
    assert not re.search(r"ekoprojekt", answer.text)

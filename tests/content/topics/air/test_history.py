"""How the air was: numbers of a past time, the daily norm only against whole days, and what is not known."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

import pytest

from content.answer import Answer, Fact
from content.question import Answerer, Entity, Question
from content.sources.gios import DayMean, Measurement, Pollutant
from content.topics.air import repository
from content.topics.air.service import AirService
from core.clock import warsaw
from core.database import Database
from tests.content.sources.gios.wire import GiosWire
from tests.fakes import FrozenClock

# What is said does not depend on the engine.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

Topic = Callable[[AirService], dict[str, Answerer]]
MIDNIGHT = datetime(2026, 11, 22, 23, tzinfo=UTC)
"""The beginning of Monday, 23 November, in Poland."""


class Past:
    """A database with hours of the past, and a resident who asks about them."""

    def __init__(self, air: AirService, topic: Topic, database: Database) -> None:
        self._answer = topic(air)["air_quality_history"]
        self._database = database

    async def was(self, values: Iterable[float], *, end: datetime, pollutant: Pollutant = Pollutant.PM10) -> None:
        """Store hours that end with the hour of `end`."""
        newest_first = [Measurement(end - timedelta(hours=ago), value) for ago, value in enumerate([*values][::-1])]
        async with self._database.write() as session:
            await repository.save_hours(session, 52, {pollutant: newest_first}, sample=False)

    async def official(self, day: str, value: float) -> None:
        """Store a mean that GIOŚ computed."""
        async with self._database.write() as session:
            await repository.save_day_means(session, 52, [DayMean(datetime.fromisoformat(day).date(), value)])

    async def ask(self, period: str | None = None, pollutant: str | None = None) -> Answer:
        named = {"period": period, "pollutant": pollutant}
        entities = tuple(Entity(name, value, value.replace("_", " ")) for name, value in named.items() if value)
        return await self._answer(Question("air_quality_history", entities))


@pytest.fixture
def past(air: AirService, topic: Topic, database: Database) -> Past:
    return Past(air, topic, database)


async def test_yesterday(past: Past) -> None:
    await past.was([30.0] * 20 + [90.0, 70.0, 50.0, 10.0], end=MIDNIGHT - timedelta(hours=1))
    answer = await past.ask("wczoraj")
    assert answer.text.splitlines() == [
        "Wczoraj (22.11.2026): PM10 średnio 34,2 µg/m³, najmniej 10 (23:00), najwięcej 90 (20:00).",
        "To 68% normy dobowej (50 µg/m³). Średnią z doby obliczył asystent z wyników godzinowych.",
        "Źródło danych: GIOŚ (dane bieżące, jeszcze niezweryfikowane).",
    ]
    (source,) = answer.sources
    assert source.as_of == MIDNIGHT - timedelta(hours=1)
    assert answer.chart is not None
    assert len(answer.chart.points) == 24


async def test_a_mean_of_gios_is_said_to_be_theirs(past: Past) -> None:
    await past.was([30.0] * 24, end=MIDNIGHT - timedelta(hours=1))
    await past.official("2026-11-22", 31.4)
    text = (await past.ask("wczoraj")).text
    assert "PM10 średnio 31,4 µg/m³" in text
    assert "To 63% normy dobowej (50 µg/m³). Średnią z doby podał GIOŚ." in text


async def test_too_few_hours_are_not_set_against_the_norm_of_a_day(past: Past) -> None:
    await past.was([80.0] * 17, end=MIDNIGHT - timedelta(hours=1))
    text = (await past.ask("wczoraj")).text
    assert "To nie jest średnia z całej doby (godziny z wynikiem: 17), więc nie porównuję jej z normą dobową." in text
    assert "%" not in text
    assert "Wyniki tej stacji mam zapisane od 22.11.2026, 07:00." in text


async def test_today_and_an_evening_are_no_whole_day(past: Past) -> None:
    await past.was([80.0] * 44, end=MIDNIGHT + timedelta(hours=19))
    for period, count in (("dzisiaj", 20), ("wczoraj_wieczorem", 4), ("wczoraj_w_nocy", 8)):
        assert f"(godziny z wynikiem: {count})" in (await past.ask(period)).text


async def test_a_part_of_a_day_says_its_hours(past: Past) -> None:
    await past.was([80.0] * 44, end=MIDNIGHT + timedelta(hours=19))
    assert (await past.ask("wczoraj_wieczorem")).text.startswith("Wczoraj wieczorem (22.11.2026, 18:00 – 21:00): PM10")


async def test_days_above_the_norm_of_a_week(past: Past) -> None:
    await past.was(
        [20.0] * 72 + [50.0] * 24 + [50.1] * 24 + [90.0] * 24 + [100.0] * 10, end=MIDNIGHT + timedelta(hours=9)
    )
    answer = await past.ask("ostatnie_7_dni")
    assert "Ostatnie 7 dni (17.11.2026 – 23.11.2026): PM10 średnio" in answer.text
    assert "Dni ze średnią powyżej normy dobowej (50 µg/m³): 2 z 6." in answer.text
    assert [fact.label for fact in answer.facts] == [
        *("Wt. 17.11", "Śr. 18.11", "Czw. 19.11", "Pt. 20.11", "Sob. 21.11", "Niedz. 22.11", "Pon. 23.11"),
    ]
    assert answer.facts[5] == Fact("Niedz. 22.11", "90 µg/m³", "180% normy dobowej")
    assert answer.facts[6] == Fact("Pon. 23.11", "brak", "za mało wyników")


async def test_the_year_counts_only_what_is_stored_and_says_so(past: Past) -> None:
    await past.was([60.0] * 24 * 10, end=MIDNIGHT - timedelta(hours=1))
    text = (await past.ask("wczoraj")).text
    assert (
        "Dni powyżej normy dobowej PM10 od 13.11.2026 (wcześniejszych wyników nie mam): 10 z 10. "
        "Dozwolone jest 35 dni w roku."
    ) in text


async def test_a_whole_year_is_said_as_such(past: Past) -> None:
    first = datetime(2025, 12, 31, 23, tzinfo=UTC)
    await past.was([60.0] * 24 + [20.0] * 24 * 325, end=first + timedelta(hours=24 * 326 - 1))
    text = (await past.ask("wczoraj")).text
    assert "Dni powyżej normy dobowej PM10 od początku 2026 r.: 1 z 326. Dozwolone jest 35 dni w roku." in text
    year = (await past.ask("ten_rok")).text
    assert "Najgorszy dzień: 01.01.2026, średnio 60 µg/m³." in year


async def test_a_time_before_the_first_stored_hour_is_admitted(past: Past) -> None:
    await past.was([30.0] * 24, end=MIDNIGHT - timedelta(hours=1))
    assert (await past.ask("2026-02-14")).text == (
        "Nie mam wyników z tego czasu: 2026-02-14 (14.02.2026). "
        "Archiwalne wyniki udostępnia GIOŚ: powietrze.gios.gov.pl\n"
        "Wyniki tej stacji mam zapisane od 22.11.2026, 00:00."
    )


async def test_nothing_stored_at_all(past: Past) -> None:
    answer = await past.ask("wczoraj")
    assert answer.text.startswith("Nie mam zapisanych wyników pomiarów")
    assert answer.facts == ()
    assert answer.chart is None


async def test_missing_hours_are_said(past: Past) -> None:
    await past.was([30.0] * 5, end=MIDNIGHT - timedelta(hours=30))
    await past.was([30.0] * 18, end=MIDNIGHT - timedelta(hours=1))
    assert "Są wyniki z 18 z 24 godzin tego czasu." in (await past.ask("wczoraj")).text


async def test_another_pollutant_has_no_norm_of_a_day(past: Past) -> None:
    await past.was([30.0] * 24, end=MIDNIGHT - timedelta(hours=1), pollutant=Pollutant.NO2)
    text = (await past.ask("wczoraj", "no2")).text
    assert text.startswith("Wczoraj (22.11.2026): NO2 średnio 30 µg/m³")
    assert "norm" not in text


async def test_samples_say_so_and_are_credited_to_nobody(
    demo_air: AirService, topic: Topic, wire: GiosWire, clock: FrozenClock
) -> None:
    wire.replies.clear()
    await demo_air.refresh()
    answer = await topic(demo_air)["air_quality_history"](Question("air_quality_history"))
    assert answer.text.startswith("Dane przykładowe: to nie są prawdziwe pomiary.\nOstatnie 3 dni")
    assert "Źródło danych" not in answer.text
    assert answer.sources[0].sample
    assert answer.chart is not None
    assert answer.chart.source == "Dane przykładowe: to nie są prawdziwe pomiary."
    assert warsaw(answer.chart.points[-1].at).hour == 19

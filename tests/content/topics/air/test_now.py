"""What a resident reads about the air of this hour."""

from datetime import UTC, datetime, timedelta

import pytest

from content.answer import Coordinates, Fact
from content.question import Entity
from content.topics.air.service import AirService
from tests.content.sources.gios.wire import GiosWire, raise_connect_error
from tests.content.topics.air.asking import Ask, Topic
from tests.fakes import FrozenClock

HOUR = datetime(2026, 11, 23, 18, tzinfo=UTC)
HOUR_AGAINST_DAY = "normy dobowej 50 µg/m³, ale to wynik z jednej godziny"
ATTRIBUTION = "Źródło danych: GIOŚ (dane bieżące, jeszcze niezweryfikowane)."


async def test_fresh_data(air: AirService, ask: Ask) -> None:
    await air.refresh()
    answer = await ask()
    assert answer.text.splitlines() == [
        "Indeks jakości powietrza w Legnicy: dobry.",
        "Pomiar: 23.11.2026, 19:00, stacja przy al. Rzeczypospolitej.",
        "Powietrze jest dobre, ryzyko dla zdrowia jest żadne lub niskie. Można być aktywnym na dworze.",
        "Norma dobowa PM10 dotyczy średniej z 24 godzin, a tu jest wynik z jednej godziny.",
        ATTRIBUTION,
    ]
    assert answer.facts == (
        Fact("PM10 (pył)", "34,2 µg/m³", f"68% {HOUR_AGAINST_DAY}, poziom dobry"),
        Fact("PM2,5 (drobny pył)", "21,7 µg/m³", "poziom dobry"),
        Fact("NO2 (dwutlenek azotu)", "18 µg/m³", "poziom dobry"),
        Fact("O3 (ozon)", "40,1 µg/m³", "22% progu informowania 180 µg/m³, poziom bardzo dobry"),
        Fact("SO2 (dwutlenek siarki)", "5,6 µg/m³", "poziom bardzo dobry"),
    )
    (source,) = answer.sources
    assert (source.name, source.as_of, source.sample) == ("GIOŚ", HOUR, False)
    assert [button.payload for button in answer.buttons] == [
        "air_health_advice",
        "air_quality_history",
        "air_explain",
    ]


async def test_a_mean_of_24_hours_is_set_against_the_daily_norm_and_an_hour_is_not(
    air: AirService, ask: Ask, wire: GiosWire
) -> None:
    wire.serve_values(12, [(f"2026-11-{23 - (hour < 0)} {hour % 24:02}:00:00", 60.0) for hour in range(19, 1, -1)])
    await air.refresh()
    answer = await ask()
    assert answer.facts[:2] == (
        Fact("PM10 średnio z 24 godz.", "60 µg/m³", "120% normy dobowej 50 µg/m³"),
        Fact("PM10 (pył)", "60 µg/m³", "poziom dobry"),
    )
    assert "Średnią PM10 z 24 godzin obliczył asystent z wyników godzinowych (wyniki: 18 z 24)." in answer.text


async def test_with_17_hours_there_is_no_mean_of_a_day(air: AirService, ask: Ask, wire: GiosWire) -> None:
    wire.serve_values(12, [(f"2026-11-23 {hour:02}:00:00", 60.0) for hour in range(19, 2, -1)])
    await air.refresh()
    answer = await ask()
    assert answer.facts[0].note == f"120% {HOUR_AGAINST_DAY}, poziom dobry"
    assert "Norma dobowa PM10 dotyczy średniej z 24 godzin, a tu jest wynik z jednej godziny." in answer.text


async def test_a_clear_trend_is_said_with_its_values_and_hours(air: AirService, ask: Ask, wire: GiosWire) -> None:
    wire.serve_values(
        12,
        [
            (f"2026-11-23 {hour}:00:00", value)
            for hour, value in zip(range(19, 13, -1), (61.5, 55.0, 56.0, 40.0, 31.0, 20.0), strict=True)
        ],
    )
    await air.refresh()
    sentence = "PM10: stężenie rośnie, z 20 o 14:00 do 61,5 µg/m³ o 19:00."
    for intent in ("air_quality_now", "air_quality_forecast"):
        assert sentence in (await ask(intent)).text.splitlines()


async def test_values_that_go_up_and_down_have_no_trend(air: AirService, ask: Ask, wire: GiosWire) -> None:
    wire.serve_values(12, [(f"2026-11-23 {hour}:00:00", 20.0 + 30 * (hour % 2)) for hour in range(19, 13, -1)])
    await air.refresh()
    assert "stężenie" not in (await ask()).text


async def test_smog_names_what_decides_and_warns(air: AirService, ask: Ask, wire: GiosWire) -> None:
    wire.serve_index(4)
    await air.refresh()
    text = (await ask()).text
    assert "Indeks jakości powietrza w Legnicy: zły.\nO poziomie decyduje pył zawieszony.\n" in text
    assert "Powietrze jest złe. Wysiłek na dworze, zwłaszcza długi i intensywny, najlepiej ograniczyć" in text


async def test_data_of_three_hours_ago_are_still_fresh(air: AirService, ask: Ask, clock: FrozenClock) -> None:
    await air.refresh()
    clock.set(HOUR + timedelta(hours=3))
    assert "Uwaga" not in (await ask()).text


async def test_stale_data_say_so_first(air: AirService, ask: Ask, clock: FrozenClock) -> None:
    await air.refresh()
    clock.set(HOUR + timedelta(hours=3, minutes=1))
    assert (await ask()).text.startswith("Uwaga: to dane z godz. 19:00, sprzed ponad 3 godzin.\nIndeks")


async def test_stale_data_of_yesterday_say_the_day(air: AirService, ask: Ask, clock: FrozenClock) -> None:
    await air.refresh()
    clock.set(HOUR + timedelta(hours=12, minutes=10))
    assert (await ask()).text.startswith("Uwaga: to dane z 23.11.2026, 19:00, sprzed ponad 12 godzin.")


async def test_data_older_than_a_day_are_not_shown(air: AirService, ask: Ask, clock: FrozenClock) -> None:
    await air.refresh()
    clock.set(HOUR + timedelta(hours=24, minutes=1))
    answer = await ask()
    assert answer.text.splitlines() == [
        "Nie mam teraz aktualnych danych o powietrzu w Legnicy.",
        "Bieżące wyniki pomiarów publikuje GIOŚ: powietrze.gios.gov.pl",
        "Ostatni pomiar, jaki mam, jest z 23.11.2026, 19:00. Nie pokazuję go, bo jest zbyt stary.",
    ]
    assert answer.facts == ()


async def test_no_data_at_all(ask: Ask) -> None:
    answer = await ask()
    assert answer.text.splitlines() == [
        "Nie mam teraz aktualnych danych o powietrzu w Legnicy.",
        "Bieżące wyniki pomiarów publikuje GIOŚ: powietrze.gios.gov.pl",
    ]
    assert answer.facts == ()
    assert answer.sources[0].as_of is None


async def test_samples_say_so_first_and_in_the_source(demo_air: AirService, topic: Topic, wire: GiosWire) -> None:
    for path in wire.replies:
        wire.replies[path] = raise_connect_error
    await demo_air.refresh()
    for intent in ("air_quality_now", "air_health_advice"):
        answer = await Ask(topic(demo_air))(intent)
        assert answer.text.startswith("Dane przykładowe: to nie są prawdziwe pomiary.\n")
        assert answer.text.endswith("Prawdziwe wyniki pomiarów publikuje GIOŚ: powietrze.gios.gov.pl")
        assert ATTRIBUTION not in answer.text
        assert answer.sources[0].sample is True


async def test_no_index_is_said_and_values_are_shown(air: AirService, ask: Ask, wire: GiosWire) -> None:
    wire.serve_file("/v1/rest/aqindex/getIndex/52", "index_52_no_index_CONSTRUCTED.json")
    await air.refresh()
    answer = await ask()
    assert answer.text.splitlines() == [
        "GIOŚ nie podaje teraz indeksu jakości powietrza dla tej stacji.",
        "Pomiar: 23.11.2026, 19:00, stacja przy al. Rzeczypospolitej.",
        "Norma dobowa PM10 dotyczy średniej z 24 godzin, a tu jest wynik z jednej godziny.",
        ATTRIBUTION,
    ]
    assert answer.facts[0] == Fact("PM10 (pył)", "34,2 µg/m³", f"68% {HOUR_AGAINST_DAY}")


async def test_an_asked_pollutant_comes_first(air: AirService, ask: Ask) -> None:
    await air.refresh()
    answer = await ask("air_quality_now", Entity("pollutant", "no2", "dwutlenek azotu"))
    assert answer.text.splitlines()[0] == "NO2 (dwutlenek azotu): 18 µg/m³ – poziom dobry."
    assert answer.facts[0].label == "NO2 (dwutlenek azotu)"
    assert len(answer.facts) == 5


async def test_an_asked_pollutant_without_a_value_is_said_so(air: AirService, ask: Ask) -> None:
    await air.refresh()
    answer = await ask("air_quality_now", Entity("pollutant", "c6h6", "Benzen"))
    assert (
        answer.text.splitlines()[0] == "Benzen: stacja nie mierzy tego zanieczyszczenia albo nie ma bieżącego wyniku."
    )
    assert "Indeks jakości powietrza w Legnicy: dobry." in answer.text


@pytest.mark.parametrize("name", ["district", "street"])
async def test_an_asked_place_is_told_where_the_value_comes_from(air: AirService, ask: Ask, name: str) -> None:
    await air.refresh()
    text = (await ask("air_quality_now", Entity(name, "piekary", "Piekary"))).text
    assert (
        "Piekary: w Legnicy jest jedna publiczna stacja GIOŚ, więc wynik nie jest z tego miejsca." in text.splitlines()
    )


async def test_a_shared_position_is_told_how_far_the_station_is(air: AirService, ask: Ask) -> None:
    await air.refresh()
    text = (await ask(position=Coordinates(51.2081, 16.1600))).text
    assert "W Legnicy jest jedna publiczna stacja GIOŚ, około 1,5 km od podanego położenia." in text


async def test_the_station_s_own_street_is_not_called_another_place(air: AirService, ask: Ask) -> None:
    await air.refresh()
    text = (await ask("air_quality_now", Entity("street", "rzeczypospolitej", "al. Rzeczypospolitej"))).text
    assert "Al. Rzeczypospolitej: to przy tej ulicy stoi stacja, z której jest wynik." in text
    assert "a nie z tego miejsca" not in text


async def test_a_reading_of_another_hour_says_its_hour(air: AirService, ask: Ask, wire: GiosWire) -> None:
    wire.serve_values(12, [("2026-11-23 19:00:00", None), ("2026-11-23 15:00:00", 90.0)])
    await air.refresh()
    assert (await ask()).facts[0] == Fact("PM10 (pył)", "90 µg/m³", f"180% {HOUR_AGAINST_DAY}, pomiar: godz. 15:00")

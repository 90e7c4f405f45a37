"""What a resident reads about the air."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from content.answer import Answer, Fact
from content.intents import all_intents
from content.pack import City
from content.question import Answerer, Entity, Question
from content.texts import Texts
from content.topics.air.service import AirService
from tests.content.sources.gios.wire import GiosWire, raise_connect_error
from tests.fakes import FrozenClock

Topic = Callable[[AirService], dict[str, Answerer]]
HOUR = datetime(2026, 11, 23, 18, tzinfo=UTC)
ATTRIBUTION = "Źródło danych: GIOŚ (dane bieżące, jeszcze niezweryfikowane)."


class Ask:
    """Asks an intent about entities."""

    def __init__(self, answerers: dict[str, Answerer]) -> None:
        self._answerers = answerers

    async def __call__(self, intent: str = "air_quality_now", *entities: Entity) -> Answer:
        return await self._answerers[intent](Question(intent, entities))


@pytest.fixture
def ask(air: AirService, topic: Topic) -> Ask:
    return Ask(topic(air))


async def test_fresh_data(air: AirService, ask: Ask) -> None:
    await air.refresh()
    answer = await ask()
    assert answer.text.splitlines() == [
        "Indeks jakości powietrza w Legnicy: Dobry.",
        "Pomiar: 23.11.2026, 19:00, stacja przy al. Rzeczypospolitej.",
        "Powietrze jest dobre, ryzyko dla zdrowia jest żadne lub niskie. Można być aktywnym na dworze.",
        "Norma dobowa PM10 dotyczy średniej z 24 godzin, a tu jest wynik z jednej godziny.",
        ATTRIBUTION,
    ]
    assert answer.facts == (
        Fact("PM10 (pył)", "34,2 µg/m³", "68% normy dobowej (50 µg/m³), poziom dobry"),
        Fact("PM2,5 (drobny pył)", "21,7 µg/m³", "poziom dobry"),
        Fact("NO2 (dwutlenek azotu)", "18 µg/m³", "poziom dobry"),
        Fact("O3 (ozon)", "40,1 µg/m³", "poziom bardzo dobry"),
        Fact("SO2 (dwutlenek siarki)", "5,6 µg/m³", "poziom bardzo dobry"),
    )
    (source,) = answer.sources
    assert (source.name, source.as_of, source.sample) == ("GIOŚ", HOUR, False)
    assert [button.payload for button in answer.buttons] == ["air_health_advice", "air_explain"]


async def test_smog_names_what_decides_and_warns(air: AirService, ask: Ask, wire: GiosWire) -> None:
    wire.serve_index(4)
    await air.refresh()
    text = (await ask()).text
    assert "Indeks jakości powietrza w Legnicy: Zły.\nO poziomie decyduje pył zawieszony.\n" in text
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
        "Indeks jakości powietrza: Brak indeksu. GIOŚ nie podaje go teraz dla tej stacji.",
        "Pomiar: 23.11.2026, 19:00, stacja przy al. Rzeczypospolitej.",
        "Norma dobowa PM10 dotyczy średniej z 24 godzin, a tu jest wynik z jednej godziny.",
        ATTRIBUTION,
    ]
    assert answer.facts[0] == Fact("PM10 (pył)", "34,2 µg/m³", "68% normy dobowej (50 µg/m³)")


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
    assert "Indeks jakości powietrza w Legnicy: Dobry." in answer.text


@pytest.mark.parametrize("name", ["district", "street"])
async def test_an_asked_place_is_told_where_the_value_comes_from(air: AirService, ask: Ask, name: str) -> None:
    await air.refresh()
    text = (await ask("air_quality_now", Entity(name, "piekary", "Piekary"))).text
    assert (
        "Pytanie dotyczy miejsca: Piekary. W Legnicy jest jedna publiczna stacja pomiarowa GIOŚ, więc wynik jest "
        "z tej stacji, a nie z tego miejsca."
    ) in text.splitlines()


async def test_a_reading_of_another_hour_says_its_hour(air: AirService, ask: Ask, wire: GiosWire) -> None:
    wire.serve_values(12, [("2026-11-23 19:00:00", None), ("2026-11-23 15:00:00", 90.0)])
    await air.refresh()
    assert (await ask()).facts[0] == Fact(
        "PM10 (pył)", "90 µg/m³", "180% normy dobowej (50 µg/m³), pomiar: godz. 15:00"
    )


async def test_advice_follows_the_official_level(air: AirService, ask: Ask, wire: GiosWire) -> None:
    wire.serve_index(3)
    await air.refresh()
    lines = (await ask("air_health_advice")).text.splitlines()
    assert lines[0].startswith("Powietrze może szkodzić zdrowiu. Warto skrócić pobyt i wysiłek na dworze")
    assert lines[1] == "Osoby chore, starsze, w ciąży i małe dzieci powinny ograniczyć pobyt i wysiłek na dworze."
    assert lines[2] == "Indeks jakości powietrza w Legnicy: Dostateczny."


@pytest.mark.parametrize("served", [True, False])
async def test_advice_without_an_index_advises_nothing(air: AirService, ask: Ask, wire: GiosWire, served: bool) -> None:
    wire.serve_index(None)
    if served:
        await air.refresh()
    answer = await ask("air_health_advice")
    assert answer.text.startswith("Nie znam teraz indeksu jakości powietrza w Legnicy, więc nie podam")
    assert "Ostatni pomiar" not in answer.text


async def test_every_level_has_a_name_and_advice(air: AirService, ask: Ask, wire: GiosWire) -> None:
    names = ["Bardzo dobry", "Dobry", "Umiarkowany", "Dostateczny", "Zły", "Bardzo zły"]
    for level, name in enumerate(names):
        wire.serve_index(level)
        await air.refresh()
        assert f"Indeks jakości powietrza w Legnicy: {name}." in (await ask()).text
        assert len((await ask("air_health_advice")).text.splitlines()) >= 6


async def test_forecast_is_honest_and_says_what_is_known_now(air: AirService, ask: Ask) -> None:
    await air.refresh()
    text = (await ask("air_quality_forecast")).text
    assert text.startswith("Nie mam sprawdzonej prognozy jakości powietrza")
    assert "Indeks jakości powietrza w Legnicy: Dobry." in text


async def test_forecast_without_data_is_only_honest(ask: Ask) -> None:
    text = (await ask("air_quality_forecast")).text
    assert text.startswith("Nie mam sprawdzonej prognozy jakości powietrza")
    assert "Indeks jakości powietrza w Legnicy" not in text


def test_every_intent_of_the_topic_has_a_wording(city: City) -> None:
    texts = Texts(city.folder)
    intents = {name for name, intent in all_intents().items() if intent.topic == "air"}
    assert set(texts.topics["air"]) == intents
    for intent in intents:
        answer = texts[intent].answer()
        assert answer.text
        assert "{" not in answer.text
        assert answer.buttons


def test_the_old_number_of_the_city_guard_is_shown_with_its_date(city: City) -> None:
    text = Texts(city.folder)["air_report_burning"].text
    assert text.startswith("Pożar lub zagrożenie życia: tel. 112.")
    assert "tel. 986. Numer pochodzi ze strony sm.legnica.eu z 8.11.2016" in text

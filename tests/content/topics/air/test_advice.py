"""What a resident reads about health and about another day, and that every question has a wording."""

from datetime import timedelta
from itertools import combinations

import pytest

from content.intents import all_intents
from content.pack import City
from content.question import Entity
from content.texts import Texts
from content.topics.air.service import AirService
from tests.content.sources.gios.wire import GiosWire
from tests.content.topics.air.asking import Ask
from tests.content.topics.screen import SCREEN
from tests.fakes import FrozenClock


async def test_advice_follows_the_official_level(air: AirService, ask: Ask, wire: GiosWire) -> None:
    wire.serve_index(3)
    await air.refresh()
    lines = (await ask("air_health_advice")).text.splitlines()
    assert lines[0].startswith("Powietrze może szkodzić zdrowiu. Warto skrócić pobyt i wysiłek na dworze")
    assert lines[1] == "Osoby chore, starsze, w ciąży i małe dzieci powinny ograniczyć pobyt i wysiłek na dworze."
    assert lines[2] == "Indeks jakości powietrza w Legnicy: dostateczny."


@pytest.mark.parametrize(
    ("group", "level", "first"),
    [
        ("dzieci", 4, "Małe dzieci powinny unikać przebywania na dworze."),
        ("seniorzy", 3, "Osoby starsze powinny ograniczyć pobyt i wysiłek na dworze."),
        ("kobiety_w_ciazy", 2, "Kobietom w ciąży zanieczyszczenie może w pojedynczych przypadkach szkodzić."),
        ("astmatycy", 5, "Osoby z chorobami płuc i serca powinny bezwzględnie unikać przebywania na dworze."),
        ("biegacze", 4, "Bieganie i ćwiczenia na dworze najlepiej ograniczyć do minimum."),
        ("dzieci", 0, "Małe dzieci mogą bez ograniczeń przebywać na dworze, jak wszyscy."),
    ],
)
async def test_advice_to_a_named_group_comes_first(
    air: AirService, ask: Ask, wire: GiosWire, group: str, level: int, first: str
) -> None:
    wire.serve_index(level)
    await air.refresh()
    assert (await ask("air_health_advice", Entity("group", group, group))).text.splitlines()[0] == first
    # Whoever asks how the air is for somebody is told the same, in place of what is advised to all.
    assert first in (await ask("air_quality_now", Entity("group", group, group))).text.splitlines()


async def test_a_runner_reads_the_advice_about_sport_once(air: AirService, ask: Ask, wire: GiosWire) -> None:
    wire.serve_index(4)
    await air.refresh()
    answer = await ask("air_health_advice", Entity("group", "biegacze", "biegacze"))
    assert answer.text.count("najlepiej ograniczyć do minimum") == 1


async def test_several_groups_share_one_sentence(air: AirService, ask: Ask, wire: GiosWire) -> None:
    wire.serve_index(3)
    await air.refresh()
    named = [Entity("group", group, group) for group in ("dzieci", "seniorzy", "biegacze")]
    lines = (await ask("air_health_advice", *named)).text.splitlines()
    assert lines[0] == "Małe dzieci i osoby starsze powinny ograniczyć pobyt i wysiłek na dworze."
    assert lines[1].startswith("Bieganie i ćwiczenia na dworze warto skrócić")


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5])
async def test_advice_from_old_data_fits_the_screen(
    air: AirService, ask: Ask, wire: GiosWire, clock: FrozenClock, vocabulary_groups: list[str], count: int
) -> None:
    clock.advance(timedelta(hours=4))
    for level in range(6):
        wire.serve_index(level)
        await air.refresh()
        for groups in combinations(vocabulary_groups, count):
            named = [Entity("group", group, group) for group in groups]
            answer = await ask("air_health_advice", *named, Entity("period", "jutro", "jutro"))
            assert "Uwaga: to dane z" in answer.text
            assert len(answer.text) <= SCREEN


async def test_every_group_has_advice_at_every_level(
    air: AirService, ask: Ask, wire: GiosWire, vocabulary_groups: list[str]
) -> None:
    for level in range(6):
        wire.serve_index(level)
        await air.refresh()
        for group in vocabulary_groups:
            named = Entity("group", group, group), Entity("period", "jutro", "jutro")
            assert "{" not in (await ask("air_health_advice", *named)).text


async def test_advice_for_tomorrow_says_that_it_holds_now(air: AirService, ask: Ask) -> None:
    await air.refresh()
    answer = await ask("air_health_advice", Entity("period", "jutro", "jutro"))
    assert "To zalecenie na teraz. Prognozy nie mam." in answer.text


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
        assert f"Indeks jakości powietrza w Legnicy: {name.lower()}." in (await ask()).text
        assert len((await ask("air_health_advice", Entity("period", "jutro", "jutro"))).text.splitlines()) >= 7


async def test_forecast_is_honest_and_says_what_is_known_now(air: AirService, ask: Ask) -> None:
    await air.refresh()
    text = (await ask("air_quality_forecast")).text
    assert text.startswith("Nie mam sprawdzonej prognozy")
    assert "Indeks jakości powietrza w Legnicy: dobry." in text


async def test_a_follow_up_about_tomorrow_gets_no_present_value_as_a_forecast(air: AirService, ask: Ask) -> None:
    await air.refresh()
    for intent in ("air_quality_now", "air_quality_history"):
        answer = await ask(intent, Entity("period", "jutro", "jutro"))
        assert answer.text.startswith("Nie mam sprawdzonej prognozy")
        assert answer.buttons[0].payload == "alerts_subscribe"


async def test_a_follow_up_about_yesterday_is_answered_from_the_history(
    air: AirService, ask: Ask, wire: GiosWire
) -> None:
    wire.serve_values(12, [("2026-11-23 19:00:00", 30.0), ("2026-11-22 19:00:00", 77.0)])
    await air.refresh()
    for intent in ("air_quality_now", "air_quality_forecast"):
        answer = await ask(intent, Entity("period", "wczoraj", "wczoraj"))
        assert answer.text.startswith("Wczoraj (22.11.2026): PM10 średnio 77 µg/m³")


async def test_forecast_without_data_is_only_honest(ask: Ask) -> None:
    text = (await ask("air_quality_forecast")).text
    assert text.startswith("Nie mam sprawdzonej prognozy")
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

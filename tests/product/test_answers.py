"""The questions a newcomer asks, to the whole product with the real model."""

from typing import Any

import pytest

from tests.fixtures.running import RunningHub

pytestmark = pytest.mark.rasa


def _answered(hub: RunningHub, text: str) -> tuple[str, dict[str, Any]]:
    body = hub.ask(text=text)
    assert body["understanding"]["decision"] == "answered"
    return body["understanding"]["intent"], body["answers"][0]


@pytest.mark.parametrize("text", ["jakie jest powietrze?", "Jakie dziś powietrze w Legnicy", "smog piekary"])
def test_the_air_comes_with_hour_station_and_source(shared_hub: RunningHub, text: str) -> None:
    intent, answer = _answered(shared_hub, text)
    assert intent == "air_quality_now"
    assert any(fact["label"].startswith("PM10") and "µg/m³" in fact["value"] for fact in answer["facts"])
    assert answer["sources"][0]["name"] == "GIOŚ"
    assert answer["sources"][0]["sample"] is True
    assert "Dane przykładowe" in answer["text"]


@pytest.mark.parametrize(
    "text", ["gdzie naladuje auto na Chojnowskiej", "ładowarka chojnowska", "ladowarka na chojnowskej"]
)
def test_chargers_of_a_street(shared_hub: RunningHub, text: str) -> None:
    intent, answer = _answered(shared_hub, text)
    assert intent == "charger_find"
    assert {place["name"] for place in answer["places"]} == {"Lidl", "GreenWay"}


def test_a_district_without_trusted_coordinates_is_admitted(shared_hub: RunningHub) -> None:
    intent, answer = _answered(shared_hub, "gdzie jest ładowarka na Piekarach")
    assert intent == "charger_find"
    assert "share_location" in {button["payload"] for button in answer["buttons"]}
    assert all(place["distance_m"] is None for place in answer["places"])


@pytest.mark.parametrize("text", ["dotacja na wymiane kopciucha", "jakie są dotacje na wymianę pieca"])
def test_subsidies(shared_hub: RunningHub, text: str) -> None:
    intent, answer = _answered(shared_hub, text)
    assert intent == "subsidy_overview"
    assert "Czyste Powietrze" in answer["text"]


def test_danger(shared_hub: RunningHub) -> None:
    intent, answer = _answered(shared_hub, "czuje gaz w klatce")
    assert intent == "emergency"
    assert "112" in answer["text"].splitlines()[0]


@pytest.mark.parametrize("text", ["kto wygrał wczoraj mecz", "przepis na pierogi ruskie", "asdf qwer zxcv"])
def test_a_foreign_topic_is_an_honest_no(shared_hub: RunningHub, text: str) -> None:
    understanding = shared_hub.ask(text=text)["understanding"]
    assert (understanding["intent"], understanding["decision"]) == ("out_of_scope", "fallback")


def test_a_conversation_goes_on(shared_hub: RunningHub) -> None:
    first = shared_hub.ask(text="jakie powietrze na Piekarach")
    second = shared_hub.ask(text="a na Zosinku?", conversation=first["conversation"])
    assert second["understanding"]["intent"] == "air_quality_now"
    assert second["understanding"]["entities"][0]["id"] == "zosinek"


def test_nothing_a_resident_writes_stands_in_the_log(shared_hub: RunningHub) -> None:
    shared_hub.ask(text="tajemnicze zdanie 501 234 567")
    written = shared_hub.log.read_text()
    assert "tajemnicze" not in written
    assert "501 234" not in written

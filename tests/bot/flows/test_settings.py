"""Settings said in a sentence: clear ones need no model, unclear ones and other talk set nothing."""

import pytest

from bot.flows.settings import setting_entity, setting_payload
from content.pack import load_city
from content.places import load_places

PLACES = load_places(load_city("legnica").folder)


@pytest.mark.parametrize(
    ("sentence", "payload"),
    [
        ("Od 22 do 6 nie pisz", "alerts_manage?quiet=1320-360"),
        ("nie wysyłaj nic między 21:30 a 6:15", "alerts_manage?quiet=1290-375"),
        ("cisza od 23.00 do 7.00", "alerts_manage?quiet=1380-420"),
        ("nie pisz od 22 do 24", "alerts_manage?quiet=1320-0"),
        ("bez ciszy", "alerts_manage?quiet=off"),
        ("wyłącz godziny ciszy", "alerts_manage?quiet=off"),
        ("pisz też w nocy", "alerts_manage?quiet=off"),
        ("nie pisz w nocy", "alerts_manage?ask=quiet"),
        ("nie chcę alertów w nocy", "alerts_manage?ask=quiet"),
        ("cisza w nocy", "alerts_manage?ask=quiet"),
        ("proszę mi nie przysyłać tych wiadomości w nocy", "alerts_manage?ask=quiet"),
        ("wstrzymać powiadomienia na 2 tygodnie", "alerts_manage?pause=14"),
        ("Wyłącz to na noc!", "alerts_manage?ask=quiet"),
        ("w nocy nie budź dzieci", "alerts_manage?ask=quiet"),
        ("Dopiero przy złym", "alerts_manage?level=4"),
        ("dopiero przy bardzo złym powietrzu", "alerts_manage?level=5"),
        ("alerty tylko gdy powietrze jest bardzo złe", "alerts_manage?level=5"),
        ("komunikaty tylko z Piekar", "alerts_manage?only=piekary"),
        ("wstrzymaj powiadomienia na tydzień", "alerts_manage?pause=7"),
        ("wznów powiadomienia", "alerts_manage?pause=0"),
        ("włącz komunikaty", "alerts_subscribe?topic=announcements"),
        ("dodaj powiadomienia o wydarzeniach", "alerts_subscribe?topic=events"),
        ("wyłącz komunikaty miasta", "alerts_unsubscribe?end=announcements"),
    ],
)
def test_a_clear_sentence_sets_it_at_any_time(sentence: str, payload: str) -> None:
    assert setting_payload(sentence, PLACES, in_settings=False) == payload


@pytest.mark.parametrize(
    ("sentence", "payload"),
    [
        ("tylko Piekary", "alerts_manage?only=piekary"),
        ("tylko Piekary i Zosinek", "alerts_manage?only=piekary&more=zosinek"),
        ("całe miasto", "alerts_manage?only=all"),
        ("od 22 do 6", "alerts_manage?quiet=1320-360"),
        ("22-6", "alerts_manage?quiet=1320-360"),
        ("tylko przy bardzo złym", "alerts_manage?level=5"),
        ("chcę już przy umiarkowanym", "alerts_manage?ask=level"),
        ("przerwa na 14 dni", "alerts_manage?pause=14"),
    ],
)
def test_a_short_answer_counts_only_while_settings_are_talked_about(sentence: str, payload: str) -> None:
    assert setting_payload(sentence, PLACES, in_settings=True) == payload
    assert setting_payload(sentence, PLACES, in_settings=False) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "nie pisz",
        "jakie było powietrze od 8 do 16",
        "urząd jest czynny od 7 do 15",
        "tylko złe wiadomości",
        "od 22 do 22 nie pisz",
        "od 25 do 6 nie pisz",
        "od 8:75 do 16 nie pisz",
        "jak jest na Piekarach",
        "czy miasto wstrzymało dotacje",
        "zły stan chodnika",
        "czy w nocy wyłączają latarnie",
        "",
    ],
)
@pytest.mark.parametrize("in_settings", [True, False])
def test_other_talk_sets_nothing(sentence: str, *, in_settings: bool) -> None:
    assert setting_payload(sentence, PLACES, in_settings=in_settings) is None


@pytest.mark.parametrize(
    ("name", "value"), [("level", "6"), ("quiet", "22:00"), ("topic", "loteria"), ("only", "a b"), ("confirm", "yes")]
)
def test_a_button_carries_only_values_of_settings(name: str, value: str) -> None:
    assert setting_entity(name, value) is None


def test_a_value_of_a_button_is_passed_on() -> None:
    entity = setting_entity("quiet", "1320-360")
    assert entity is not None
    assert (entity.name, entity.id) == ("quiet", "1320-360")

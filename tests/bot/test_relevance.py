"""The tables of what a question can use, and what it turns into."""

from datetime import UTC, datetime

import pytest

from bot import relevance
from bot.relevance import carried, completed, follow_up, implied
from content.intents import all_intents
from content.question import Entity

NOW = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
PLACE = Entity("district", "piekary", "Piekary")
CCS = Entity("connector", "ccs", "CCS")
PM10 = Entity("pollutant", "pm10", "PM10")
CHILDREN = Entity("group", "dzieci", "dzieci")
PELLET = Entity("heat_source", "pellet", "kocioł na pellet")


def _period(period: str) -> Entity:
    return Entity("period", period, period)


@pytest.mark.parametrize(
    ("intent", "entity", "becomes"),
    [
        ("air_quality_now", PLACE, "air_quality_now"),
        ("air_quality_now", CHILDREN, "air_health_advice"),
        ("air_health_advice", PM10, "air_quality_now"),
        ("air_explain", PM10, "air_explain"),
        ("air_quality_now", CCS, None),
        ("air_quality_now", PELLET, None),
        ("charger_price", PLACE, "charger_price"),
        ("charger_find", PELLET, None),
        ("subsidy_amount", PELLET, "subsidy_amount"),
        ("heating_rules", PELLET, "heating_rules"),
        ("subsidy_amount", PLACE, None),
        ("air_quality_now", _period("wczoraj"), "air_quality_history"),
        ("air_quality_now", _period("jutro"), "air_quality_forecast"),
        ("air_quality_history", _period("dzisiaj"), "air_quality_now"),
        ("air_quality_history", _period("weekend"), "air_quality_history"),
        ("air_quality_now", _period("weekend"), "air_quality_forecast"),
        ("air_quality_now", _period("11-20"), "air_quality_history"),
        ("air_quality_now", _period("2026-11-25"), "air_quality_forecast"),
        ("air_quality_now", _period("02-30"), "air_quality_now"),
        ("air_quality_now", _period("ostatnie_7_dni"), "air_quality_history"),
        ("air_quality_now", _period("dzisiaj_rano"), "air_quality_history"),
        ("air_quality_forecast", _period("dzisiaj_wieczorem"), "air_quality_now"),
        ("air_quality_now", _period("jutro_rano"), "air_quality_forecast"),
        ("air_health_advice", _period("teraz"), "air_health_advice"),
        ("office_contact", PLACE, None),
        ("office_contact", _period("sobota"), "office_contact"),
        ("no_such_intent", PLACE, None),
    ],
)
def test_what_a_value_makes_of_the_question_before(intent: str, entity: Entity, becomes: str | None) -> None:
    assert completed(intent, (entity,), NOW) == becomes


def test_one_value_of_no_use_is_enough_to_look_elsewhere() -> None:
    assert completed("air_quality_now", (PLACE, CCS), NOW) is None


def test_only_what_the_new_question_uses_is_carried_over() -> None:
    assert carried("charger_price", (PLACE, PM10, CCS)) == (PLACE, CCS)
    assert carried("air_quality_now", (PLACE, CCS, _period("wczoraj"))) == (PLACE,)
    assert carried("event_list", (PLACE,)) == ()
    assert carried("greet", (PLACE, CCS)) == ()


@pytest.mark.parametrize(
    ("entities", "intent"),
    [((CCS, PLACE), "charger_find"), ((PM10, PLACE), "air_quality_now"), ((PM10,), "air_quality_now")],
)
def test_values_that_imply_a_question(entities: tuple[Entity, ...], intent: str) -> None:
    assert implied(entities) == intent


@pytest.mark.parametrize("entities", [(), (CCS,), (PLACE,), (PELLET, PLACE), (PM10, PELLET)])
def test_values_that_imply_nothing(entities: tuple[Entity, ...]) -> None:
    assert implied(entities) is None


def test_a_question_word_asks_the_next_thing_of_the_same_topic() -> None:
    assert follow_up("subsidy_overview", "gdzie") == "subsidy_apply"
    assert follow_up("subsidy_amount", "kiedy") == "subsidy_deadline"
    assert follow_up("charger_find", "ile") == "charger_price"
    assert follow_up("charger_find", "gdzie") is None
    assert follow_up("air_quality_now", "ile") is None
    # Nobody is told when an intake ends who asked about the CEEB declaration.
    assert follow_up("ceeb_declaration", "kiedy") == "ceeb_declaration"


def test_the_tables_name_only_intents_that_exist() -> None:
    named = {intent for intents in relevance._USED_BY.values() for intent in intents}
    named |= set(relevance._TURNS.values()) | relevance._HEADS | relevance._SAY_ALL
    named |= {intent for words in relevance.FOLLOW_UPS.values() for intent in words.values()}
    named |= {intent for intents in relevance.ASKS.values() for intent in intents}
    assert named <= set(all_intents())

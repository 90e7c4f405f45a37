import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.meaning.ladder import (
    ANSWER_FROM,
    EMERGENCY_FROM,
    MAX_OFFERS,
    OFFER_FROM,
    Thresholds,
    climb,
    spare_offers,
)
from nlu.client import Parse


def _parse(*ranking: tuple[str, float]) -> Parse:
    return Parse(ranking[0][0], ranking[0][1], ranking)


def test_a_sure_guess_is_answered() -> None:
    step = climb(_parse(("charger_find", ANSWER_FROM), ("charger_price", 0.1)))
    assert (step.intent, step.decision) == ("charger_find", "answered")


def test_an_unsure_guess_alone_is_confirmed() -> None:
    step = climb(_parse(("charger_find", ANSWER_FROM - 0.01), ("charger_price", 0.05)))
    assert (step.decision, step.alternatives) == ("confirm", ("charger_find",))


def test_close_guesses_are_offered_side_by_side() -> None:
    step = climb(_parse(("charger_find", 0.3), ("charger_price", 0.28), ("greet", 0.02)))
    assert (step.decision, step.alternatives) == ("choose", ("charger_find", "charger_price"))


def test_a_foreign_topic_is_declined_however_sure() -> None:
    step = climb(_parse(("out_of_scope", 0.9), ("charger_find", 0.05)))
    assert (step.intent, step.decision) == ("out_of_scope", "fallback")


def test_a_guess_in_the_dark_is_declined() -> None:
    step = climb(_parse(("charger_find", OFFER_FROM - 0.01), ("charger_price", 0.1)))
    assert (step.intent, step.decision) == ("out_of_scope", "fallback")


def test_a_topic_close_behind_a_foreign_one_is_offered_where_that_pays() -> None:
    parse = _parse(("out_of_scope", 0.4), ("alerts_manage", 0.3), ("inform", 0.29), ("office_contact", 0.1))
    step = climb(parse, Thresholds(rescue=0.7))
    assert (step.intent, step.decision, step.alternatives) == ("alerts_manage", "confirm", ("alerts_manage",))
    assert climb(parse, Thresholds(rescue=0.8)).decision == "fallback"


def test_nobody_is_asked_whether_a_greeting_was_meant() -> None:
    assert climb(_parse(("greet", 0.3), ("charger_find", 0.02))).decision == "answered"
    assert climb(_parse(("inform", 0.3), ("charger_find", 0.02))).decision == "clarify"
    offered = climb(_parse(("inform", 0.3), ("charger_find", 0.28), ("thanks", 0.2)))
    assert (offered.decision, offered.alternatives) == ("confirm", ("charger_find",))


def test_after_a_no_the_next_best_are_at_hand() -> None:
    parse = _parse(("subsidy_amount", 0.4), ("charger_price", 0.1), ("inform", 0.09), ("greet", 0.08), ("help", 0.07))
    assert spare_offers(parse.ranking, climb(parse)) == ("charger_price", "help")


def test_danger_wins_even_as_second_guess() -> None:
    step = climb(_parse(("air_report_burning", 0.5), ("emergency", EMERGENCY_FROM)))
    assert (step.intent, step.decision) == ("emergency", "answered")


@given(st.lists(st.floats(0, 1), min_size=3, max_size=6))
def test_never_offers_what_is_foreign_nor_too_much(confidences: list[float]) -> None:
    names = ["out_of_scope", "charger_find", "greet", "help", "thanks", "subsidy_amount"]
    ranking = sorted(zip(names, confidences, strict=False), key=lambda entry: -entry[1])
    step = climb(_parse(*ranking))
    assert "out_of_scope" not in step.alternatives
    assert len(step.alternatives) <= MAX_OFFERS
    assert bool(step.alternatives) == (step.decision in {"confirm", "choose"})


@pytest.mark.parametrize("confidence", [0.0, 1.0])
def test_the_edges_are_decided(confidence: float) -> None:
    assert climb(_parse(("greet", confidence))).decision in {"answered", "fallback"}

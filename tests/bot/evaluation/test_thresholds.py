"""The cost of what the ladder does, and the search for the thresholds that cost least."""

import pytest

from bot.evaluation.thresholds import COSTS, Outcome, cheapest, outcome, weigh
from bot.meaning.ladder import Step, Thresholds
from nlu.client import Parse


def _parse(*ranking: tuple[str, float]) -> Parse:
    return Parse(ranking[0][0], ranking[0][1], ranking)


@pytest.mark.parametrize(
    ("expected", "step", "name"),
    [
        ("help", Step("help", 0.9, "answered"), Outcome.ANSWERED_RIGHT),
        ("help", Step("greet", 0.9, "answered"), Outcome.ANSWERED_WRONG),
        ("help", Step("greet", 0.3, "choose", ("greet", "help")), Outcome.OFFERED_RIGHT),
        ("help", Step("greet", 0.3, "confirm", ("greet",)), Outcome.OFFERED_WRONG),
        ("inform", Step("inform", 0.3, "clarify"), Outcome.OFFERED_RIGHT),
        ("help", Step("out_of_scope", 0.3, "fallback"), Outcome.REFUSED),
        ("out_of_scope", Step("out_of_scope", 0.3, "fallback"), Outcome.FOREIGN_REFUSED),
        ("out_of_scope", Step("help", 0.3, "answered"), Outcome.FOREIGN_ANSWERED),
        ("out_of_scope", Step("help", 0.3, "confirm", ("help",)), Outcome.FOREIGN_OFFERED),
        ("human_handoff", Step("human_handoff", 0.9, "handoff"), Outcome.ANSWERED_RIGHT),
    ],
)
def test_each_outcome_has_its_name(expected: str, step: Step, name: Outcome) -> None:
    assert outcome(expected, step) is name


def test_the_cost_is_the_mean_over_the_sentences() -> None:
    right, wrong = ("help", _parse(("help", 0.9))), ("help", _parse(("subsidy_amount", 0.9)))
    tuning = weigh([right, right, right, wrong], Thresholds())
    assert tuning.cost == COSTS[Outcome.ANSWERED_WRONG] / 4
    assert tuning.outcomes[Outcome.ANSWERED_RIGHT] == 3


def test_the_search_finds_the_line_between_right_and_wrong() -> None:
    right = [("charger_find", _parse(("charger_find", 0.72), ("charger_price", 0.1)))] * 6
    wrong = [("charger_price", _parse(("charger_find", 0.62), ("charger_price", 0.4)))] * 4
    found = cheapest([*right, *wrong], Thresholds(answer_from=0.3))
    assert 0.62 < found.thresholds.answer_from <= 0.72
    assert found.outcomes[Outcome.ANSWERED_WRONG] == 0
    assert found.outcomes[Outcome.OFFERED_RIGHT] == 4
    assert found.cost == pytest.approx(0.2)


def test_a_foreign_lead_is_offered_only_where_it_pays() -> None:
    ours = [("alerts_manage", _parse(("out_of_scope", 0.4), ("alerts_manage", 0.35)))] * 5
    foreign = [("out_of_scope", _parse(("out_of_scope", 0.5), ("charger_price", 0.2)))] * 5
    assert cheapest([*ours, *foreign]).thresholds.rescue < 0.875
    many = [("out_of_scope", _parse(("out_of_scope", 0.4), ("charger_price", 0.36)))] * 40
    assert cheapest([*ours, *many]).outcomes[Outcome.FOREIGN_OFFERED] == 0


def test_of_equal_thresholds_the_one_that_asks_back_less_is_taken() -> None:
    # Whether answered or confirmed, a foreign sentence that nothing tells apart costs no more than what it is.
    parses = [("help", _parse(("help", 0.5)))] * 3
    found = cheapest(parses, Thresholds(answer_from=0.8))
    assert found.asked_back == 0
    assert found.cost == 0


def test_no_sentences_cost_nothing() -> None:
    assert cheapest([]).cost == 0

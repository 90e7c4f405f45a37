from pathlib import Path

import pytest
from pydantic import ValidationError

from nlu.judging.comparison import compare
from nlu.judging.evaluation import SetResult
from nlu.judging.gate import Gate, examine, load_gate
from nlu.judging.outcome import Sentence
from tests.nlu.readings import answered, evaluated, knowing, outcome

SENTENCES = [Sentence("greet", "hej"), Sentence("greet", "cześć"), Sentence("out_of_scope_near", "taryfa gazowa")]
HALF = {"hej": answered("greet"), "cześć": answered("thanks"), "taryfa gazowa": answered("greet")}
STRICT = {"significance": 0.05, "intent_loss": 0.2}


async def refused(gate: Gate, **sets: SetResult) -> list[str]:
    checks = examine(gate, await evaluated(SENTENCES, knowing(HALF), sets=sets), None)
    return [check.name for check in checks if not check.passed]


async def test_a_figure_must_reach_its_floor_and_not_pass_its_ceiling() -> None:
    loose = {"least": {"score": 0.5}, "most": {"answered wrong": 0.5, "near foreign answered": 1.0}}
    tight = {"least": {"score": 0.51}, "most": {"answered wrong": 0.49, "near foreign answered": 0.99}}

    assert await refused(Gate(**loose, **STRICT)) == []
    assert await refused(Gate(**tight, **STRICT)) == [
        "score at least",
        "answered wrong at most",
        "near foreign answered at most",
    ]


async def test_what_is_asked_for_and_was_not_measured_does_not_pass() -> None:
    gate = Gate(least={"places": 0.9, "dialogues": 0.9}, most={"far foreign answered": 1.0}, **STRICT)

    assert await refused(gate) == ["places at least", "dialogues at least", "far foreign answered at most"]
    assert await refused(gate, places=SetResult(items=10, right=9), dialogues=SetResult(items=10, right=8)) == [
        "dialogues at least",
        "far foreign answered at most",
    ]


async def test_a_loss_beyond_chance_and_a_loss_of_one_intent_are_refused() -> None:
    evaluation = await evaluated(SENTENCES, knowing(HALF))
    gate = Gate(least={}, most={}, **STRICT)
    before = [outcome("greet", answered("greet"), str(n)) for n in range(6)]
    after = [outcome("greet", answered("thanks"), str(n)) for n in range(6)]

    checks = examine(gate, evaluation, compare(before, after))
    assert [check.passed for check in checks] == [False, False]
    assert "greet" in checks[1].name
    assert all(check.passed for check in examine(gate, evaluation, compare(before, before)))


def test_the_conditions_of_the_product_can_be_read() -> None:
    assert load_gate().least


@pytest.mark.parametrize("text", ["least: {scor: 0.9}\nmost: {}", "least: {}\nmost: {}\nlest: {}"])
def test_a_misspelled_condition_is_an_error_and_not_a_gate_left_open(tmp_path: Path, text: str) -> None:
    file = tmp_path / "gate.yml"
    file.write_text(f"{text}\nsignificance: 0.05\nintent_loss: 0.2\n", encoding="utf-8")

    with pytest.raises(ValidationError, match=r"scor|lest"):
        load_gate(file)

from pathlib import Path

import pytest

from nlu.judging.calibration import calibrate
from nlu.judging.evaluation import figures, read_sentences
from nlu.judging.outcome import Reading, Result, Sentence, read_set
from tests.nlu.readings import DECLINED, answered, evaluated, knowing, offered, outcome


def test_the_figures_of_a_small_set_worked_out_by_hand() -> None:
    result = figures(
        [
            outcome("greet", answered("greet")),
            outcome("greet", offered("goodbye", "greet")),
            outcome("goodbye", offered("thanks")),
            outcome("goodbye", answered("thanks")),
            outcome("goodbye", DECLINED),
            outcome("out_of_scope_near", answered("greet")),
            outcome("out_of_scope_near", offered("greet")),
            outcome("out_of_scope_far", DECLINED),
        ]
    )

    assert (result.right, result.offered_right, result.offered_wrong) == pytest.approx((1 / 5, 1 / 5, 1 / 5))
    assert (result.wrong, result.refused) == pytest.approx((1 / 5, 1 / 5))
    assert result.score == pytest.approx(1 / 5 + 1 / 10)
    assert (result.foreign.sentences, result.foreign.answered, result.foreign.offered) == (3, 1 / 3, 1 / 3)
    assert result.foreign_kinds["out_of_scope_near"].answered == 1 / 2
    assert result.foreign_kinds["out_of_scope_far"].answered == 0
    assert result.accuracy == pytest.approx(2 / 8)
    # greet: 1 hit of 2 expected, 3 guessed; goodbye: none; out_of_scope: 1 of 3, 2 guessed
    assert result.macro_f1 == pytest.approx((2 / 5 + 0 + 2 / 5) / 3)


@pytest.mark.parametrize(
    ("key", "reading", "result"),
    [
        ("greet", answered("greet"), Result.RIGHT),
        ("greet", answered("out_of_scope"), Result.REFUSED),
        ("out_of_scope_far", DECLINED, Result.RIGHT),
        ("out_of_scope_far", answered("out_of_scope"), Result.RIGHT),
        ("out_of_scope", offered("greet"), Result.OFFERED_WRONG),
        ("out_of_scope", answered("greet"), Result.WRONG),
    ],
)
def test_what_became_of_a_sentence(key: str, reading: Reading, result: Result) -> None:
    assert outcome(key, reading).result is result


async def test_the_same_sentences_are_also_read_without_polish_letters_and_with_a_typo() -> None:
    heard = {"dzień dobry": answered("greet"), "dzien dobry": answered("goodbye")}
    evaluation = await evaluated([Sentence("greet", "dzień dobry")], knowing(heard))

    assert evaluation.written.right == 1
    assert evaluation.folded.wrong == 1
    assert evaluation.typo.refused == 1
    assert [entry.text for entry in evaluation.outcomes] == ["dzień dobry"]
    assert evaluation.confusions == ()
    assert evaluation.intents["greet"].recall == 1


async def test_there_is_no_evaluation_of_nothing() -> None:
    with pytest.raises(ValueError, match="no sentences"):
        await evaluated([], knowing({}))


def test_a_set_lists_sentences_under_intents_and_kinds_of_foreign_ones(tmp_path: Path) -> None:
    file = tmp_path / "development.yml"
    file.write_text("affirm:\n- 'tak'\nout_of_scope_near:\n- taryfa gazowa\n", encoding="utf-8")

    assert read_set(file) == [("affirm", "tak"), ("out_of_scope_near", "taryfa gazowa")]
    assert read_sentences(file) == [("affirm", "tak"), ("out_of_scope", "taryfa gazowa")]


def test_calibration_is_the_mean_distance_between_what_is_promised_and_what_comes_true() -> None:
    calibration = calibrate([(0.9, True), (0.9, False), (0.1, False), (1.0, True)])

    assert [(entry.start, entry.guesses) for entry in calibration.bins] == [(0.1, 1), (0.9, 3)]
    assert calibration.bins[1].confidence == pytest.approx(2.8 / 3)
    assert calibration.bins[1].right == pytest.approx(2 / 3)
    assert calibration.error == pytest.approx((1 * 0.1 + 3 * (2.8 / 3 - 2 / 3)) / 4)

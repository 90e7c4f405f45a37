from pathlib import Path

import pytest

from nlu.client import Parse, Ranking
from nlu.evaluation import evaluate, read_sentences, score


def ranking(intent: str, confidence: float = 0.9) -> Ranking:
    return ((intent, confidence), ("other", 1 - confidence))


def test_the_figures_of_a_small_set_worked_out_by_hand() -> None:
    report = score(
        [
            ("greet", ranking("greet")),
            ("greet", ranking("goodbye")),
            ("goodbye", ranking("goodbye")),
            ("out_of_scope", ranking("out_of_scope")),
            ("out_of_scope", ranking("greet", 0.5)),
            ("out_of_scope", ranking("greet", 0.4)),
        ],
        accept_at=0.5,
    )

    assert report.sentences == 6
    assert report.accuracy == pytest.approx(3 / 6)
    assert report.recall == pytest.approx({"greet": 1 / 2, "goodbye": 1, "out_of_scope": 1 / 3})
    assert report.macro_f1 == pytest.approx((2 / 5 + 2 / 3 + 2 / 4) / 3)
    assert report.accepted_out_of_scope == pytest.approx(1 / 3)
    assert report.confusions == (("out_of_scope", "greet", 2), ("greet", "goodbye", 1))


def test_an_intent_that_is_never_recognised_pulls_macro_f1_down() -> None:
    assert score([("greet", ranking("deny")), ("deny", ranking("deny"))], 0.5).macro_f1 == pytest.approx(1 / 3)


def test_there_is_no_score_of_nothing() -> None:
    with pytest.raises(ValueError, match="nothing"):
        score([], 0.5)


class Parrot:
    """Takes the first word of a sentence for its intent."""

    async def parse(self, text: str) -> Parse:
        word = text.split(maxsplit=1)[0]
        return Parse(word, 0.9, ranking(word))


async def test_sentences_are_prepared_before_they_are_parsed(tmp_path: Path) -> None:
    file = tmp_path / "sentences.yml"
    file.write_text("greet:\n- dzień dobry\n- hej\naffirm:\n- 'tak'\n", encoding="utf-8")
    words = {"dzień dobry": "greet all", "hej": "greet you", "tak": "deny it"}

    report = await evaluate(Parrot(), read_sentences(file), words.__getitem__, accept_at=0.5)

    assert report.recall == {"greet": 1, "affirm": 0}

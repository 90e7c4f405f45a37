import pytest

from nlu.judging.comparison import chance_of_loss, compare
from tests.nlu.readings import DECLINED, answered, offered, outcome


def test_the_same_sentences_of_two_models_are_compared_one_by_one() -> None:
    before = [
        outcome("greet", answered("greet"), "hej"),
        outcome("greet", answered("greet"), "cześć"),
        outcome("goodbye", DECLINED, "pa"),
        outcome("goodbye", answered("goodbye"), "nie pytane ponownie"),
        outcome("out_of_scope_near", answered("greet"), "taryfa gazowa"),
    ]
    after = [
        outcome("greet", offered("greet", "thanks"), "hej"),
        outcome("greet", answered("greet", 0.5), "cześć"),
        outcome("goodbye", answered("goodbye"), "pa"),
        outcome("out_of_scope_near", DECLINED, "taryfa gazowa"),
        outcome("out_of_scope_near", DECLINED, "nowe zdanie"),
    ]
    result = compare(before, after)

    assert (result.sentences, result.gained, result.lost) == (4, 2, 1)
    assert [(c.intent, c.sentences, c.before, c.after) for c in result.intents] == [
        ("greet", 2, 2, 1),
        ("goodbye", 1, 0, 1),
        ("out_of_scope", 1, 0, 1),
    ]
    assert result.intents[0].loss == 1 / 2
    assert [(c.text, c.before, c.after) for c in result.changes] == [
        ("hej", "greet", "asked back: greet, thanks"),
        ("pa", "declined", "goodbye"),
        ("taryfa gazowa", "greet", "declined"),
    ]


@pytest.mark.parametrize(
    ("gained", "lost", "chance"),
    [(0, 0, 1.0), (5, 0, 1.0), (0, 4, 1 / 16), (0, 5, 1 / 32), (1, 4, 6 / 32), (400, 600, pytest.approx(0, abs=1e-9))],
)
def test_the_chance_of_a_loss_is_that_of_a_fair_coin(gained: int, lost: int, chance: float) -> None:
    assert chance_of_loss(gained, lost) == chance

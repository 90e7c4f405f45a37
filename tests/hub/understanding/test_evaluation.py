"""What a person reads as figures is what a resident would have got."""

from pathlib import Path

import pytest

from bot.meaning.ladder import Step
from content.pack import load_city
from content.places import PlaceResolver, load_places
from core.settings import Settings
from hub.understanding.evaluation import reading
from hub.understanding.sets import PlaceItem, judged_dialogues, judged_places
from nlu.taught import judged_sentences
from tests.fakes import FakeParser, FrozenClock


@pytest.fixture(scope="module")
def resolver() -> PlaceResolver:
    return load_places(load_city("legnica").folder)


def test_places_are_judged_as_right_wrong_or_false_alarms(resolver: PlaceResolver) -> None:
    found = resolver.find("smog na Piekarach")[0].id
    result = judged_places(
        resolver,
        [
            PlaceItem(text="smog na Piekarach", places=frozenset({found})),
            PlaceItem(text="smog na Piekarach", either=frozenset({found, "another"})),
            PlaceItem(text="czy jest smog"),
            PlaceItem(text="czy jest smog", places=frozenset({found})),
            PlaceItem(text="smog na Piekarach"),
        ],
    )

    assert (result.items, result.right, result.false_alarms) == (5, 3, 1)
    assert result.wrong == (
        f"czy jest smog: nothing instead of {found}",
        f"smog na Piekarach: {found} instead of nothing",
    )


async def test_dialogues_are_judged_turn_by_turn_over_the_whole_assistant(
    tmp_path: Path, parser: FakeParser, clock: FrozenClock
) -> None:
    talk = tmp_path / "dialogues.yml"
    talk.write_text(
        """
- name: air
  turns:
  - {text: jakie jest powietrze, intent: air_quality_now}
  - {text: dziękuję, intent: goodbye}
""",
        encoding="utf-8",
    )
    result = await judged_dialogues(Settings(var_dir=tmp_path), parser, clock.now(), [talk])

    assert (result.items, result.right) == (2, 1)
    assert result.wrong[0].startswith("air 2, dziękuję: thanks")


@pytest.mark.parametrize(
    ("step", "decision", "offers"),
    [
        (Step("greet", 0.9, "answered"), "answered", ()),
        (Step("out_of_scope", 0.9, "fallback"), "refused", ()),
        (Step("greet", 0.3, "confirm", ("greet",)), "offered", ("greet",)),
        (Step("greet", 0.3, "choose", ("greet", "thanks")), "offered", ("greet", "thanks")),
        (Step("inform", 0.3, "clarify"), "offered", ("inform",)),
    ],
)
def test_a_step_of_the_ladder_is_an_answer_a_question_back_or_a_refusal(
    step: Step, decision: str, offers: tuple[str, ...]
) -> None:
    result = reading("greet", 0.3, step, 0.005)

    assert (result.decision, result.offers, result.intent) == (decision, offers, step.intent)


def test_the_development_sets_hold_sentences_of_ours_and_foreign_ones() -> None:
    keys = {key for key, _ in judged_sentences()}

    assert len(keys) > 40
    assert any(key.startswith("out_of_scope") for key in keys)

"""Written dialogues are played to the assistant, and what goes wrong is told."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.evaluation.dialogues import DialogueClock, play, read_dialogues
from tests.bot.talking import Talk
from tests.fakes import FakeParser

DIALOGUES = """
- name: powietrze i miejsce
  turns:
    - {text: jakie powietrze na Piekarach, intent: air_quality_now, entities: {district: piekary}}
    - {text: "a na Zosinku?", intent: air_quality_now, decision: answered, entities: {district: zosinek}}
- name: zapomniane po pół godzinie
  turns:
    - {button: "charger_find?connector=ccs", intent: charger_find, entities: {connector: ccs}}
    - {text: "a na Zosinku?", intent: inform, decision: clarify, after_minutes: 31}
- name: każda rozmowa zaczyna się od nowa
  turns:
    - {text: "a na Zosinku?", intent: air_quality_now}
    - {text: jakie jest powietrze, intent: air_quality_now, entities: {district: piekary}}
"""


@pytest.fixture
def clock() -> DialogueClock:
    return DialogueClock(datetime(2026, 11, 23, 18, 30, tzinfo=UTC))


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "dialogues.yml"
    path.write_text(DIALOGUES, encoding="utf-8")
    return path


async def test_each_turn_is_judged_after_its_context(talk: Talk, clock: DialogueClock, written: Path) -> None:
    report = await play(talk.assistant, clock, read_dialogues(written))
    assert report.turns == 6
    first, second = report.wrong
    assert (first.dialogue, first.number, first.said) == ("każda rozmowa zaczyna się od nowa", 1, "a na Zosinku?")
    assert (first.expected, first.got) == ("air_quality_now", "inform (clarify) district=zosinek")
    assert (second.number, second.expected) == (2, "air_quality_now district=piekary")


async def test_no_dialogue_is_no_failure(talk: Talk, clock: DialogueClock, parser: FakeParser) -> None:
    report = await play(talk.assistant, clock, [])
    assert (report.turns, report.wrong) == (0, ())
    assert parser.heard == []


@pytest.mark.parametrize(
    "turn", ["{intent: help}", "{text: a, button: b, intent: help}", "{text: a}", "{text: a, intent: help, intnet: x}"]
)
def test_a_turn_that_breaks_the_form_is_refused(tmp_path: Path, turn: str) -> None:
    path = tmp_path / "dialogues.yml"
    path.write_text(f"- name: zły\n  turns:\n    - {turn}\n", encoding="utf-8")
    with pytest.raises(ValidationError):
        read_dialogues(path)

import pytest

from nlu.judging.evaluation import SetResult
from nlu.judging.outcome import Sentence
from nlu.judging.report import Table, as_markdown, as_text, evaluation_tables
from tests.nlu.readings import answered, evaluated, knowing, offered

SENTENCES = [
    Sentence("greet", "hej"),
    Sentence("goodbye", "pa"),
    Sentence("out_of_scope_near", "taryfa gazowa"),
    Sentence("out_of_scope_far", "sernik"),
]
READINGS = {"hej": answered("greet"), "pa": offered("thanks", "goodbye"), "sernik": answered("greet")}


@pytest.fixture
async def tables() -> list[Table]:
    places = SetResult(items=2, right=1, false_alarms=1, wrong=("smog: ulica instead of nothing",))
    return evaluation_tables(await evaluated(SENTENCES, knowing(READINGS), sets={"places": places}))


def test_the_terminal_shows_every_figure_in_columns(tables: list[Table]) -> None:
    text = as_text(tables)

    assert "in scope: score                                          0.750       0.750" in text
    assert "out_of_scope_far (1): answered" in text
    assert "1 of 2 (0.500)" in text
    assert "smog: ulica instead of nothing" in text
    assert "Dialogues" not in text


def test_markdown_keeps_each_row_on_its_line() -> None:
    document = as_markdown("Evaluation", [Table("Changed", ("sentence", "was"), [("a | b\nc", "greet")])])

    assert document.splitlines()[0] == "# Evaluation"
    assert "| a \\| b c | greet |" in document

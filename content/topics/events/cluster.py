"""The city's energy cluster, from the checked statements of the city pack."""

from pathlib import Path

from pydantic import TypeAdapter

from content.answer import Answer
from content.pack_file import read_pack_file
from content.question import Answerer, Question
from content.statements import Statement
from content.texts import Texts
from core.clock import Clock, warsaw

_STATEMENTS = TypeAdapter(tuple[Statement, ...])


def answers(statements: tuple[Statement, ...], texts: Texts, clock: Clock) -> dict[str, Answerer]:
    """Return the answer by intent: the statements that hold, and a word on what is not known."""
    wording = texts["cluster_info"]

    async def cluster_info(_question: Question) -> Answer:
        shown = [statement for statement in statements if statement.shown_on(warsaw(clock.now()).date())]
        if not shown:
            return wording.answer()
        text = "\n".join([*(statement.text for statement in shown), wording.say("today")])
        sources = tuple(dict.fromkeys(statement.source for statement in shown))
        return Answer(text, buttons=wording.answer().buttons, sources=sources)

    return {"cluster_info": cluster_info}


def load_cluster(folder: Path) -> tuple[Statement, ...]:
    """Read `cluster.yml` of a city pack.

    Raises:
        ConfigurationError: it is missing or breaks the rules.
    """
    return read_pack_file(folder / "cluster.yml").parse(_STATEMENTS)

"""Rights of electric cars and grants to buy them, from the checked statements of the city pack."""

from pathlib import Path

from pydantic import TypeAdapter

from content.answer import Answer
from content.pack_file import read_pack_file
from content.question import Answerer, Question
from content.statements import Statement
from content.texts import Texts
from core.clock import Clock, warsaw

_RULE = "rule"
_STATEMENTS = TypeAdapter(tuple[Statement, ...])


def answers(benefits: tuple[Statement, ...], texts: Texts, clock: Clock) -> dict[str, Answerer]:
    """Return the answer by intent; the text alone answers when no statement holds."""
    wording = texts["ev_benefits"]

    async def ev_benefits(question: Question) -> Answer:
        today = warsaw(clock.now()).date()
        shown = [statement for statement in benefits if statement.shown_on(today)]
        named = question.entity("program")
        about = [statement for statement in shown if named and statement.about == named.id] or shown
        if not about:
            return wording.answer()
        checks = dict.fromkeys("check_rule" if each.about == _RULE else "check_programme" for each in about)
        lines = [
            *(wording.say("bullet", text=statement.text) for statement in about),
            *(wording.say(check) for check in checks),
        ]
        sources = tuple(dict.fromkeys(statement.source for statement in about))
        return Answer("\n".join(lines), buttons=wording.answer().buttons, sources=sources)

    return {"ev_benefits": ev_benefits}


def load_benefits(folder: Path) -> tuple[Statement, ...]:
    """Read `ev_benefits.yml` of a city pack.

    Raises:
        ConfigurationError: it is missing or breaks the rules.
    """
    return read_pack_file(folder / "ev_benefits.yml").parse(_STATEMENTS)

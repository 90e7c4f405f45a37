"""Plays written dialogues to the real assistant and counts the turns that were understood as they should be.

A file of dialogues is a YAML list of `{name, turns: [{text | button, intent, decision?, entities?, after_minutes?}]}`:
`intent` is the one served after context, `entities` maps kind → id and must all be present.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

import yaml
from pydantic import BaseModel, TypeAdapter, model_validator

from bot.assistant import Assistant, Reply
from bot.meaning.ladder import Decision
from bot.message import IncomingMessage

_CHANNEL = "evaluation"


class Said(BaseModel, frozen=True, extra="forbid"):
    """One turn: what a resident writes or presses, and how it must be understood."""

    text: str | None = None
    button: str | None = None
    intent: str
    decision: Decision | None = None
    entities: Mapping[str, str] = {}
    after_minutes: float = 0

    @model_validator(mode="after")
    def _one_message(self) -> Self:
        if (self.text is None) == (self.button is None):
            message = "a turn has either a text or a button"
            raise ValueError(message)
        return self


class Written(BaseModel, frozen=True, extra="forbid"):
    """A dialogue."""

    name: str
    turns: tuple[Said, ...]


@dataclass(frozen=True)
class WrongTurn:
    """A turn that was understood otherwise; `number` counts from one."""

    dialogue: str
    number: int
    said: str
    expected: str
    got: str


@dataclass(frozen=True)
class DialogueReport:
    """How many turns there were, and those that went wrong."""

    turns: int
    wrong: tuple[WrongTurn, ...]


class DialogueClock:
    """A clock for dialogues: it stands still until a dialogue says that time passes."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._passed = timedelta()

    def now(self) -> datetime:
        """Return the present moment as aware UTC."""
        return self._start + self._passed

    def monotonic(self) -> float:
        """Return seconds that only ever grow."""
        return self._passed.total_seconds()

    def advance(self, by: timedelta) -> None:
        """Let time pass."""
        self._passed += by


def read_dialogues(path: Path) -> list[Written]:
    """Read a file of dialogues; raises pydantic's ValidationError when it breaks the form above."""
    return TypeAdapter(list[Written]).validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))


async def play(assistant: Assistant, clock: DialogueClock, dialogues: Iterable[Written]) -> DialogueReport:
    """Play each dialogue as a conversation of its own; `clock` must be the assistant's."""
    played = 0
    wrong: list[WrongTurn] = []
    for dialogue in dialogues:
        conversation: str | None = None
        for number, said in enumerate(dialogue.turns, 1):
            clock.advance(timedelta(minutes=said.after_minutes))
            message = IncomingMessage(_CHANNEL, text=said.text, button=said.button)
            reply = await assistant.reply(message, conversation)
            conversation = reply.conversation
            played += 1
            if not _is_right(said, reply):
                written = said.text if said.text is not None else f"[{said.button}]"
                wrong.append(WrongTurn(dialogue.name, number, written, _expected(said), _got(reply)))
    return DialogueReport(played, tuple(wrong))


def _is_right(said: Said, reply: Reply) -> bool:
    found = {(entity.name, entity.id) for entity in reply.entities}
    decided = said.decision is None or said.decision == reply.step.decision
    return reply.step.intent == said.intent and decided and set(said.entities.items()) <= found


def _expected(said: Said) -> str:
    return _named(said.intent, said.decision, said.entities.items())


def _got(reply: Reply) -> str:
    return _named(reply.step.intent, reply.step.decision, [(entity.name, entity.id) for entity in reply.entities])


def _named(intent: str, decision: str | None, entities: Iterable[tuple[str, str]]) -> str:
    values = ", ".join(f"{name}={entity_id}" for name, entity_id in entities)
    return " ".join(part for part in (intent, f"({decision})" if decision else "", values) if part)

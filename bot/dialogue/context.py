"""What a conversation remembers between turns, so that "a na Zosinku?" completes the question before it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.relevance import PLACES, topic_of
from content.answer import Answer, Button
from content.question import Entity

LIFETIME = timedelta(minutes=30)
_KEPT_TOPICS = 4


@dataclass(frozen=True)
class Asked:
    """A question that was served."""

    intent: str
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True)
class Waiting:
    """A flow that waits for an answer: its intent and state, what it asked last, and how often it was not answered."""

    intent: str
    state: Mapping[str, Any]
    question: Answer
    expected: str | None = None
    misses: int = 0


@dataclass(frozen=True)
class Context:
    """The last question of each topic (newest first), what was offered, and the flow that is running.

    `offered` are payloads of which a yes or „to drugie” picks one; `spare` the intents to offer after a no; `guess` is
    what the last message seemed to ask when it was asked back about.
    """

    asked: tuple[Asked, ...] = ()
    offered: tuple[str, ...] = ()
    spare: tuple[str, ...] = ()
    flow: Waiting | None = None
    guess: Asked | None = None
    at: datetime | None = field(default=None, compare=False)

    @property
    def last(self) -> Asked | None:
        """The question that was served last."""
        return self.asked[0] if self.asked else None

    def of_topic(self, topic: str | None) -> Asked | None:
        """Return the last question of a topic."""
        return next((asked for asked in self.asked if topic_of(asked.intent) == topic), None)

    def fresh(self, now: datetime) -> "Context":
        """Return this context, or an empty one when it is older than its lifetime."""
        return self if self.at is not None and now - self.at <= LIFETIME else Context()

    def with_question(self, asked: Asked) -> "Context":
        """Return the context after a question was served; nothing is on offer any more."""
        others = (known for known in self.asked if topic_of(known.intent) != topic_of(asked.intent))
        return replace(self, asked=(asked, *others)[:_KEPT_TOPICS], offered=(), spare=(), guess=None)

    def to_json(self) -> dict[str, Any]:
        """Return the form that is stored; the resident's own wording is left out."""
        return {
            "asked": [[asked.intent, _entities_json(asked.entities)] for asked in self.asked],
            "offered": list(self.offered),
            "spare": list(self.spare),
            "guess": [self.guess.intent, _entities_json(self.guess.entities)] if self.guess else None,
            "flow": _flow_json(self.flow) if self.flow else None,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any], at: datetime) -> "Context":
        """Return the context of a stored conversation; what an older version stored is forgotten."""
        flow, guess = stored.get("flow"), stored.get("guess")
        return cls(
            asked=tuple(Asked(intent, _entities(listed)) for intent, listed in stored.get("asked", ())),
            offered=tuple(stored.get("offered", ())),
            spare=tuple(stored.get("spare", ())),
            guess=Asked(guess[0], _entities(guess[1])) if guess else None,
            flow=_flow(flow) if flow else None,
            at=at,
        )


def merge(remembered: Iterable[Entity], new: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """Return both, a new entity in place of the remembered ones of its kind; one place replaces any other."""
    kinds = {entity.name for entity in new}
    if kinds & PLACES:
        kinds |= PLACES
    return (*(entity for entity in remembered if entity.name not in kinds), *new)


def _entities_json(entities: Iterable[Entity]) -> list[list[str]]:
    return [[entity.name, entity.id, entity.value] for entity in entities]


def _entities(listed: Iterable[Iterable[str]]) -> tuple[Entity, ...]:
    return tuple(Entity(*entry) for entry in listed)


def _flow_json(flow: Waiting) -> dict[str, Any]:
    return {
        "intent": flow.intent,
        "state": dict(flow.state),
        "text": flow.question.text,
        "buttons": [[button.title, button.payload] for button in flow.question.buttons],
        "expected": flow.expected,
        "misses": flow.misses,
    }


def _flow(stored: Mapping[str, Any]) -> Waiting:
    buttons = tuple(Button(title, payload) for title, payload in stored["buttons"])
    question = Answer(stored["text"], buttons=buttons)
    return Waiting(stored["intent"], stored["state"], question, stored["expected"], stored["misses"])

"""The wording of answers: one file a topic in the city pack, one entry an intent."""

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from content.answer import SHARE_LOCATION, Answer, Button, Source
from content.intents import all_intents


class Wording(BaseModel):
    """What is said for one intent: the main text, further wordings by name, buttons and sources.

    `thin` marks an honest first answer to a question the city has no verified content for yet.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    more: dict[str, str] = {}
    buttons: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    thin: bool = False

    def say(self, name: str, **fields: object) -> str:
        """Return the wording `name` of `more` with its {fields} filled in."""
        return self.more[name].format(**fields)

    def answer(self) -> Answer:
        """Return the main text with its buttons and sources."""
        return self._with(self.text)

    def variant(self, name: str) -> Answer:
        """Return the wording `name` of `more` with the intent's buttons and sources."""
        return self._with(self.more[name])

    def _with(self, text: str) -> Answer:
        return Answer(text, buttons=tuple(intent_button(payload) for payload in self.buttons), sources=self.sources)


class Texts:
    """All wordings of one city by intent."""

    def __init__(self, folder: Path) -> None:
        self._wordings: dict[str, Wording] = {}
        self.topics: dict[str, tuple[str, ...]] = {}
        for path in sorted((folder / "answers").glob("*.yml")):
            entries = yaml.safe_load(path.read_text(encoding="utf-8"))
            self.topics[path.stem] = tuple(entries)
            self._wordings.update({intent: Wording(**entry) for intent, entry in entries.items()})

    def __getitem__(self, intent: str) -> Wording:
        return self._wordings[intent]

    def thin(self) -> tuple[str, ...]:
        """Return the intents that only have an honest first answer, for the list that staff see."""
        return tuple(intent for intent, wording in self._wordings.items() if wording.thin)


def intent_button(payload: str) -> Button:
    """Return the button that asks an intent, under the intent's own title."""
    if payload == SHARE_LOCATION:
        return Button("Udostępnij lokalizację", SHARE_LOCATION)
    return Button(all_intents()[payload.partition("?")[0]].title, payload)

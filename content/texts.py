"""The wording of answers: one file a topic in the city pack, one entry an intent, changed by staff where they like."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import Field, TypeAdapter
from sqlalchemy.ext.asyncio import AsyncSession

from content.answer import SHARE_LOCATION, Answer, Button, Source
from content.fields import fields_of
from content.intents import all_intents
from content.pack_file import PackData, PackError, read_pack_file
from content.text_versions import repository
from content.text_versions.repository import Mark, TextId

TEXT = "text"
"""Name of an intent's main text, beside the names of `more`."""


class WordingData(PackData):
    """An entry of the pack: the main text, further wordings by name, buttons and sources.

    `thin` marks an honest first answer to a question the city has no verified content for yet; `fixed` names wordings
    that staff must not change, such as a consent whose every version is proof of what was agreed to.
    """

    text: str
    more: dict[str, str] = Field(default_factory=dict)
    buttons: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    thin: bool = False
    fixed: tuple[str, ...] = ()


class Wording:
    """What is said for one intent: `text` and, by name, `more`; it may be kept, because staff's edits appear in it."""

    def __init__(self, data: WordingData, edits: Mapping[str, str] | None = None) -> None:
        self.data = data
        self.text = data.text
        self.more: Mapping[str, str] = data.more
        self.use(edits or {})

    def use(self, edits: Mapping[str, str]) -> None:
        """Say these words from now on, by name, and the pack's own where there are none."""
        self.text = edits.get(TEXT, self.data.text)
        self.more = {name: edits.get(name, own) for name, own in self.data.more.items()}

    def own(self, name: str) -> str | None:
        """Return the pack's own words of a name, None where there is no such name."""
        return self.data.text if name == TEXT else self.data.more.get(name)

    def say(self, name: str, /, **fields: object) -> str:
        """Return the wording `name` of `more` with its {fields} filled in."""
        return self.more[name].format(**fields)

    def answer(self) -> Answer:
        """Return the main text with its buttons and sources."""
        return self._with(self.text)

    def variant(self, name: str) -> Answer:
        """Return the wording `name` of `more` with the intent's buttons and sources."""
        return self._with(self.more[name])

    def _with(self, text: str) -> Answer:
        buttons = tuple(intent_button(payload) for payload in self.data.buttons)
        return Answer(text, buttons=buttons, sources=self.data.sources)


class Texts:
    """All wordings of one city by intent.

    Raises:
        PackError: a file of `answers/` breaks the rules.
    """

    def __init__(self, folder: Path) -> None:
        self._wordings: dict[str, Wording] = {}
        self.topics: dict[str, tuple[str, ...]] = {}
        self.unfit: tuple[TextId, ...] = ()
        self._mark: Mark = (0, 0)
        for path in sorted((folder / "answers").glob("*.yml")):
            entries = read_wordings(path)
            self.topics[path.stem] = tuple(entries)
            self._wordings.update({intent: Wording(entry) for intent, entry in entries.items()})

    def __getitem__(self, intent: str) -> Wording:
        return self._wordings[intent]

    def __contains__(self, intent: str) -> bool:
        return intent in self._wordings

    def thin(self) -> tuple[str, ...]:
        """Return the intents that only have an honest first answer, for the list that staff see."""
        return tuple(intent for intent, wording in self._wordings.items() if wording.data.thin)

    async def refresh(self, session: AsyncSession) -> bool:
        """Take over what staff changed since; True when there was a change.

        An edit whose {fields} are not those of the pack's own words is left out and listed in `unfit`.
        """
        mark = await repository.mark(session)
        if mark == self._mark:
            return False
        edits = await repository.newest(session)
        fitting = {text: value for text, value in edits.items() if self._fits(text, value)}
        for intent, wording in self._wordings.items():
            wording.use({name: value for (of, name), value in fitting.items() if of == intent})
        self.unfit = tuple(sorted(set(edits) - set(fitting)))
        self._mark = mark
        return True

    def _fits(self, text: TextId, value: str) -> bool:
        intent, name = text
        own = self._wordings[intent].own(name) if intent in self._wordings else None
        return own is not None and fields_of(value) == fields_of(own)


def read_wordings(path: Path) -> dict[str, WordingData]:
    """Read one file of `answers/`.

    Raises:
        PackError: it breaks the rules.
    """
    file = read_pack_file(path)
    entries = file.parse(TypeAdapter(dict[str, WordingData]))
    problems = [
        file.problem(place, problem) for intent, entry in entries.items() for place, problem in _faults(intent, entry)
    ]
    if problems:
        raise PackError(problems)
    return entries


def intent_button(payload: str) -> Button:
    """Return the button that asks an intent, under the intent's own title."""
    if payload == SHARE_LOCATION:
        return Button("Udostępnij lokalizację", SHARE_LOCATION)
    return Button(all_intents()[payload.partition("?")[0]].title, payload)


def _faults(intent: str, entry: WordingData) -> list[tuple[tuple[str, ...], str]]:
    """Return what is wrong with an entry: a place in the file and a sentence each."""
    faults: list[tuple[tuple[str, ...], str]] = []
    if intent not in all_intents():
        faults.append(((intent,), f"{intent} is no intent of content/intents.yml"))
    for number, payload in enumerate(entry.buttons):
        if payload != SHARE_LOCATION and payload.partition("?")[0] not in all_intents():
            faults.append(((intent, "buttons", str(number)), f"the button {payload} leads to no intent"))
    for place, text in (((intent, TEXT), entry.text), *(((intent, "more", name), t) for name, t in entry.more.items())):
        if not text.strip():
            faults.append((place, f"{'.'.join(place)} is empty"))
        elif fields_of(text) is None:
            faults.append((place, f"{'.'.join(place)}: a brace is not closed, or a field has no plain name"))
    names: set[Any] = {TEXT, *entry.more}
    faults += [
        ((intent, "fixed"), f"{name} is fixed, but there is no such text") for name in entry.fixed if name not in names
    ]
    return faults

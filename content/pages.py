"""What the web pages need of the city pack besides answers: the first message, the declaration of accessibility."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from content.answer import Button
from content.pack_file import read_pack_file
from content.texts import intent_button

_Text = Annotated[str, Field(min_length=1)]


class FirstMessage(BaseModel):
    """What the widget says before anything was asked; it must say that nobody but a program answers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: _Text
    text: _Text
    privacy: _Text
    topics: Annotated[tuple[str, ...], Field(min_length=1)]

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The topics as buttons, under the titles of their intents."""
        return tuple(map(intent_button, self.topics))


class Accessibility(BaseModel):
    """The city's declaration for these pages (act of 4 April 2019, art. 10); whom to turn to as far as it is known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    published_on: date
    updated_on: date
    prepared_on: date
    reviewed_on: date
    status: Literal["zgodna", "częściowo zgodna", "niezgodna"]
    gaps: tuple[_Text, ...] = ()
    person: str | None = None
    email: str | None = None
    phone: str | None = None
    building: _Text


class PageTexts(BaseModel):
    """The file `pages.yml`; `alert_event` names what the city's alerts warn of, for programs that pass them on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    first_message: FirstMessage
    accessibility: Accessibility
    alert_event: _Text


def load_page_texts(folder: Path) -> PageTexts:
    """Read `pages.yml` of a city pack.

    Raises:
        PackError: it is missing or breaks the rules.
    """
    return read_pack_file(folder / "pages.yml").parse(TypeAdapter(PageTexts))

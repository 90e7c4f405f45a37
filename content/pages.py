"""What the web pages need of the city pack besides answers: the first message, the declaration of accessibility."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from content.answer import Button
from content.gaps import Gap, Reason
from content.pack_file import PackData, read_pack_file
from content.texts import intent_button

FILE = "pages.yml"

_REVIEW_BY = (3, 31)
"""Month and day by which the declaration is reviewed each year (act of 4 April 2019, art. 11)."""

_DECLARED = {
    "person": "Deklaracja dostępności: kto rozpatruje uwagi i wnioski",
    "email": "Deklaracja dostępności: adres e-mail",
    "phone": "Deklaracja dostępności: numer telefonu",
}

_Text = Annotated[str, Field(min_length=1)]


class FirstMessage(PackData):
    """What the widget says before anything was asked; it must say that nobody but a program answers."""

    title: _Text
    text: _Text
    privacy: _Text
    topics: Annotated[tuple[str, ...], Field(min_length=1)]

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The topics as buttons, under the titles of their intents."""
        return tuple(map(intent_button, self.topics))


class Accessibility(PackData):
    """The city's declaration for these pages (act of 4 April 2019, art. 10); whom to turn to as far as it is known."""

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

    def due(self, day: date) -> Iterator[Gap]:
        """Yield what the declaration lacks by law, and its review when this year's is overdue."""
        for name, title in _DECLARED.items():
            if not getattr(self, name):
                yield Gap(Reason.MISSING, FILE, f"accessibility.{name}", title)
        if day > date(day.year, *_REVIEW_BY) and self.reviewed_on.year < day.year:
            title = "Deklaracja dostępności: coroczny przegląd, do 31 marca"
            yield Gap(Reason.OLD, FILE, "accessibility.reviewed_on", title, since=self.reviewed_on)


class PageTexts(PackData):
    """The file `pages.yml`; `alert_event` names what the city's alerts warn of, for programs that pass them on.

    `data_officer` says how to reach the inspector of data protection (GDPR, art. 13), None until the city names one.
    """

    first_message: FirstMessage
    accessibility: Accessibility
    alert_event: _Text
    data_officer: str | None = None

    def due(self, day: date) -> Iterator[Gap]:
        """Yield what the pages must say by law and do not know yet, or what is due for a review."""
        yield from self.accessibility.due(day)
        if not self.data_officer:
            title = "Prywatność: kontakt z inspektorem ochrony danych"
            yield Gap(Reason.MISSING, FILE, "data_officer", title)


def load_page_texts(folder: Path) -> PageTexts:
    """Read `pages.yml` of a city pack.

    Raises:
        PackError: it is missing or breaks the rules.
    """
    return read_pack_file(folder / FILE).parse(TypeAdapter(PageTexts))

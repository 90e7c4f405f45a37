"""Contacts of the city pack and the rule about them: only confirmed ones are shown, numbers only with their date."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, TypeAdapter, model_validator

from content.answer import Source
from content.confidence import Checked
from content.gaps import Gap, Reason
from content.pack_file import PackData, read_pack_file

FILE = "contacts.yml"

MAX_AGE = timedelta(days=365)
"""A number older than this is still shown with its date, and staff are asked to check it (our own rule)."""

Detail = Literal["address", "phone", "email", "hours", "url"]


class Contact(Checked):
    """One place to turn to: `matter` says what for; `missing` is what nobody has found yet.

    A `nationwide` number, such as 112, holds everywhere and needs no date.
    """

    id: Annotated[str, Field(pattern=r"^[a-z_]+$")]
    name: str
    matter: str
    address: str | None = None
    phone: Annotated[str, Field(pattern=r"^\+?[0-9][0-9 ]*$")] | None = None
    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")] | None = None
    hours: str | None = None
    url: Annotated[str, Field(pattern=r"^https?://")] | None = None
    source: Source
    missing: tuple[Detail, ...] = ()
    nationwide: bool = False

    @property
    def as_of(self) -> date | None:
        """The source's own date."""
        as_of = self.source.as_of
        return as_of.date() if isinstance(as_of, datetime) else as_of

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not (self.address or self.phone or self.email or self.url):
            message = "a contact needs an address, a phone, an e-mail or a page"
            raise ValueError(message)
        dated = self.as_of is not None or self.nationwide or not self.is_confirmed
        if (self.phone or self.email or self.hours) and not dated:
            message = "a phone, an e-mail or hours need the date of their source: write it into source.as_of"
            raise ValueError(message)
        named = [detail for detail in self.missing if getattr(self, detail) is not None]
        if named:
            message = f"known and missing at once: {', '.join(named)}"
            raise ValueError(message)
        return self


def _distinct(contacts: tuple[Contact, ...]) -> tuple[Contact, ...]:
    ids = [contact.id for contact in contacts]
    if len(set(ids)) < len(ids):
        message = "two contacts have the same id"
        raise ValueError(message)
    return contacts


class Contacts(PackData):
    """The file `contacts.yml`; the first contact is the city office itself."""

    contacts: Annotated[tuple[Contact, ...], Field(min_length=1), AfterValidator(_distinct)]

    def shown(self) -> tuple[Contact, ...]:
        """Return the contacts that residents may see, in the order of the file."""
        return tuple(contact for contact in self.contacts if contact.is_confirmed)

    def gaps(self, day: date) -> Iterator[Gap]:
        """Yield what staff should find or check: unconfirmed contacts, missing details, dates older than MAX_AGE."""
        for contact in self.contacts:
            if not contact.is_confirmed:
                yield Gap(Reason.UNCONFIRMED, FILE, contact.id, contact.name)
                continue
            for detail in contact.missing:
                yield Gap(Reason.MISSING, FILE, f"{contact.id}.{detail}", contact.name)
            if contact.as_of and day - contact.as_of > MAX_AGE:
                yield Gap(Reason.OLD, FILE, contact.id, contact.name, since=contact.as_of)


def load_contacts(folder: Path) -> Contacts:
    """Read `contacts.yml` of a city pack; a `PackError` names file and line of a fault."""
    return read_pack_file(folder / FILE).parse(TypeAdapter(Contacts))

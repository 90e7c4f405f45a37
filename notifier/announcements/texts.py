"""Words that the product adds to announcements (`announcements.yml` of the pack), and what staff leave to fill in."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from pydantic import BaseModel, Field, TypeAdapter, model_validator

from content.fields import field_problem
from content.format import polish_date, polish_hour
from content.pack_file import read_pack_file
from core.clock import warsaw
from notifier.announcements.content import EventDetails
from notifier.announcements.errors import ContentRefusedError
from notifier.announcements.models import MAX_BODY, MAX_TEMPLATE, MAX_TITLE, ReminderKind

_BRACES = re.compile(r"\{([^{}]*)\}")


class _Words(BaseModel, frozen=True, extra="forbid"):
    """Words of the pack."""


class ReminderWords(_Words):
    """Title and text of a reminder."""

    title: str
    body: str


class Starter(_Words):
    """Words that somebody who writes for the first time can start from; [square brackets] are left to fill in."""

    name: str = Field(min_length=1, max_length=MAX_TEMPLATE)
    title: str = Field(min_length=1, max_length=MAX_TITLE)
    body: str = Field(min_length=1, max_length=MAX_BODY)


class AnnouncementTexts(_Words):
    """The words of one city."""

    correction_title: str
    retraction_title: str
    reminders: dict[ReminderKind, ReminderWords]
    registration: str
    starters: dict[str, Starter] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _known_fields(self) -> Self:
        allowed: dict[str, set[str]] = {
            self.correction_title: {"title"},
            self.retraction_title: {"title"},
            self.registration: {"link"},
        }
        for words in self.reminders.values():
            allowed |= {words.title: {"title"}, words.body: {"title", "day", "hour", "place"}}
        for text, fields in allowed.items():
            if problem := field_problem(fields, text):
                raise ValueError(problem)
        return self

    def titled(self, title: str, *, is_retraction: bool) -> str:
        """Return the title of a correction or a retraction, marked as such and as nothing else."""
        pattern = self.retraction_title if is_retraction else self.correction_title
        if _after_mark(pattern, title) is not None:
            return title
        if is_retraction:
            title = _after_mark(self.correction_title, title) or title
        return pattern.format(title=title)

    def reminder(self, kind: ReminderKind, title: str, event: EventDetails) -> tuple[str, str]:
        """Return title and text of a reminder."""
        words = self.reminders[kind]
        fields = event_fields(event)
        link = self.registration.format(link=event.registration) if event.registration else ""
        return words.title.format(title=title), words.body.format(title=title, **fields) + link


def _after_mark(pattern: str, title: str) -> str | None:
    """Return what follows the mark of a pattern in a title, None where it does not begin with that."""
    mark = pattern.format(title="").strip()
    return title[len(mark) :].lstrip() if title.casefold().startswith(mark.casefold()) else None


def load_texts(folder: Path) -> AnnouncementTexts:
    """Read `announcements.yml` of the city pack in `folder`.

    Raises:
        PackError: it is missing or breaks a rule; the message says where and which.
    """
    return read_pack_file(folder / "announcements.yml").parse(TypeAdapter(AnnouncementTexts))


def event_fields(event: EventDetails) -> Mapping[str, str]:
    """Return what a text may say of an event in {braces}, in Polish time."""
    return {
        "day": polish_date(warsaw(event.starts_at).date()),
        "hour": polish_hour(event.starts_at),
        "place": event.place,
    } | ({"link": event.registration} if event.registration else {})


def check_placeholders(text: str, event: EventDetails | None) -> None:
    """Check that a text names in {braces} only what its event has.

    Raises:
        ContentRefusedError: a name is not known, or a brace stands alone.
    """
    known = event_fields(event) if event else {}
    for name in _BRACES.findall(text):
        if name not in known:
            raise ContentRefusedError("placeholder", name)
    if "{" in _BRACES.sub("", text) or "}" in _BRACES.sub("", text):
        raise ContentRefusedError("braces")


def filled(text: str, event: EventDetails | None) -> str:
    """Return a checked text with its {braces} filled in."""
    known = event_fields(event) if event else {}
    return _BRACES.sub(lambda found: known[found[1]], text)

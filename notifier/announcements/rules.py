"""What an announcement must be like before anybody is asked to read it."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from string import printable
from typing import TypeVar
from urllib.parse import quote

from notifier.announcements.content import CHANNELS, WEB, Content, EventDetails, clean, sms_preview
from notifier.announcements.errors import AnnouncementError, ContentRefusedError, Contradiction, Part, TooManyPartsError
from notifier.announcements.models import (
    MAX_BODY,
    MAX_LINK,
    MAX_PLACE,
    MAX_SMS,
    MAX_TELEGRAM,
    MAX_TITLE,
    MAX_WEB,
)
from notifier.announcements.texts import AnnouncementTexts, check_placeholders, filled

MAX_SMS_PARTS = 6
"""Most parts of an announcement as an SMS: 918 letters, as GOV.UK Notify allows."""

_VARIANTS: dict[str, tuple[Part, int]] = {
    "sms": ("sms", MAX_SMS),
    "telegram": ("telegram", MAX_TELEGRAM),
    WEB: ("web", MAX_WEB),
}
_T = TypeVar("_T")
_ADDRESS = re.compile(r"https?://[^\s]+\.[^\s]+")


@dataclass(frozen=True)
class House:
    """What a city adds to the rules: its words, and which districts there are."""

    texts: AnnouncementTexts
    is_district: Callable[[str], bool]


def prepared(content: Content, house: House, now: datetime) -> Content:
    """Return a content as it is stored: cleaned, with times in UTC, and a correction marked as such.

    Raises:
        PartRefusedError: a text is empty or too long.
        ContentRefusedError: its parts do not fit together.
    """
    ready, refused = checked(content, house, now)
    if refused:
        raise refused[0]
    return ready


def checked(content: Content, house: House, now: datetime) -> tuple[Content, Sequence[AnnouncementError]]:
    """Return a content as far as it can be prepared, and everything that is refused about it."""
    title = content.title
    # An empty title is told as such, not hidden behind the mark of a correction.
    if content.corrects is not None and title.strip():
        title = house.texts.titled(title, is_retraction=content.is_retraction)
    checks = _Checks()
    # What is taken back invites to nothing.
    event = _event(content.event, now, checks) if content.event and not content.is_retraction else None
    expires_at = content.expires_at.astimezone(UTC) if content.expires_at else None
    checks.of(lambda: _ahead(expires_at, now), None)
    checks.of(lambda: _known(content.districts, house.is_district, "district"), None)
    checks.of(lambda: _known([*content.channels, *content.variants], CHANNELS.__contains__, "channel"), None)
    cleaned = replace(
        content,
        title=checks.of(lambda: clean(title, "title", MAX_TITLE), title),
        body=checks.of(lambda: clean(content.body, "text", MAX_BODY), content.body),
        variants={name: checks.of(partial(_variant, name, text), text) for name, text in content.variants.items()},
        districts=tuple(sorted(set(content.districts))),
        channels=tuple(sorted(set(content.channels))),
        event=event,
        expires_at=expires_at,
    )
    for text in (cleaned.title, cleaned.body, *cleaned.variants.values()):
        checks.of(partial(check_placeholders, text, event), None)
    return cleaned, checks.refused


def check_for_review(content: Content, now: datetime) -> None:
    """Check what must hold before somebody reads it.

    Raises:
        TooManyPartsError: it is too long for an SMS.
        ContentRefusedError: it is out of date already.
    """
    check_in_time(content, now)
    if content.goes_to("sms"):
        shown = sms_preview(filled(content.title, content.event), filled(content.text_for("sms"), content.event))
        if shown.parts > MAX_SMS_PARTS:
            raise TooManyPartsError(shown.parts, MAX_SMS_PARTS)


def check_in_time(content: Content, now: datetime) -> None:
    """Check that it is still of use.

    Raises:
        ContentRefusedError: it is not.
    """
    if content.ends_at and content.ends_at <= now:
        raise ContentRefusedError("expired", content.ends_at.isoformat())


class _Checks:
    """Makes checks one after the other and keeps what each refuses."""

    def __init__(self) -> None:
        self.refused: list[AnnouncementError] = []

    def of(self, check: Callable[[], _T], otherwise: _T) -> _T:
        """Return what a check returns, `otherwise` where it refuses."""
        try:
            return check()
        except AnnouncementError as error:
            self.refused.append(error)
            return otherwise


def _variant(channel: str, text: str) -> str:
    # A channel that is not known is refused as such.
    return clean(text, *_VARIANTS[channel]) if channel in _VARIANTS else text


def _ahead(expires_at: datetime | None, now: datetime) -> None:
    if expires_at and expires_at <= now:
        raise ContentRefusedError("expired", expires_at.isoformat())


def _event(event: EventDetails, now: datetime, checks: _Checks) -> EventDetails:
    starts_at = event.starts_at.astimezone(UTC)
    ends_at = event.ends_at.astimezone(UTC) if event.ends_at else None
    checks.of(lambda: _to_come(starts_at, now), None)
    checks.of(lambda: _in_order(starts_at, ends_at), None)
    place = checks.of(lambda: clean(event.place, "place", MAX_PLACE), event.place)
    registration = checks.of(lambda: _registration(event.registration), event.registration)
    return EventDetails(starts_at, place, ends_at, registration)


def _to_come(starts_at: datetime, now: datetime) -> None:
    if starts_at <= now:
        raise ContentRefusedError("event_is_past", starts_at.isoformat())


def _in_order(starts_at: datetime, ends_at: datetime | None) -> None:
    if ends_at and ends_at <= starts_at:
        raise ContentRefusedError("event_ends_before_start")


def _registration(address: str | None) -> str | None:
    if not address:
        return None
    # An SMS has no Polish letters, and an address without them would be another one.
    encoded = quote(clean(address, "registration", MAX_LINK), safe=printable)
    if not _ADDRESS.fullmatch(encoded):
        raise ContentRefusedError("registration", address)
    return clean(encoded, "registration", MAX_LINK)


def _known(named: Iterable[str], is_known: Callable[[str], bool], problem: Contradiction) -> None:
    for name in named:
        if not is_known(name):
            raise ContentRefusedError(problem, name)

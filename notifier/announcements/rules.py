"""What an announcement must be like before anybody is asked to read it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from string import printable
from typing import TypeVar
from urllib.parse import quote

from notifier.announcements.content import CHANNELS, WEB, Content, EventDetails, clean, sms_preview
from notifier.announcements.errors import AnnouncementError, ContentRefusedError, Contradiction, Part, TooManyPartsError
from notifier.announcements.texts import AnnouncementTexts, check_placeholders, filled

MAX_SMS_PARTS = 6
"""Most parts of an announcement as an SMS: 918 letters, as GOV.UK Notify allows."""

_VARIANTS: dict[str, Part] = {"sms": "sms", "telegram": "telegram", WEB: "web"}
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
    if expires_at:
        checks.need(expires_at > now, "expired", expires_at.isoformat())
    unknown_districts = [name for name in content.districts if not house.is_district(name)]
    checks.need(not unknown_districts, "district", *unknown_districts[:1])
    unknown_channels = [name for name in (*content.channels, *content.variants) if name not in CHANNELS]
    checks.need(not unknown_channels, "channel", *unknown_channels[:1])
    cleaned = replace(
        content,
        title=checks.of(lambda: clean(title, "title"), title),
        body=checks.of(lambda: clean(content.body, "text"), content.body),
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

    def need(self, holds: bool, problem: Contradiction, what: str = "") -> None:
        """Refuse what does not hold."""
        if not holds:
            self.refused.append(ContentRefusedError(problem, what))


def _variant(channel: str, text: str) -> str:
    # A channel that is not known is refused as such.
    return clean(text, _VARIANTS[channel]) if channel in _VARIANTS else text


def _event(event: EventDetails, now: datetime, checks: _Checks) -> EventDetails:
    starts_at = event.starts_at.astimezone(UTC)
    ends_at = event.ends_at.astimezone(UTC) if event.ends_at else None
    checks.need(starts_at > now, "event_is_past", starts_at.isoformat())
    checks.need(not ends_at or ends_at > starts_at, "event_ends_before_start")
    place = checks.of(lambda: clean(event.place, "place"), event.place)
    registration = checks.of(lambda: _registration(event.registration), event.registration)
    return EventDetails(starts_at, place, ends_at, registration)


def _registration(address: str | None) -> str | None:
    if not address:
        return None
    # Besides letters, which every text has encoded in its addresses.
    encoded = quote(clean(address, "registration"), safe=printable)
    if not _ADDRESS.fullmatch(encoded):
        raise ContentRefusedError("registration", address)
    return clean(encoded, "registration")

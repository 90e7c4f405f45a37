"""What an announcement says and to whom: cleaned, measured, and bound to an approval by its hash."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from string import printable
from typing import Any
from urllib.parse import quote

from content.plain_text import plain_line
from core.sms_text import segments, to_gsm
from notifier.announcements import models
from notifier.announcements.errors import Part, PartRefusedError
from notifier.announcements.models import AnnouncementRow
from notifier.channels.registry import NAMES

WEB = "web"
CHANNELS = (*NAMES, WEB)
"""Where an announcement may appear: the channels of deliveries, and the pages and feeds of the city."""
_LIMITS: dict[Part, int] = {
    "title": models.MAX_TITLE,
    "text": models.MAX_BODY,
    "sms": models.MAX_SMS,
    "telegram": models.MAX_TELEGRAM,
    "web": models.MAX_WEB,
    "name": models.MAX_NAME,
    "reason": models.MAX_REASON,
    "place": models.MAX_PLACE,
    "registration": models.MAX_LINK,
    "key": models.MAX_KEY,
    "template": models.MAX_TEMPLATE,
}
_LINK = re.compile(r"(https?://|www\.)([\w-]+(?:\.[\w-]+)*)([\w!-~]*)", re.IGNORECASE)


@dataclass(frozen=True)
class EventDetails:
    """When and where something takes place (UTC), and where residents sign up."""

    starts_at: datetime
    place: str
    ends_at: datetime | None = None
    registration: str | None = None


@dataclass(frozen=True)
class Content:
    """Everything that is approved: no part of it can change without another approval.

    `variants` are texts of their own by channel. No districts: the whole city; no channels: all of them. `corrects` is
    the number of the announcement that this one corrects or, if `is_retraction`, takes back.
    """

    title: str
    body: str
    variants: dict[str, str] = field(default_factory=dict)
    districts: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    event: EventDetails | None = None
    expires_at: datetime | None = None
    corrects: int | None = None
    is_retraction: bool = False

    @property
    def ends_at(self) -> datetime | None:
        """Return the moment from which it is worth nothing: its own, else the start of its event."""
        return self.expires_at or (self.event.starts_at if self.event else None)

    def text_for(self, channel: str) -> str:
        """Return the text for a channel: its own, else the common one."""
        return self.variants.get(channel, self.body)

    def goes_to(self, channel: str) -> bool:
        """Whether it appears on a channel."""
        return not self.channels or channel in self.channels

    def hash(self) -> str:
        """Return the SHA-256 in hexadecimal; it changes with every part."""
        return hashlib.sha256(json.dumps(vars(self), default=_plain, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class SmsPreview:
    """An announcement as an SMS: the text that goes out, its parts, and its parts if it kept the Polish letters."""

    text: str
    parts: int
    parts_with_polish_letters: int


def content_of(row: AnnouncementRow) -> Content:
    """Return the content that a row holds."""
    event = None
    if row.event_starts_at and row.event_place:
        event = EventDetails(row.event_starts_at, row.event_place, row.event_ends_at, row.event_registration)
    return Content(
        row.title,
        row.body,
        dict(row.variants),
        tuple(row.districts),
        tuple(row.channels),
        event,
        row.expires_at,
        row.corrects_id,
        row.is_retraction,
    )


def columns_of(content: Content) -> dict[str, Any]:
    """Return the columns that hold a content."""
    event = content.event
    return {
        "title": content.title,
        "body": content.body,
        "variants": content.variants,
        "districts": list(content.districts),
        "channels": list(content.channels),
        "event_starts_at": event and event.starts_at,
        "event_ends_at": event and event.ends_at,
        "event_place": event and event.place,
        "event_registration": event and event.registration,
        "expires_at": content.expires_at,
        "corrects_id": content.corrects,
        "is_retraction": content.is_retraction,
        "is_on_web": content.goes_to(WEB),
    }


def sms_preview(title: str, text: str) -> SmsPreview:
    """Return how a title and a text look and count as an SMS."""
    written = f"{title}\n{text}"
    plain = to_gsm(written)
    return SmsPreview(plain, segments(plain), segments(written))


def clean(text: str, part: Part) -> str:
    """Return `text` in composed form without invisible characters and spare spaces; only a text keeps its lines.

    Addresses of pages are written in ASCII, because an SMS has no Polish letters, and without them each is another one.

    Raises:
        PartRefusedError: nothing is left, or more characters than the part may have.
    """
    joint = "\n" if part in {"text", "sms", "telegram", "web"} else " "
    cleaned = _LINK.sub(_in_ascii, joint.join(plain_line(line) for line in text.splitlines()).strip())
    if not cleaned or len(cleaned) > _LIMITS[part]:
        raise PartRefusedError(part, _LIMITS[part], is_empty=not cleaned)
    return cleaned


def _in_ascii(link: re.Match[str]) -> str:
    scheme, host, rest = link.groups()
    try:
        host = host.encode("idna").decode()
    except UnicodeError:
        host = quote(host)
    return scheme + host + quote(rest, safe=printable)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return vars(value)

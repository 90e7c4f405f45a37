"""The JSON of announcements: what programs send, and what they get."""

from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, Field

from core.clock import warsaw
from notifier.announcements.content import CHANNELS, WEB, Content, EventDetails, sms_preview
from notifier.announcements.texts import filled
from notifier.announcements.view import Announcement
from notifier.deliveries.states import DeliveryState

_Number = Annotated[int, Field(gt=0, lt=10**18)]
_List = Annotated[list[str], Field(max_length=50)]


class _Payload(BaseModel, frozen=True, extra="forbid", strict=True):
    """A body, in exactly these fields and types."""


class EventPayload(_Payload):
    """When and where; moments carry their offset."""

    starts_at: AwareDatetime
    place: str
    ends_at: AwareDatetime | None = None
    registration_url: str | None = None


class AnnouncementPayload(_Payload):
    """An announcement as a program writes it; `corrects` or `retracts` is the number of an earlier one."""

    title: str
    body: str
    sms: str | None = None
    telegram: str | None = None
    web: str | None = None
    districts: _List = []
    channels: _List = []
    event: EventPayload | None = None
    expires_at: AwareDatetime | None = None
    corrects: _Number | None = None
    retracts: _Number | None = None

    def content(self) -> Content:
        """Return the content that it describes."""
        own = {"sms": self.sms, "telegram": self.telegram, WEB: self.web}
        event = self.event
        return Content(
            self.title,
            self.body,
            {channel: text for channel, text in own.items() if text is not None},
            tuple(self.districts),
            tuple(self.channels),
            EventDetails(event.starts_at, event.place, event.ends_at, event.registration_url) if event else None,
            self.expires_at,
            self.retracts if self.corrects is None else self.corrects,
            self.retracts is not None,
        )


class SchedulePayload(_Payload):
    """When it goes out."""

    at: AwareDatetime


class ReasonPayload(_Payload):
    """Why it is halted or stopped."""

    reason: str | None = None


def shown(announcement: Announcement) -> dict[str, Any]:
    """Return an announcement as JSON; moments carry the Polish offset."""
    content, event = announcement.content, announcement.content.event
    moments = {
        "expires_at": content.expires_at,
        "scheduled_at": announcement.scheduled_at,
        "published_at": announcement.published_at,
    }
    texts = {name: filled(content.text_for(name), event) for name in CHANNELS if content.goes_to(name)}
    preview = sms_preview(filled(content.title, event), texts["sms"]) if "sms" in texts else None
    return {
        "id": announcement.id,
        "state": announcement.state.value,
        "version": announcement.version,
        "title": filled(content.title, event),
        "texts": texts,
        "sms_parts": preview and preview.parts,
        "sms_parts_with_polish_letters": preview and preview.parts_with_polish_letters,
        "districts": list(content.districts),
        "channels": [name for name in CHANNELS if content.goes_to(name)],
        "corrects": None if content.is_retraction else content.corrects,
        "retracts": content.corrects if content.is_retraction else None,
        **{name: moment and warsaw(moment).isoformat() for name, moment in moments.items()},
        "deliveries": None
        if announcement.deliveries is None
        else {state.value: announcement.deliveries.get(state, 0) for state in DeliveryState},
    }

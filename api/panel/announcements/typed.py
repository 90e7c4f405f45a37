"""The form of an announcement: what was typed, kept as it is until it can be stored."""

from dataclasses import dataclass, replace

from api.panel.announcements.moments import field_moment, typed_moment
from api.panel.forms import Fields
from notifier.announcements.content import CHANNELS, Content, EventDetails

# Channels whose text can be another one; a channel that is not among them gets the common text.
_OWN_TEXTS = ("sms", "telegram", "web")
_LINES = ("title", "body", *_OWN_TEXTS, "place", "registration", "event_starts", "event_ends", "expires")
_NO_START = "Proszę podać, kiedy zaczyna się wydarzenie."
_NO_CHANNEL = "Proszę wybrać przynajmniej jedno miejsce, w którym komunikat się pojawi."
# More than a request may hold, so that nothing is refused before it is shown again.
_ANY_LENGTH = 100_000


@dataclass(frozen=True)
class Typed:
    """The fields by the names they have in the form; `corrects` and `retracts` are numbers, 0 for none."""

    title: str = ""
    body: str = ""
    sms: str = ""
    telegram: str = ""
    web: str = ""
    place: str = ""
    registration: str = ""
    event_starts: str = ""
    event_ends: str = ""
    expires: str = ""
    channels: tuple[str, ...] = CHANNELS
    districts: tuple[str, ...] = ()
    corrects: int = 0
    retracts: int = 0
    key: str = ""
    version: int = 0

    @classmethod
    def of_form(cls, fields: Fields) -> "Typed":
        """Return what a form sent."""
        return cls(
            **{name: fields.raw(name, _ANY_LENGTH).replace("\r\n", "\n").replace("\0", "") for name in _LINES},
            channels=fields.every("channel"),
            districts=fields.every("district"),
            corrects=_number(fields.raw("corrects")),
            retracts=_number(fields.raw("retracts")),
            key=fields.raw("key"),
            version=_number(fields.raw("version")),
        )

    @classmethod
    def of_content(cls, content: Content, version: int = 0) -> "Typed":
        """Return a stored content as the form shows it."""
        event, original = content.event, content.corrects or 0
        return cls(
            title=content.title,
            body=content.body,
            **{name: content.variants.get(name, "") for name in _OWN_TEXTS},
            place=event.place if event else "",
            registration=(event.registration or "") if event else "",
            event_starts=typed_moment(event.starts_at) if event else "",
            event_ends=typed_moment(event.ends_at) if event else "",
            expires=typed_moment(content.expires_at),
            channels=content.channels or CHANNELS,
            districts=content.districts,
            corrects=0 if content.is_retraction else original,
            retracts=original if content.is_retraction else 0,
            version=version,
        )

    @property
    def follows(self) -> int:
        """Return the number of the announcement that this one corrects or takes back, 0 for none."""
        return self.corrects or self.retracts

    @property
    def is_event(self) -> bool:
        """Whether anything was typed about an event."""
        return any((self.event_starts, self.event_ends, self.place.strip(), self.registration.strip()))

    def content(self, original: Content | None = None) -> tuple[Content, dict[str, str]]:
        """Return the content as far as it can be read, and what is wrong by field; `original` is what it corrects."""
        faults: dict[str, str] = {}
        content = Content(
            self.title,
            self.body,
            {name: text for name in _OWN_TEXTS if (text := getattr(self, name)).strip()},
            self.districts,
            () if set(self.channels) >= set(CHANNELS) else self.channels,
            self._event(faults) if self.is_event else None,
            field_moment(self.expires, "expires", faults),
            self.follows or None,
            bool(self.retracts),
        )
        if original:
            return replace(content, districts=original.districts, channels=original.channels), faults
        if not self.channels:
            faults["channel"] = _NO_CHANNEL
        return content, faults

    def _event(self, faults: dict[str, str]) -> EventDetails | None:
        starts_at = field_moment(self.event_starts, "event_starts", faults)
        ends_at = field_moment(self.event_ends, "event_ends", faults)
        if starts_at is None:
            faults.setdefault("event_starts", _NO_START)
            return None
        return EventDetails(starts_at, self.place, ends_at, self.registration.strip() or None)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0

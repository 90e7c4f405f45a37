"""One thing that the city sent, and whether it still holds."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from notifier.announcements.content import EventDetails


class Kind(StrEnum):
    """What was sent."""

    ANNOUNCEMENT = "announcement"
    EVENT = "event"
    CORRECTION = "correction"
    RETRACTION = "retraction"
    ALERT = "alert"
    ALL_CLEAR = "all_clear"


class Standing(StrEnum):
    """Whether it still holds."""

    VALID = "valid"
    OVER = "over"  # its time has passed
    STOPPED = "stopped"  # staff broke the sending off
    CORRECTED = "corrected"  # a later one says what is right
    TAKEN_BACK = "taken_back"  # a later one says that it is wrong


@dataclass(frozen=True)
class Entry:
    """An announcement or an alert as it was sent; moments in UTC.

    `id` is the number of an announcement or the CAP identifier of an alert. `corrects` and `successor` are numbers of
    announcements: of the one that this one corrects or takes back, and of the one that does so to this one; both have
    its channels. `changed_at` is when it last became something else, e.g. was taken back. `event_id` is what calendars
    know the event of an announcement by.
    """

    id: str
    kind: Kind
    standing: Standing
    title: str
    text: str
    published_at: datetime
    changed_at: datetime
    until: datetime | None = None
    event: EventDetails | None = None
    event_id: str = ""
    corrects: int | None = None
    successor: int | None = None
    sample: bool = False

    @property
    def is_alert(self) -> bool:
        """Whether it is an alert or its all-clear, which are told apart from announcements by their identifier."""
        return self.kind in {Kind.ALERT, Kind.ALL_CLEAR}


@dataclass(frozen=True)
class Page:
    """One page of the archive, the newest first; pages are counted from 1, and there is always one."""

    entries: tuple[Entry, ...]
    number: int
    last: int

"""An event of the city: what residents are invited to."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, TypeAdapter, model_validator

from content.answer import Source
from content.confidence import Checked
from content.pack_file import PackError, read_pack_file
from core.clock import WARSAW, warsaw


def _polish_time(moment: datetime) -> datetime:
    # Whoever writes an event down thinks in local time.
    return moment if moment.tzinfo else moment.replace(tzinfo=WARSAW)


Moment = Annotated[datetime, AfterValidator(_polish_time)]
Text = Annotated[str, Field(min_length=1, max_length=500)]
WebAddress = Annotated[str, Field(pattern=r"^https?://[^\s]+$", max_length=500)]


class Event(Checked):
    """An event with its source; moments without an offset are Polish local time.

    `id` never changes once published: calendars recognise the event by it, and take over a higher `revision`. Without
    an end it lasts until midnight.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,80}$")]
    revision: Annotated[int, Field(ge=0)] = 0
    is_called_off: bool = False
    title: Text
    starts_at: Moment
    ends_at: Moment | None = None
    place: Text
    programme: Annotated[str, Field(max_length=5000)] = ""
    registration_url: WebAddress | None = None
    organiser: Text | None = None
    source: Source

    @model_validator(mode="after")
    def _ends_after_its_start(self) -> Self:
        if self.ends_at and self.ends_at <= self.starts_at:
            message = "an event ends after it starts"
            raise ValueError(message)
        return self

    @property
    def over_at(self) -> datetime:
        """The moment from which the event is no longer offered as coming."""
        if self.ends_at:
            return self.ends_at
        midnight = warsaw(self.starts_at).replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight + timedelta(days=1)


def load_events(folder: Path) -> tuple[Event, ...]:
    """Read `events.yml` of a city pack.

    Raises:
        ConfigurationError: it is missing, breaks the rules, or two events have one id.
    """
    file = read_pack_file(folder / "events.yml")
    events = file.parse(TypeAdapter(dict[Literal["events"], tuple[Event, ...]]))["events"]
    seen: set[str] = set()
    for number, event in enumerate(events):
        if event.id in seen:
            raise PackError([file.problem(("events", number, "id"), f"the id {event.id} is used twice")])
        seen.add(event.id)
    return events

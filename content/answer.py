"""An answer as every channel gets it: facts and plain text, no mark-up. Only a channel renders it."""

from dataclasses import dataclass
from datetime import date, datetime

SHARE_LOCATION = "share_location"
"""Payload of the button that asks the resident's device for its position."""


@dataclass(frozen=True)
class Coordinates:
    """A point on the map, WGS 84 degrees."""

    lat: float
    lon: float

    @property
    def map_url(self) -> str:
        """The point on the OpenStreetMap page."""
        return f"https://www.openstreetmap.org/?mlat={self.lat}&mlon={self.lon}#map=17/{self.lat}/{self.lon}"

    @property
    def geo_uri(self) -> str:
        """The point as a link that opens the phone's own maps (RFC 5870)."""
        return f"geo:{self.lat},{self.lon}"


@dataclass(frozen=True)
class Fact:
    """One labelled value, e.g. PM10 / 34 µg/m³ / 68% normy."""

    label: str
    value: str
    note: str | None = None


@dataclass(frozen=True)
class Button:
    """A reply the resident can press; its payload carries the intent, so it works without the model."""

    title: str
    payload: str


@dataclass(frozen=True)
class Spot:
    """A place in an answer, e.g. a charger, with what is known of it; distance in metres."""

    name: str
    address: str | None = None
    details: tuple[str, ...] = ()
    position: Coordinates | None = None
    distance_m: int | None = None


@dataclass(frozen=True)
class Source:
    """Where a fact comes from; `as_of` is the source's own date, `sample` marks data that are no real measurement."""

    name: str
    url: str | None = None
    as_of: date | datetime | None = None
    sample: bool = False


@dataclass(frozen=True)
class ChartPoint:
    """One value of a chart at an aware UTC moment; None is a gap."""

    at: datetime
    value: float | None


@dataclass(frozen=True)
class ChartBand:
    """A named range of values from the band before it up to `upper`, included; the last one has no upper end."""

    label: str
    upper: float | None


@dataclass(frozen=True)
class ChartLimit:
    """A value that is drawn as a line across the chart."""

    label: str
    value: float


@dataclass(frozen=True)
class Chart:
    """A chart as data, from the best band to the worst and from the oldest point to the newest, one each hour.

    A channel draws it or says `description`, which holds the same in words; `key` changes with the data, `source` must
    stand beside the picture.
    """

    key: str
    title: str
    description: str
    unit: str
    points: tuple[ChartPoint, ...]
    source: str
    limit: ChartLimit | None = None
    bands: tuple[ChartBand, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What is said to the resident; paragraphs of `text` are separated by line breaks.

    A `private` answer holds personal data: it is shown, but its words never reach the transcript. What was said before
    one that `begins_anew` is erased. `unmet` names values of the question that nothing fits; they are not remembered.
    `lang` (ISO 639-1) is the language of `text` and buttons.
    """

    text: str
    facts: tuple[Fact, ...] = ()
    buttons: tuple[Button, ...] = ()
    places: tuple[Spot, ...] = ()
    sources: tuple[Source, ...] = ()
    private: bool = False
    begins_anew: bool = False
    unmet: frozenset[str] = frozenset()
    chart: Chart | None = None
    lang: str = "pl"

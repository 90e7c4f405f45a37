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
class Answer:
    """What is said to the resident; paragraphs of `text` are separated by line breaks."""

    text: str
    facts: tuple[Fact, ...] = ()
    buttons: tuple[Button, ...] = ()
    places: tuple[Spot, ...] = ()
    sources: tuple[Source, ...] = ()

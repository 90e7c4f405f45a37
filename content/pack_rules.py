"""What holds for every file of a city pack, whoever reads it: keys, ids, points, addresses, dates, confidence."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from content.confidence import CONFIDENCES
from content.pack_file import PackFile, Problem, Where

# Poland between its outermost points, WGS 84.
_LATITUDES, _LONGITUDES = (49.0, 54.9), (14.1, 24.2)
_URL = re.compile(r"https?://[^\s/?#]+\.[^\s]+")
_URL_KEYS = frozenset({"url", "page", "website", "registration_url"})
# Wordings have names of their own choice.
_MORE = "more"


def faults_of(file: PackFile, today: date) -> Iterator[Problem]:
    """Yield the faults of one file that break the rules for all of them."""
    yield from file.doubled
    for place, value in _walk(file.data, ()):
        if isinstance(value, list):
            yield from _ids(file, place, value)
        if isinstance(value, dict) and {"lat", "lon"} <= set(value) and not _in_the_country(value):
            yield file.problem(place, f"{value['lat']}, {value['lon']} is no point in Poland")
        if place and _MORE not in place:
            yield from (file.problem(place, message) for message in _faults(place[-1], value, today))


def _walk(value: object, place: Where) -> Iterator[tuple[Where, object]]:
    yield place, value
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, entry in entries:
        yield from _walk(entry, (*place, str(key)))


def _ids(file: PackFile, place: Where, entries: list[Any]) -> Iterator[Problem]:
    known: set[object] = set()
    for number, entry in enumerate(entries):
        entry_id = entry.get("id") if isinstance(entry, dict) else None
        if not isinstance(entry_id, str | int):
            continue
        if entry_id in known:
            yield file.problem((*place, number, "id"), f"the id {entry_id} stands here twice")
        known.add(entry_id)


def _in_the_country(point: Mapping[str, Any]) -> bool:
    lat, lon = point["lat"], point["lon"]
    numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in (lat, lon))
    return numbers and _LATITUDES[0] <= lat <= _LATITUDES[1] and _LONGITUDES[0] <= lon <= _LONGITUDES[1]


def _faults(key: str, value: object, today: date) -> Iterator[str]:
    if key in _URL_KEYS and value is not None and not (isinstance(value, str) and _URL.fullmatch(value)):
        yield f"{value} is no address: it begins with https:// or http://"
    if key == "confidence" and isinstance(value, str) and value not in CONFIDENCES:
        yield f"{value} is no confidence: write high, medium, low or unverified"
    if key == "as_of" and (day := _day(value)) is not None and day > today:
        yield f"the date of a source, {day}, is in the future"


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str):
        try:
            return date.fromisoformat(value[:10])
        except ValueError:
            return None
    return value if isinstance(value, date) else None

"""Turns a register of address points (CSV) into `places_addresses.yml` of a city pack, which `gazetteer.py` merges.

The file is UTF-8, separated by commas or semicolons, with a header. Columns: `street`, `lat`, `lon` (WGS 84 degrees)
and, if the register has them, `number` and `district` (id or name of a district in `places.yml`); others are left out.
A street gets the position of the address nearest to the middle of all its addresses, so what is shown really exists.

Afterwards run `deploy/place_words.py`: new names have new ordinary words that look like them.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from content.answer import Coordinates
from content.gazetteer import ADDRESSES, AddressData, Kind, StreetPosition, bare_name, load_gazetteer
from content.geo import distance_m, middle_of
from content.pack import City
from core.errors import ConfigurationError
from core.text import fold

# Farther away an address is not the city's, or its coordinates are exchanged.
_FARTHEST_M = 25_000
_REQUIRED = frozenset({"street", "lat", "lon"})
_KINDS = {"ul": "ul.", "ulica": "ul.", "al": "al.", "aleja": "al.", "aleje": "al.", "pl": "pl.", "plac": "pl."}
_WITH_KIND = re.compile(rf"({'|'.join(sorted(_KINDS, key=len, reverse=True))})\b\.?\s*(.+)", re.IGNORECASE)


@dataclass(frozen=True)
class ImportReport:
    """What was written; `problems` name the line of every row that was left out, and why."""

    streets: int
    addresses: int
    problems: tuple[str, ...]


@dataclass(frozen=True)
class _Address:
    street: str
    number: str | None
    district: str | None
    position: Coordinates


class _BadRowError(ValueError):
    """A row that cannot be used; its text says why."""


def import_addresses(file: Path, city: City, source: str, as_of: date) -> ImportReport:
    """Write the streets of an address register into the city pack, replacing those of an earlier import.

    `source` and `as_of` are the register's name and its own date, as they are shown with what comes from it.

    Raises:
        ConfigurationError: the file cannot be read as such a table or has no usable row; nothing is written then.
    """
    districts = _districts(city.folder)
    problems: list[str] = []
    by_street: defaultdict[str, list[_Address]] = defaultdict(list)
    for line, row in _rows(file):
        try:
            address = _address(row, city.centre, districts)
        except _BadRowError as error:
            problems.append(f"line {line}: {error}")
        else:
            by_street[bare_name(address.street)].append(address)
    if not by_street:
        message = f"{file.name} has no usable row; " + "; ".join(problems[:3] or ["it is empty"]) + "."
        raise ConfigurationError(message)
    streets = tuple(_street(by_street[name]) for name in sorted(by_street))
    _write(city.folder / ADDRESSES, AddressData(source=source, as_of=as_of, streets=streets))
    return ImportReport(len(streets), sum(map(len, by_street.values())), tuple(problems))


def _rows(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Return the rows with their line numbers, the names of their columns in small letters."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{file.name} is not UTF-8: save it as „CSV UTF-8” first."
        raise ConfigurationError(message) from error
    lines = text.splitlines()
    header = lines[0] if lines else ""
    reader = csv.DictReader(lines, delimiter=";" if ";" in header else ",")
    columns = {(name or "").strip().lower() for name in reader.fieldnames or ()}
    if missing := sorted(_REQUIRED - columns):
        message = f"{file.name} lacks the columns {', '.join(missing)}; it needs street, lat, lon."
        raise ConfigurationError(message)
    for row in reader:
        yield reader.line_num, {name.strip().lower(): (value or "").strip() for name, value in row.items() if name}


def _address(row: Mapping[str, str], centre: Coordinates, districts: Mapping[str, str]) -> _Address:
    street, district = _street_name(row["street"]), row.get("district") or ""
    if not bare_name(street):
        message = "no street"
        raise _BadRowError(message)
    position = Coordinates(_degrees(row, "lat"), _degrees(row, "lon"))
    if not (abs(position.lat) <= 90 and abs(position.lon) <= 180 and distance_m(centre, position) <= _FARTHEST_M):
        message = f"{position.lat}, {position.lon} lies far from the city (are lat and lon exchanged?)"
        raise _BadRowError(message)
    if district and fold(district) not in districts:
        message = f"district {district!r} is not in places.yml"
        raise _BadRowError(message)
    return _Address(street, row.get("number") or None, districts.get(fold(district)), position)


def _degrees(row: Mapping[str, str], column: str) -> float:
    try:
        return float(row[column].replace(",", "."))
    except ValueError:
        message = f"{column} is {row[column]!r}, not a number"
        raise _BadRowError(message) from None


def _street_name(written: str) -> str:
    """Return a street's name with „ul.”, „al.” or „pl.” as we write it, „ul.” when the register has none."""
    match = _WITH_KIND.fullmatch(" ".join(written.split()))
    return f"{_KINDS[match[1].lower()]} {match[2]}" if match else f"ul. {' '.join(written.split())}"


def _street(addresses: list[_Address]) -> StreetPosition:
    position = middle_of([address.position for address in addresses])
    middle = next(address for address in addresses if address.position == position)
    districts = {address.district for address in addresses}
    # A street that runs through several districts lies in none of them.
    district = districts.pop() if len(districts) == 1 else None
    return StreetPosition(name=middle.street, number=middle.number, position=position, district=district)


def _districts(folder: Path) -> dict[str, str]:
    """Return the ids of the districts by their folded ids and names."""
    districts = [place for place in load_gazetteer(folder).places if place.kind is Kind.DISTRICT]
    return {fold(name): place.id for place in districts for name in (place.id, place.name)}


def _write(path: Path, data: AddressData) -> None:
    header = "# Written by content/gazetteer_import.py from a register of addresses. Do not edit: import again.\n"
    document = data.model_dump(mode="json", exclude_none=True)
    path.write_text(header + yaml.safe_dump(document, allow_unicode=True, sort_keys=False), encoding="utf-8")

"""The city pack: one folder of data under `content/city/` is all that makes the product belong to a city."""

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from content.answer import Coordinates
from core.errors import ConfigurationError

_CITIES = Path(__file__).parent / "city"


class Office(BaseModel):
    """The city office as it may be shown to residents."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    address: str


class AirStation(BaseModel):
    """The public measuring station of the city in the GIOŚ network; its name completes „najbliższa stacja: …”."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: int
    code: str
    name: str


class City(BaseModel):
    """A city: its name in the cases that texts need, its office, its station, and the folder with the rest."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    folder: Path
    name: str
    genitive: str
    locative: str
    office: Office
    centre: Coordinates
    air_station: AirStation


def load_city(code: str) -> City:
    """Read the pack of a city.

    Raises:
        ConfigurationError: there is no such pack.
    """
    folder = _CITIES / code
    path = folder / "city.yml"
    if not path.is_file():
        known = ", ".join(sorted(entry.name for entry in _CITIES.iterdir() if (entry / "city.yml").is_file()))
        message = f"The setting CITY names no city pack: there is no content/city/{code}/city.yml (there are: {known})."
        raise ConfigurationError(message)
    return City(folder=folder, **yaml.safe_load(path.read_text(encoding="utf-8")))

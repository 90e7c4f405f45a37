"""The city pack: one folder of data under `content/city/` is all that makes the product belong to a city."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter

from content.answer import Coordinates
from content.pack_file import PackData, read_pack_file
from core.errors import ConfigurationError

PACKS = Path(__file__).parent / "city"
"""Where the packs lie unless another folder is named."""


class Office(PackData):
    """The city office as it may be shown to residents."""

    name: str
    address: str


class AirStation(PackData):
    """The public measuring station of the city in the GIOŚ network; its name completes „najbliższa stacja: …”.

    `voivodeship` and `county` are written as GIOŚ filters by them; `zone` is the part of the name of the assessment
    zone by which notices of exceedances are recognised.
    """

    id: int
    code: str
    name: str
    position: Coordinates
    voivodeship: str
    county: str
    zone: str


class City(PackData):
    """A city: its name in the cases that texts need, its office, its station, and the folder with the rest.

    `reference_prefix` begins the numbers of messages that residents leave, e.g. "LG" of LG-7K3M2.
    """

    folder: Path
    name: str
    genitive: str
    locative: str
    reference_prefix: Annotated[str, Field(pattern=r"^[A-Z]{2,4}$")]
    office: Office
    centre: Coordinates
    air_station: AirStation


def load_city(code: str, packs: Path = PACKS) -> City:
    """Read the pack of a city from the folder of packs.

    Raises:
        ConfigurationError: there is no such pack, or its city.yml breaks the rules.
    """
    folder = packs / code
    if not (folder / "city.yml").is_file():
        known = ", ".join(sorted(path.parent.name for path in packs.glob("*/city.yml")))
        message = f"The setting CITY names no city pack: there is no {folder}/city.yml (there are: {known})."
        raise ConfigurationError(message)
    return read_pack_file(folder / "city.yml").parse(TypeAdapter(City), folder=folder)

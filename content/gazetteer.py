"""The gazetteer of a city pack: what its places are called and what must show that an ordinary word is one of them.

`places.yml` is written by hand; `places_generated.yml` (see `deploy/place_words.py`) and `places_addresses.yml` (see
`content/gazetteer_import.py`) are made by programs and may be missing.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import Field, TypeAdapter

from content.answer import Coordinates
from content.confidence import Checked, Confidence
from content.inflection import noun_forms, street_forms
from content.pack_file import PackData, read_pack_file
from core.text import fold

ADDRESSES = "places_addresses.yml"
GENERATED = "places_generated.yml"

Evidence = Literal["cue", "capital", "street"]
_STREET_PREFIXES = ("ul. ", "al. ", "pl. ")


class Kind(StrEnum):
    """What a place is; an object is a well-known building, shop or park."""

    DISTRICT = "district"
    STREET = "street"
    OBJECT = "object"
    CITY = "city"


class Place(Checked):
    """A place of the city pack.

    `forms` are written forms that no rule gives; `cue_forms` count only after a word such as „na” or „os.”. `needs`
    says what must show that an ordinary word is meant as the place: such a word or a house number (`cue`), that or a
    capital letter (`capital`), „ul.”, a house number, or both of the others (`street`).
    `position` is set only when a source gives it with high confidence; `position_of` then names that point.
    `district` is the id of the district in which the address register puts a street.
    """

    id: str
    name: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    cue_forms: tuple[str, ...] = ()
    needs: Evidence | None = None
    position: Coordinates | None = None
    position_of: str | None = None
    district: str | None = None

    @property
    def is_adjective(self) -> bool:
        """Whether the name is an adjective („Chojnowska”), which ordinary sentences may hold as well."""
        name = bare_name(self.name)
        return self.kind is Kind.STREET and " " not in name and name.endswith("a")

    def written_forms(self) -> frozenset[str]:
        """Return every folded form under which the place is recognised, names of several words also run together."""
        forms: set[str] = set()
        for name in (self.name, *self.aliases):
            bare = bare_name(name)
            forms.update(street_forms(bare) if self.kind is Kind.STREET else noun_forms(bare))
        forms |= {fold(form) for form in self.forms}
        return frozenset(forms | {form.replace(" ", "") for form in forms if " " in form and "*" not in form})


class NameList(PackData):
    """Places of which nothing but the name is said: streets of one confidence; „ul.” may be left out."""

    confidence: Confidence
    needs: Evidence | None = None
    names: tuple[str, ...]

    def places(self) -> Iterator[Place]:
        """Return the streets, their ids made from the names."""
        for name in self.names:
            full = name if name.startswith(_STREET_PREFIXES) else f"ul. {name}"
            yield Place(
                id=slug(bare_name(name)), name=full, kind=Kind.STREET, confidence=self.confidence, needs=self.needs
            )


class Town(PackData):
    """Another town or region; one `like_a_word` is meant only with a capital letter or after „w”."""

    id: str
    name: str
    forms: frozenset[str]
    like_a_word: bool


class PlaceData(PackData):
    """The file `places.yml`, joined with the generated words.

    `towns` and `towns_like_words` are other towns; `not_typos` are words that are no name with a typo, `not_places`
    phrases that only look like a name. `town_forms` are the case forms of the towns.
    """

    places: tuple[Place, ...]
    streets: tuple[NameList, ...] = ()
    towns: tuple[str, ...] = ()
    towns_like_words: tuple[str, ...] = ()
    town_forms: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    not_typos: tuple[str, ...] = ()
    not_places: tuple[str, ...] = ()

    def all_places(self) -> dict[str, Place]:
        """Return every place by id; one described by itself wins over its entry in a list."""
        listed = {place.id: place for names in self.streets for place in names.places()}
        return {**listed, **{place.id: place for place in self.places}}

    def all_towns(self) -> dict[str, Town]:
        """Return every other town by id."""
        return {
            slug(name): Town(
                id=slug(name),
                name=name,
                forms=frozenset({fold(name), *(fold(form) for form in self.town_forms.get(name, ()))}),
                like_a_word=name in self.towns_like_words,
            )
            for name in (*self.towns, *self.towns_like_words)
        }


class GeneratedWords(PackData):
    """The file `places_generated.yml`: case forms of the towns, ordinary words that look like a misspelt name."""

    town_forms: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    not_typos: tuple[str, ...] = ()


class StreetPosition(PackData):
    """A street of the address register: a real address near its middle."""

    name: str
    number: str | None = None
    position: Coordinates
    district: str | None = None


class AddressData(PackData):
    """The file `places_addresses.yml`: the streets of an address register, its name and its own date."""

    source: str
    as_of: date
    streets: tuple[StreetPosition, ...] = ()

    def merged(self, places: dict[str, Place]) -> dict[str, Place]:
        """Return the places with the register's positions; streets that were not known are added."""
        merged = dict(places)
        for street in self.streets:
            place = _known(street, places) or _new(street)
            point = " ".join(filter(None, (place.name, street.number)))
            district = street.district or place.district
            update = {"confidence": "high", "position": street.position, "position_of": point, "district": district}
            merged[place.id] = place.model_copy(update=update)
        return merged


def load_gazetteer(folder: Path) -> PlaceData:
    """Read the gazetteer of a city pack.

    Raises:
        PackError: a file breaks its form.
    """
    data = read_pack_file(folder / "places.yml").parse(TypeAdapter(PlaceData))
    places = data.all_places()
    if (folder / ADDRESSES).is_file():
        places = read_pack_file(folder / ADDRESSES).parse(TypeAdapter(AddressData)).merged(places)
    words = GeneratedWords()
    if (folder / GENERATED).is_file():
        words = read_pack_file(folder / GENERATED).parse(TypeAdapter(GeneratedWords))
    not_typos = (*data.not_typos, *words.not_typos)
    update = {"places": tuple(places.values()), "streets": (), "not_typos": not_typos, "town_forms": words.town_forms}
    return data.model_copy(update=update)


def bare_name(name: str) -> str:
    """Return the folded name without „ul.”, „al.”, „pl.”."""
    folded = fold(name)
    for prefix in _STREET_PREFIXES:
        folded = folded.removeprefix(prefix)
    return folded


def slug(name: str) -> str:
    """Return the id of a name: „Łąkowa” → „lakowa”, „Skłodowskiej-Curie” → „sklodowskiej_curie”."""
    return "_".join(fold(name).replace(".", " ").replace("-", " ").split())


def _known(street: StreetPosition, places: dict[str, Place]) -> Place | None:
    """Return the known street of that name; registers put a first name before the surname we know."""
    bare = bare_name(street.name)
    streets = [place for place in places.values() if place.kind is Kind.STREET]
    exact = next((place for place in streets if bare_name(place.name) == bare), None)
    return exact or next((place for place in streets if bare.endswith(f" {bare_name(place.name)}")), None)


def _new(street: StreetPosition) -> Place:
    (place,) = NameList(confidence="high", needs="cue", names=(street.name,)).places()
    return place

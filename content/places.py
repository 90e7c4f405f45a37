"""The only place resolver: districts, streets and known objects of the city, found in what a resident wrote.

A name that is both a district and a street is decided by the word before it: „ul.”, „al.”, „przy” → street,
„os.”, „dzielnica”, „na” → district; with no such word the verified one, then the district.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from content.answer import Coordinates
from content.inflection import not_the_street, noun_forms, street_forms
from content.matching import Form, Hit, Matcher, Word, split_words, typo_limit, without_overlaps
from content.question import Entity
from core.text import PLACE_TOKEN, fold

_STREET_PREFIXES = ("ul. ", "al. ", "pl. ")
_STREET_CUE = re.compile(r"ul|ulic[aye]|al|alej[aei]|pl|plac(u|em)?|przy|rogu?|skrzyzowani[eu]")
_DISTRICT_CUE = re.compile(r"os|osiedl[eau]|dzielnic[aye]|na")
_OTHER_CUE = re.compile(
    r"we?|kolo|obok|pod|ze?|do|od|za|przed|ku|wokol|niedaleko|blisko|okolic[aey]|okolicach|poblizu|strone"
)
_LEADS_A_BARE_NAME = re.compile(r"a|i|no|oraz|to")

Evidence = Literal["cue", "capital"]
_Key = tuple[str, Evidence | None]


class Kind(StrEnum):
    """What a place is; an object is a well-known building or shop."""

    DISTRICT = "district"
    STREET = "street"
    OBJECT = "object"
    CITY = "city"


class Place(BaseModel):
    """A place of the city pack.

    `forms` are written forms that no rule gives; `cue_forms` count only after a word such as „na” or „os.”. `needs`
    says what must show that an ordinary word is meant as the place: such a word, or that or a capital letter.
    `position` is set only when a source gives it with high confidence; `position_of` then names that point.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    name: str
    kind: Kind
    confidence: Literal["high", "medium", "low", "unverified"]
    aliases: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    cue_forms: tuple[str, ...] = ()
    needs: Evidence | None = None
    position: Coordinates | None = None
    position_of: str | None = None

    @property
    def verified(self) -> bool:
        """Whether a source confirms the name, so that it may be said to residents as a fact."""
        return self.confidence in {"high", "medium"}

    def written_forms(self) -> frozenset[str]:
        """Return every folded form under which the place is recognised."""
        forms: set[str] = set()
        for name in (self.name, *self.aliases):
            bare = _bare(name)
            forms.update(street_forms(bare) if self.kind is Kind.STREET else noun_forms(bare))
        return frozenset(forms | {fold(form) for form in self.forms})


class PlaceData(BaseModel):
    """The file `places.yml`: places, words that are no name with a typo, phrases that only look like a name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    places: tuple[Place, ...]
    not_typos: tuple[str, ...] = ()
    not_places: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlaceMatch:
    """A place found in the text from `start` to `end`; `score` is 1 for an exact match."""

    id: str
    name: str
    kind: Kind
    verified: bool
    start: int
    end: int
    text: str
    score: float


class PlaceResolver:
    """Finds the city's places in a sentence."""

    def __init__(self, data: PlaceData) -> None:
        self._places = {place.id: place for place in data.places}
        self._matcher = Matcher(_forms(data), not_typos=_not_typos(data))

    def place(self, place_id: str) -> Place | None:
        """Return the place with that id."""
        return self._places.get(place_id)

    def offered(self, kind: Kind) -> tuple[Place, ...]:
        """Return the verified places of a kind, for lists shown to residents."""
        return tuple(place for place in self._places.values() if place.kind is kind and place.verified)

    def find(self, text: str) -> tuple[PlaceMatch, ...]:
        """Return the places named in `text`, longest first where they overlap, in the order of the text."""
        words = split_words(text)
        hits = [hit for hit in self._matcher.find(text) if hit.key is None or _is_meant(hit, hit.key[1], text, words)]
        kept = without_overlaps(sorted(hits, key=lambda hit: self._preference(hit, words)))
        return tuple(
            PlaceMatch(place.id, place.name, place.kind, place.verified, hit.start, hit.end, written, hit.score)
            for hit in kept
            if hit.key is not None
            for place in (self._places[hit.key[0]],)
            for written in (text[hit.start : hit.end],)
        )

    def entity(self, place_id: str, text: str = "") -> Entity | None:
        """Return the entity of a place, or None for the city itself and for an unknown id."""
        place = self._places.get(place_id)
        if place is None or place.kind is Kind.CITY:
            return None
        name = "district" if place.kind is Kind.DISTRICT else "street"
        return Entity(name, place.id, place.name, text)

    def entities(self, matches: Iterable[PlaceMatch]) -> tuple[Entity, ...]:
        """Return the matches as entities; streets and objects are both a `street`, the city gives none."""
        found = (self.entity(match.id, match.text) for match in matches)
        return tuple(entity for entity in found if entity is not None)

    def _preference(self, hit: Hit[_Key], words: tuple[Word, ...]) -> tuple[int, int]:
        """Return the rank among hits of equal span and score: lower is better."""
        if hit.key is None:
            return (0, 0)
        place = self._places[hit.key[0]]
        cue = next((word.text for word in reversed(words) if word.end <= hit.start), "")
        district = place.kind is Kind.DISTRICT
        if _STREET_CUE.fullmatch(cue):
            return (int(district), int(not place.verified))
        if _DISTRICT_CUE.fullmatch(cue):
            return (int(not district), int(not place.verified))
        return (int(not place.verified), int(not district))


def replaced(text: str, matches: Iterable[PlaceMatch]) -> str:
    """Return `text` with each matched name replaced by the place token; words such as „ul.” and „na” stay."""
    for match in sorted(matches, key=lambda match: match.start, reverse=True):
        text = text[: match.start] + PLACE_TOKEN + text[match.end :]
    return text


def load_places(folder: Path) -> PlaceResolver:
    """Read `places.yml` of a city pack."""
    raw = yaml.safe_load((folder / "places.yml").read_text(encoding="utf-8"))
    return PlaceResolver(PlaceData.model_validate(raw))


def _is_meant(hit: Hit[_Key], needs: Evidence | None, text: str, words: tuple[Word, ...]) -> bool:
    """Whether the text shows that an ordinary word is meant as the place."""
    if needs is None:
        return True
    before = [word for word in words if word.end <= hit.start]
    if before and _is_cue(before[-1].text):
        return True
    if words[-1].end <= hit.end and all(_LEADS_A_BARE_NAME.fullmatch(word.text) for word in before):
        return True
    return needs == "capital" and bool(before) and text[hit.start].isupper()


def _is_cue(word: str) -> bool:
    return any(cue.fullmatch(word) for cue in (_STREET_CUE, _DISTRICT_CUE, _OTHER_CUE))


def _forms(data: PlaceData) -> Iterator[Form[_Key]]:
    for place in data.places:
        tolerant = place.verified and place.needs is None
        bare = _bare(place.name)
        for form in sorted(place.written_forms()):
            # Forms shorter than the name („Piekar”) are too close to ordinary words to allow an error in them.
            max_edits = typo_limit(len(bare)) if tolerant and len(form) >= len(bare) else 0
            yield Form(form, (place.id, place.needs), max_edits)
        for form in place.cue_forms:
            yield Form(form, (place.id, "cue"))
    for phrase in data.not_places:
        yield Form(phrase, None)


def _not_typos(data: PlaceData) -> set[str]:
    streets = (_bare(place.name) for place in data.places if place.kind is Kind.STREET)
    return {fold(word) for word in data.not_typos} | {form for name in streets for form in not_the_street(name)}


def _bare(name: str) -> str:
    """Return the folded name without „ul.”, „al.”, „pl.”."""
    folded = fold(name)
    for prefix in _STREET_PREFIXES:
        folded = folded.removeprefix(prefix)
    return folded

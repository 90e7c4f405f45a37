"""The only place resolver: districts, streets and known objects of the city, found in what a resident wrote.

A name that is both a district and a street is decided by the words around it: „ul.”, „al.”, „przy”, a house number →
street; „os.”, „dzielnica”, „na” → district; with no such word the verified one, then the district. Unless the words say
it outright, `PlaceMatch.other` holds the other places of that name, so that one may ask or speak of both.

A place that lies in a named other town is not ours; that town is found with it by `named`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from content.gazetteer import Evidence, Kind, Place, PlaceData, Town, bare_name, load_gazetteer
from content.inflection import not_the_street
from content.matching import Form, Hit, Matcher, without_overlaps
from content.place_context import Cue, Surroundings
from content.place_evidence import place_is_meant, town_is_meant
from content.question import Entity
from content.typos import typo_limit
from core.text import PLACE_TOKEN, fold

__all__ = ["Kind", "Place", "PlaceData", "PlaceMatch", "PlaceResolver", "load_places", "replaced"]

# Shorter forms are too close to ordinary words to allow an error in them.
_SHORTEST_FORM_WITH_TYPO = 5
_GLUED = ("ulica", "ulicy", "ul", "aleja", "al", "osiedle", "os", "na", "przy", "kolo")


class _Key(NamedTuple):
    id: str
    needs: Evidence | None = None
    is_town: bool = False


class _Found(NamedTuple):
    key: _Key
    hit: Hit[_Key]


@dataclass(frozen=True)
class PlaceMatch:
    """A place found in the text from `start` to `end`; `score` is 1 for an exact match.

    `other` are the ids of other places of the same name while nothing in the text says outright which is meant.
    """

    id: str
    name: str
    kind: Kind
    verified: bool
    start: int
    end: int
    text: str
    score: float
    other: tuple[str, ...] = ()


class PlaceResolver:
    """Finds the city's places in a sentence."""

    def __init__(self, data: PlaceData) -> None:
        self._places = data.all_places()
        self._towns = data.all_towns()
        forms = (*_forms(self._places.values()), *_town_forms(self._towns), *_not_forms(data))
        self._matcher = Matcher(forms, _not_typos(self._places.values(), data), _GLUED)

    def place(self, place_id: str) -> Place | None:
        """Return the place with that id."""
        return self._places.get(place_id)

    def offered(self, kind: Kind) -> tuple[Place, ...]:
        """Return the verified places of a kind, for lists shown to residents."""
        return tuple(place for place in self._places.values() if place.kind is kind and place.is_confirmed)

    def find(self, text: str) -> tuple[PlaceMatch, ...]:
        """Return the city's places named in `text`, longest first where they overlap, in the order of the text."""
        return self.named(text)[0]

    def named(self, text: str) -> tuple[tuple[PlaceMatch, ...], Entity | None]:
        """Return what `find` returns, and the other town that `text` asks about unless it names our city or a place."""
        words = self._matcher.words(text)
        hits = self._matcher.find_in(words)
        if not hits:
            return (), None
        around = Surroundings(text, words)
        meant = [hit for hit in hits if self._is_meant(hit, around)]
        kept = without_overlaps(sorted(meant, key=lambda hit: self._preference(hit, around)))
        found = [_Found(hit.key, hit) for hit in kept if hit.key]
        towns = [one for one in found if one.key.is_town]
        ours = [one for one in found if not one.key.is_town and not _lies_in_one(one.hit, towns, around)]
        places = tuple(self._place_match(one, text, _namesakes(one, meant, around)) for one in ours)
        return places, None if places else self._town_asked_about(towns, text, around)

    def entity(self, place_id: str, text: str = "") -> Entity | None:
        """Return the entity of a place, or None for the city itself and for an unknown id."""
        place = self._places.get(place_id)
        if place is None or place.kind is Kind.CITY:
            return None
        name = "district" if place.kind is Kind.DISTRICT else "street"
        return Entity(name, place.id, place.name, text)

    def entities(self, matches: Iterable[PlaceMatch]) -> tuple[Entity, ...]:
        """Return the matches as entities; streets and objects are both a `street`, the city gives none.

        A name that may mean a district or a street stands as both, so that the answer holds for either.
        """
        found = (self.entity(place_id, match.text) for match in matches for place_id in (match.id, *match.other))
        return tuple(entity for entity in found if entity is not None)

    def _is_meant(self, hit: Hit[_Key], around: Surroundings) -> bool:
        if hit.key is None:
            return True
        if hit.key.is_town:
            return town_is_meant(hit, self._towns[hit.key.id], around)
        return place_is_meant(hit, self._places[hit.key.id], hit.key.needs, around)

    def _preference(self, hit: Hit[_Key], around: Surroundings) -> tuple[int, int]:
        """Return the rank among hits of equal span and score: lower is better."""
        if hit.key is None or hit.key.is_town:
            return (0, 0)
        place = self._places[hit.key.id]
        is_district, is_unsure = int(place.kind is Kind.DISTRICT), int(not place.is_confirmed)
        match around.cue(hit.start, hit.end):
            case Cue.STREET | Cue.NEAR_STREET:
                return (is_district, is_unsure)
            case Cue.DISTRICT | Cue.ON:
                return (1 - is_district, is_unsure)
        return (is_unsure, 1 - is_district)

    def _place_match(self, found: _Found, text: str, other: tuple[str, ...]) -> PlaceMatch:
        place, hit = self._places[found.key.id], found.hit
        written = text[hit.start : hit.end]
        return PlaceMatch(
            place.id, place.name, place.kind, place.is_confirmed, hit.start, hit.end, written, hit.score, other
        )

    def _town_asked_about(self, towns: Iterable[_Found], text: str, around: Surroundings) -> Entity | None:
        """Return the first town that somebody does not only travel from or to."""
        for found in towns:
            town, hit = self._towns[found.key.id], found.hit
            if around.is_asked_about(hit.start, hit.end):
                return Entity("elsewhere", town.id, town.name, text[hit.start : hit.end])
        return None


def replaced(text: str, matches: Iterable[PlaceMatch]) -> str:
    """Return `text` with each matched name replaced by the place token; words such as „ul.” and „na” stay."""
    for match in sorted(matches, key=lambda match: match.start, reverse=True):
        text = text[: match.start] + PLACE_TOKEN + text[match.end :]
    return text


def load_places(folder: Path) -> PlaceResolver:
    """Read the gazetteer of a city pack."""
    return PlaceResolver(load_gazetteer(folder))


def _lies_in_one(hit: Hit[_Key], towns: Sequence[_Found], around: Surroundings) -> bool:
    """Whether a name is said to lie in one of the other towns, named before or after it."""
    return any(
        around.lies_in(hit.end, town.hit.start) if town.hit.start >= hit.end else around.opens(town.hit, hit.start)
        for town in towns
    )


def _namesakes(found: _Found, meant: Iterable[Hit[_Key]], around: Surroundings) -> tuple[str, ...]:
    """Return the ids of other places that the same words may mean."""
    hit = found.hit
    if around.cue(hit.start, hit.end).explicit:
        return ()
    same = (other.key for other in meant if (other.start, other.end, other.score) == (hit.start, hit.end, hit.score))
    return tuple(dict.fromkeys(key.id for key in same if key and not key.is_town and key.id != found.key.id))


def _forms(places: Iterable[Place]) -> Iterator[Form[_Key]]:
    for place in places:
        for form in place.written_forms():
            yield Form(form, _Key(place.id, place.needs), 0 if place.needs == "street" else max_edits(form))
        for form in place.cue_forms:
            yield Form(form, _Key(place.id, "cue"), max_edits(form))


def _town_forms(towns: Mapping[str, Town]) -> Iterator[Form[_Key]]:
    for town in towns.values():
        for form in town.forms:
            yield Form(form, _Key(town.id, is_town=True), min(1, max_edits(form)))


def _not_forms(data: PlaceData) -> Iterator[Form[_Key]]:
    for phrase in data.not_places:
        yield Form(phrase, None)


def max_edits(form: str) -> int:
    """Return how many typing errors a form of a name may hold."""
    return typo_limit(len(form)) if len(form) >= _SHORTEST_FORM_WITH_TYPO else 0


def _not_typos(places: Iterable[Place], data: PlaceData) -> set[str]:
    adjectives = (bare_name(place.name) for place in places if place.is_adjective)
    return {fold(word) for word in data.not_typos} | {form for name in adjectives for form in not_the_street(name)}

"""Whether a name found in the text is meant: as a place of the city, or as another town."""

from collections.abc import Hashable
from typing import TypeVar

from content.gazetteer import Evidence, Kind, Place, Town
from content.matching import Hit
from content.place_context import Cue, Surroundings

K = TypeVar("K", bound=Hashable)

# With a wrong first letter, or with two errors, only a long name stands out among ordinary words.
_LONG_WITH_WRONG_START = 7
_LONG_WITH_TWO_ERRORS = 11


def place_is_meant(hit: Hit[K], place: Place, needs: Evidence | None, around: Surroundings) -> bool:
    """Whether a place of the city is meant, neither its namesake nor an ordinary word; `needs` is that of the form."""
    cue = around.cue(hit.start, hit.end)
    return (
        not _is_namesake(hit, place, cue, around)
        and _typo_is_plausible(hit, needs, around)
        and _has_evidence(hit, place, needs, around)
    )


def town_is_meant(hit: Hit[K], town: Town, around: Surroundings) -> bool:
    """Whether another town is meant, and not a street or an ordinary word."""
    cue = around.cue(hit.start, hit.end)
    if cue.explicit or hit.first_letter_wrong or (hit.edits and cue is Cue.NONE):
        return False
    return not town.like_a_word or cue is Cue.IN or around.is_capital(hit.start, hit.end)


def _is_namesake(hit: Hit[K], place: Place, cue: Cue, around: Surroundings) -> bool:
    """Whether a person, another town or an ordinary adjective bears the name here."""
    if place.kind is Kind.DISTRICT:
        return around.has_surname_of_a_town(hit.end)
    if place.kind is not Kind.STREET:
        return False
    if around.is_person(hit.start):
        return True
    if not place.is_adjective or around.is_capital(hit.start, hit.end):
        return False
    # Streets are „na” or „przy”: „w chojnowskiej …” and „… chojnowskiej” speak of something from there.
    alone = around.is_alone(hit.start, hit.end) or around.continues_a_list(hit.start)
    return cue is Cue.IN or (cue is Cue.NONE and not alone and around.is_of_a_noun(hit.start, hit.end))


def _typo_is_plausible(hit: Hit[K], needs: Evidence | None, around: Surroundings) -> bool:
    """Whether the errors leave little doubt; the more the name is like other words, the more must stand before it."""
    has_cue = around.cue(hit.start, hit.end) is not Cue.NONE
    if not hit.edits or has_cue or around.is_alone(hit.start, hit.end):
        return True
    length = hit.end - hit.start
    long_enough = length >= (_LONG_WITH_TWO_ERRORS if hit.edits > 1 else _LONG_WITH_WRONG_START)
    return needs is None and (long_enough or (hit.edits == 1 and not hit.first_letter_wrong))


def _has_evidence(hit: Hit[K], place: Place, needs: Evidence | None, around: Surroundings) -> bool:
    """Whether the text shows what the form needs to be told from an ordinary word."""
    cue = around.cue(hit.start, hit.end)
    if needs is None or cue.explicit:
        return True
    if place.kind is Kind.OBJECT and around.names_a_building(hit.start):
        return True
    capital = around.is_capital(hit.start, hit.end)
    if needs == "street":
        return capital and cue in {Cue.NEAR_STREET, Cue.ON, Cue.NEAR}
    if around.is_alone(hit.start, hit.end):
        return True
    if place.is_adjective and around.is_adjective(hit.start, hit.end):
        return False
    return cue is not Cue.NONE or (needs == "capital" and capital)

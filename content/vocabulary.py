"""The words of the topics: pollutants, programmes, heat sources, connectors …, found in what a resident wrote.

The kinds are the entities of the public contract except places. The ids are normalised values that answers rely on.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from content.matching import Form, Matcher, without_overlaps
from content.question import Entity
from core.text import fold

_SHORTEST_WITH_TYPO = 7
_SHORTEST_WITH_TWO_TYPOS = 12

_POWER = re.compile(r"(?<![\d.,])(\d{1,3})\s*(?:kw(?!h)|kilowat(?!\w*god))", re.IGNORECASE)
_DAY_MONTH = re.compile(r"(?<![\d.,])(\d{1,2})\.(0[1-9]|1[0-2])(?:\.(20\d\d))?(?!\d)")
_MONTHS = (
    *("stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca"),
    *("lipca", "sierpnia", "wrzesnia", "pazdziernika", "listopada", "grudnia"),
)
_DAY_MONTH_NAME = re.compile(rf"(?<!\d)(\d{{1,2}})\.?\s+({'|'.join(_MONTHS)})(?:\s+(20\d\d))?")


class Term(BaseModel):
    """One value of an entity: its proper name and the ways it is written; `*` ends a word stem."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    aliases: tuple[str, ...] = ()


class VocabularyData(BaseModel):
    """The file `vocabulary.yml`: entity → id → term, and ordinary words that are no term with a typo."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    terms: dict[str, dict[str, Term]]
    not_typos: tuple[str, ...] = ()
    not_terms: tuple[str, ...] = ()


class Vocabulary:
    """Finds the terms in a sentence."""

    def __init__(self, data: VocabularyData, operators: Mapping[str, Term]) -> None:
        self._terms: dict[str, Mapping[str, Term]] = {**data.terms, "operator": operators}
        forms = [
            Form(alias, (kind, term_id), _max_edits(alias))
            for kind, terms in self._terms.items()
            for term_id, term in terms.items()
            for alias in (term.name, *term.aliases)
        ]
        forms += [Form(phrase, None) for phrase in data.not_terms]
        self._matcher: Matcher[tuple[str, str]] = Matcher(forms, data.not_typos)

    def find(self, text: str) -> tuple[Entity, ...]:
        """Return the entities named in `text` in its order, each (kind, id) once."""
        found = [
            (hit.start, Entity(*hit.key, self._terms[hit.key[0]][hit.key[1]].name, text[hit.start : hit.end]))
            for hit in without_overlaps(self._matcher.find(text))
            if hit.key is not None
        ]
        found += [*_powers(text), *_dates(text)]
        entities: dict[tuple[str, str], Entity] = {}
        for _, entity in sorted(found, key=lambda item: item[0]):
            entities.setdefault((entity.name, entity.id), entity)
        return tuple(entities.values())

    def entity(self, kind: str, term_id: str) -> Entity | None:
        """Return the entity of an id, as buttons carry it, or None when it is unknown."""
        term = self._terms.get(kind, {}).get(term_id)
        if term is not None:
            return Entity(kind, term_id, term.name)
        if kind == "power_kw" and term_id.isdecimal():
            return Entity(kind, term_id, f"{term_id} kW")
        return None


def load_vocabulary(operators: Mapping[str, Term]) -> Vocabulary:
    """Read the vocabulary; the operators of chargers come from the city pack."""
    raw = yaml.safe_load((Path(__file__).parent / "vocabulary.yml").read_text(encoding="utf-8"))
    return Vocabulary(VocabularyData.model_validate(raw), operators)


def _max_edits(alias: str) -> int:
    """Return how many typing errors a term may hold; short ones resemble too many ordinary words."""
    letters = sum(character.isalpha() for character in alias)
    return 0 if letters < _SHORTEST_WITH_TYPO else 1 if letters < _SHORTEST_WITH_TWO_TYPOS else 2


def _powers(text: str) -> Iterable[tuple[int, Entity]]:
    for match in _POWER.finditer(fold(text)):
        power = str(int(match.group(1)))
        yield match.start(), Entity("power_kw", power, f"{power} kW", text[match.start() : match.end()])


def _dates(text: str) -> Iterable[tuple[int, Entity]]:
    """Find dates; the id is „YYYY-MM-DD”, or „MM-DD” when no year is written."""
    folded = fold(text)
    for match in (*_DAY_MONTH.finditer(folded), *_DAY_MONTH_NAME.finditer(folded)):
        day, month, year = match.groups()
        number = _month_number(month)
        if 1 <= int(day) <= 31:
            written = text[match.start() : match.end()]
            day_id = f"{number:02}-{int(day):02}"
            yield match.start(), Entity("period", f"{year}-{day_id}" if year else day_id, written, written)


def _month_number(month: str) -> int:
    return int(month) if month.isdecimal() else 1 + _MONTHS.index(month)

"""The words of the topics: pollutants, programmes, heat sources, connectors …, found in what a resident wrote.

The kinds are the entities of the public contract except places. The ids are normalised values that answers rely on:
those of `vocabulary.yml`, of `periods.py` and of `power.py`.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

import yaml

from content.matching import Form, Hit, Matcher, split_words, without_overlaps
from content.pack_file import PackData
from content.period_words import PeriodData, PeriodFinder
from content.power import PowerData, PowerFinder
from content.question import Entity

_SHORTEST_WITH_TYPO = 7
_SHORTEST_WITH_TWO_TYPOS = 12
# With a wrong first letter only a long word stands out among ordinary ones.
_SHORTEST_WITH_WRONG_START = 9


class Term(PackData):
    """One value of an entity: its proper name and the ways it is written; `*` ends a word stem.

    A name made of ordinary words („czyste powietrze”) is not meant where a phrase of `unless` stands in the text, but
    is where it has capital letters, or where a phrase of `despite` stands there too.
    """

    name: str
    aliases: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    despite: tuple[str, ...] = ()


class VocabularyData(PackData):
    """The file `vocabulary.yml`: entity → id → term, words of time and power, and what is no term."""

    terms: dict[str, dict[str, Term]]
    operator_spellings: dict[str, tuple[str, ...]]
    power: PowerData
    periods: PeriodData
    not_typos: tuple[str, ...] = ()
    not_terms: tuple[str, ...] = ()


class _Key(NamedTuple):
    kind: str
    id: str


class _Doubt(NamedTuple):
    term: _Key
    side: Literal["unless", "despite"]


class Vocabulary:
    """Finds the terms in a sentence."""

    def __init__(self, data: VocabularyData, operators: Mapping[str, Term]) -> None:
        spelt = {key: _with_spellings(term, data.operator_spellings.get(key, ())) for key, term in operators.items()}
        terms: dict[str, Mapping[str, Term]] = {**data.terms, "operator": spelt}
        self._terms = {_Key(kind, term_id): term for kind, ids in terms.items() for term_id, term in ids.items()}
        forms = [
            Form(alias, key, _max_edits(alias))
            for key, term in self._terms.items()
            for alias in _ways_to_write(key, term)
        ]
        not_terms: list[Form[_Key]] = [Form(phrase, None) for phrase in data.not_terms]
        self._matcher = Matcher((*forms, *not_terms), data.not_typos)
        self._doubts = Matcher(_doubts(self._terms))
        self._periods = PeriodFinder(data.periods, data.not_typos)
        self._powers = PowerFinder(data.power)

    def find(self, text: str) -> tuple[Entity, ...]:
        """Return the entities named in `text` in its order, each (kind, id) once."""
        words = split_words(text)
        hits = self._matcher.find_in(words)
        doubted = any(hit.key and self._terms[hit.key].unless for hit in hits)
        doubts = {hit.key for hit in self._doubts.find_in(words) if hit.key} if doubted else set()
        meant = [hit for hit in hits if hit.key is None or self._is_meant(hit, hit.key, text, doubts)]
        found = [
            (hit.start, Entity(*hit.key, self._terms[hit.key].name, text[hit.start : hit.end]))
            for hit in without_overlaps(meant)
            if hit.key is not None
        ]
        found += [*self._powers.find(text), *self._periods.find(text, words)]
        entities: dict[tuple[str, str], Entity] = {}
        for _, entity in sorted(found, key=lambda item: item[0]):
            entities.setdefault((entity.name, entity.id), entity)
        return tuple(entities.values())

    def entity(self, kind: str, term_id: str) -> Entity | None:
        """Return the entity of an id, as buttons carry it, or None when it is unknown."""
        names = {"power_kw": self._powers.name, "period": self._periods.name}
        term = self._terms.get(_Key(kind, term_id))
        name = term.name if term else names[kind](term_id) if kind in names else None
        return Entity(kind, term_id, name) if name else None

    def _is_meant(self, hit: Hit[_Key], key: _Key, text: str, doubts: set[_Doubt]) -> bool:
        """Whether a term is meant, and not the ordinary words of its name or another word with its letters."""
        if hit.first_letter_wrong and hit.end - hit.start < _SHORTEST_WITH_WRONG_START:
            return False
        if _Doubt(key, "unless") not in doubts or _has_capitals(text[hit.start : hit.end]):
            return True
        return _Doubt(key, "despite") in doubts


def load_vocabulary(operators: Mapping[str, Term]) -> Vocabulary:
    """Read the vocabulary; the operators of chargers come from the city pack."""
    raw = yaml.safe_load((Path(__file__).parent / "vocabulary.yml").read_text(encoding="utf-8"))
    return Vocabulary(VocabularyData.model_validate(raw), operators)


def _ways_to_write(key: _Key, term: Term) -> tuple[str, ...]:
    # A power in kW is found with its comparison, by its number.
    return term.aliases if key.kind == "power_kw" else (term.name, *term.aliases)


def _with_spellings(term: Term, spellings: tuple[str, ...]) -> Term:
    return term.model_copy(update={"aliases": (*term.aliases, *spellings)})


def _doubts(terms: Mapping[_Key, Term]) -> list[Form[_Doubt]]:
    return [
        *(Form(phrase, _Doubt(key, "unless")) for key, term in terms.items() for phrase in term.unless),
        *(Form(phrase, _Doubt(key, "despite")) for key, term in terms.items() for phrase in term.despite),
    ]


def _has_capitals(written: str) -> bool:
    """Whether every word of a name starts with a capital letter, without all of it being shouted."""
    return written.istitle() or (not written.isupper() and all(word[0].isupper() for word in written.split()))


def _max_edits(alias: str) -> int:
    """Return how many typing errors a term may hold; short ones resemble too many ordinary words."""
    letters = sum(character.isalpha() for character in alias)
    return 0 if letters < _SHORTEST_WITH_TYPO else 1 if letters < _SHORTEST_WITH_TWO_TYPOS else 2

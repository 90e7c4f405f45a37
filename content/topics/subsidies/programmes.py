"""The programmes of the city pack: read, checked, and asked for what may be shown on a day."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import Field, TypeAdapter, model_validator

from content.pack_file import PackData, read_pack_file
from content.topics.subsidies.facts import About, FactSource, ProgrammeFact

FILE = "programmes.yml"


class Verdict(StrEnum):
    """What a rule of the guided check says of a programme; the hardest of several wins."""

    FITS = "fits"
    CONFIRM = "confirm"
    EXCLUDED = "excluded"


class Rule(PackData):
    """What answers of the guided check (step → options, all of them) mean for a programme.

    A verdict of `excluded` rests on a `fact`; while that may not be shown, it is only something to confirm.
    `level` is the level that follows, `shows` are the facts worth showing then.
    """

    when: dict[str, tuple[str, ...]] = Field(min_length=1)
    verdict: Verdict
    because: str | None = None
    fact: str | None = None
    level: str | None = None
    shows: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _has_a_reason(self) -> Self:
        if self.verdict is not Verdict.FITS and not self.because:
            raise ValueError("a rule that does not say „fits” needs because")
        if self.verdict is Verdict.EXCLUDED and not self.fact:
            raise ValueError("a rule that excludes needs the fact it rests on")
        return self


class Programme(PackData):
    """A programme.

    `unknown` is said when nothing may be shown, `gaps` what is not confirmed of one thing, `caveat` with every answer,
    `ended` once `valid_to` has passed. `confirm` completes „warto to sprawdzić: …”. `buildings` are ids of the
    vocabulary, none when not limited; `solar` programmes are named with solar energy. A programme that is not `listed`
    is only described when it is named; `see` is the intent that says more about it.
    """

    id: str
    name: str
    unknown: str
    page: str | None = None
    confirm: str
    caveat: str | None = None
    gaps: dict[About, str] = Field(default_factory=dict)
    valid_to: date | None = None
    ended: str | None = None
    listed: bool = True
    see: str | None = None
    buildings: tuple[str, ...] = ()
    solar: bool = False
    levels: dict[str, str] = Field(default_factory=dict)
    facts: tuple[ProgrammeFact, ...] = ()
    check: tuple[Rule, ...] = ()

    @model_validator(mode="after")
    def _names_exist(self) -> Self:
        ids = [fact.id for fact in self.facts]
        if len(set(ids)) != len(ids):
            raise ValueError(f"two facts have the same id: {', '.join(sorted({i for i in ids if ids.count(i) > 1}))}")
        named = {name for rule in self.check for name in (rule.fact, *rule.shows) if name}
        if unknown := named - set(ids):
            raise ValueError(f"check names no fact of this programme: {', '.join(sorted(unknown))}")
        levels = {value.level for fact in self.facts for value in fact.values} | {rule.level for rule in self.check}
        if unknown_levels := {level for level in levels if level} - set(self.levels):
            raise ValueError(f"levels has no: {', '.join(sorted(unknown_levels))}")
        if self.valid_to and not self.ended:
            raise ValueError("a programme with valid_to needs ended")
        return self

    def ended_on(self, day: date) -> bool:
        """Whether the programme is over."""
        return self.valid_to is not None and day > self.valid_to

    def shown(self, day: date, *about: About) -> tuple[ProgrammeFact, ...]:
        """Return the facts that may be shown on that day, all or those about the given things; none once ended."""
        if self.ended_on(day):
            return ()
        return tuple(fact for fact in self.facts if fact.shown_on(day) and (not about or set(about) & set(fact.about)))

    def fact(self, fact_id: str, day: date) -> ProgrammeFact | None:
        """Return a fact by its id when it may be shown on that day."""
        return next((fact for fact in self.shown(day) if fact.id == fact_id), None)

    def is_for(self, building: str | None) -> bool:
        """Whether the programme is open to that kind of building; an unnamed one fits all."""
        return building is None or not self.buildings or building in self.buildings


class Programmes(PackData):
    """The whole file; `obligations` are facts about heat sources that no programme owns, such as bans."""

    sources: dict[str, FactSource] = Field(default_factory=dict)
    programmes: tuple[Programme, ...] = ()
    obligations: tuple[ProgrammeFact, ...] = ()

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        ids = [programme.id for programme in self.programmes]
        if len(set(ids)) != len(ids):
            raise ValueError("two programmes have the same id")
        return self

    def get(self, programme_id: str) -> Programme | None:
        """Return the programme of that id."""
        return next((programme for programme in self.programmes if programme.id == programme_id), None)

    def listed(self, building: str | None = None) -> list[Programme]:
        """Return the programmes of a list, those for a kind of building when it is named."""
        return [programme for programme in self.programmes if programme.listed and programme.is_for(building)]


def load_programmes(folder: Path) -> Programmes:
    """Read `programmes.yml` of a city pack.

    Raises:
        ConfigurationError: the file is missing or wrong; the message names file, line and field.
    """
    return read_pack_file(folder / FILE).parse(TypeAdapter(Programmes))

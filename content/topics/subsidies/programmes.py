"""Programmes of the city pack and the one rule about them: only dated, confirmed, unexpired facts are shown."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from content.answer import Source


class About(StrEnum):
    """What a fact answers; `overview` facts make the programme's entry in the list."""

    OVERVIEW = "overview"
    AMOUNT = "amount"
    ELIGIBILITY = "eligibility"
    DEADLINE = "deadline"
    HEAT_SOURCE = "heat_source"


class ProgrammeFact(BaseModel):
    """One checked sentence; `heat_sources` are the ids of the vocabulary it speaks of, none when it holds for all."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    about: tuple[About, ...]
    text: str
    source: Source
    confidence: Literal["high", "medium", "low", "unverified"]
    heat_sources: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None

    def shown_on(self, day: date) -> bool:
        """Whether residents may see the fact: confirmed, its source dated, and in force on that day."""
        confirmed = self.confidence in {"high", "medium"} and self.source.as_of is not None
        return confirmed and (self.valid_from or day) <= day <= (self.valid_to or day)


class Programme(BaseModel):
    """A programme; `unknown` is what is honestly said when it has no fact to show, `caveat` is said with the facts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    name: str
    unknown: str
    page: str | None = None
    caveat: str | None = None
    listed: bool = True
    facts: tuple[ProgrammeFact, ...] = ()

    def described(self, day: date) -> tuple[ProgrammeFact, ...]:
        """Return the facts that describe the programme on that day, without the sentence made for the list."""
        return tuple(fact for fact in self.shown(day) if fact.about != (About.OVERVIEW,))

    def shown(self, day: date, about: About | None = None) -> tuple[ProgrammeFact, ...]:
        """Return the facts that may be shown on that day, all or those about one thing."""
        return tuple(fact for fact in self.facts if fact.shown_on(day) and (about is None or about in fact.about))


def load_programmes(folder: Path) -> tuple[Programme, ...]:
    """Read `programmes.yml` of a city pack."""
    raw = yaml.safe_load((folder / "programmes.yml").read_text(encoding="utf-8"))
    return tuple(Programme.model_validate(entry) for entry in raw["programmes"])

"""One checked statement about a programme, and how far it may still be trusted on a given day."""

import re
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from content.answer import Source
from content.confidence import Checked
from content.pack_file import PackData

STALE_AFTER = timedelta(days=180)
"""Older statements are still said, but softened, and staff are asked to check them."""

_NUMBER = r"\d{1,3}(?: \d{3})+|\d+"
_AMOUNTS = re.compile(rf"(?:(?:{_NUMBER})(?:, | i | albo ))*(?:{_NUMBER}) ?(zł|%)")


class About(StrEnum):
    """What a fact tells; `overview` facts make the programme's sentence in a list."""

    OVERVIEW = "overview"
    WHO = "who"
    INCOME = "income"
    CONDITION = "condition"
    AMOUNT = "amount"
    DATES = "dates"
    DOCUMENTS = "documents"
    WHERE = "where"
    HEAT_SOURCE = "heat_source"


class FactSource(PackData):
    """Where a fact was read: `as_of` is the source's own date; of an undated one `read_on` is the day it was read."""

    name: str
    url: str | None = None
    as_of: date | None = None
    read_on: date | None = None

    @model_validator(mode="after")
    def _has_one_date(self) -> Self:
        if (self.as_of is None) == (self.read_on is None):
            raise ValueError("a source has either as_of, or read_on when it carries no date of its own")
        return self

    @property
    def day(self) -> date:
        """The day for which the source vouches."""
        day = self.as_of or self.read_on
        assert day is not None  # noqa: S101 - the validator above
        return day

    def shown(self) -> Source:
        """Return the source as an answer carries it; an undated one gets no date."""
        return Source(self.name, self.url, self.as_of)


class Value(PackData):
    """A number of a fact in machine-readable form: złoty or percent, for what time or persons, at which level."""

    amount: int
    unit: Literal["zł", "%"]
    per: Literal["year", "person_month", "single_month"] | None = None
    level: str | None = None

    def written(self) -> str:
        """Return the number as residents read it: „31 500 zł”, „40%”."""
        number = f"{self.amount:,}".replace(",", " ")
        return f"{number}%" if self.unit == "%" else f"{number} zł"


class ProgrammeFact(Checked):
    """One statement; with a `label` it is a value of a list, without one a sentence.

    `heat_sources` are the ids of the vocabulary that it speaks of, none when it holds for all; `denies` marks one that
    says no to them. Every amount in the text stands in `values`, and the other way round.
    """

    id: str
    about: tuple[About, ...] = Field(min_length=1)
    text: str = Field(min_length=1)
    label: str | None = None
    values: tuple[Value, ...] = ()
    source: FactSource
    heat_sources: tuple[str, ...] = ()
    denies: bool = False
    valid_from: date | None = None
    valid_to: date | None = None

    @model_validator(mode="after")
    def _text_and_values_agree(self) -> Self:
        written, structured = amounts_in(self.text), {(value.amount, value.unit) for value in self.values}
        if written != structured:
            raise ValueError(f"the amounts of text {sorted(written)} are not those of values {sorted(structured)}")
        return self

    def shown_on(self, day: date) -> bool:
        """Whether residents may read the fact on that day; what is past its time is still said, but softened."""
        return self.is_confirmed and (self.valid_from is None or self.valid_from <= day)

    def expired_on(self, day: date) -> bool:
        """Whether the day until which the fact holds has passed."""
        return self.valid_to is not None and day > self.valid_to

    def old_on(self, day: date) -> bool:
        """Whether the source vouches for a day too long ago."""
        return day - self.source.day > STALE_AFTER

    def stale_on(self, day: date) -> bool:
        """Whether the fact is said only softened."""
        return self.expired_on(day) or self.old_on(day)


def amounts_in(text: str) -> set[tuple[int, str]]:
    """Return the amounts of a text with their unit: „18 000, 31 500 i 45 000 zł” are three."""
    return {
        (int(number.replace(" ", "")), match.group(1))
        for match in _AMOUNTS.finditer(text)
        for number in re.findall(_NUMBER, match.group())
    }

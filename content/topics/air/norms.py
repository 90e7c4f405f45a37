"""Limits, thresholds and index levels as data (`norms.yml`), each with its source; only confirmed ones leave here."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from content.confidence import Checked
from content.pack_file import PackData
from content.sources.gios import Pollutant

PM10_DAY = "pm10_day"
"""Id of the daily limit of PM10: the norm that percentages refer to."""

# GIOŚ gives carbon monoxide in µg/m³, the table of the index in mg/m³.
_MICROGRAMS = {Pollutant.CO: 1000}


class Norm(Checked):
    """A limit or threshold in µg/m³ over an averaging time; `days_allowed` a year may exceed it."""

    id: str
    pollutant: Pollutant
    kind: Literal["limit", "information", "alert"]
    value: float
    averaging: Literal["1h", "24h", "year"]
    days_allowed: int | None = None
    valid_from: date | None = None
    source: str

    def is_in_force(self, day: date) -> bool:
        """Whether it holds on a day; without a known beginning it has long been in force."""
        return self.valid_from is None or self.valid_from <= day


class Bands(Checked):
    """The upper bounds of the levels of the index, very good to bad, each included."""

    valid_from: date
    source: str
    averaging: Literal["1h"]
    upper: dict[Pollutant, tuple[float, ...]]


class Norms(PackData):
    """The file `norms.yml`."""

    limits: tuple[Norm, ...]
    bands: Bands

    def of(self, pollutant: Pollutant, day: date) -> tuple[Norm, ...]:
        """Return the confirmed norms of a pollutant, those in force on a day before those that come later."""
        confirmed = (norm for norm in self.limits if norm.pollutant == pollutant and norm.is_confirmed)
        return tuple(sorted(confirmed, key=lambda norm: not norm.is_in_force(day)))

    def norm(self, norm_id: str) -> Norm:
        """Return the norm of that id."""
        return next(norm for norm in self.limits if norm.id == norm_id)

    def band_bounds(self, pollutant: Pollutant) -> tuple[float, ...]:
        """Return the upper bounds of the index levels in µg/m³, none when the index does not know the pollutant."""
        factor = _MICROGRAMS.get(pollutant, 1)
        return tuple(bound * factor for bound in self.bands.upper.get(pollutant, ()))


@cache
def load_norms() -> Norms:
    """Read `norms.yml`."""
    raw: Mapping[str, object] = yaml.safe_load((Path(__file__).parent / "norms.yml").read_text(encoding="utf-8"))
    return Norms.model_validate(raw)

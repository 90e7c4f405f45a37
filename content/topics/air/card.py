"""The air at a glance, as a page shows it."""

from dataclasses import dataclass

from content.answer import Chart, Fact


@dataclass(frozen=True)
class AirCard:
    """The official level (0 very good to 5 very bad, None: no index) with its readings; `measured_at` is local time.

    `chart` shows PM10 in the 24 hours up to it, None when too few hours are known. `advice` is for everybody, then for
    those who are more sensitive; without an index there is none.
    """

    level_class: int | None
    level_name: str
    station: str
    measured_at: str
    sample: bool
    stale: bool
    facts: tuple[Fact, ...]
    chart: Chart | None
    trend: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

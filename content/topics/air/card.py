"""The air at a glance, as a page shows it."""

from dataclasses import dataclass

from content.answer import Fact


@dataclass(frozen=True)
class AirCard:
    """The official level (0 very good to 5 very bad, None: no index) with its readings; `measured_at` is local time."""

    level_class: int | None
    level_name: str
    station: str
    measured_at: str
    sample: bool
    stale: bool
    facts: tuple[Fact, ...]

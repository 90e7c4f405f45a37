"""What is known of the chargers at one moment, and the port over which the answers ask for it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from content.topics.charging.live import ChargerState, LiveData, Price, prices_of, state_of
from content.topics.charging.register import Charger, Register
from core.clock import Clock


@dataclass(frozen=True)
class Known:
    """The register with the live states at the moment `now` (UTC)."""

    register: Register
    now: datetime
    live: LiveData = field(default_factory=LiveData)

    def state(self, charger: Charger) -> ChargerState | None:
        """Return the live state of a charger, None when there is none that still counts as live."""
        return state_of(charger, self.live, self.now)

    def prices(self, charger: Charger) -> tuple[Price, ...]:
        """Return the believed prices of a charger."""
        return prices_of(charger, self.live, self.now)

    def states(self, chargers: Iterable[Charger]) -> list[tuple[Charger, ChargerState]]:
        """Return the chargers that have a live state, with it."""
        return [(charger, state) for charger in chargers if (state := self.state(charger))]


class Chargers(Protocol):
    """Where the answers learn of the chargers."""

    async def current(self) -> Known:
        """Return what is known now; asks no other server."""
        ...


class PackChargers:
    """The register of the city pack alone: what a city without an account in EIPA knows."""

    def __init__(self, register: Register, clock: Clock) -> None:
        self._register = register
        self._clock = clock

    async def current(self) -> Known:
        """Return the register of the pack, without live states."""
        return Known(self._register, self._clock.now())

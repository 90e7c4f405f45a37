"""What a resident wants of a charger."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from content.question import Question
from content.topics.charging.register import Charger, ConnectorType

WISHES = frozenset({"connector", "power_kw", "operator"})
"""Names of the values of a question that are wishes."""

AT_MOST = "max_"
"""Begins the id of a power that is a highest one („do 22 kW” → „max_22”); any other is the least one."""


@dataclass(frozen=True)
class Wanted:
    """What a charger must offer; None is no wish, powers in kW."""

    connector: ConnectorType | None = None
    least_kw: int | None = None
    most_kw: int | None = None
    operator: str | None = None

    @classmethod
    def of(cls, question: Question) -> "Wanted":
        """Return the wishes named in a question."""
        connector, operator = question.entity("connector"), question.entity("operator")
        wanted = cls(
            connector=ConnectorType(connector.id) if connector and connector.id in set(ConnectorType) else None,
            operator=operator.id if operator else None,
        )
        power = question.entity("power_kw")
        number = power.id.removeprefix(AT_MOST) if power else ""
        if power is None or not number.isdecimal():
            return wanted
        if power.id.startswith(AT_MOST):
            return replace(wanted, most_kw=int(number))
        return replace(wanted, least_kw=int(number))

    def fits(self, charger: Charger) -> bool:
        """Whether the register shows that the charger offers it all; unknown plugs never fit a wish for a plug."""
        if self.operator and charger.operator != self.operator:
            return False
        return not (self.connector or self.least_kw or self.most_kw) or bool(self._powers(charger))

    def among(self, chargers: Iterable[Charger]) -> tuple[Charger, ...]:
        """Return the chargers that offer it all, the one with the strongest wanted plug first."""
        fitting = [charger for charger in chargers if self.fits(charger)]
        return tuple(sorted(fitting, key=lambda each: (-max(self._powers(each), default=0), -each.max_power_kw)))

    def relaxed(self) -> tuple["Wanted", ...]:
        """Return weaker wishes, the least weakened first; the last one asks for nothing."""
        return (
            replace(self, least_kw=None, most_kw=None),
            replace(self, operator=None),
            Wanted(connector=self.connector),
            Wanted(),
        )

    def given_up_in(self, weaker: "Wanted") -> frozenset[str]:
        """Return the names of the wishes that a weaker one leaves out."""
        kept, wishes = weaker.by_name(), self.by_name()
        return frozenset(name for name in WISHES if wishes[name] != kept[name])

    def by_name(self) -> dict[str, object]:
        """Return the wishes by the names of a question's values."""
        powers = (self.least_kw, self.most_kw)
        return {"connector": self.connector, "power_kw": powers, "operator": self.operator}

    def _powers(self, charger: Charger) -> list[float]:
        """Return the powers of the plugs that fit."""
        return [
            connector.power_kw
            for connector in charger.connectors
            if self.connector in {None, connector.type}
            and (self.least_kw or 0) <= connector.power_kw <= (self.most_kw or connector.power_kw)
        ]

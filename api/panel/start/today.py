"""How things stand today: a few figures that cost little to count."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from api.panel.addresses import HOME
from api.panel.tiles import Tile
from api.panel.writing import grouped, money, percent
from bot.statistics import repository as talk_counts
from bot.statistics.figures import Outcomes, Talks
from core.clock import Clock
from core.database import Database
from core.period import Period
from core.staff.actor import Actor
from core.staff.permissions import Permission
from notifier.pricing import SegmentPrice
from notifier.statistics import repository as reach_counts
from notifier.statistics.figures import ARRIVED

_NUMBERS = f"{HOME}/liczby"


@dataclass(frozen=True)
class Today:
    """The questions of today, the messages of what was published today, and the parts of SMS paid for."""

    questions: Outcomes
    messages: int
    arrived: int
    parts: int

    @classmethod
    async def of(cls, database: Database, clock: Clock, actor: Actor) -> "Today":
        """Count it; the day is the Polish one."""
        actor.require(Permission.READ_NUMBERS)
        day = Period.ending_today(1, clock.now())
        async with database.read() as session:
            sent = await reach_counts.deliveries(session, day)
            paid = await reach_counts.spending(session, day)
            return cls(
                Talks.of(await talk_counts.turns(session, day), 1).total,
                sum(each.count for each in sent),
                sum(each.count for each in sent if each.state in ARRIVED),
                sum(paid.get(day.first, {}).values()),
            )

    def tiles(self, price: SegmentPrice, cap: Decimal) -> Sequence[Tile]:
        """Return the figures; `price` is of a part of an SMS, `cap` what may be spent on a day."""
        unknown = f"bez odpowiedzi: {grouped(self.questions['unknown'])}"
        arrived = f"wysłane lub doręczone: {grouped(self.arrived)}"
        spent = f"limit dnia: {money(cap)} zł"
        return [
            Tile("Pytania", grouped(self.questions.total()), unknown, _NUMBERS),
            Tile("Z odpowiedzią", percent(self.questions.share("answered")), "część dzisiejszych pytań", _NUMBERS),
            Tile("Wiadomości", grouped(self.messages), arrived, f"{_NUMBERS}/powiadomienia"),
            Tile("Koszt SMS", f"{money(price.of(self.parts))} zł", spent, f"{_NUMBERS}/powiadomienia#wydatki"),
        ]

"""What a reply by SMS costs, told before it is written and before it is sent."""

from dataclasses import dataclass
from decimal import Decimal

from api.panel.desk import Desk
from bot.handoffs.letters.wording import letter_text, sms_parts

_INTENT = "human_handoff"


@dataclass(frozen=True)
class ReplyCost:
    """Parts and price of one SMS, with the city's words around the reply; `left` is what may be spent today."""

    parts: int
    price: Decimal
    left: Decimal

    @property
    def waits(self) -> bool:
        """Whether it must wait until tomorrow, because the day's budget is spent."""
        return self.price > self.left


async def reply_cost(used: Desk, reference: str, text: str) -> ReplyCost:
    """Return what a reply would cost now."""
    async with used.database.read() as session:
        spent = await used.sms_budget.spent(session, used.clock.now())
    parts = sms_parts(letter_text(used.texts[_INTENT], "sms", reference, text))
    price = used.sms_price
    return ReplyCost(parts, price.of(parts), max(Decimal(0), used.sms_budget.cap - price.of(spent)))

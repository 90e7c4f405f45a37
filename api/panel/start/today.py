"""How things stand today: a few figures that cost little to count."""

from collections.abc import Sequence

from api.panel.addresses import HOME
from api.panel.desk import Desk
from api.panel.tiles import Tile
from api.panel.writing import grouped, money, percent
from bot.statistics import repository as talk_counts
from bot.statistics.figures import Talks
from core.period import Period
from core.staff.actor import Actor
from core.staff.permissions import Permission
from notifier.statistics import repository as reach_counts
from notifier.statistics.figures import ARRIVED

_NUMBERS = f"{HOME}/liczby"
_REACH = f"{_NUMBERS}/powiadomienia"


async def today(used: Desk, actor: Actor) -> Sequence[Tile]:
    """Return today's questions, the messages of what was published today, and what SMS cost; the day is the Polish one.

    Raises:
        PermissionRefusedError: they may not see figures.
    """
    actor.require(Permission.READ_NUMBERS)
    day = Period.ending_today(1, used.clock.now())
    async with used.database.read() as session:
        questions = Talks.of(await talk_counts.turns(session, day), 1).total
        sent = await reach_counts.deliveries(session, day)
        paid = await reach_counts.spending(session, day)
    messages = sum(each.count for each in sent)
    arrived = sum(each.count for each in sent if each.state in ARRIVED)
    cost = used.sms_price.of(sum(paid.get(day.first, {}).values()))
    unknown, cap = f"bez odpowiedzi: {grouped(questions['unknown'])}", f"limit dnia: {money(used.sms_budget.cap)} zł"
    return [
        Tile("Pytania", grouped(questions.total()), unknown, _NUMBERS),
        Tile("Z odpowiedzią", percent(questions.share("answered")), "część dzisiejszych pytań", _NUMBERS),
        Tile("Wiadomości", grouped(messages), f"wysłane lub doręczone: {grouped(arrived)}", _REACH),
        Tile("Koszt SMS", f"{money(cost)} zł", cap, f"{_REACH}#wydatki"),
    ]

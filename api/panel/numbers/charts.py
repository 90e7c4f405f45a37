"""The charts of the figures."""

from decimal import Decimal

from api.panel.numbers.chart import Chart, stacked
from api.panel.numbers.reach_tables import Reach
from api.panel.numbers.service import TalkFigures
from api.panel.numbers.words import OUTCOMES
from api.panel.words import CHANNELS
from api.panel.writing import grouped, money
from bot.statistics.figures import OUTCOMES as EVERY_OUTCOME
from content.format import polish_date
from core.period import Period


def questions(figures: TalkFigures, period: Period) -> Chart | None:
    """Return the questions of each day by their outcome."""
    series = {OUTCOMES[outcome]: [day[outcome] for day in figures.talks.by_day] for outcome in EVERY_OUTCOME}
    return stacked("Pytania dzień po dniu", _days(period), series, lambda count: grouped(round(count)))


def spending(reach: Reach, period: Period) -> Chart | None:
    """Return what was paid on each day, by channel, in PLN."""
    paid = reach.figures.spending
    channels = sorted({channel for day in paid.values() for channel in day})
    series = {
        CHANNELS.get(channel, channel): [
            float(reach.price.of(paid.get(day, {}).get(channel, 0))) for day in period.days()
        ]
        for channel in channels
    }
    return stacked("Wydatki na SMS w złotych", _days(period), series, lambda amount: money(Decimal(str(amount))))


def _days(period: Period) -> list[str]:
    return [polish_date(day) for day in period.days()]

"""Polish days as a table inside a query, so that both engines count by days whose length is not always the same."""

from datetime import datetime, timedelta

from sqlalchemy import CTE, ColumnElement, Integer, column, values
from sqlalchemy.orm import InstrumentedAttribute

from core.database.types import UtcDateTime
from core.period import Period, beginning_of


def days_of(period: Period) -> CTE:
    """Return the days of a period as rows of `day` (counted from 0), `since` and `until`."""
    table = values(column("day", Integer), column("since", UtcDateTime), column("until", UtcDateTime))
    bounds = [(beginning_of(day), beginning_of(day + timedelta(days=1))) for day in period.days()]
    return table.data([(number, since, until) for number, (since, until) in enumerate(bounds)]).cte("days")


def falls_on(days: CTE, moment: InstrumentedAttribute[datetime]) -> ColumnElement[bool]:
    """Return the condition that a moment lies within a day."""
    return (moment >= days.c.since) & (moment < days.c.until)

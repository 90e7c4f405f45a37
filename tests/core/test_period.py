"""Periods of whole Polish days."""

from datetime import UTC, date, datetime

import pytest

from core.period import Period


def test_a_day_begins_at_midnight_in_poland() -> None:
    day = Period(date(2026, 11, 23), date(2026, 11, 23))
    assert day.since == datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
    assert day.until == datetime(2026, 11, 23, 23, 0, tzinfo=UTC)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 7, 1), 24)])
def test_a_day_on_which_the_clocks_change_is_as_long_as_it_is(day: date, hours: int) -> None:
    period = Period(day, day)
    assert (period.until - period.since).total_seconds() == hours * 3600


def test_the_last_seven_days_end_with_the_day_it_is_in_poland() -> None:
    # Half past eleven in the evening, UTC: in Poland the next day has begun.
    period = Period.ending_today(7, datetime(2026, 11, 22, 23, 30, tzinfo=UTC))
    assert (period.first, period.last, period.length) == (date(2026, 11, 17), date(2026, 11, 23), 7)
    assert list(period.days()) == [date(2026, 11, day) for day in range(17, 24)]

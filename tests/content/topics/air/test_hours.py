"""What is computed from hours, and when nothing may be said."""

from datetime import UTC, date, datetime, timedelta

import pytest

from content.topics.air.hours import Day, days, mean_of_24_hours, summary, trend

END = datetime(2026, 11, 23, 18, tzinfo=UTC)
HOUR = timedelta(hours=1)


def _ending(*values: float | None) -> dict[datetime, float]:
    start = END - HOUR * (len(values) - 1)
    return {start + HOUR * number: value for number, value in enumerate(values) if value is not None}


def test_extremes_come_with_their_hours_and_of_equal_ones_the_newest() -> None:
    found = summary(_ending(10, 40, 10, 40, 20))
    assert found is not None
    assert (found.count, found.mean) == (5, 24)
    assert (found.low.value, found.low.at) == (10, END - 2 * HOUR)
    assert (found.high.value, found.high.at) == (40, END - HOUR)
    assert summary({}) is None


def test_a_mean_of_24_hours_needs_18_of_them() -> None:
    assert mean_of_24_hours(_ending(*[30.0] * 17), END) is None
    found = mean_of_24_hours(_ending(*[30.0] * 18), END)
    assert found is not None
    assert (found.count, found.mean) == (18, 30)


def test_a_mean_of_24_hours_takes_no_hour_more() -> None:
    found = mean_of_24_hours(_ending(1000.0, *[30.0] * 24), END)
    assert found is not None
    assert (found.count, found.mean) == (24, 30)


def test_a_day_is_a_polish_calendar_day() -> None:
    midnight = datetime(2026, 11, 21, 23, tzinfo=UTC)
    hours = {midnight + HOUR * number: 20.0 if number < 24 else 80.0 for number in range(-24, 42)}
    assert days(hours, {}) == (
        Day(date(2026, 11, 21), 20.0),
        Day(date(2026, 11, 22), 20.0),
        Day(date(2026, 11, 23), 80.0),
    )


def test_the_day_of_25_hours_in_october_counts_all_of_them() -> None:
    start = datetime(2026, 10, 24, 22, tzinfo=UTC)
    hours = {start + HOUR * number: 100.0 if number == 24 else 0.0 for number in range(26)}
    assert days(hours, {})[0] == Day(date(2026, 10, 25), 4.0)


def test_the_mean_of_gios_is_preferred_unless_it_contradicts_the_hours() -> None:
    hours = {datetime(2026, 11, 21, 23, tzinfo=UTC) + HOUR * number: 40.0 for number in range(24)}
    day = date(2026, 11, 22)
    assert days(hours, {day: 41.2}) == (Day(day, 41.2, official=True),)
    assert days(hours, {day: 55.0}) == (Day(day, 40.0),)
    assert days({}, {day: 55.0}) == (Day(day, 55.0, official=True),)


@pytest.mark.parametrize(
    ("values", "direction"),
    [
        ((20, 24, 30, 33, 41, 52), "rising"),
        ((80, 70, None, 55, 40, 38), "falling"),
        ((20, 24, 23, 26, 31), "rising"),
        ((20, 21, 20, 22, 21, 23), None),
        ((20, 60, 15, 70, 10, 50), None),
        ((20, 40, 60), None),
        ((100, 102, 104, 106, 108, 110), None),
        ((), None),
    ],
)
def test_a_trend_is_only_said_when_it_is_clear(values: tuple[float | None, ...], direction: str | None) -> None:
    found = trend(_ending(*values), END)
    assert (found.direction if found else None) == direction

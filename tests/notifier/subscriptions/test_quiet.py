"""Quiet hours are those of the clock on the wall, also on the two days a year on which it is moved."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clock import WARSAW
from notifier.subscriptions.quiet import QuietHours

NIGHT = QuietHours(22 * 60, 6 * 60)


def _polish(day: int, hour: int, minute: int = 0, month: int = 11, fold: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=WARSAW, fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "is_quiet"),
    [
        (_polish(23, 21, 59), False),
        (_polish(23, 22), True),
        (_polish(24, 0), True),
        (_polish(24, 5, 59), True),
        (_polish(24, 6), False),
    ],
)
def test_a_night_begins_and_ends_on_the_minute(moment: datetime, is_quiet: bool) -> None:
    assert NIGHT.hold(moment) is is_quiet


def test_hours_within_a_day_do_not_reach_over_midnight() -> None:
    noon = QuietHours(12 * 60, 14 * 60 + 30)
    assert noon.hold(_polish(23, 14, 29))
    assert not noon.hold(_polish(23, 14, 30))
    assert not noon.hold(_polish(23, 0))
    assert noon.end_after(_polish(23, 13)) == _polish(23, 14, 30)


def test_a_message_of_the_evening_waits_for_the_morning() -> None:
    assert NIGHT.end_after(_polish(23, 23)) == _polish(24, 6)
    assert NIGHT.end_after(_polish(24, 3)) == _polish(24, 6)
    assert NIGHT.end_after(_polish(24, 12)) == _polish(24, 12)


def test_in_the_night_to_summer_time_the_wait_is_an_hour_shorter() -> None:
    evening = _polish(28, 22, month=3)
    assert NIGHT.end_after(evening) - evening == timedelta(hours=7)


def test_in_the_night_to_winter_time_the_wait_is_an_hour_longer() -> None:
    evening = _polish(24, 22, month=10)
    assert NIGHT.end_after(evening) - evening == timedelta(hours=9)


def test_an_end_in_the_hour_that_is_repeated_is_the_next_one() -> None:
    late = QuietHours(22 * 60, 2 * 60 + 30)
    assert late.end_after(_polish(25, 1, month=10)) == _polish(25, 2, 30, month=10)
    second = _polish(25, 2, 10, month=10, fold=1)
    assert late.end_after(second) == _polish(25, 2, 30, month=10, fold=1)


_MINUTES = st.integers(0, 24 * 60 - 1)


@given(start=_MINUTES, end=_MINUTES, at=st.integers(0, 366 * 24 * 60))
def test_a_wait_is_over_within_a_day_and_then_it_is_quiet_no_more(start: int, end: int, at: int) -> None:
    if start == end:
        with pytest.raises(ValueError, match="two different minutes"):
            QuietHours(start, end)
        return
    quiet, moment = QuietHours(start, end), datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=at)
    over = quiet.end_after(moment)
    assert moment <= over <= moment + timedelta(hours=25)
    assert (over == moment) is not quiet.hold(moment)
    assert not quiet.hold(over) or 1 <= over.astimezone(WARSAW).hour <= 3  # only where the clock is moved

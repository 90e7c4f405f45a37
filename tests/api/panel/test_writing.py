"""How figures are written."""

from datetime import timedelta
from decimal import Decimal

import pytest

from api.panel.writing import duration, grouped, money, percent, seconds, within


@pytest.mark.parametrize(
    ("share", "written"),
    [(None, "–"), (0.0, "0%"), (0.001, "<1%"), (0.5, "50%"), (0.996, ">99%"), (1.0, "100%"), (0.625, "63%")],
)
def test_a_part_is_never_rounded_to_nothing_or_to_all(share: float | None, written: str) -> None:
    assert percent(share) == written


@pytest.mark.parametrize(
    ("length", "written"),
    [
        (None, "–"),
        (timedelta(seconds=5), "1 minuta"),
        (timedelta(minutes=40), "40 minut"),
        (timedelta(hours=1), "1 godzina"),
        (timedelta(hours=2, minutes=30), "2,5 godziny"),
        (timedelta(hours=5), "5 godzin"),
        (timedelta(days=1), "1 dzień"),
        (timedelta(days=2, hours=12), "2,5 dnia"),
        (timedelta(days=3), "3 dni"),
    ],
)
def test_a_duration_is_told_in_its_greatest_unit(length: timedelta | None, written: str) -> None:
    assert duration(length) == written


def test_numbers_are_written_as_in_poland() -> None:
    assert grouped(1234567) == "1\u00a0234\u00a0567"
    assert money(Decimal("12.4")) == "12,40"
    assert (seconds(120), seconds(None)) == ("0,12 s", "–")


def test_a_very_short_time_is_never_rounded_to_nothing() -> None:
    assert (seconds(0), seconds(4), seconds(10)) == ("poniżej 0,01 s", "poniżej 0,01 s", "0,01 s")
    assert (within(4), within(10), within(2500)) == ("poniżej 0,01 s", "do 0,01 s", "do 2,5 s")

"""Which past time a resident means; now is Monday, 23 November 2026, 19:30 in Poland."""

from datetime import UTC, date, datetime

import pytest

from content.question import Entity
from content.topics.air.period import LAST_DAYS, period_of, tense, year_so_far

NOW = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)


def _entity(period_id: str) -> Entity:
    return Entity("period", period_id, period_id)


@pytest.mark.parametrize(
    ("period_id", "first", "last"),
    [
        (LAST_DAYS.id, "2026-11-21", "2026-11-23"),
        ("teraz", "2026-11-23", "2026-11-23"),
        ("dzisiaj", "2026-11-23", "2026-11-23"),
        ("wczoraj", "2026-11-22", "2026-11-22"),
        ("weekend", "2026-11-21", "2026-11-22"),
        ("ostatnie_7_dni", "2026-11-17", "2026-11-23"),
        ("poprzedni_tydzien", "2026-11-16", "2026-11-22"),
        ("ten_miesiac", "2026-11-01", "2026-11-23"),
        ("poprzedni_rok", "2025-01-01", "2025-12-31"),
        ("sobota", "2026-11-21", "2026-11-21"),
        ("od_sobota", "2026-11-21", "2026-11-23"),
        ("2026-02-14", "2026-02-14", "2026-02-14"),
        ("nieznane", "2026-11-21", "2026-11-23"),
    ],
)
def test_whole_days_up_to_now(period_id: str, first: str, last: str) -> None:
    period = period_of(_entity(period_id), NOW)
    assert (period.first, period.last) == (date.fromisoformat(first), date.fromisoformat(last))
    assert period.until <= NOW
    assert period.whole_days


@pytest.mark.parametrize("period_id", ["wczoraj_wieczorem", "dzisiaj_w_nocy", "dzisiaj_rano", "ostatnie_24_godz"])
def test_parts_of_days_are_no_whole_days(period_id: str) -> None:
    assert not period_of(_entity(period_id), NOW).whole_days


def test_the_year_goes_up_to_now() -> None:
    year = year_so_far(NOW)
    assert (year.first, year.last, year.until) == (date(2026, 1, 1), date(2026, 11, 23), NOW)


@pytest.mark.parametrize(
    ("period_id", "expected"),
    [
        ("wczoraj", "past"),
        ("wczoraj_wieczorem", "past"),
        ("poprzedni_tydzien", "past"),
        ("2026-11-22", "past"),
        ("jutro", "future"),
        ("za_3_godz", "future"),
        ("2026-11-24", "future"),
        ("weekend", None),
        ("piatek", None),
        ("dzisiaj", None),
        ("teraz", None),
        ("ten_tydzien", None),
        ("nieznane", None),
    ],
)
def test_what_is_certainly_over_or_still_to_come(period_id: str, expected: str | None) -> None:
    assert tense(_entity(period_id), NOW) == expected


def test_no_period_is_open() -> None:
    assert tense(None, NOW) is None

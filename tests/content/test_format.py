from datetime import UTC, date, datetime, timedelta

import pytest

from content.format import decimal, iso, plural, polish_age, polish_date, polish_hour, polish_moment


def test_dates_and_moments_are_polish_local_time() -> None:
    moment = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)
    assert polish_date(date(2026, 3, 1)) == "01.03.2026"
    assert polish_moment(moment) == "22.11.2026, 20:00"
    assert polish_hour(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == "00:30"


@pytest.mark.parametrize(
    ("age", "text"),
    [
        (timedelta(0), "przed chwilą"),
        (timedelta(minutes=5), "5 minut temu"),
        (timedelta(hours=1), "1 godzinę temu"),
        (timedelta(days=3, hours=2), "3 dni temu"),
        (timedelta(hours=-2), "za 2 godziny"),
    ],
)
def test_an_age_is_said_in_its_largest_unit(age: timedelta, text: str) -> None:
    assert polish_age(age) == text


def test_programs_read_days_and_moments_with_the_polish_offset() -> None:
    assert iso(date(2026, 3, 1)) == "2026-03-01"
    assert iso(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == "2026-07-02T00:30:00+02:00"
    assert iso(None) is None


@pytest.mark.parametrize(
    ("count", "form"),
    [(0, "punktów"), (1, "punkt"), (2, "punkty"), (5, "punktów"), (12, "punktów"), (21, "punktów"), (22, "punkty")],
)
def test_nouns_follow_polish_plural_rules(count: int, form: str) -> None:
    assert plural(count, "punkt", "punkty", "punktów") == form


@pytest.mark.parametrize(("value", "text"), [(34.2, "34,2"), (34.0, "34"), (0.04, "0"), (1234.5, "1\xa0234,5")])
def test_decimals_have_a_comma_and_at_most_one_place(value: float, text: str) -> None:
    assert decimal(value) == text

"""What residents call a stretch of time, the id it gets, its name, and the hours it means by the Warsaw clock."""

from datetime import UTC, datetime, timedelta

import pytest

from content.periods import Period, resolve
from content.vocabulary import Vocabulary, load_vocabulary
from core.clock import WARSAW, warsaw

# A Wednesday, 14:30 in Warsaw.
NOW = datetime(2026, 12, 2, 13, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary({})


@pytest.mark.parametrize(
    ("text", "period", "name"),
    [
        ("wczoraj wieczorem ile było pm10", "wczoraj_wieczorem", "wczoraj wieczorem"),
        ("dziś rano", "dzisiaj_rano", "dzisiaj rano"),
        ("wieczorem w sobotę", "sobota_wieczorem", "sobota wieczorem"),
        ("po południu", "dzisiaj_po_poludniu", "dzisiaj po południu"),
        ("czy w nocy wzrośnie", "dzisiaj_w_nocy", "dzisiaj w nocy"),
        ("ostatniej nocy", "wczoraj_w_nocy", "wczoraj w nocy"),
        ("smog od rana", "od_dzisiaj_rano", "od dzisiaj rano"),
        ("od poniedziałku", "od_poniedzialek", "od poniedziałku"),
        ("w ten weekend", "weekend", "weekend"),
        ("w przyszły weekend", "przyszly_weekend", "przyszły weekend"),
        ("w ostatni weekend", "poprzedni_weekend", "poprzedni weekend"),
        ("w przyszłą sobotę", "przyszly_sobota", "przyszła sobota"),
        ("w zeszły piątek rano", "poprzedni_piatek_rano", "poprzedni piątek rano"),
        ("za dwa dni", "za_2_dni", "za 2 dni"),
        ("za tydzień", "za_7_dni", "za 7 dni"),
        ("3 dni temu", "3_dni_temu", "3 dni temu"),
        ("3 grudnia", "12-03", "3 grudnia"),
        ("3.12", "12-03", "3 grudnia"),
        ("03.12.2026", "2026-12-03", "3 grudnia 2026"),
        ("2026-12-03", "2026-12-03", "3 grudnia 2026"),
        ("w grudniu", "grudzien", "grudzień"),
        ("w grudniu 2025", "2025-12", "grudzień 2025"),
        ("ile przekroczeń w 2025 roku", "2025", "rok 2025"),
        ("z ostatnich siedmiu dni", "ostatnie_7_dni", "ostatnie 7 dni"),
        ("ostatni tydzień", "ostatnie_7_dni", "ostatnie 7 dni"),
        ("z ostatniej doby", "ostatnie_24_godz", "ostatnie 24 godziny"),
        ("na najbliższą dobę", "najblizsze_24_godz", "najbliższe 24 godziny"),
        ("w zeszłym tygodniu", "poprzedni_tydzien", "poprzedni tydzień"),
        ("tej zimy", "zima", "zima"),
        ("zeszłej zimy", "poprzedni_zima", "poprzednia zima"),
        ("w wigilię", "12-24", "24 grudnia"),
        ("wczroaj", "wczoraj", "wczoraj"),
        ("5 listopda", "11-05", "5 listopada"),
    ],
)
def test_a_period_is_found_and_named(vocabulary: Vocabulary, text: str, period: str, name: str) -> None:
    found = [entity for entity in vocabulary.find(text) if entity.name == "period"]
    assert [(entity.id, entity.value) for entity in found] == [(period, name)]


@pytest.mark.parametrize(
    "text",
    [
        *("pm 2.5 µg", "31.02", "opłata za godzinę", "co wieczór dymi", "ma 5 lat", "wniosek numer 2026"),
        *("oni mają 3 auta", "dzień dobry", "wiedzieli o tym", "o czwartej", "w ostatnich latach"),
    ],
)
def test_other_numbers_and_words_are_no_period(vocabulary: Vocabulary, text: str) -> None:
    assert [entity for entity in vocabulary.find(text) if entity.name == "period"] == []


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("jutro i pojutrze", ["jutro", "pojutrze"]),
        ("w piątek wieczorem i w sobotę rano", ["piatek_wieczorem", "sobota_rano"]),
        ("w niedzielę 22 listopada", ["niedziela", "11-22"]),
        ("porównaj dzisiaj z wczoraj", ["dzisiaj", "wczoraj"]),
    ],
)
def test_two_periods_stay_apart(vocabulary: Vocabulary, text: str, periods: list[str]) -> None:
    assert [entity.id for entity in vocabulary.find(text)] == periods


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("dzisiaj", "2026-12-02 00:00", "2026-12-03 00:00"),
        ("wczoraj_wieczorem", "2026-12-01 18:00", "2026-12-01 22:00"),
        ("wczoraj_w_nocy", "2026-12-01 22:00", "2026-12-02 06:00"),
        ("dzisiaj_w_nocy", "2026-12-02 22:00", "2026-12-03 06:00"),
        ("za_2_dni_rano", "2026-12-04 06:00", "2026-12-04 12:00"),
        ("teraz", "2026-12-02 13:30", "2026-12-02 14:30"),
        ("weekend", "2026-12-05 00:00", "2026-12-07 00:00"),
        ("przyszly_weekend", "2026-12-12 00:00", "2026-12-14 00:00"),
        ("poprzedni_weekend", "2026-11-28 00:00", "2026-11-30 00:00"),
        ("sroda", "2026-12-02 00:00", "2026-12-03 00:00"),
        ("wtorek", "2026-12-08 00:00", "2026-12-09 00:00"),
        ("przyszly_sroda", "2026-12-09 00:00", "2026-12-10 00:00"),
        ("ten_tydzien", "2026-11-30 00:00", "2026-12-07 00:00"),
        ("poprzedni_tydzien", "2026-11-23 00:00", "2026-11-30 00:00"),
        ("przyszly_miesiac", "2027-01-01 00:00", "2027-02-01 00:00"),
        ("poprzedni_rok", "2025-01-01 00:00", "2026-01-01 00:00"),
        ("ostatnie_7_dni", "2026-11-26 00:00", "2026-12-03 00:00"),
        ("najblizsze_3_dni", "2026-12-02 00:00", "2026-12-05 00:00"),
        ("ostatnie_24_godz", "2026-12-01 14:30", "2026-12-02 14:30"),
        ("od_dzisiaj_rano", "2026-12-02 06:00", "2026-12-02 14:30"),
        ("od_poniedzialek", "2026-11-30 00:00", "2026-12-02 14:30"),
        ("12-01", "2027-12-01 00:00", "2027-12-02 00:00"),
        ("02-29", "2028-02-29 00:00", "2028-03-01 00:00"),
        ("2025-12", "2025-12-01 00:00", "2026-01-01 00:00"),
        ("grudzien", "2026-12-01 00:00", "2027-01-01 00:00"),
        ("zima", "2026-12-01 00:00", "2027-03-01 00:00"),
        ("poprzedni_zima", "2025-12-01 00:00", "2026-03-01 00:00"),
    ],
)
def test_an_id_means_hours_of_the_local_day(period: str, start: str, end: str) -> None:
    assert resolve(period, NOW) == Period(_local(start), _local(end))


@pytest.mark.parametrize(
    ("period", "start"),
    [("wtorek", "2026-12-01"), ("weekend", "2026-11-28"), ("12-24", "2025-12-24"), ("lato", "2026-06-01")],
)
def test_in_questions_about_the_past_the_latest_is_meant(period: str, start: str) -> None:
    found = resolve(period, NOW, past=True)
    assert found
    assert warsaw(found.start).date().isoformat() == start


def test_before_noon_tonight_is_the_night_that_has_passed() -> None:
    morning = datetime(2026, 12, 2, 7, 0, tzinfo=UTC)
    assert resolve("dzisiaj_w_nocy", morning) == Period(_local("2026-12-01 22:00"), _local("2026-12-02 06:00"))


@pytest.mark.parametrize(
    ("period", "now", "hours"),
    [
        ("dzisiaj", datetime(2026, 3, 29, 10, tzinfo=UTC), 23),
        ("dzisiaj", datetime(2026, 10, 25, 10, tzinfo=UTC), 25),
        ("wczoraj_w_nocy", datetime(2026, 3, 29, 10, tzinfo=UTC), 7),
        ("ostatnie_24_godz", datetime(2026, 10, 25, 10, tzinfo=UTC), 24),
    ],
)
def test_days_of_a_clock_change_have_their_true_length(period: str, now: datetime, hours: int) -> None:
    found = resolve(period, now)
    assert found
    assert found.end - found.start == timedelta(hours=hours)


def test_the_local_day_decides_not_that_of_utc() -> None:
    assert resolve("dzisiaj", datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == Period(
        _local("2026-07-02 00:00"), _local("2026-07-03 00:00")
    )


@pytest.mark.parametrize(
    "period", ["", "kiedyś", "02-30", "2026-13", "2026-00-01", "wieczorem", "za_dni", "od_jutro", "9999-12-31"]
)
def test_what_is_no_period_means_no_hours(period: str) -> None:
    assert resolve(period, NOW) is None


def _local(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=WARSAW).astimezone(UTC)

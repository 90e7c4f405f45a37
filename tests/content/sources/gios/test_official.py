"""What GIOŚ says officially: notices of exceedances and means of days."""

from datetime import UTC, date, datetime

import pytest

from content.sources.gios import DayMean, ExceedanceKind, GiosBadDataError, GiosClient, Pollutant
from tests.content.sources.gios.wire import DAY_MEANS, EXCEEDANCES, GiosWire, envelope
from tests.fakes import FrozenClock

STATION = "DsLegAlRzecz"
NOW = {"Data i godzina": "2026-11-23 15:00"}


@pytest.fixture
def gios(wire: GiosWire, clock: FrozenClock) -> GiosClient:
    return wire.client(clock)


async def test_a_notice_is_read(wire: GiosWire, gios: GiosClient) -> None:
    wire.serve_exceedances(NOW)
    (notice,) = await gios.exceedances("DOLNOŚLĄSKIE")
    assert (notice.kind, notice.pollutant, notice.highest) == (ExceedanceKind.INFORMATION, Pollutant.PM10, 112.4)
    assert notice.zone == "PL0202 miasto Legnica"
    assert notice.at == datetime(2026, 11, 23, 14, tzinfo=UTC)
    assert wire.requests[-1].url.params["filter[wojewodztwo]"] == "DOLNOŚLĄSKIE"


@pytest.mark.parametrize(
    ("norm", "kind"),
    [
        ("Poziom alarmowy - Ochrona Zdrowia (OZ) / S24 > 150 ug/m3", ExceedanceKind.ALERT),
        ("Próg Informowania (PI) - Ochrona Zdrowia (OZ) / S1 > 180 ug/m3", ExceedanceKind.INFORMATION),
        ("Poziom dopuszczalny", ExceedanceKind.LIMIT),
        ("POZIOM DOCELOWY", ExceedanceKind.TARGET),
        ("Poziom odniesienia", ExceedanceKind.OTHER),
    ],
)
async def test_the_norm_says_what_kind_of_notice_it_is(
    wire: GiosWire, gios: GiosClient, norm: str, kind: ExceedanceKind
) -> None:
    wire.serve_exceedances(NOW | {"Typ normy": norm})
    assert [notice.kind for notice in await gios.exceedances("X")] == [kind]


async def test_only_the_first_page_of_the_history_is_asked(wire: GiosWire, gios: GiosClient) -> None:
    wire.serve(EXCEEDANCES, envelope("Przekroczenia", [], pages=40))
    assert await gios.exceedances("X") == ()
    assert wire.count(EXCEEDANCES) == 1


async def test_a_notice_that_cannot_be_read_or_comes_from_the_future_is_left_out(
    wire: GiosWire, gios: GiosClient
) -> None:
    wire.serve_exceedances({"Data i godzina": "wczoraj"}, {"Data i godzina": "2026-12-24 10:00"}, NOW)
    assert len(await gios.exceedances("X")) == 1


async def test_notices_of_which_none_can_be_read_are_bad_data(wire: GiosWire, gios: GiosClient) -> None:
    wire.serve_exceedances({"Strefa": None}, {"Wartość maksymalnego stężenia (µg/m3)": -1})
    with pytest.raises(GiosBadDataError):
        await gios.exceedances("X")


async def test_means_of_days_are_those_of_the_station_and_of_days_that_are_over(
    wire: GiosWire, gios: GiosClient
) -> None:
    wire.serve_day_means([("2026-11-21", 48.25), ("2026-11-22", None), ("2026-11-23", 99.0)])
    assert await gios.day_means("DOLNOŚLĄSKIE", "Legnica", STATION) == (DayMean(date(2026, 11, 21), 48.25),)
    assert dict(wire.requests[-1].url.params) == {
        "filter[wojewodztwo]": "DOLNOŚLĄSKIE",
        "filter[powiat]": "Legnica",
        "page": "0",
        "size": "500",
    }


async def test_means_of_another_station_of_the_county_are_not_ours(wire: GiosWire, gios: GiosClient) -> None:
    wire.serve_day_means([("2026-11-21", 48.25)], code="DsLegPorazin-PM10-1g")
    assert await gios.day_means("X", "Y", STATION) == ()


async def test_impossible_means_are_bad_data(wire: GiosWire, gios: GiosClient) -> None:
    wire.serve_day_means([("2026-11-21", -5), ("2026-11-22", "dużo")])
    with pytest.raises(GiosBadDataError):
        await gios.day_means("X", "Y", STATION)
    wire.serve(DAY_MEANS, '{"Lista danych zagregowanych": [{"Kod stan')
    with pytest.raises(GiosBadDataError, match="not JSON"):
        await gios.day_means("X", "Y", STATION)

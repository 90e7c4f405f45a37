"""A register of addresses becomes positions of streets; what is wrong in it is named by its line."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from content.gazetteer_import import ImportReport, import_addresses
from content.pack import City, load_city
from content.places import load_places
from core.errors import ConfigurationError


@pytest.fixture
def city(tmp_path: Path) -> City:
    known = load_city("legnica")
    folder = tmp_path / "pack"
    folder.mkdir()
    shutil.copy(known.folder / "places.yml", folder)
    return known.model_copy(update={"folder": folder})


def imported(city: City, table: str) -> ImportReport:
    file = city.folder / "addresses.csv"
    file.write_text(table, encoding="utf-8")
    return import_addresses(file, city, "rejestr adresów", date(2026, 11, 1))


def test_a_known_street_gets_the_position_of_a_real_address_near_its_middle(city: City) -> None:
    report = imported(
        city,
        "street,number,lat,lon\n"
        "Chojnowska,1,51.2070,16.1550\nul. Chojnowska,57,51.2072,16.1500\nulica Chojnowska,109a,51.2070,16.1457\n",
    )
    place = load_places(city.folder).place("chojnowska")
    assert report == ImportReport(streets=1, addresses=3, problems=())
    assert place
    assert place.position
    assert (place.position.lat, place.position.lon, place.position_of) == (51.2072, 16.15, "ul. Chojnowska 57")
    assert (place.name, place.confidence) == ("ul. Chojnowska", "high")


def test_a_new_street_is_understood_and_verified(city: City) -> None:
    imported(city, "street;lat;lon;district\nKwiatowa;51,2000;16,1600;Piekary\n")
    places = load_places(city.folder)
    assert [(match.id, match.name, match.verified) for match in places.find("ul. Kwiatowa 3")] == [
        ("kwiatowa", "ul. Kwiatowa", True)
    ]
    assert places.find("łąka kwiatowa") == ()
    place = places.place("kwiatowa")
    assert place
    assert place.district == "piekary"


def test_a_first_name_in_the_register_is_the_surname_we_know(city: City) -> None:
    imported(city, "street,lat,lon\nWładysława Andersa,51.2,16.2\n")
    places = load_places(city.folder)
    assert places.place("wladyslawa_andersa") is None
    place = places.place("andersa")
    assert place
    assert (place.confidence, place.position_of) == ("high", "ul. Andersa")


def test_bad_rows_are_left_out_and_named(city: City) -> None:
    report = imported(
        city,
        "street,lat,lon,district\n"
        "Chojnowska,51.2,16.15,\n"
        ",51.2,16.15,\n"
        "Poznańska,16.15,51.2,\n"
        "Głogowska,brak,16.15,\n"
        "Pawicka,51.2,16.15,Nieznane\n"
        "Pątnowska\n",
    )
    assert (report.streets, report.addresses) == (1, 1)
    assert [problem.split(":")[0] for problem in report.problems] == ["line 3", "line 4", "line 5", "line 6", "line 7"]
    assert "no street" in report.problems[0]
    assert "exchanged" in report.problems[1]
    assert "lat is 'brak'" in report.problems[2]
    assert "'Nieznane'" in report.problems[3]


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("", "lacks the columns lat, lon, street"),
        ("ulica,x,y\nChojnowska,1,2\n", "lacks the columns"),
        ("street,lat,lon\n", "no usable row"),
        ("street,lat,lon\nChojnowska,0,0\n", "line 2"),
    ],
)
def test_a_useless_file_changes_nothing(city: City, table: str, reason: str) -> None:
    with pytest.raises(ConfigurationError, match=reason):
        imported(city, table)
    place = load_places(city.folder).place("chojnowska")
    assert place
    assert place.position is None


def test_a_file_in_another_encoding_is_refused_with_the_way_out(city: City) -> None:
    file = city.folder / "addresses.csv"
    file.write_bytes("street,lat,lon\nŁąkowa,51.2,16.15\n".encode("cp1250"))
    with pytest.raises(ConfigurationError, match="CSV UTF-8"):
        import_addresses(file, city, "rejestr", date(2026, 11, 1))

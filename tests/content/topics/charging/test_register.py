import json
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from content.pack import load_city
from content.topics.charging.register import ConnectorType, Register, RegisterData, load_register
from content.topics.charging.wanted import Wanted
from core.errors import ConfigurationError

FOLDER = load_city("legnica").folder


@pytest.fixture(scope="module")
def register() -> Register:
    return load_register(FOLDER)


def test_the_copy_names_its_source_and_the_sources_own_date(register: Register) -> None:
    assert register.source.name == "EIPA, rejestr UDT (kopia z 27.04.2026)"
    assert register.source.url == "https://eipa.udt.gov.pl"
    assert register.as_of == date(2026, 4, 27)


def test_seventeen_chargers_eight_of_them_with_address_operator_and_plugs(register: Register) -> None:
    assert len(register.chargers) == 17
    described = [charger for charger in register.chargers if charger.address]
    assert len(described) == 8
    assert all(register.operator_of(charger) and charger.connectors for charger in described)


def test_an_operator_that_was_only_inferred_is_forgotten(register: Register) -> None:
    raw = json.loads((FOLDER / "chargers.json").read_text(encoding="utf-8"))
    guessed = {entry["pool_id"] for entry in raw["chargers"] if entry["operator_confidence"] != "recorded"}
    assert len(guessed) == 9
    assert all(charger.operator is None for charger in register.chargers if charger.pool_id in guessed)


def test_plugs_are_counted_and_the_strongest_comes_first(register: Register) -> None:
    plugs = {charger.pool_id: charger.plugs() for charger in register.chargers}
    assert plugs[97922] == ("CCS 60 kW ×2", "Type 2 22 kW")
    assert plugs[34349] == ("CCS 50 kW", "CHAdeMO 50 kW", "Type 2 22 kW ×2")


@pytest.mark.parametrize(
    ("wanted", "streets"),
    [
        (Wanted(least_kw=100), ["Sikorskiego"]),
        (Wanted(connector=ConnectorType.CHADEMO), ["Sikorskiego", "KGHM, ul. Złotoryjska 194", "Chojnowska"]),
        (Wanted(connector=ConnectorType.TYPE2, least_kw=43), ["Chojnowska"]),
        (Wanted(operator="tauron"), ["KGHM, ul. Złotoryjska 194", "Gwiezdna"]),
        (Wanted(connector=ConnectorType.CCS, operator="lidl"), ["Chojnowska 109a"]),
        (Wanted(connector=ConnectorType.CCS, most_kw=40), ["Chojnowska"]),
        (Wanted(operator="kaufland"), []),
    ],
    ids=str,
)
def test_only_chargers_whose_plugs_are_known_to_fit_are_found(
    register: Register, wanted: Wanted, streets: list[str]
) -> None:
    assert [charger.street_as_registered for charger in wanted.among(register.chargers)] == streets


def test_every_charger_lies_in_the_city(register: Register) -> None:
    for charger in register.chargers:
        assert register.data.area.holds(charger.position.lat, charger.position.lon)


def test_a_copy_without_a_date_or_without_chargers_is_refused(tmp_path: Path) -> None:
    raw = json.loads((FOLDER / "chargers.json").read_text(encoding="utf-8"))
    with pytest.raises(ValidationError):
        RegisterData.model_validate({**raw, "chargers": []})
    undated = {**raw, "source": {"name": "EIPA"}}
    (tmp_path / "chargers.json").write_text(json.dumps(undated), encoding="utf-8")
    with pytest.raises(ConfigurationError, match="no date"):
        load_register(tmp_path)

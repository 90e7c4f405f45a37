"""From EIPA's files to answers: what is stored, what survives a failure, what counts as live."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from content.answer import Answer
from content.pack import City
from content.places import PlaceResolver
from content.sources.status import SourceStatus, statuses
from content.topics.charging.known import Chargers
from content.topics.charging.open_data import open_data
from content.topics.charging.register import Charger, Register
from content.topics.charging.service import LIVE_SOURCE, REGISTER_SOURCE, EipaChargers
from core.database import Database
from tests.content.sources.eipa.wire import TOKEN, EipaWire, recorded
from tests.content.topics.charging.conftest import GREENWAY, LIDL, TAURON, live, point
from tests.fakes import FrozenClock

Ask = Callable[..., Awaitable[Answer]]
LIDL_STATION, GREENWAY_STATION, TAURON_STATION = 151575, 128864, 40431


async def charger(chargers: EipaChargers, pool_id: int) -> Charger:
    known = await chargers.current()
    return next(charger for charger in known.register.chargers if charger.pool_id == pool_id)


async def status(database: Database, name: str) -> SourceStatus:
    async with database.read() as session:
        return next(each for each in await statuses(session) if each.name == name)


async def test_before_the_first_refresh_the_pack_answers(chargers: EipaChargers, pack: Register) -> None:
    assert (await chargers.current()).register is pack


async def test_the_register_of_the_city_is_joined_and_stored(
    chargers: EipaChargers, database: Database, wire: EipaWire
) -> None:
    await chargers.refresh_register()
    known = await chargers.current()
    assert len(known.register.chargers) == 17
    assert known.register.as_of.isoformat() == "2026-11-23"
    lidl = await charger(chargers, LIDL)
    assert lidl.address == "ul. Chojnowska 109a, 59-220 Legnica"
    assert lidl.places == ("chojnowska",)
    assert lidl.plugs() == ("CCS 60,5 kW", "Type 2 22 kW")
    assert lidl.all_day is True
    operator = known.register.operator_of(lidl)
    assert operator
    assert (operator.id, operator.phone) == ("lidl", "800 012 071")
    assert (await charger(chargers, GREENWAY)).address == "ul. Chojnowska, 59-220 Legnica"
    assert sorted(wire.asked) == ["dictionary", "operator", "point", "pool", "station"]
    state = await status(database, REGISTER_SOURCE)
    assert (state.rows, state.rejected, state.failures) == (17, 0, 0)


async def test_a_restart_does_not_read_the_register_again_within_the_day(
    chargers: EipaChargers, wire: EipaWire, clock: FrozenClock
) -> None:
    await chargers.refresh_register()
    clock.advance(timedelta(hours=19))
    await chargers.refresh_register()
    assert wire.asked.count("station") == 1
    clock.advance(timedelta(hours=2))
    await chargers.refresh_register()
    assert wire.asked.count("station") == 2


@pytest.mark.parametrize("broken", ["station", "pool", "operator", "point", "dictionary"])
@pytest.mark.parametrize("content", ["<html>Przerwa</html>", '{"data": [{"id": 1'])
async def test_a_broken_file_leaves_the_last_good_copy(
    chargers: EipaChargers, database: Database, wire: EipaWire, clock: FrozenClock, broken: str, content: str
) -> None:
    await chargers.refresh_register()
    clock.advance(timedelta(days=1))
    wire.serve(broken, content)
    await chargers.refresh_register()
    assert len((await chargers.current()).register.chargers) == 17
    state = await status(database, REGISTER_SOURCE)
    assert (state.failures, state.last_error_at) == (1, clock.now())
    assert state.last_error
    assert TOKEN not in state.last_error


async def test_rows_of_other_cities_and_stray_positions_never_enter(
    chargers: EipaChargers, database: Database, wire: EipaWire
) -> None:
    home = recorded("station")[5]
    stray = {**home, "id": 2, "latitude": 54.35, "longitude": 18.65}
    unnamed = {**home, "id": 3, "location": None}
    suspended, gas = {**home, "id": 4, "suspended": True}, {**home, "id": 5, "type": "G"}
    odd = {**home, "id": 6, "location": {"city": ["Legnica"]}, "latitude": [51.2]}
    foreign = {**home, "id": 7, "location": {"city": "Lubin"}}
    wire.serve_rows("station", [home, stray, unnamed, suspended, gas, odd, foreign, {"pool_id": [LIDL]}])
    await chargers.refresh_register()
    known = await chargers.current()
    assert [each.station_id for each in known.register.chargers] == [home["id"], 3]
    assert (await status(database, REGISTER_SOURCE)).rejected == 1


async def test_a_register_without_the_city_is_refused(
    chargers: EipaChargers, database: Database, wire: EipaWire, pack: Register
) -> None:
    wire.serve_rows("station", [])
    await chargers.refresh_register()
    assert (await chargers.current()).register is pack
    told = (await status(database, REGISTER_SOURCE)).last_error
    assert told == "EipaBadDataError: EIPA's files hold no usable charger of the city"


async def test_a_charger_whose_points_are_unusable_keeps_its_place_on_the_map(
    chargers: EipaChargers, wire: EipaWire
) -> None:
    wire.serve_rows("point", [{**point(LIDL_STATION, 1), "connectors": "none"}, {"station_id": [1]}, None])
    await chargers.refresh_register()
    assert (await charger(chargers, LIDL)).connectors == ()


async def test_a_company_unknown_to_the_pack_is_named_as_registered(chargers: EipaChargers, wire: EipaWire) -> None:
    company = {"id": 1615, "name": "Nowa Energia Sp. z o.o.", "short_name": "Nowa Energia", "phone": None}
    wire.serve_rows("operator", [{**company, "id": 62}, {**company, "id": 9999}, company])
    await chargers.refresh_register()
    known = await chargers.current()
    named = {known.register.operator_of(each) for each in known.register.chargers}
    assert {operator.name for operator in named if operator} == {"Lidl", "ChargeIn"}


async def refreshed(chargers: EipaChargers, wire: EipaWire, rows: list[Any]) -> None:
    wire.serve_rows("dynamic", rows)
    await chargers.refresh_register()
    await chargers.refresh_live()


async def test_free_occupied_and_broken_points_are_said_with_their_hour(
    chargers: EipaChargers, wire: EipaWire, ask: Callable[[Chargers], Ask]
) -> None:
    rows = [live(LIDL_STATION, 1, 1, 1), live(LIDL_STATION, 2, 1, 0, "2026-11-23T19:05:00+01:00")]
    rows += [live(TAURON_STATION, 1, 0, 1), live(GREENWAY_STATION, 1, 1, 0), {"code": ["x"]}]
    await refreshed(chargers, wire, rows)
    answer = await ask(chargers)("charger_availability", "czy są wolne ładowarki")
    assert answer.text.splitlines() == [
        "Ładowarki z wolnym punktem: 1 z 3, o których mam dane na żywo.",
        "Bez danych na żywo: 14.",
        "Stan podają operatorzy w rejestrze EIPA. Do przyjazdu może się zmienić.",
    ]
    assert [(spot.name, spot.details[-1]) for spot in answer.places] == [
        ("Lidl", "wolne punkty: 1 z 2 (19:05)"),
        ("TAURON", "nie działa (19:20)"),
        ("GreenWay", "wolne punkty: 0 z 1 (19:20)"),
    ]
    found = await ask(chargers)("charger_find", "na Chojnowskiej")
    assert "Stan punktów podają operatorzy w rejestrze EIPA." in found.text
    assert found.places[0].details == (
        *("CCS 60,5 kW", "Type 2 22 kW", "czynna całą dobę"),
        "wolne punkty: 1 z 2 (19:05)",
    )


@pytest.mark.parametrize(
    ("at", "counts"),
    [
        ("2026-11-22T07:31:00+01:00", True),
        ("2026-11-22T07:29:00+01:00", False),
        ("2021-01-02T00:47:27+01:00", False),
        ("2026-11-24T19:30:00+01:00", False),
    ],
    ids=["under 36 h", "over 36 h", "years", "future"],
)
async def test_only_states_younger_than_36_hours_count(
    chargers: EipaChargers, wire: EipaWire, ask: Callable[[Chargers], Ask], at: str, counts: bool
) -> None:
    await refreshed(chargers, wire, [live(LIDL_STATION, 1, 1, 1, at)])
    answer = await ask(chargers)("charger_availability", "ładowarka lidl wolna?")
    assert answer.text.startswith("Ładowarki z wolnym" if counts else "Brak danych na żywo")


async def test_states_grow_old_while_eipa_is_away(
    chargers: EipaChargers, database: Database, wire: EipaWire, clock: FrozenClock
) -> None:
    await refreshed(chargers, wire, [live(LIDL_STATION, 1, 1, 1)])
    wire.serve("dynamic", "", 503)
    clock.advance(timedelta(hours=10))
    await chargers.refresh_live()
    assert (await chargers.current()).state(await charger(chargers, LIDL))
    told = (await status(database, LIVE_SOURCE)).last_error
    assert told == "EipaUnavailableError: EIPA answered dynamic with HTTP 503"
    clock.advance(timedelta(hours=27))
    assert (await chargers.current()).state(await charger(chargers, LIDL)) is None


@pytest.mark.parametrize(
    ("price", "unit", "at", "shown"),
    [
        ("1.89", "kWh", "2026-09-01T18:15:02+02:00", "1,89 zł za kWh"),
        ("0.5", "min", "2026-09-01T18:15:02+02:00", "0,50 zł za minutę"),
        ("163.00", "kWh", "2026-09-01T18:15:02+02:00", None),
        ("-1.00", "kWh", "2026-09-01T18:15:02+02:00", None),
        ("0", "kWh", "2026-09-01T18:15:02+02:00", None),
        ("NaN", "kWh", "2026-09-01T18:15:02+02:00", None),
        ("drogo", "kWh", "2026-09-01T18:15:02+02:00", None),
        ("1.89", "worek", "2026-09-01T18:15:02+02:00", None),
        ("1.89", "kg", "2026-09-01T18:15:02+02:00", None),
        ("1.89", "kWh", "2027-09-01T18:15:02+02:00", None),
        ("1.89", "kWh", "2024-09-01T18:15:02+02:00", None),
        ("1.89", "kWh", None, None),
        (None, "kWh", "2026-09-01T18:15:02+02:00", None),
    ],
)
async def test_a_price_is_shown_only_when_it_is_believable_and_dated(
    *,
    chargers: EipaChargers,
    wire: EipaWire,
    ask: Callable[[Chargers], Ask],
    price: str | None,
    unit: str,
    at: str | None,
    shown: str | None,
) -> None:
    row = {**live(LIDL_STATION, 1, 1, 1), "prices": [{"price": price, "unit": unit, "ts": at}, "free", 7]}
    await refreshed(chargers, wire, [row])
    answer = await ask(chargers)("charger_price", "ile w lidlu")
    if shown:
        assert [(fact.label, fact.value, fact.note) for fact in answer.facts] == [
            ("Lidl, ul. Chojnowska 109a, 59-220 Legnica", shown, "cena z 01.09.2026")
        ]
        assert "Przed ładowaniem proszę sprawdzić cenę" in answer.text
    else:
        assert answer.text.startswith("Nie mam sprawdzonych cen ładowania")
    assert (await chargers.current()).state(await charger(chargers, LIDL))


async def test_a_refused_price_or_row_is_counted_and_costs_nothing_else(
    chargers: EipaChargers, database: Database, wire: EipaWire
) -> None:
    row = {**live(LIDL_STATION, 1, 1, 1), "prices": [{"price": "163.00", "unit": "kWh", "ts": "2026-09-01T18:15:02Z"}]}
    await refreshed(chargers, wire, [row, live(LIDL_STATION, 2, 3, 1)])
    state = await status(database, LIVE_SOURCE)
    assert (state.rows, state.rejected) == (1, 2)


async def test_the_copy_outlives_the_process(
    *,
    chargers: EipaChargers,
    wire: EipaWire,
    database: Database,
    clock: FrozenClock,
    pack: Register,
    places: PlaceResolver,
    city: City,
) -> None:
    await refreshed(chargers, wire, [live(LIDL_STATION, 1, 1, 1)])
    restarted = EipaChargers(wire.client(clock), database, clock, pack, places, city.name)
    known = await restarted.current()
    assert known.register.data == (await chargers.current()).register.data
    assert known.state(await charger(restarted, LIDL))


async def test_open_data_names_source_time_and_live_states(chargers: EipaChargers, wire: EipaWire) -> None:
    price = {"price": "1.89", "unit": "kWh", "ts": "2026-09-01T18:15:02+02:00"}
    await refreshed(chargers, wire, [{**live(LIDL_STATION, 1, 1, 1), "prices": [price]}])
    data = open_data(await chargers.current())
    assert data["source"]["url"] == "https://eipa.udt.gov.pl"
    assert data["source"]["as_of"] == "2026-11-23T19:00:02+01:00"
    lidl = next(each for each in data["chargers"] if each["pool_id"] == LIDL)
    assert lidl["operator"] == "Lidl sp. z o.o. sp. k."
    assert lidl["state"]["points_free"] == 1
    assert Decimal(lidl["prices"][0]["amount_pln"]) == Decimal("1.89")
    assert next(each for each in data["chargers"] if each["pool_id"] == TAURON)["state"] is None

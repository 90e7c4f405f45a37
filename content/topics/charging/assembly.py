"""Joins the rows of EIPA to the city's register and to the live states of its points."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import ValidationError

from content.answer import Coordinates, Source
from content.places import Kind, PlaceResolver
from content.sources.eipa import DynamicRow, OperatorRow, PointRow, PoolRow, PriceRow, StationRow
from content.topics.charging.live import LiveData, LivePoint, PointState, Price, believed
from content.topics.charging.register import Charger, Connector, ConnectorType, Operator, Register, RegisterData

_TOLERANCE = timedelta(minutes=10)
_HAS_KIND_OF_STREET = re.compile(r"\b(ul|al|pl|os|rondo|plac|aleja|ulica)\b", re.IGNORECASE)
# Names of the register's dictionary begin so.
_TYPES = {
    "IEC-62196-T2-COMBO": ConnectorType.CCS,
    "CHADEMO": ConnectorType.CHADEMO,
    "IEC-62196-T2-F": ConnectorType.TYPE2,
}


@dataclass(frozen=True)
class Rows:
    """The city's rows of the register's files; `interfaces` are its names of plugs by number."""

    stations: Iterable[StationRow]
    pools: Iterable[PoolRow]
    points: Iterable[PointRow]
    operators: Iterable[OperatorRow]
    interfaces: Mapping[int, str]


def assemble(rows: Rows, pack: Register, places: PlaceResolver, as_of: datetime) -> RegisterData:
    """Return the city's register; companies keep the names and ids that the city pack gives them.

    Raises:
        pydantic.ValidationError: no station is left.
    """
    operators = _operators(rows.operators, pack)
    pools = {pool.id: pool for pool in rows.pools}
    points: dict[int, list[PointRow]] = {}
    for point in rows.points:
        points.setdefault(point.station_id, []).append(point)
    chargers = tuple(
        _charger(station, pool, points.get(station.id, []), operators, rows.interfaces, places)
        for station in rows.stations
        if (pool := pools.get(station.pool_id))
    )
    source = Source(name="EIPA, rejestr UDT", url=pack.source.url, as_of=as_of)
    by_id = {operator.id: operator for operator in (*pack.data.operators, *operators.values())}
    return RegisterData(source=source, area=pack.data.area, operators=tuple(by_id.values()), chargers=chargers)


def live_data(rows: Iterable[DynamicRow], now: datetime) -> tuple[LiveData, Counter[str]]:
    """Return the live states by code of point, and why values were refused."""
    points: dict[str, LivePoint] = {}
    refused = Counter[str]()
    for row in rows:
        if row.status.ts > now + _TOLERANCE:
            refused["status.ts: in the future"] += 1
            continue
        prices = tuple(price for raw in row.prices if (price := _price(raw, now, refused)))
        points[row.code] = LivePoint(state=_state(row), at=row.status.ts, prices=prices)
    return LiveData(points=points), refused


def _state(row: DynamicRow) -> PointState:
    if not row.status.availability:
        return PointState.OUT_OF_ORDER
    return PointState.FREE if row.status.status else PointState.OCCUPIED


def _price(raw: object, now: datetime, refused: Counter[str]) -> Price | None:
    # A price that was never given is as usual as one that is: nothing to report.
    if isinstance(raw, dict) and raw.get("price") is None:
        return None
    try:
        row = PriceRow.model_validate(raw)
    except ValidationError:
        refused["prices: unreadable"] += 1
        return None
    if row.ts > now + _TOLERANCE or not believed(row.unit, row.price):
        refused["prices: not plausible"] += 1
        return None
    return Price(amount=row.price, unit=row.unit, at=row.ts)


def _operators(rows: Iterable[OperatorRow], pack: Register) -> dict[int, Operator]:
    known = {operator.register_id: operator for operator in pack.data.operators}
    found: dict[int, Operator] = {}
    for row in rows:
        if named := known.get(row.id):
            # The pack's numbers are written to be read; a company it does not know has the register's own.
            found[row.id] = named.model_copy(update={"legal_name": row.name})
            continue
        found[row.id] = Operator(
            id=f"eipa_{row.id}",
            register_id=row.id,
            name=row.short_name or row.name,
            legal_name=row.name,
            phone=row.phone,
            website=row.website,
        )
    return found


def _charger(
    station: StationRow,
    pool: PoolRow,
    points: list[PointRow],
    operators: Mapping[int, Operator],
    interfaces: Mapping[int, str],
    places: PlaceResolver,
) -> Charger:
    operator = operators.get(pool.operator_id)
    street = _street(pool)
    return Charger(
        pool_id=pool.id,
        station_id=station.id,
        position=Coordinates(station.latitude, station.longitude),
        operator=operator.id if operator else None,
        operator_confidence="recorded" if operator else "unknown",
        street_as_registered=pool.street,
        address=_address(street, pool),
        places=tuple(match.id for match in places.find(street) if match.kind in {Kind.STREET, Kind.OBJECT})
        if street
        else (),
        connectors=tuple(_connectors(points, interfaces)),
        authentication=frozenset(station.authentication_methods),
        payment=frozenset(station.payment_methods),
        points=tuple(point.code for point in points),
        all_day=_all_day(pool),
    )


def _connectors(points: Iterable[PointRow], interfaces: Mapping[int, str]) -> Iterable[Connector]:
    for point in points:
        for row in point.connectors:
            for interface in row.interfaces:
                name = interfaces.get(interface, "")
                kind = next((kind for start, kind in _TYPES.items() if name.startswith(start)), ConnectorType.OTHER)
                yield Connector(type=kind, power_kw=row.power, cable=row.cable_attached)


def _street(pool: PoolRow) -> str:
    """Return „ul. Chojnowska 109a” from what the operator typed, nothing when nothing was typed."""
    street = " ".join((pool.street or "").split())
    if not street:
        return ""
    number = " ".join((pool.house_number or "").split())
    whole = street if not number or street.endswith(number) else f"{street} {number}"
    return whole if _HAS_KIND_OF_STREET.search(whole) else f"ul. {whole}"


def _address(street: str, pool: PoolRow) -> str | None:
    town = " ".join(part.strip() for part in (pool.postal_code, pool.city) if part)
    return ", ".join(filter(None, (street, town))) if street else None


def _all_day(pool: PoolRow) -> bool | None:
    if not pool.operating_hours:
        return None
    whole = {hours.weekday for hours in pool.operating_hours if (hours.from_time, hours.to_time) == ("00:00", "23:59")}
    return len(whole) == 7

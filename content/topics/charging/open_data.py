"""The chargers as open data: what `GET /api/v1/chargers` returns."""

from typing import Any

from content.format import iso
from content.topics.charging.known import Known
from content.topics.charging.register import Charger


def open_data(known: Known) -> dict[str, Any]:
    """Return the register with live states and prices; a guessed operator is left out, moments are Polish time."""
    source = known.register.source
    return {
        "source": {"name": source.name, "url": source.url, "as_of": iso(source.as_of)},
        "generated_at": iso(known.now),
        "chargers": [_charger(known, charger) for charger in known.register.chargers],
    }


def _charger(known: Known, charger: Charger) -> dict[str, Any]:
    operator, state = known.register.operator_of(charger), known.state(charger)
    return {
        "pool_id": charger.pool_id,
        "lat": charger.position.lat,
        "lon": charger.position.lon,
        "address": charger.address,
        "operator": operator.legal_name if operator else None,
        "connectors": [
            {"type": connector.type.value, "power_kw": connector.power_kw, "cable": connector.cable}
            for connector in charger.connectors
        ],
        "all_day": charger.all_day,
        "points": list(charger.points),
        "state": {
            "points_known": state.known,
            "points_free": state.free,
            "points_out_of_order": state.out_of_order,
            "as_of": iso(state.at),
        }
        if state
        else None,
        "prices": [
            {"amount_pln": str(price.amount), "unit": price.unit, "as_of": iso(price.at)}
            for price in known.prices(charger)
        ],
    }

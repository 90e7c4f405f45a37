"""The programmes as open data: what `GET /api/v1/subsidies` returns."""

from datetime import date, datetime
from typing import Any

from content.format import iso
from content.topics.subsidies.facts import ProgrammeFact
from content.topics.subsidies.programmes import Programme, Programmes
from core.clock import warsaw


def open_data(programmes: Programmes, now: datetime) -> dict[str, Any]:
    """Return every programme with the facts that residents may read, each with its source; moments in Polish time."""
    day = warsaw(now).date()
    return {
        "generated_at": iso(now),
        "programmes": [_programme(programme, day) for programme in programmes.programmes],
        "obligations": [_fact(fact, day) for fact in programmes.obligations if fact.shown_on(day)],
    }


def _programme(programme: Programme, day: date) -> dict[str, Any]:
    facts = [_fact(fact, day) for fact in programme.shown(day)]
    return {
        "id": programme.id,
        "name": programme.name,
        "page": programme.page,
        "confirm": programme.confirm,
        "state": "ended" if programme.ended_on(day) else "known" if facts else "unknown",
        "valid_to": iso(programme.valid_to),
        "buildings": list(programme.buildings),
        "levels": [{"id": level, "name": name} for level, name in programme.levels.items()],
        "notes": [note for note in (programme.caveat, *programme.gaps.values()) if note and facts],
        "facts": facts,
    }


def _fact(fact: ProgrammeFact, day: date) -> dict[str, Any]:
    return {
        "id": fact.id,
        "about": list(fact.about),
        "label": fact.label,
        "text": fact.text,
        "values": [value.model_dump() for value in fact.values],
        "heat_sources": list(fact.heat_sources),
        "denies": fact.denies,
        "confidence": fact.confidence,
        "may_have_changed": fact.stale_on(day),
        "valid_from": iso(fact.valid_from),
        "valid_to": iso(fact.valid_to),
        "source": {
            "name": fact.source.name,
            "url": fact.source.url,
            "as_of": iso(fact.source.as_of),
            "read_on": iso(fact.source.read_on),
        },
    }

"""Which question can use which kind of value, and what a question turns into when another value or word completes it.

Tables rather than rules, so that a new intent is one more name in a row.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from content.intents import all_intents
from content.periods import resolve
from content.question import Entity
from core.clock import warsaw

PLACES = frozenset({"district", "street"})

_AIR_HERE = frozenset(
    {"air_quality_now", "air_quality_forecast", "air_quality_history", "air_health_advice", "air_report_burning"}
)
_CHARGERS = frozenset(
    {"charger_find", "charger_availability", "charger_price", "charger_howto", "charger_report_fault"}
)
_SUBSIDIES = frozenset(
    {"subsidy_overview", "subsidy_amount", "subsidy_eligibility", "subsidy_apply", "subsidy_deadline", "subsidy_status"}
    | {"subsidy_heat_source"}
)
_LOCAL = _AIR_HERE | _CHARGERS
_WITH_PLACE = _LOCAL | {"heating_rules", "event_list", "announcement_latest"}
_HERE_ONLY = (_WITH_PLACE | {"office_contact"}) - {"heating_rules", "charger_howto"}
_USED_BY: Mapping[str, frozenset[str]] = {
    "district": _WITH_PLACE,
    "street": _WITH_PLACE,
    "pollutant": frozenset({"air_quality_now", "air_quality_forecast", "air_quality_history", "air_explain"}),
    "group": frozenset({"air_health_advice"}),
    "period": frozenset({"air_quality_forecast", "air_quality_history", "event_list", "announcement_latest"})
    | frozenset({"office_contact"})
    | _SUBSIDIES,
    "program": _SUBSIDIES | {"solar_energy", "ev_benefits"},
    "heat_source": _SUBSIDIES | {"heating_rules", "ceeb_declaration"},
    "building": _SUBSIDIES | {"heating_rules", "ceeb_declaration", "solar_energy"},
    "connector": _CHARGERS,
    "power_kw": _CHARGERS,
    "operator": _CHARGERS,
}
# Values that only one topic speaks of; a place, a time or a house says nothing of what is asked.
_TELLING = frozenset({"connector", "power_kw", "operator", "pollutant", "heat_source", "program"})
# Said once of one question, a time is not meant for the next.
_NEVER_CARRIED = frozenset({"period"})

# Within a topic a value may turn one question into another: „a dla dzieci?” asks for advice.
_TURNS: Mapping[tuple[str, str], str] = {
    ("air", "group"): "air_health_advice",
    **{("air", kind): "air_quality_now" for kind in ("pollutant", *PLACES)},
    **{("charging", kind): "charger_find" for kind in ("connector", "power_kw", "operator", *PLACES)},
    ("subsidies", "program"): "subsidy_overview",
    ("subsidies", "heat_source"): "subsidy_heat_source",
    ("subsidies", "building"): "subsidy_eligibility",
}
_NOW = frozenset({"teraz", "dzisiaj"})
# „20 listopada” without a year is not a year ahead when it is about the air.
_FORESEEABLE = timedelta(days=14)

# Whose answers depend on a shared position, and what the other questions of their topics become.
_AT_POSITION = _CHARGERS - {"charger_howto"}
_AT_POSITION_OF: Mapping[str, str] = {"air": "air_quality_now", "charging": "charger_find"}

# What a topic's bare name asks: „wracając do ładowarek”.
_HEADS = frozenset(
    {"air_quality_now", "subsidy_overview", "charger_find", "event_list", "alerts_manage", "office_contact"}
)

# What a bare question word asks after an answer of a topic.
FOLLOW_UPS: Mapping[str, Mapping[str, str]] = {
    "air": {"co": "air_explain", "gdzie": "air_explain"},
    "subsidies": {
        "gdzie": "subsidy_apply",
        "jak": "subsidy_apply",
        "ile": "subsidy_amount",
        "kiedy": "subsidy_deadline",
        "kto": "subsidy_eligibility",
    },
    "charging": {"gdzie": "charger_find", "ile": "charger_price", "jak": "charger_howto"},
    "events": {"gdzie": "event_list", "kiedy": "event_list", "co": "event_list", "jak": "event_register"},
    "office": {"gdzie": "office_contact", "kiedy": "office_contact"},
}

# What they know is said at once, so that „do kiedy?” after them asks nothing else of the topic.
_SAY_ALL = frozenset({"ceeb_declaration", "ev_benefits", "cluster_info", "heating_rules", "air_report_burning"})

# What a bare question word may be about when nothing was asked before.
ASKS: Mapping[str, tuple[str, ...]] = {
    "gdzie": ("charger_find", "subsidy_apply", "office_contact"),
    "ile": ("subsidy_amount", "charger_price"),
    "kiedy": ("subsidy_deadline", "event_list", "air_quality_forecast"),
    "jak": ("subsidy_apply", "charger_howto", "alerts_subscribe"),
    "kto": ("subsidy_eligibility", "office_contact"),
    "komu": ("subsidy_eligibility", "office_contact"),
}


def topic_of(intent: str) -> str | None:
    """Return the topic of an intent, None when it is not in the catalogue."""
    listed = all_intents().get(intent)
    return listed.topic if listed else None


def speaks_of(intent: str, entities: Iterable[Entity]) -> bool:
    """Whether a value is named that belongs to the question's own topic: a plug to chargers, a pollutant to the air."""
    return any(entity.name in _TELLING and uses(intent, entity.name) for entity in entities)


def is_local(intent: str) -> bool:
    """Whether the answer holds for our city only."""
    return intent in _HERE_ONLY


def is_head(intent: str) -> bool:
    """Whether the intent is what the bare name of its topic asks."""
    return intent in _HEADS


def uses(intent: str, kind: str) -> bool:
    """Whether an answer to `intent` depends on entities of that kind."""
    return intent in _USED_BY.get(kind, frozenset())


def at_position(intent: str) -> str | None:
    """Return the question that `intent` becomes for a shared position; None when it has no use for one."""
    return intent if intent in _AT_POSITION else _AT_POSITION_OF.get(topic_of(intent) or "")


def carried(intent: str, entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Return those remembered entities that a new question of `intent` can use."""
    local = intent in _LOCAL
    return tuple(
        entity
        for entity in entities
        if uses(intent, entity.name) and entity.name not in _NEVER_CARRIED and (local or entity.name not in PLACES)
    )


def completed(intent: str, entities: Iterable[Entity], now: datetime) -> str | None:
    """Return the question that `intent` becomes when entities complete it; None when it has no use for one of them."""
    asked: str | None = intent
    for entity in entities:
        asked = _turned(asked, entity, now) if asked else None
    return asked


def implied(entities: Iterable[Entity]) -> str | None:
    """Return the intent that values alone imply: a plug at a place a charger, a pollutant the air."""
    kinds = {entity.name for entity in entities}
    if kinds & {"connector", "power_kw", "operator"} and kinds & PLACES:
        return "charger_find"
    if "pollutant" in kinds and kinds <= {"pollutant"} | PLACES:
        return "air_quality_now"
    return None


def follow_up(intent: str, key: str) -> str | None:
    """Return what a question word asks after an answer to `intent`; None when that has just been said."""
    if intent in _SAY_ALL:
        return intent
    asked = FOLLOW_UPS.get(topic_of(intent) or "", {}).get(key)
    return asked if asked != intent else None


def _turned(intent: str, entity: Entity, now: datetime) -> str | None:
    topic = topic_of(intent)
    if entity.name == "period" and topic == "air":
        return _at_time(intent, entity.id, now)
    return intent if uses(intent, entity.name) else _TURNS.get((topic or "", entity.name))


def _at_time(intent: str, period_id: str, now: datetime) -> str:
    """Return which question about the air fits a time; what began before today is past, the rest of today is now."""
    period = resolve(period_id, now, past=intent == "air_quality_history")
    if period and period.start - now > _FORESEEABLE:
        period = resolve(period_id, now, past=True)
    if period is None:
        return intent
    today = warsaw(now).replace(hour=0, minute=0, second=0, microsecond=0)
    if period.start > now:
        return "air_quality_forecast"
    if period_id not in _NOW and (period.end <= now or period.start < today):
        return "air_quality_history"
    return intent if intent == "air_health_advice" else "air_quality_now"

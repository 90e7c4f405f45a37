"""Words that a message may begin with: ALARM, INFO, START and SMOG, alone or with a district; POLACZ with a code."""

import re
from collections.abc import Mapping

from content.places import PlaceResolver
from content.question import Entity, to_payload
from core.text import fold

_PAYLOAD_OF: Mapping[str, tuple[str, Mapping[str, str]]] = {
    **dict.fromkeys(("start", "alarm", "alarmy"), ("alerts_subscribe", {})),
    "info": ("alerts_subscribe", {"topic": "announcements"}),
    "smog": ("air_quality_now", {}),
}
_PARTS = re.compile(r"\W*(\w+)\W*(.*?)\W*", re.DOTALL)
# „POŁĄCZ 483 920”, as Telegram shows it; with other words it is a wish to talk to somebody.
_LINKING = re.compile(r"\W*(?:(rozlacz)|polacz)\W*([\d\s.-]{1,24})?\W*")
_ASK = {"link": "ask"}
_WORD = re.compile(r"\w+")
# What may stand beside the name of a place.
_BESIDE = frozenset({"na", "w", "we", "dla", "os", "osiedle", "osiedlu", "dzielnica", "ul", "ulica", "prosze"})


def keyword(text: str, places: PlaceResolver) -> str | None:
    """Return the payload of a keyword with nothing, a code, or only a place of the city after it, else None."""
    if linking := _LINKING.fullmatch(fold(text)):
        code = "".join(filter(str.isdecimal, linking[2] or ""))
        return to_payload("alerts_manage", **({"link": "off"} if linking[1] else {"code": code} if code else _ASK))
    parts = _PARTS.fullmatch(text)
    known = _PAYLOAD_OF.get(fold(parts[1])) if parts and "?" not in text else None
    if parts is None or known is None:
        return None
    intent, values = known
    if not _meaning(parts[2]):
        return to_payload(intent, **values)
    return _with_place(intent, values, parts[2], places)


def _with_place(intent: str, values: Mapping[str, str], named: str, places: PlaceResolver) -> str | None:
    matches = places.find(named)
    if len(matches) != 1 or _meaning(named[: matches[0].start] + " " + named[matches[0].end :]):
        return None
    place: Entity | None = places.entity(matches[0].id)
    return to_payload(intent, **values, **({place.name: place.id} if place else {}))


def _meaning(text: str) -> set[str]:
    """Return the words of a text that are more than company for a place."""
    return set(_WORD.findall(fold(text))) - _BESIDE

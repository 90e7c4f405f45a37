"""The settings of subscriptions as short values: in the payload of a button, and in what a resident writes."""

import re

from content.places import Kind, PlaceResolver
from content.question import Entity, to_payload
from core.text import fold
from notifier.subscriptions.quiet import MINUTES
from notifier.subscriptions.topics import TOPICS

ALL, OFF = "all", "off"
"""The whole city; no quiet hours."""

_MANAGE, _SUBSCRIBE, _UNSUBSCRIBE = "alerts_manage", "alerts_subscribe", "alerts_unsubscribe"
_TOPIC = "|".join(TOPICS)
_VALUES = {
    "ask": re.compile(r"level|quiet|districts|more|topics|pause"),
    "level": re.compile(r"[0-5]"),
    "quiet": re.compile(r"off|\d{1,4}-\d{1,4}"),
    "only": re.compile(r"[a-z0-9_]{1,64}"),
    "more": re.compile(r"[a-z0-9_]{1,64}"),
    "pause": re.compile(r"\d{1,3}"),
    "topic": re.compile(_TOPIC),
    "end": re.compile(_TOPIC),
    "link": re.compile(r"ask|off"),
    "code": re.compile(r"\d{1,12}"),
    "by": re.compile(r"ask|telegram|sms|both"),
}
SETTINGS = frozenset(_VALUES)
"""Names of the values; they are said once and never complete a later question."""

_HOUR = r"(\d{1,2})(?:[:.](\d{2}))?"
_HOURS = re.compile(rf"\b(?:od|miedzy|pomiedzy)?\s*(?:godz\w*\.? )?{_HOUR}\s*(?:do|a|i|-|–)\s*{_HOUR}\b")
_DO_NOT = r"nie (pis[za]|wysyla[jc]|przysyla[jc]|przeszkadza[jc]|budz|dzwon)\w*"
_SILENCE = re.compile(rf"\b({_DO_NOT}|cisz\w*|bez (powiadomien|wiadomosci))")
_NO_SILENCE = re.compile(
    r"(bez|wylacz|usun|skasuj) (godzin\w* )?cisz\w*|(?<!nie )(pisz|wysylaj|przysylaj) (tez |takze )?w nocy"
)
_HUSH, _NIGHT = rf"({_DO_NOT}|nie chce|cisz\w*|wylacz|wycisz|wstrzymaj)( \w+){{0,3}}", "(na noc|w nocy|noca)"
_NOT_AT_NIGHT = re.compile(rf"(prosze )?(mi |mnie )?({_HUSH} {_NIGHT}|{_NIGHT} {_HUSH})")
_LOWER_THRESHOLD = re.compile(r"\b(od|przy) (umiarkowan|dostateczn|sredni|dobr)\w*")
_THRESHOLD = re.compile(
    r"\b(dopiero|tylko)( \w+){0,3}? (bardzo )?zl(ym|ego|e|y|a|ej)(?: (powietrz|indeks|poziom|stan|jakosc|smog)\w*.*)?$"
)
_ONLY = re.compile(r"\b(tylko|wylacznie|jedynie)\b")
_CITY = re.compile(r"\b(cal(e|ego|ym) miast\w*|cal(a|ej) \w+|wszystkie dzielnice)\b")
_ABOUT = re.compile(r"\b(komunikat|powiadomien|alert)\w*")
_PAUSE = re.compile(r"\b(wstrzyma[jc]|zawies(ic)?|przerwa|przerwe|pauza)\b")
_RESUME = re.compile(r"(wznow|odwies)( powiadomienia)?|koniec przerwy")
_LENGTH = re.compile(r"\b(\d{1,3}) (dni|dzien|dobe|doby|tygodni)|\b(dobe|dzien|jutra)|\b(tydzien)|\b(miesiac)")
_SWITCH = re.compile(
    r"(wlacz|dodaj|wylacz|usun) (?:tez |takze |tylko )?(?:(?:powiadomienia|alerty) o )?"
    r"(komunikat|wydarzeni|smog)\w*(?: miasta)?"
)
_SWITCHED = {"komunikat": "announcements", "wydarzeni": "events", "smog": "smog"}


def setting_entity(name: str, value: str) -> Entity | None:
    """Return the value that a button's payload carries, None when it is none of a setting."""
    pattern = _VALUES.get(name)
    return Entity(name, value, value) if pattern and pattern.fullmatch(value) else None


def setting_payload(text: str, places: PlaceResolver, *, in_settings: bool) -> str | None:
    """Return the payload that a sentence such as „od 22 do 6 nie pisz” stands for, None when it sets nothing.

    `in_settings` says that settings were just talked about, so that „tylko Piekary” and „od 22 do 6” are clear. Ask it
    only where the sender is known, and after the words of commands.
    """
    said = fold(text).strip(" .!?,")
    return (
        _switch(said)
        or _quiet(said, in_settings=in_settings)
        or _threshold(said, in_settings=in_settings)
        or _pause(said, in_settings=in_settings)
        or _districts(text, said, places, in_settings=in_settings)
    )


def _manage(name: str, value: str) -> str:
    return to_payload(_MANAGE, **{name: value})


def _switch(said: str) -> str | None:
    match = _SWITCH.fullmatch(said)
    if match is None:
        return None
    topic = _SWITCHED[match[2]]
    if match[1] in {"wlacz", "dodaj"}:
        return to_payload(_SUBSCRIBE, topic=topic)
    return to_payload(_UNSUBSCRIBE, end=topic)


def _quiet(said: str, *, in_settings: bool) -> str | None:
    if _NO_SILENCE.search(said):
        return _manage("quiet", OFF)
    if _NOT_AT_NIGHT.fullmatch(said):
        return _manage("ask", "quiet")
    hours = _HOURS.search(said)
    alone = hours is not None and in_settings and hours[0].strip() == said
    if hours is None or not (alone or _SILENCE.search(said)):
        return None
    start, end = _minute(hours[1], hours[2]), _minute(hours[3], hours[4])
    return _manage("quiet", f"{start}-{end}") if None not in {start, end} and start != end else None


def _minute(hour: str, minute: str | None) -> int | None:
    total = int(hour) * 60 + int(minute or 0)
    return total % MINUTES if total <= MINUTES and int(minute or 0) < 60 else None


def _threshold(said: str, *, in_settings: bool) -> str | None:
    if in_settings and _LOWER_THRESHOLD.search(said):
        return _manage("ask", "level")
    match = _THRESHOLD.search(said)
    # „Tylko złe wiadomości” sets nothing.
    if match is None or not (in_settings or match[1] == "dopiero" or _ABOUT.search(said)):
        return None
    return _manage("level", "5" if match[3] else "4")


def _pause(said: str, *, in_settings: bool) -> str | None:
    if _RESUME.fullmatch(said):
        return _manage("pause", "0")
    length = _LENGTH.search(said)
    if length is None or not _PAUSE.search(said) or not (in_settings or _ABOUT.search(said)):
        return None
    days = 1 if length[3] else 7 if length[4] else 30
    if length[1]:
        days = int(length[1]) * (7 if length[2] == "tygodni" else 1)
    return _manage("pause", str(days))


def _districts(text: str, said: str, places: PlaceResolver, *, in_settings: bool) -> str | None:
    about = in_settings or _ABOUT.search(said)
    named = [match.id for match in places.find(text) if match.kind is Kind.DISTRICT]
    if about and _CITY.search(said) and not named:
        return _manage("only", ALL)
    if not (about and named and _ONLY.search(said)):
        return None
    first, *others = dict.fromkeys(named)
    return "&".join([to_payload(_MANAGE, only=first), *(f"more={other}" for other in others)])

"""Commands and the links that start the bot, as what they stand for: a payload, or words that are understood."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from content.intents import all_intents
from content.question import Entity, to_payload

START, HELP, CHAT_ID = "start", "help", "id"

_AIR = "air_quality_now"
_OF_COMMAND: Mapping[str, str] = {
    "powietrze": _AIR,
    "ladowarki": "charger_find",
    "dotacje": "subsidy_overview",
    "wydarzenia": "event_list",
    "alerty": "alerts_manage",
    # Telegram asks every bot for this one, /start and /help.
    "settings": "alerts_manage",
    "moje_dane": "privacy_data",
    "usun": to_payload("privacy_data", do="erase"),
    "polacz": to_payload("alerts_manage", link="ask"),
    "rozlacz": to_payload("alerts_manage", link="off"),
    "stop": "alerts_unsubscribe",
    "pomoc": HELP,
    "help": HELP,
}
MENU = ("powietrze", "ladowarki", "dotacje", "wydarzenia", "alerty", "moje_dane", "usun", "stop", "pomoc")
"""The commands in the order in which Telegram lists them."""
GROUP_MENU = ("powietrze", "ladowarki", "dotacje", "wydarzenia", "pomoc")
"""Those that a group may use: in a group nobody's own notifications or data are touched."""

# „/powietrze Piekary” is the question that these words are.
_WITH_WORDS = frozenset({"powietrze", "ladowarki", "dotacje", "wydarzenia"})
# Topics of notifications: such a link offers to sign up.
_OF_LINK: Mapping[str, str] = {
    "smog": "alerts_subscribe",
    "komunikaty": to_payload("alerts_subscribe", topic="announcements"),
    "zaproszenia": to_payload("alerts_subscribe", topic="events"),
}

FindPlace = Callable[[str], Entity | None]
"""Returns the place of an id, None when there is none."""


@dataclass(frozen=True)
class Meant:
    """What a command stands for: the payload of a button, or words."""

    button: str | None = None
    text: str | None = None


def meant_by(command: str, argument: str) -> Meant | None:
    """Return what a command other than /start stands for, None for one that does not exist."""
    payload = _OF_COMMAND.get(command)
    if payload is None:
        return None
    if argument and command in _WITH_WORDS:
        return Meant(text=f"{command} {argument}")
    return Meant(button=payload)


def linked(argument: str, place: FindPlace) -> str | None:
    """Return the payload for the word in a link `t.me/<bot>?start=<word>`: a topic, a command, an intent or a place."""
    word = argument.lower().replace("-", "_")
    payload = _OF_LINK.get(word) or _OF_COMMAND.get(word) or (word if word in all_intents() else None)
    if payload is None and (entity := place(word)):
        return to_payload(_AIR, **{entity.name: entity.id})
    return payload

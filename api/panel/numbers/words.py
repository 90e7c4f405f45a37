"""How figures are spoken of."""

from collections.abc import Mapping

from api.panel.words import TOPICS as KNOWN_TOPICS
from bot.handoffs.states import HandoffState
from bot.statistics.figures import OTHER_TOPIC, Outcome

OUTCOMES: Mapping[Outcome, str] = {
    "answered": "odpowiedź",
    "asked_back": "dopytanie",
    "unknown": "brak odpowiedzi",
    "handed_off": "zostawianie sprawy",
}
DECISIONS: Mapping[str, str] = {
    "answered": "odpowiedź",
    "confirm": "dopytanie: „Czy chodziło o…?”",
    "choose": "dopytanie: wybór z kilku tematów",
    "clarify": "dopytanie: prośba o doprecyzowanie",
    "fallback": "brak odpowiedzi",
    "handoff": "zostawianie sprawy urzędowi",
}
TOPICS: Mapping[str, str] = {**KNOWN_TOPICS, OTHER_TOPIC: "Dawne pytania"}
REASONS: Mapping[str | None, str] = {
    "wrong": "nieprawda",
    "off_topic": "nie na temat",
    "unclear": "niezrozumiale",
    None: "bez powodu",
}
CASES: Mapping[HandoffState, str] = {
    HandoffState.OPEN: "czeka",
    HandoffState.ASSIGNED: "w toku",
    HandoffState.ANSWERED: "z odpowiedzią",
    HandoffState.CLOSED: "zakończona",
}
SUBSCRIPTIONS: Mapping[str, str] = {
    "smog": "powiadomienia o smogu",
    "announcements": "komunikaty miasta",
    "events": "wydarzenia",
}
CONSENTS: Mapping[str, str] = {"given": "zapisy", "withdrawn": "rezygnacje"}
BROADCASTS: Mapping[str, str] = {"alert": "alert", "announcement": "komunikat"}

"""How figures are spoken of."""

from collections.abc import Mapping

from api.panel.words import TOPICS as KNOWN_TOPICS
from bot.handoffs.states import HandoffState
from bot.statistics.figures import OTHER_TOPIC, Outcome
from notifier.deliveries.states import DeliveryState

OUTCOMES: Mapping[Outcome, str] = {
    "answered": "odpowiedź",
    "asked_back": "dopytanie",
    "unknown": "brak odpowiedzi",
    "handed_off": "przekazanie urzędowi",
}
DECISIONS: Mapping[str, str] = {
    "answered": "odpowiedź",
    "confirm": "dopytanie: „Czy chodziło o…?”",
    "choose": "dopytanie: wybór z kilku tematów",
    "clarify": "dopytanie: prośba o doprecyzowanie",
    "fallback": "brak odpowiedzi",
    "handoff": "przekazanie urzędowi",
}
TOPICS: Mapping[str, str] = {**KNOWN_TOPICS, OTHER_TOPIC: "Dawne pytania"}
REASONS: Mapping[str | None, str] = {
    "wrong": "nieprawda",
    "off_topic": "nie na temat",
    "unclear": "niezrozumiale",
    None: "bez powodu",
}
CASES: Mapping[HandoffState, str] = {
    HandoffState.OPEN: "nowe",
    HandoffState.ASSIGNED: "przydzielone",
    HandoffState.ANSWERED: "z odpowiedzią",
    HandoffState.CLOSED: "zakończone",
}
SUBSCRIPTIONS: Mapping[str, str] = {
    "smog": "ostrzeżenia o smogu",
    "announcements": "komunikaty miasta",
    "events": "wydarzenia",
}
CONSENTS: Mapping[str, str] = {"given": "zapisy", "withdrawn": "rezygnacje"}
_D = DeliveryState
DELIVERIES: Mapping[DeliveryState, str] = {
    _D.DELIVERED: "doręczone",
    _D.SENT: "wysłane, bez potwierdzenia odbioru",
    _D.PENDING: "czekają",
    _D.LEASED: "w trakcie wysyłania",
    _D.FAILED: "nieudane",
    _D.GONE: "odbiorca niedostępny",
    _D.EXPIRED: "za późno",
    _D.UNKNOWN: "nie wiadomo, czy wysłane",
    _D.CANCELLED: "anulowane",
}
BROADCASTS: Mapping[str, str] = {"alert": "alert", "announcement": "komunikat"}
FAILURES: Mapping[str, str] = {
    "unsubscribed": "mieszkaniec zrezygnował w międzyczasie",
    "quiet_hours": "cisza nocna mieszkańca",
    "throttled": "dostawca kazał zwolnić",
    "spend_cap": "dzienny limit wydatków na SMS",
    "too_many_attempts": "za wiele nieudanych prób",
    "no_answer_recorded": "nie wiadomo, czy dostawca przyjął",
    "timeout": "dostawca nie odpowiedział",
    "expired": "minął termin ważności",
    "gone": "numer lub konto nie działa",
    "failed": "odrzucone bez podania powodu",
    "unknown": "brak potwierdzenia",
}


def failure(reason: str) -> str:
    """Return why something was not received; codes of providers are shown as they are."""
    return FAILURES.get(reason, f"kod dostawcy {reason}")

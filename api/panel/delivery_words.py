"""Who gets a message and what became of it, as staff read it: impersonal, for one message and for many."""

from collections.abc import Mapping

from notifier.audience.filters import Exclusion
from notifier.deliveries.states import DeliveryState

_D = DeliveryState

DELIVERIES: Mapping[DeliveryState, str] = {
    _D.DELIVERED: "doręczono",
    _D.SENT: "wysłano, bez potwierdzenia odbioru",
    _D.PENDING: "czeka na wysłanie",
    _D.LEASED: "w trakcie wysyłania",
    _D.FAILED: "nie udało się",
    _D.GONE: "odbiorca niedostępny",
    _D.EXPIRED: "minął termin, nie wysłano",
    _D.UNKNOWN: "nie wiadomo, czy wysłano",
    _D.CANCELLED: "anulowano",
}
EXCLUSIONS: Mapping[Exclusion, str] = {
    Exclusion.STOPPED: "zrezygnowali z powiadomień",
    Exclusion.GONE: "ich numer lub konto nie działa",
    Exclusion.PAUSED: "mają przerwę w powiadomieniach",
    Exclusion.NO_CONSENT: "nie zapisali się na ten temat",
    Exclusion.OTHER_DISTRICT: "wybrali tylko inne dzielnice",
    Exclusion.HIGHER_THRESHOLD: "chcą powiadomień dopiero przy gorszym powietrzu",
    Exclusion.NOT_FOLLOWED: "nie dostali poprzedniej wiadomości",
}
_REASONS: Mapping[str, str] = {
    "unsubscribed": "mieszkaniec zrezygnował w międzyczasie",
    "quiet_hours": "cisza nocna mieszkańca",
    "throttled": "dostawca kazał zwolnić",
    "spend_cap": "dzienny limit wydatków na SMS",
    "too_many_attempts": "za wiele nieudanych prób",
    "no_answer_recorded": "nie wiadomo, czy dostawca przyjął",
    "timeout": "dostawca nie odpowiedział",
    "arrived_after_all": "pierwsza wiadomość jednak dotarła",
    "expired": "minął termin ważności",
    "gone": "numer lub konto nie działa",
    "cancelled": "anulowano",
    "failed": "odrzucono bez podania powodu",
    "unknown": "brak potwierdzenia",
}


def failure(reason: str) -> str:
    """Return why a message was not received; what is not ours is a code of the provider."""
    return _REASONS.get(reason, f"kod dostawcy {reason}")

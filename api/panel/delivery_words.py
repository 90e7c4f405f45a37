"""What became of a message, and why, as staff read it: impersonal, for one message and for many."""

from collections.abc import Mapping

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

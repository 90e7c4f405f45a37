"""Polish names of what the audit log knows; rooms above add theirs here."""

from collections.abc import Mapping

from api.panel.words import ROLES, SCOPES

ACTIONS: Mapping[str, str] = {
    "staff.signed_in": "logowanie",
    "staff.sign_in_refused": "nieudane logowanie: hasło",
    "staff.code_refused": "nieudane logowanie: kod",
    "staff.confirmation_refused": "nieudane potwierdzenie hasłem lub kodem",
    "staff.added": "dodanie konta",
    "staff.reset": "nowe hasło jednorazowe",
    "staff.role_changed": "zmiana roli",
    "staff.disabled": "wyłączenie konta",
    "staff.enabled": "włączenie konta",
    "staff.password_changed": "zmiana własnego hasła",
    "staff.second_factor_set": "ustawienie drugiego składnika",
    "staff.recovery_codes_made": "nowe kody zapasowe",
    "staff.session_ended": "zakończenie sesji",
    "key.created": "utworzenie klucza API",
    "key.revoked": "unieważnienie klucza API",
    "handoff.opened": "odczytanie sprawy",
    "handoff.assigned": "przydzielenie sprawy",
    "handoff.answered": "odpowiedź w sprawie",
    "handoff.closed": "zakończenie sprawy",
    "transcript.opened": "odczytanie rozmowy",
    "text.edited": "zmiana tekstu",
    "text.restored": "przywrócenie tekstu",
    "audit.exported": "pobranie dziennika",
}


FIELDS: Mapping[str, str] = {
    "role": "rola",
    "name": "nazwa",
    "scopes": "uprawnienia",
    "assignee": "prowadzi",
    "characters": "liczba znaków",
    "version": "wersja",
    "text": "tekst",
    "note": "uwaga",
    "rows": "liczba zapisów",
}
_VALUES = {str(value): words for value, words in (*ROLES.items(), *SCOPES.items())}


def field_title(name: str) -> str:
    """Return the Polish name of what was changed; one that is not known keeps its own."""
    return FIELDS.get(name, name)


def value_words(value: object) -> str:
    """Return a value of a change as people read it."""
    if isinstance(value, list):
        return ", ".join(value_words(each) for each in value)
    return _VALUES.get(str(value), str(value))


def title(action: str) -> str:
    """Return the Polish name of an action; one that is not known keeps its own."""
    return ACTIONS.get(action, action)

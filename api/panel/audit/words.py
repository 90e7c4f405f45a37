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
    "alert.confirmed": "wysłanie wstrzymanego alertu",
    "alert.rejected": "odrzucenie wstrzymanego alertu",
    "alert.rules_changed": "zmiana reguł alertów",
    "teaching.taught": "nauczenie asystenta zdania",
    "teaching.passed_over": "pominięcie zdań do nauki",
    "teaching.withdrawn": "wycofanie nauczonego zdania",
    "teaching.exported": "pobranie nauczonych zdań",
    "training.requested": "zlecenie uczenia modelu",
    "training.stopped": "przerwanie uczenia modelu",
    "model.promoted": "wdrożenie modelu",
    "model.discarded": "odrzucenie modelu",
    "model.rolled_back": "powrót do poprzedniego modelu",
    "retention.changed": "zmiana okresu przechowywania",
    "backup.restored": "przywrócenie danych z kopii zapasowej",
    "keys.rotated": "ponowne zaszyfrowanie danych nowym kluczem",
    "announcement.draft": "napisanie komunikatu",
    "announcement.edit": "zmiana komunikatu",
    "announcement.submit": "przekazanie komunikatu do zatwierdzenia",
    "announcement.return": "zwrot komunikatu do poprawy",
    "announcement.approve": "zatwierdzenie komunikatu",
    "announcement.schedule": "zaplanowanie komunikatu",
    "announcement.publish": "rozpoczęcie wysyłania komunikatu",
    "announcement.pause": "wstrzymanie wysyłania komunikatu",
    "announcement.resume": "wznowienie wysyłania komunikatu",
    "announcement.cancel": "anulowanie komunikatu",
    "announcement.finish": "koniec wysyłania komunikatu",
    "announcement.expire": "upływ terminu komunikatu",
    "announcement.repeat": "ponowienie nieudanych wiadomości",
    "announcement.sample_sent": "wysłanie próbki do siebie",
    "announcement.recipients_exported": "pobranie wykazu wiadomości",
    "announcement.template_saved": "zapisanie szablonu komunikatu",
    "announcement.template_deleted": "usunięcie szablonu komunikatu",
    "banner.proposed": "napisanie banera",
    "banner.approved": "zatwierdzenie banera",
    "banner.withdrawn": "zdjęcie banera",
    "channel.added": "dodanie kanału miasta w Telegramie",
    "channel.removed": "usunięcie kanału miasta w Telegramie",
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
    "sentences": "zdania",
    "model": "model",
    "days": "liczba dni",
    "title": "tytuł",
    "reason": "powód",
    "channel": "kanał",
    "level": "rodzaj",
    "from": "od",
    "to": "do",
    "made_at": "kopia z",
    "paused": "wstrzymane komunikaty",
    "returned": "komunikaty do ponownego zatwierdzenia",
    "sealed": "liczba zaszyfrowanych wartości",
    "indexed": "liczba odnalezionych adresów",
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

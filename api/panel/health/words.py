"""How staff read of sources, processes, jobs and gaps."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from content.format import plural, polish_age, polish_moment
from content.gaps import Reason

JOBS: Mapping[str, str] = {
    "air": "Pobieranie pomiarów powietrza",
    "air archive": "Uzupełnianie archiwum pomiarów",
    "chargers": "Pobieranie rejestru ładowarek",
    "states of chargers": "Pobieranie zajętości ładowarek",
    "city news": "Pobieranie aktualności miasta",
    "alerts": "Alerty o smogu: reguły i terminy decyzji",
    "announcements": "Komunikaty: zaplanowane wysyłki i przypomnienia",
    "messages for the office": "Powiadamianie o nowych sprawach",
    "deliveries": "Kontrola wysyłek",
    "sources": "Kontrola źródeł",
    "forget what is old": "Usuwanie danych po upływie czasu przechowywania",
    "backup": "Kopia zapasowa",
}
ROLES: Mapping[str, str] = {
    "web": "strony, czat i panel",
    "scheduler": "zadania cykliczne",
    "telegram": "Telegram",
    "worker": "wysyłka",
    "nlu": "model językowy",
}
REASONS: Mapping[Reason, str] = {
    Reason.THIN: "asystent odpowiada „nie wiem”",
    Reason.UNCONFIRMED: "niepotwierdzone, więc niepokazywane",
    Reason.MISSING: "brakuje w źródłach",
    Reason.OLD: "dawno sprawdzone",
    Reason.EXPIRED: "już nie obowiązuje",
    Reason.UNFIT_EDIT: "zmieniony tekst nie pasuje do tej wersji programu",
}
PRIORITIES: Mapping[int, str] = {0: "alerty", 10: "komunikaty"}


def job_title(name: str) -> str:
    """Return the name of a regular job; one that is not known keeps its own."""
    return JOBS.get(name, name)


def ago(moment: datetime, now: datetime) -> str:
    """Return a moment with how long ago it was, or how soon it comes."""
    return f"{polish_moment(moment)} ({polish_age(now - moment)})"


def lasting(limit: timedelta) -> str:
    """Return a limit in hours, as it stands after „po”."""
    hours = int(limit / timedelta(hours=1))
    return f"{hours} {plural(hours, 'godzinie', 'godzinach', 'godzinach')}"
